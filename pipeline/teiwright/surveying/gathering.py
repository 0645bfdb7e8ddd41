"""One pass over what is remembered of the documents of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import floor, log10

from teiwright.accepting import Accepted
from teiwright.diagnostics import Code, Diagnostic, Report
from teiwright.planning import EDITION, table_of
from teiwright.project import Project
from teiwright.state import State
from teiwright.summing_up import findings_of, not_fitting

EXAMPLES = 3
CELLS = 20
"""Cells of the plot in each power of ten."""
_DEAREST = 10


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was made: bytes of its text, microseconds of the processor."""

    name: str
    size: int
    cost: int


@dataclass(slots=True)
class Group:
    """All findings of a code that nobody accepted: how many, in how many documents, and the first few.

    ``together`` are those of what all documents make: indexes, links, files of texts, the deposit.
    """

    count: int = 0
    documents: int = 0
    together: int = 0
    examples: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """Documents of about one size that cost about as much. ``first`` is one of them."""

    first: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of all documents. ``costs`` are microseconds by stage; ``cells`` by size and cost, logarithmic."""

    title: str
    texts: int
    editions: int
    failed: int
    groups: Mapping[Code, Group]
    costs: Mapping[str, int]
    dearest: Sequence[Document]
    cells: Mapping[tuple[int, int], Cell]

    @property
    def cost(self) -> int:
        """Of everything that was done for single documents, in microseconds."""
        return sum(self.costs.values())

    def in_order(self) -> list[tuple[Code, Group]]:
        """Errors first, and what is found most often."""
        return sorted(self.groups.items(), key=lambda item: (item[0].severity.value, -item[1].count, item[0].number))


@dataclass(slots=True)
class _Tally:
    texts: int = 0
    editions: int = 0
    failed: int = 0
    groups: dict[Code, Group] = field(default_factory=dict)
    costs: Counter[str] = field(default_factory=Counter)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)


def survey(project: Project, state: State) -> Survey:
    """What the last builds of a project left to be known, in memory that does not grow with it."""
    tally = _Tally()
    _add_together(project, state, tally)
    dearest = nlargest(_DEAREST, _documents(project, state, tally), key=lambda document: document.cost)
    return Survey(
        project.title,
        *(tally.texts, tally.editions, tally.failed),
        groups=tally.groups,
        costs=dict(tally.costs.most_common()),
        dearest=dearest,
        cells=tally.cells,
    )


def _documents(project: Project, state: State, tally: _Tally) -> Iterator[Document]:
    """The documents of which the cost is known; what is known of all goes into the tally."""
    for name, path in state.texts():
        tally.texts += 1
        memory = state.recall(EDITION, name)
        tally.editions += bool(memory and memory.files)
        _add_findings(project, state, name, tally)
        costs, text = state.costs(name), project.folder / path
        tally.costs.update(costs)
        if costs and text.is_file():
            document = Document(name, text.stat().st_size, sum(costs.values()))
            cell = tally.cells.setdefault((cell_of(document.size), cell_of(document.cost)), Cell(name))
            cell.count += 1
            yield document


def cell_of(value: int) -> int:
    """The number of the cell that a value falls into."""
    return floor(log10(max(1, value)) * CELLS)


def _add_findings(project: Project, state: State, name: str, tally: _Tally) -> None:
    report = _open_ones(project, findings_of(state, name))
    tally.failed += bool(report.errors)
    for code in {finding.code for finding in report.findings}:
        tally.groups.setdefault(code, Group()).documents += 1
    for finding in report.findings:
        _add(tally, finding)


def _add_together(project: Project, state: State, tally: _Tally) -> None:
    steps = filter(None, (state.recall(step, "") for step in state.steps_of_all()))
    found = (finding for memory in steps for finding in memory.findings)
    for finding in _open_ones(project, (*found, *not_fitting(project, state, table_of(project)))).findings:
        _add(tally, finding).together += 1


def _open_ones(project: Project, findings: Iterable[Diagnostic]) -> Report:
    """Those that nobody has accepted."""
    found = Report.of(findings).findings
    accepted = Accepted.of(found, project.accepted)
    return Report(tuple(finding for finding in found if accepted.told(finding).accepted is None))


def _add(tally: _Tally, finding: Diagnostic) -> Group:
    group = tally.groups.setdefault(finding.code, Group())
    group.count += 1
    if len(group.examples) < EXAMPLES:
        group.examples.append(finding)
    return group
