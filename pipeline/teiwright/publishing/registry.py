"""The file of published addresses, which is committed beside the editions.

One line an address, its columns separated by tabs::

    here    grew-5529           doc fn-80:85 par-1:12   the ids that the page has, and a mark of each paragraph's words
    moved   grew-5530           grew-5529               why
    moved   grew-5529#par-14    grew-5529#par-13        why
    gone    grew-5531                                   why

``teiwright permalinks --record`` writes what is here; what moved or is gone a person says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path
from typing import Literal

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

HEAD = (
    "# Published addresses: a page once published is kept, moved or said to be gone.\n"
    "# `teiwright permalinks --record` adds what is here; add `moved` and `gone` by hand, with tabs between:\n"
    "# moved\tOLD\tNEW\twhy\n# gone\tOLD\t\twhy\n"
)
_PAGE = re.compile(r"((persons|places|organizations)/)?[^\W\d][\w.~-]*")
_NUMBERED = re.compile(r"(.*?)(0|[1-9]\d{0,8})")
_MARK = 4
"""Characters of a mark of a paragraph's words."""


@dataclass(frozen=True, slots=True)
class Published:
    """A page that was published: its ids, and marks by which the words at some of them can be known again."""

    anchors: frozenset[str]
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Departed:
    """A page, or an id of one (``PAGE#ID``), that is elsewhere now (``to``) or nowhere."""

    state: Literal["moved", "gone"]
    address: str
    to: str
    why: str
    line: int


@dataclass(slots=True)
class Registry:
    """What the file says. Of pages that are here the line is kept as it stands, and read when it is needed."""

    path: Path
    here: dict[str, tuple[int, str]] = field(default_factory=dict)
    departed: dict[str, Departed] = field(default_factory=dict)

    def at(self, line: int) -> Location:
        """A place in the file."""
        return Location(str(self.path), line)

    def published(self, page: str) -> Published:
        """What is recorded of a page that is here."""
        ids, _, marks = self.here[page][1].partition("\t")
        anchors = list(_expanded(ids.split()))
        marked = [anchor for anchor in anchors if is_counted(anchor)]
        cut = [marks[at : at + _MARK] for at in range(0, len(marks), _MARK)]
        return Published(frozenset(anchors), dict(zip(marked, cut, strict=False)))


def is_counted(anchor: str) -> bool:
    """Whether an id was made by counting, so that it may come to stand at other words."""
    return anchor.startswith("par-")


def read_registry(path: Path) -> Registry:
    """Read the file; no file is an empty one. A line that makes no sense raises a finding with its place."""
    registry = Registry(path)
    try:
        lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    except UnicodeDecodeError as error:
        raise TeiwrightError(
            Diagnostic(Code.BROKEN_PERMALINKS, Location(str(path)), "the file is not UTF-8", "save it as UTF-8")
        ) from error
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise TeiwrightError(Diagnostic(Code.NOT_READABLE, Location(str(path)), f"it cannot be read: {why}")) from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            _read_line(registry, number, line)
    return registry


def _read_line(registry: Registry, number: int, line: str) -> None:
    state, address, to, why = (*(cell.strip() for cell in line.split("\t", 3)), "", "", "")[:4]
    page, mark, anchor = address.partition("#")
    expected = None
    if state not in _STATES:
        expected = _no_state(state)
    elif not _PAGE.fullmatch(page) or (mark and (not anchor or state == "here")):
        expected = f"`{address}` is no address of a page", "write `ID`, `persons/ENTRY`, or `ID#ANCHOR`"
    elif state != "here" and (file := next((one for one in (page, to) if one.endswith(".html")), None)):
        expected = f"`{file}` is a file, and no address of a page", f"write `{file.removesuffix('.html')}`"
    elif address in (registry.here if state == "here" else registry.departed):
        expected = f"`{address}` has two lines", "keep one of them"
    elif state == "moved" and not _PAGE.fullmatch(to.partition("#")[0]):
        expected = f"`{address}` moved, but not to an address", "write the new address in the third column"
    if expected:
        raise TeiwrightError(Diagnostic(Code.BROKEN_PERMALINKS, registry.at(number), *expected))
    match state:
        case "here":
            registry.here[address] = (number, f"{to}\t{why}")
        case "moved":
            registry.departed[address] = Departed("moved", address, to, why, number)
        case _:
            registry.departed[address] = Departed("gone", address, "", why or to, number)


_STATES = frozenset({"here", "moved", "gone"})


def _no_state(begins: str) -> tuple[str, str]:
    """What is wrong with the beginning of a line, and what to do about it."""
    if begins.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        keep = "keep the lines of both sides, of two lines for one address the one that is true now, and record again"
        return "two versions of this file were merged, and nobody has decided between them", keep
    if re.match("here|moved|gone", begins):
        return "there is no tab in this line", "separate its columns by tabs; some editors write spaces for them"
    return f"the line begins with `{begins[:30]}`", "begin it with `here`, `moved` or `gone`, and a tab"


def write_registry(registry: Registry, here: Iterable[tuple[str, Iterable[str], Mapping[str, str]]]) -> bytes:
    """The file with what is here now; lines of what moved or is gone are kept."""
    lines = [_line_of(page, anchors, marks) for page, anchors, marks in here]
    for departed in registry.departed.values():
        lines.append("\t".join((departed.state, departed.address, departed.to, departed.why)).rstrip())
    order = {"here": 0, "moved": 1, "gone": 2}
    lines.sort(key=lambda line: (order[line.split("\t", 1)[0]], line))
    return (HEAD + "".join(f"{line}\n" for line in lines)).encode()


def _line_of(page: str, anchors: Iterable[str], marks: Mapping[str, str]) -> str:
    ordered = sorted(set(anchors), key=_in_order)
    marked = "".join(marks.get(anchor, "-" * _MARK) for anchor in ordered if is_counted(anchor))
    return "\t".join(("here", page, " ".join(shortened(ordered)), marked)).rstrip()


def _in_order(anchor: str) -> tuple[str, int]:
    stem, number = _parts(anchor)
    return stem, number


def _parts(anchor: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(anchor)
    return (found[1], int(found[2])) if found else (anchor, -1)


def shortened(anchors: Iterable[str]) -> Iterator[str]:
    """Ids in order with runs of numbers as one: ``fn-1 fn-2 fn-3`` is ``fn-1:3``."""
    counter = count()

    def run(anchor: str) -> tuple[str, int]:
        stem, number = _parts(anchor)
        step = next(counter)
        return (stem, number - step) if number >= 0 else (anchor, -1 - step)

    for (stem, _), group in groupby(anchors, key=run):
        members = list(group)
        last = _parts(members[-1])[1]
        yield members[0] if len(members) == 1 else f"{stem}{_parts(members[0])[1]}:{last}"


def _expanded(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        first, colon, last = word.partition(":")
        stem, number = _parts(first)
        if colon and number >= 0 and last.isdecimal() and int(last) - number <= 1_000_000:
            yield from (f"{stem}{n}" for n in range(number, int(last) + 1))
        else:
            yield word
