"""How close conversions come to the publisher's own TEI.

    python benchmarks/accuracy.py GOLD [--table TABLE.tsv --by COLUMN]

GOLD is a folder of NAME.txt (what a converter gets) beside NAME.xml (TEI by the document's publisher).
A row is precision, recall and their mean (F1) over all documents; white space never counts.
Both texts are laid out as streams of characters, notes apart; an element is right if it spans the same characters.
What the text does not have at all (datelines that extraction dropped, marks of notes) is not asked for.
TABLE has a row for each NAME, in its first column; with it, F1 is also given for each value of COLUMN.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from teiwright import encode, name, parse, read, serialize

TEI = "{http://www.tei-c.org/ns/1.0}"
LOST = "notes, mark lost"
ROWS = (
    *("characters", "paragraph edges", "pb", "notes", LOST, "head", "dateline", "date/@when"),
    *("closer", "signed", "postscript", "quote", "list", "item", "table", "row", "cell", "enclosure"),
    *("persName in head", "placeName in dateline"),
)
SPANS = {
    "head",
    "opener",
    "dateline",
    "closer",
    "signed",
    "postscript",
    "quote",
    "list",
    "item",
    "table",
    "row",
    "cell",
}
EDGES = {"p", "head", "item", "dateline", "signed", "closer", "row", "list", "table", "quote"}
HOMES = {"persName": "head", "placeName": "dateline"}
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an encoding says: of which row, what, from where to where, and how sure it is."""

    row: str
    start: int
    end: int
    value: str = ""
    certainty: str = "high"
    home: int = NOWHERE
    """Where the heading or dateline begins in which a name or a date stands."""

    @property
    def said(self) -> tuple[int, int, str]:
        """What the other encoding must say, too."""
        return self.start, self.end, self.value


@dataclass
class Stream:
    """A document as characters without white space, and what is claimed of them."""

    characters: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    label: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    """Where the heading and the dateline begin that were met last."""
    salute: tuple[int, int] = NOWHERE, NOWHERE
    """The last salutation that is run in: the paragraph begins with it, wherever it stands."""
    whole: str = ""
    source: str | None = None
    """What the converter was given; a dateline or a note's mark that it lacks was lost before."""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def squeeze(text: str | None) -> str:
    """A text without its white space."""
    return "".join((text or "").split())


def streamed(root: etree._Element, source: str | None = None) -> Stream:
    """The stream of a document: its ``div``, or the ``text`` of a whole TEI file."""
    stream = Stream(whole=squeeze("".join(root.itertext())), source=source)
    text = root.find(f".//{TEI}text")
    _walk(root if text is None else text, stream)
    return stream


def _walk(element: etree._Element, stream: Stream) -> None:
    kind = local(element)
    at = len(stream.characters)
    if kind == "note" and element.get("rend") != "inline":
        stream.claims.append(_note(element, at, stream.source))
        return
    if kind in ("teiHeader", "gap", "fw", ""):
        return
    if kind == "dateline" and stream.source is not None and _is_lost(element, stream.whole, stream.source):
        stream.claims += [_note(note, NOWHERE, stream.source) for note in element.iter(f"{TEI}note")]
        return
    if kind == "pb" and element.get("n"):
        stream.claims.append(Claim("pb", at, at, element.get("n", "")))
    if kind == "label":
        stream.label = at
    elif kind in ("head", "dateline"):
        stream.lines[kind] = at
    stream.characters += squeeze(element.text)
    for child in element:
        _walk(child, stream)
        stream.characters += squeeze(child.tail)
    end = len(stream.characters)
    if kind == "salute" and element.get("rend") == "run-in":
        stream.salute = at, end
    if kind in EDGES:
        start = stream.salute[0] if at == stream.salute[1] else at
        stream.claims += [Claim("paragraph edges", edge, edge) for edge in (start, end)]
    if end > at:
        stream.claims += _of_element(element, kind, stream, at, end)


def _note(element: etree._Element, at: int, source: str | None) -> Claim:
    """A note at its mark; without a place if its mark was lost, or if it stands where nothing calls it."""
    text, mark = squeeze("".join(element.itertext())), element.get("n", "")
    lost = source is not None and not mark.isalnum() and mark not in source
    if lost or at == NOWHERE or local(element.getparent()) == "noteGrp":
        return Claim(LOST, NOWHERE, NOWHERE, text)
    return Claim("notes", at, at, text, element.get("cert", "high"))


def _is_lost(dateline: etree._Element, whole: str, source: str) -> bool:
    """Whether the source has a dateline less often than the document; between its parts may stand marks."""
    parts = [squeeze(dateline.text)]
    for child in dateline:
        if local(child) in ("note", "pb"):
            parts.append("")
        else:
            parts[-1] += squeeze("".join(child.itertext()))
        parts[-1] += squeeze(child.tail)
    line = re.compile(".{0,12}".join(map(re.escape, parts)))
    return len(line.findall(source)) < max(1, len(line.findall(whole)))


def _of_element(element: etree._Element, kind: str, stream: Stream, start: int, end: int) -> Iterator[Claim]:
    certainty = element.get("cert", "high")
    above = [local(ancestor) for ancestor in element.iterancestors()]
    if kind == "attachment" or (kind == "div" and element.get("type") == "enclosure"):
        yield Claim("enclosure", start, end)
    elif kind == "date" and element.get("when") and "dateline" in above:
        home = stream.lines["dateline"]
        yield Claim("date/@when", home, home, element.get("when", ""), certainty, home)
    elif kind in HOMES and HOMES[kind] in above:
        yield Claim(f"{kind} in {HOMES[kind]}", start, end, "", certainty, stream.lines[HOMES[kind]])
    elif kind in SPANS and not (kind == "head" and above[0] in ("list", "table")):
        yield Claim(kind, _start(element, kind, stream, start), end)


def _start(element: etree._Element, kind: str, stream: Stream, start: int) -> int:
    """Where an element begins whose encodings differ.

    A label belongs to its item, wherever it stands; a valediction may stand in the closer or before it.
    """
    before = element.getprevious()
    if kind == "item" and before is not None and local(before) == "label":
        return stream.label
    if kind == "closer" and len(element) and local(element[0]) == "salute":
        return start + len(squeeze("".join(element[0].xpath(".//text()[not(ancestor::*[local-name() = 'note'])]"))))
    return start


def aligned(gold: Stream, made: Stream) -> Stream:
    """The claims of a conversion with the offsets of the publisher's document.

    Where one document has text that the other lacks, what begins there and what ends there get different offsets.
    """
    if made.characters == gold.characters:
        return made
    begins = list(range(len(made.characters) + 1))
    ends = list(begins)
    matcher = SequenceMatcher(None, made.characters, gold.characters, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            begins[block.a + step] = block.b + step
            ends[block.a + step + 1] = block.b + step + 1
    return replace(made, claims=[_moved(claim, begins, ends) for claim in made.claims])


def _moved(claim: Claim, begins: list[int], ends: list[int]) -> Claim:
    if claim.start == NOWHERE:
        return claim
    starts = ends if claim.start == claim.end and claim.row != "date/@when" else begins
    home = claim.home if claim.home == NOWHERE else begins[claim.home]
    return replace(claim, start=starts[claim.start], end=ends[claim.end], home=home)


Counts = Counter[tuple[str, str]]
"""How often, by row: ``right``, ``gold`` and ``made``."""


def counted(gold: Stream, made: Stream) -> Counts:
    """What of two encodings of one document agrees."""
    counts: Counts = Counter()
    ours, theirs = Counter(made.characters), Counter(gold.characters)
    counts.update(_three("characters", theirs, ours))
    for row in ROWS[1:]:
        right = Counter(claim.said for claim in gold.claims if claim.row == row)
        candidate = Counter(claim.said for claim in made.claims if claim.row == row)
        if row == "paragraph edges":
            right, candidate = Counter({*right}), Counter({*candidate})
        counts.update(_three(row, right, candidate))
    return counts


def _three(row: str, right: Counter, made: Counter) -> Mapping[tuple[str, str], int]:  # type: ignore[type-arg]
    return {(row, "right"): (right & made).total(), (row, "gold"): right.total(), (row, "made"): made.total()}


def pairs(folder: Path) -> Iterator[tuple[str, Stream, Stream]]:
    """Each document's name, the publisher's encoding and ours."""
    for path in sorted(folder.glob("*.txt")):
        if (publisher := path.with_suffix(".xml")).exists():
            gold = streamed(etree.parse(publisher).getroot(), squeeze(path.read_text(encoding="utf-8")))
            made = streamed(etree.fromstring(serialize(encode(name(parse(read(path)))))))
            yield path.stem, gold, aligned(gold, made)


def _f1(counts: Counts, row: str) -> str:
    both = counts[row, "gold"] + counts[row, "made"]
    return f"{2 * counts[row, 'right'] / both:.4f}" if counts[row, "gold"] else "–"


def _groups(table: Path | None, column: str | None) -> Mapping[str, str]:
    """The group of each document."""
    if table is None or column is None:
        return {}
    with table.open(encoding="utf-8", newline="") as lines:
        return {next(iter(row.values())): row[column] for row in csv.DictReader(lines, delimiter="\t")}


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 2 if the folder has no such pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--by")
    wanted = parser.parse_args(arguments)
    group_of = _groups(wanted.table, wanted.by)
    total: Counts = Counter()
    groups: defaultdict[str, Counts] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for stem, gold, made in pairs(wanted.gold):
        counts = counted(gold, made)
        total.update(counts)
        groups[group_of.get(stem, "")].update(counts)
        sizes[group_of.get(stem, "")] += 1
    if not sizes:
        print(f"{wanted.gold} has no NAME.txt beside NAME.xml", file=sys.stderr)
        return 2
    shown = sorted(groups) if group_of else []
    print(f"{sizes.total()} documents", *(f"{sizes[group]} {group or 'in no row'}" for group in shown), sep=", ")
    print(f"{'':22}{'n':>7}{'prec':>8}{'recall':>8}{'F1':>8}", *(f"{group:>10}" for group in shown), sep="")
    for row in ROWS:
        if right := total[row, "gold"]:
            precision, recall = total[row, "right"] / (total[row, "made"] or 1), total[row, "right"] / right
            print(f"{row:22}{right:7}{precision:8.4f}{recall:8.4f}{_f1(total, row):>8}", end="")
            print(*(f"{_f1(groups[group], row):>10}" for group in shown), sep="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
