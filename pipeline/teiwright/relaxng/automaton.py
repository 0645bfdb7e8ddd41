"""The automaton that derivatives become: states, made when a document first comes to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teiwright.relaxng import expecting
from teiwright.relaxng.datatypes import Prefixes
from teiwright.relaxng.deriving import Deriver
from teiwright.relaxng.finding import Kind, Wanted
from teiwright.relaxng.patterns import After, Attribute, Data, Element, Group, Pattern, Pool, Text

_MOST_KNOWN = 5_000
"""Steps that one state remembers, and values that one check does; a document that wants more gets no memory."""
_LONGEST_KNOWN = 200
_MOST_STARTS = 1_000_000
"""Names of attributes in all steps that are remembered together."""
_PLAIN = frozenset({"string", "token", "normalizedString"})
_IDS, _REFERENCES = frozenset({"ID"}), frozenset({"IDREF", "IDREFS"})
Names = tuple[str, ...]


class State:
    """A pattern, and the steps from it that are known."""

    __slots__ = ("after_text", "ends_plainly", "has_data", "nullable", "openings", "pattern", "starts", "steps")

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.nullable = pattern.nullable
        self.has_data = pattern.data
        self.ends_plainly = pattern.nullable and not pattern.data and not isinstance(pattern, After)
        self.openings: dict[str, Opening] = {}
        self.starts: dict[Names, Start] = {}
        self.steps: dict[str | Names, Step] = {}
        """Over whole start tags: by name, or by name and the names of attributes. What is not here takes longer."""
        self.after_text: State | None = self if isinstance(pattern, Text) else None


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag: the state of its attributes, and the state behind its end tag.

    Where a name can be several elements, ``readings`` has the content and what follows, for each.
    """

    content: State
    then: State
    readings: tuple[tuple[Pattern, Pattern], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a start tag."""

    kind: Kind
    subject: str
    value: str
    wanted: Wanted


class Check:
    """What a value must be, and the values that are known to be right."""

    __slots__ = ("always", "good", "is_id", "is_reference", "pattern", "remembers")

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.good: set[str] = set()
        self.is_id = expecting.of_type(pattern, _IDS)
        self.is_reference = expecting.of_type(pattern, _REFERENCES)
        self.always = self.is_id or self.is_reference
        self.remembers = not expecting.depends_on_prefixes(pattern)


@dataclass(frozen=True, slots=True)
class Start:
    """What the names of a tag's attributes lead to. ``by_value``: the values decide, so each tag is looked at.

    ``checks`` are of the values that not anything will do for, with their places among names and values.
    """

    after: State
    checks: tuple[tuple[int, Check], ...] = ()
    problems: tuple[Problem, ...] = ()
    by_value: bool = False


Step = tuple[State, Start, object]
"""A whole start tag: the state behind its end tag, what its attributes lead to, what somebody wants to see of it."""


class Automaton:
    """The states of one schema, and the ways between them."""

    def __init__(self, pool: Pool, start: Pattern) -> None:
        self.pool = pool
        self.derive = Deriver(pool)
        self._known = 0
        self._states: dict[Pattern, State] = {}
        self._checks: dict[Pattern, Check | None] = {}
        self.start = self.state(start)
        self.lost = State(pool.text)
        """Where nothing is known, and so nothing is wrong."""

    def state(self, pattern: Pattern) -> State:
        """The state of a pattern."""
        found = self._states.get(pattern)
        if found is None:
            found = self._states[pattern] = State(pattern)
        return found

    # -- start tags

    def opening(self, state: State, name: str) -> Opening | None:
        """The step over a start tag, or ``None`` if it cannot stand here."""
        found = self.derive.openings(state.pattern, name)
        if not found:
            return None
        made = self._opening([(element.content, then) for element, then in found.items()])
        if len(state.openings) < _MOST_KNOWN:
            state.openings[name] = made
        return made

    def _opening(self, readings: list[tuple[Pattern, Pattern]]) -> Opening:
        content, then = readings[0]
        several = tuple(readings) if len(readings) > 1 else ()
        return Opening(self.state(content), self.state(then), several)

    def anywhere(self, elements: Sequence[Element], then: State) -> Opening:
        """A start tag that cannot stand here, read as any of these elements, as if it did not stand here."""
        contents = list(dict.fromkeys(element.content for element in elements))
        if len(contents) == 1:
            return Opening(self.state(contents[0]), then)
        if not contents or then is self.lost:
            return Opening(self.lost, then)
        return self._opening([(content, then.pattern) for content in contents])

    # -- attributes

    def started(self, state: State, names: Names) -> Start:
        """The step over attributes of these names."""
        if state is self.lost:
            return Start(self.lost)
        made = self._started(state.pattern, names)
        if len(state.starts) < _MOST_KNOWN and len(names) <= _LONGEST_KNOWN and self._known < _MOST_STARTS:
            self._known += len(names)
            state.starts[names] = made
        return made

    def remember(self, state: State, key: str | Names, step: Step) -> None:
        """Keep the step over a whole start tag, if its parts are kept."""
        if len(state.steps) < _MOST_KNOWN and len(key) <= _LONGEST_KNOWN and self._known < _MOST_STARTS:
            self._known += 1 if isinstance(key, str) else len(key)
            state.steps[key] = step

    def _started(self, pattern: Pattern, names: Names) -> Start:
        checks: dict[str, Check | None] = {}
        problems: list[Problem] = []
        parts = _parts(pattern)
        for name in sorted(names):
            found = self._named(parts, name)
            if not found:
                problems.append(self._unknown(name, pattern))
                continue
            rests = {(number, rest) for number, _, rest in found}
            if len(rests) > 1:
                return Start(self.lost, by_value=True)
            checks[name] = self.check(self.pool.choice([attribute.value for _, attribute, _ in found]))
            number, parts[number] = rests.pop()
        after = self._close(parts, problems)
        wanted = ((2 * number + 1, checks.get(name)) for number, name in enumerate(names))
        return Start(self.state(after), tuple((at, check) for at, check in wanted if check), tuple(problems))

    def _named(self, parts: list[Pattern], name: str) -> list[tuple[int, Attribute, Pattern]]:
        """What an attribute can be: in which part, and what remains of that part."""
        return [
            (number, attribute, rest)
            for number, part in enumerate(parts)
            if part.attributes
            for attribute, rest in self.derive.namings(part, name).items()
        ]

    def _unknown(self, name: str, whole: Pattern) -> Problem:
        return Problem(Kind.UNKNOWN_ATTRIBUTE, name, "", expecting.attributes(whole))

    def _close(self, parts: list[Pattern], problems: list[Problem]) -> Pattern:
        derive, pool = self.derive, self.pool
        after = pool.group([derive.closed(part) for part in parts])
        if after is pool.not_allowed:
            before = len(problems)
            for part in parts:
                if derive.closed(part) is pool.not_allowed:
                    problems += (Problem(Kind.MISSING_ATTRIBUTE, "", "", wanted) for wanted in expecting.required(part))
            after = pool.group([derive.closed(part, leniently=True) for part in parts])
            if len(problems) == before:
                problems.append(Problem(Kind.MISSING_ATTRIBUTE, "", "", Wanted()))
        return after

    def by_value(
        self, pattern: Pattern, attributes: Sequence[tuple[str, str]], prefixes: Prefixes
    ) -> tuple[Pattern, list[Problem], list[tuple[Check, str]]]:
        """The slow way over attributes: the content, what is wrong, and the ids and references met."""
        problems: list[Problem] = []
        met: list[tuple[Check, str]] = []
        parts = _parts(pattern)
        for name, value in sorted(attributes):
            found = self._named(parts, name)
            if not found:
                problems.append(self._unknown(name, pattern))
                continue
            checked = [(self.check(attribute.value), number, rest) for number, attribute, rest in found]
            fits = [known for known in checked if known[0] is None or self.accepts(known[0], value, prefixes)]
            met += ((check, value) for check, _, _ in fits if check is not None and check.always)
            if not fits:
                allowed = self.pool.choice([attribute.value for _, attribute, _ in found])
                problems.append(Problem(Kind.BAD_VALUE, name, value, expecting.values(allowed)))
            parts = self._joined(parts, [(number, rest) for _, number, rest in fits or checked])
        return self._close(parts, problems), problems, met

    def _joined(self, parts: list[Pattern], rests: list[tuple[int, Pattern]]) -> list[Pattern]:
        """The parts with what remains of one; where it may be one of several, all are one part."""
        if len({number for number, _ in rests}) == 1:
            number = rests[0][0]
            return [*parts[:number], self.pool.choice([rest for _, rest in rests]), *parts[number + 1 :]]
        whole = self.pool.choice([self.pool.group([*parts[:n], rest, *parts[n + 1 :]]) for n, rest in rests])
        return [whole]

    def check(self, pattern: Pattern) -> Check | None:
        """What looks at values; ``None`` if any will do."""
        if pattern not in self._checks:
            self._checks[pattern] = None if _takes_all(pattern) else Check(pattern)
        return self._checks[pattern]

    def accepts(self, check: Check, value: str, prefixes: Prefixes) -> bool:
        """Whether a value is right."""
        if value in check.good:
            return True
        if not self.derive.matches(check.pattern, value, prefixes):
            return False
        if check.remembers and len(check.good) < _MOST_KNOWN and len(value) <= _LONGEST_KNOWN:
            check.good.add(value)
        return True

    # -- text and end tags

    def after_text(self, state: State) -> State | None:
        """The step over text, or ``None`` if it cannot stand here."""
        after = self.derive.text(state.pattern)
        if after is self.pool.not_allowed:
            return None
        state.after_text = self.state(after)
        return state.after_text

    def closed(self, state: State, then: State, text: str | None, prefixes: Prefixes) -> State | None:
        """The state behind an end tag; ``text`` is all that the element holds, or ``None`` if it holds elements."""
        pattern = state.pattern
        if not isinstance(pattern, After):
            return then if self._ends(pattern, text, prefixes) else None
        alive = [then for inner, then in pattern.pairs if self._ends(inner, text, prefixes)]
        return self.state(self.pool.choice(alive)) if alive else None

    def _ends(self, pattern: Pattern, text: str | None, prefixes: Prefixes) -> bool:
        if text is None or not pattern.data:
            return pattern.nullable
        return (pattern.nullable and not text.strip(" \t\r\n")) or self.derive.matches(pattern, text, prefixes)

    def given_up(self, state: State, then: State) -> State:
        """The state behind an element that ended too early."""
        if isinstance(state.pattern, After):
            return self.state(self.pool.choice([after for _, after in state.pattern.pairs]))
        return then


def _parts(pattern: Pattern) -> list[Pattern]:
    """The members of a group, in which attributes are looked for one by one: their subsets are too many to keep."""
    return list(pattern.items) if isinstance(pattern, Group) else [pattern]


def _takes_all(pattern: Pattern) -> bool:
    match pattern:
        case Text():
            return True
        case Data(but=None):
            return not pattern.facets.given and pattern.datatype.name in _PLAIN
        case _:
            return False
