"""A document's way through the automaton, event by event; memory does not grow with its length.

After a finding it goes on as if what was missing had been there, or as if what is too much were not,
so that each flaw is found and none is found twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.parsers import expat

from teiwright.relaxng import expecting
from teiwright.relaxng.automaton import Automaton, Check, Opening, Problem, Start, State
from teiwright.relaxng.datatypes import words
from teiwright.relaxng.finding import Finding, Kind, Wanted
from teiwright.relaxng.names import XML
from teiwright.relaxng.patterns import Element, Pattern
from teiwright.relaxng.recovering import Guess, Recovery
from teiwright.relaxng.reporting import Interest, Reporter, Watch

_DEEPEST = 10_000
_MOST_ATTRIBUTES = 2_000
_LARGEST_TEXT = 4 * 1024 * 1024
_TOO_DEEP = "the document nests deeper than 10,000 elements"
_SPACE = " \t\r\n"


class Validation:
    """One document on its way. Feed ``parser``, then ask ``end``."""

    def __init__(
        self,
        automaton: Automaton,
        elements: Mapping[str, Sequence[Element]],
        guess: Guess,
        interest: Interest,
        watch: Watch,
    ) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.reporter = Reporter(self.parser)
        self._automaton = automaton
        self._interest = interest
        self._watch = watch
        self._recovery = Recovery(automaton, elements, self.reporter, guess)
        self._state = automaton.start
        self._open = self.reporter.open
        self._befores = [""]
        """Of each open element, and of the document, the child that ended last."""
        self._text: list[str] = []
        self._text_size = 0
        self._ids: dict[str, int] = {}
        self._references: list[Finding] = []
        self._declared: dict[str, list[str]] = {"xml": [XML]}
        self._prefixes = {"xml": XML}
        parser = self.parser
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.buffer_size = 65536
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def track_prefixes(self) -> None:
        """For schemas with QName values, which mean what their prefix does."""
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.EndNamespaceDeclHandler = self._undeclare

    def end(self) -> None:
        """After the last byte: references to ids that nobody has."""
        for finding in self._references:
            if finding.value not in self._ids:
                self.reporter.add(finding)

    # -- start tags

    def _start(self, name: str, attributes: list[str]) -> None:
        if self._text:
            self._text_before_element()
        state, reporter, frames = self._state, self.reporter, self._open
        count = reporter.count = reporter.count + 1
        step = state.steps.get((name, *attributes[::2]) if attributes else name)
        if step is None:
            self._start_anew(state, name, attributes)
            return
        then, start, interest = step
        frames.append((name, count, then))
        self._befores.append("")
        if len(frames) > _DEEPEST:
            reporter.stop(_TOO_DEEP)
        if interest is not None:
            self._watch(frames, attributes, interest, reporter.place)
        if start.checks or start.problems:
            self._follow(start, attributes)
        else:
            self._state = start.after

    def _start_anew(self, state: State, name: str, attributes: list[str]) -> None:
        """Over a tag of a kind that did not stand here before, or of one that is looked at each time."""
        opening = state.openings.get(name) or self._find_opening(state, name, attributes)
        self._open.append((name, self.reporter.count, opening.then))
        self._befores.append("")
        if len(self._open) > _DEEPEST:
            self.reporter.stop(_TOO_DEEP)
        names = tuple(attributes[::2])
        if len(names) > _MOST_ATTRIBUTES:
            self.reporter.stop("an element has more than 2,000 attributes")
        interest = self._interest(name, names)
        if interest is not None:
            self._watch(self._open, attributes, interest, self.reporter.place)
        if opening.readings:
            self._start_in_readings(opening, attributes)
            return
        start = opening.content.starts.get(names) or self._automaton.started(opening.content, names)
        if start.by_value:
            self._start_by_value(opening.content.pattern, attributes)
            return
        if name in state.openings and names in opening.content.starts:
            self._automaton.remember(state, (name, *names) if names else name, (opening.then, start, interest))
        self._follow(start, attributes)

    def _follow(self, start: Start, attributes: list[str]) -> None:
        for problem in start.problems:
            self.reporter.problem(problem)
        for at, check in start.checks:
            value = attributes[at]
            if check.always or value not in check.good:
                self._check(check, attributes[at - 1], value)
        self._state = start.after

    def _find_opening(self, state: State, name: str, attributes: list[str]) -> Opening:
        found = None if state is self._automaton.lost else self._automaton.opening(state, name)
        return found or self._recovery.opening(state, name, self._befores[-1], attributes[::2])

    def _start_by_value(self, pattern: Pattern, attributes: list[str]) -> None:
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        after, problems, met = self._automaton.by_value(pattern, pairs, self._prefixes)
        self._state = self._automaton.state(after)
        self._tell(problems, met)

    def _start_in_readings(self, opening: Opening, attributes: list[str]) -> None:
        automaton = self._automaton
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        prefixes = self._prefixes
        tried = [(automaton.by_value(content, pairs, prefixes), then) for content, then in opening.readings]
        fewest = min(len(problems) for (_, problems, _), _ in tried)
        best = [reading for reading in tried if len(reading[0][1]) == fewest]
        # of several that are wrong one is believed, so that one flaw is told in one way
        chosen = best[:1] if fewest else best
        self._state = automaton.state(automaton.pool.after([(after, then) for (after, _, _), then in chosen]))
        _, problems, met = chosen[0][0]
        self._tell(problems, met)

    def _tell(self, problems: list[Problem], met: list[tuple[Check, str]]) -> None:
        for problem in problems:
            self.reporter.problem(problem)
        for check, value in met:
            self._remember(check, "", value)

    # -- values

    def _check(self, check: Check, name: str, value: str) -> None:
        if not self._automaton.accepts(check, value, self._prefixes):
            self.reporter.problem(Problem(Kind.BAD_VALUE, name, value, expecting.values(check.pattern)))
        elif check.always:
            self._remember(check, name, value)

    def _remember(self, check: Check, name: str, value: str) -> None:
        reporter = self.reporter
        if check.is_id:
            known = value.strip(_SPACE)
            first = self._ids.setdefault(known, reporter.count)
            if first != reporter.count:
                wanted = Wanted()
                place, path = reporter.place(), reporter.path()
                reporter.add(Finding(Kind.DUPLICATE_ID, place, reporter.count, path, name, known, wanted, other=first))
        if check.is_reference:
            for word in words(value):
                place, path = reporter.place(), reporter.path()
                self._references.append(Finding(Kind.DANGLING_ID, place, reporter.count, path, name, word))

    # -- text and end tags

    def _characters(self, text: str) -> None:
        state = self._state
        after = state.after_text
        if after is state:
            return
        if state.has_data:
            self._text.append(text)
            self._text_size += len(text)
            if self._text_size > _LARGEST_TEXT:
                self.reporter.stop("an element whose content is a value has more than 4 MB")
            return
        if text.isspace() and not text.strip(_SPACE):
            return
        after = after or self._automaton.after_text(state)
        if after is None:
            self._stray(text)
        else:
            self._state = after

    def _stray(self, text: str) -> None:
        if not self._recovery.notes_text():
            self.reporter.text(text, expecting.elements(self._state.pattern))

    def _taken_text(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        self._text_size = 0
        return text

    def _text_before_element(self) -> None:
        """Data cannot have elements beside them: the text was text, or nothing."""
        text = self._taken_text()
        if not text.strip(_SPACE):
            return
        after = self._automaton.after_text(self._state)
        if after is None:
            self._stray(text)
        else:
            self._state = after

    def _end(self, name: str) -> None:
        state, frames, befores = self._state, self._open, self._befores
        if state.ends_plainly:
            self._state = frames[-1][2]
        else:
            self._state = self._close(state, frames[-1][2])
        if self._recovery.excused:
            self._recovery.ended()
        frames.pop()
        befores.pop()
        befores[-1] = name

    def _close(self, state: State, then: State) -> State:
        text = None if self._befores[-1] and not self._text else self._taken_text()
        closed = self._automaton.closed(state, then, text, self._prefixes)
        if closed is not None:
            return closed
        if not self._recovery.is_excused():
            needed = expecting.needed(state.pattern)
            if state.has_data and not (needed.names and not (text or "").strip()):
                self.reporter.ended(Kind.BAD_CONTENT, text or "", expecting.values(state.pattern))
            else:
                self.reporter.ended(Kind.INCOMPLETE, "", needed)
        return self._automaton.given_up(state, then)

    # -- prefixes and entities

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared.setdefault(prefix or "", []).append(uri or "")
        self._look_up_prefixes()

    def _undeclare(self, prefix: str | None) -> None:
        self._declared[prefix or ""].pop()
        self._look_up_prefixes()

    def _look_up_prefixes(self) -> None:
        self._prefixes = {prefix: uris[-1] for prefix, uris in self._declared.items() if uris}

    def _entity(self, *_: object) -> None:
        self.reporter.stop("the document declares entities, which are not read")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.reporter.stop(f"the entity `{name[:40]}` is not declared in the document")
