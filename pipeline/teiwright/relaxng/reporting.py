"""Findings as they come, with their places, and a limit on how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.parsers import expat

from teiwright.relaxng.automaton import Problem, State
from teiwright.relaxng.finding import Finding, Kind, Place, Wanted

_MOST_FINDINGS = 1_000
_LONGEST_PATH = 100
_LONGEST_VALUE = 500
Frame = tuple[str, int, State]
"""An open element: its name, the number of its start tag, the state behind it."""
Seen = tuple[str, int, object]
"""The same for others, to whom the state says nothing."""
Interest = Callable[[str, Sequence[str]], object]
"""Whether somebody wants to see tags of this name with attributes of these names: ``None``, or whatever it likes
to be told with each of them. It is asked once for many tags."""
Watch = Callable[[Sequence[Seen], Sequence[str], Any, Callable[[], Place]], None]
"""Is shown a start tag: the elements that are open, itself the last; names and values of its attributes in turn;
the answer of ``Interest``; and a way to ask where it is, which takes its time."""
Spot = tuple[int, int]
"""How many start tags came before, and how many elements are open; of a start tag, its number and 0."""


class StoppedError(Exception):
    """The document is not read to its end: what was found last says why."""


class Reporter:
    """``unplaced`` has the findings whose place is behind expat when they are made, by their number."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.findings: list[Finding] = []
        self.unplaced: dict[int, Spot] = {}
        self.open: list[Frame] = []
        self.count = 0
        self._parser = parser

    def place(self) -> Place:
        """Where expat is: the start of what it tells of."""
        parser = self._parser
        return Place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, parser.CurrentByteIndex)

    def path(self, *more: str) -> tuple[str, ...]:
        """The names of the open elements; of very many, the innermost."""
        return (*(frame[0] for frame in self.open[-_LONGEST_PATH:]), *more)

    def add(self, finding: Finding, spot: Spot | None = None) -> None:
        """One more. Raises ``StoppedError`` when there are more than anybody reads."""
        if spot is not None:
            self.unplaced[len(self.findings)] = spot
        self.findings.append(finding)
        if len(self.findings) >= _MOST_FINDINGS:
            self.stop("there are more findings than 1,000; the rest was not looked at")

    def stop(self, why: str) -> None:
        """Give up, and say why. Raises ``StoppedError``."""
        self.findings.append(Finding(Kind.UNSAFE, self.place(), self.count, self.path(), why))
        raise StoppedError

    def element(self, kind: Kind, name: str, wanted: Wanted, before: str, meant: str = "") -> None:
        """About a start tag that is not open yet."""
        place, path = self.place(), self.path(name)
        self.add(Finding(kind, place, self.count, path, name, "", wanted, before, meant=meant))

    def problem(self, problem: Problem) -> None:
        """About the attributes of the start tag opened last."""
        value = problem.value[:_LONGEST_VALUE]
        self.add(Finding(problem.kind, self.place(), self.count, self.path(), problem.subject, value, problem.wanted))

    def ended(self, kind: Kind, text: str, wanted: Wanted) -> None:
        """About the innermost element, at its end; the place is that of its start tag."""
        number = self.open[-1][1]
        finding = Finding(kind, self.place(), number, self.path(), "", text[:_LONGEST_VALUE], wanted)
        self.add(finding, (number, 0))

    def text(self, text: str, wanted: Wanted) -> None:
        """About text in the innermost element."""
        number = self.open[-1][1] if self.open else 0
        shown = text.strip()[:_LONGEST_VALUE]
        finding = Finding(Kind.STRAY_TEXT, self.place(), number, self.path(), shown, "", wanted)
        self.add(finding, (self.count, len(self.open)))
