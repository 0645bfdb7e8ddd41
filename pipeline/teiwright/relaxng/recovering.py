"""What to make of a start tag that cannot stand where it stands, so that the rest is judged as if it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from teiwright.relaxng import expecting
from teiwright.relaxng.automaton import Automaton, Opening, State
from teiwright.relaxng.finding import Kind, Wanted
from teiwright.relaxng.names import local
from teiwright.relaxng.patterns import Element, Pattern
from teiwright.relaxng.reporting import Reporter

Guess = Callable[[str, Sequence[str]], Sequence[str]]
"""Which of several names somebody meant by another, the likeliest first."""
_MOST_STEPS = 3
"""Elements that may be missing in a row."""
_MOST_TRIED = 50
_LOST = "*"
"""No element's name: after something unknown, nobody knows what is missing."""
_TEXT = "#text"


class Recovery:
    """Finds the step that goes on with the least that must be believed wrong."""

    def __init__(
        self, automaton: Automaton, elements: Mapping[str, Sequence[Element]], reporter: Reporter, guess: Guess
    ) -> None:
        self._automaton = automaton
        self._elements = elements
        self._reporter = reporter
        self._guess = guess
        self.excused: dict[int, set[str]] = {}
        """By how deep an element lies: what in it was objected to already."""

    def opening(self, state: State, name: str, before: str, attributes: Sequence[str]) -> Opening:
        """The step over a start tag that the schema does not have here; ``attributes`` are names."""
        lost = self._automaton.lost
        known = self._elements.get(name, ())
        if state is lost:
            return self._automaton.anywhere(known, lost)
        excused = self.excused.setdefault(len(self._reporter.open), set())
        if name in excused:
            excused.discard(name)
            return self._automaton.anywhere(known, state)
        bridged = self._bridge(state, name)
        if bridged is not None:
            missing, opening = bridged
            for wanted in missing:
                self._reporter.element(Kind.MISSING_BEFORE, name, wanted, before)
                excused.update(wanted.names)
            return opening
        wanted = expecting.elements(state.pattern)
        if known:
            self._reporter.element(Kind.MISPLACED_ELEMENT, name, wanted, before)
            return self._automaton.anywhere(known, state)
        meant, taken_for = self._meant(state, name, wanted, attributes)
        self._reporter.element(Kind.UNKNOWN_ELEMENT, name, wanted, before, meant)
        return taken_for or self._skipped(excused, state)

    def _skipped(self, excused: set[str], state: State) -> Opening:
        excused.add(_LOST)
        return Opening(self._automaton.lost, state)

    def _meant(self, state: State, name: str, wanted: Wanted, attributes: Sequence[str]) -> tuple[str, Opening | None]:
        """As the element that was probably meant; in another namespace, without a look at what it holds."""
        by_local = {local(known): known for known in wanted.names}
        likely = self._guess(local(name), tuple(by_local))
        if not likely:
            return "", None
        openings = {each: self._automaton.opening(state, by_local[each]) for each in likely}
        fitting = (each for each, opening in openings.items() if opening is not None and _takes(opening, attributes))
        meant = likely[0] if likely[0] == local(name) else next(fitting, likely[0])
        opening = openings[meant]
        if opening is not None and meant == local(name):
            return meant, Opening(self._automaton.lost, opening.then)
        return meant, opening

    def _bridge(self, state: State, name: str) -> tuple[list[Wanted], Opening] | None:
        """The elements that are required, and with which the name could stand here."""
        if state.nullable or state.has_data:
            return None
        automaton, pattern, missing = self._automaton, state.pattern, list[Wanted]()
        for _ in range(_MOST_STEPS):
            names = expecting.needed(pattern).names[:_MOST_TRIED]
            after = {known: self._after(pattern, known) for known in names}
            fitting = [known for known in names if automaton.derive.openings(after[known], name)]
            if fitting:
                pattern = automaton.pool.choice([after[known] for known in fitting])
                opening = automaton.opening(automaton.state(pattern), name)
                return None if opening is None else ([*missing, Wanted(tuple(fitting))], opening)
            if len(names) != 1:
                return None
            missing.append(Wanted(names))
            pattern = after[names[0]]
        return None

    def _after(self, pattern: Pattern, name: str) -> Pattern:
        return self._automaton.pool.choice(self._automaton.derive.openings(pattern, name).values())

    def is_excused(self) -> bool:
        """Whether the innermost element holds something unknown, which may be what it lacks."""
        return _LOST in self.excused.get(len(self._reporter.open), ())

    def notes_text(self) -> bool:
        """Whether text in the innermost element was objected to before; from now on it was."""
        excused = self.excused.setdefault(len(self._reporter.open), set())
        had = _TEXT in excused
        excused.add(_TEXT)
        return had

    def ended(self) -> None:
        """The innermost element ends."""
        self.excused.pop(len(self._reporter.open), None)


def _takes(opening: Opening, attributes: Sequence[str]) -> bool:
    """Whether an element may have all these attributes."""
    wanted = expecting.attributes(opening.content.pattern)
    return wanted.is_open or set(attributes) <= set(wanted.names)
