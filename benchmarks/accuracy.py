"""How close conversions come to the publisher's own TEI: ``python benchmarks/accuracy.py GOLD``.

GOLD is a folder of NAME.txt (what a converter gets) beside NAME.xml (TEI by the document's publisher).
A row is precision, recall and their mean (F1) over all documents; white space never counts.
Both texts are laid out as streams of characters, notes apart; an element is right if it spans the same characters.
What the text does not have at all (datelines that extraction dropped) is not asked for.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from teiwright import encode, name, parse, read, serialize

TEI = "{http://www.tei-c.org/ns/1.0}"
SPANS = ("head", "dateline", "signed", "list", "item", "table", "persName in head", "placeName in dateline")
BLOCKS = {"p", "head", "item", "dateline", "signed", "closer", "salute", "row", "list", "table", "quote", "opener"}


@dataclass
class Stream:
    """A document as characters without white space, with what stands at which offset."""

    characters: list[str] = field(default_factory=list)
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    pages: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, int | None]] = field(default_factory=list)
    edges: set[int] = field(default_factory=set)
    label: int = 0

    def keep(self, source: str) -> None:
        """Forget datelines that the text given to the converter does not have, and the places in them."""
        lines = [(start, end) for row, start, end in self.spans if row == "dateline"]
        lost = [(start, end) for start, end in lines if "".join(self.characters[start:end]) not in source]
        self.spans = [
            (row, start, end)
            for row, start, end in self.spans
            if not (row.endswith("dateline") and any(first <= start and end <= last for first, last in lost))
        ]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def squeeze(text: str | None) -> str:
    """A text without its white space."""
    return "".join((text or "").split())


def streamed(root: etree._Element) -> Stream:
    """The stream of a document: its ``div``, or the ``text`` of a whole TEI file."""
    stream = Stream()
    text = root.find(f".//{TEI}text")
    _walk(root if text is None else text, stream)
    return stream


def _walk(element: etree._Element, stream: Stream) -> None:
    kind = local(element)
    if kind == "note" and element.get("rend") != "inline":
        loose = local(element.getparent()) == "noteGrp"
        stream.notes.append((squeeze("".join(element.itertext())), None if loose else len(stream.characters)))
        return
    if kind in ("teiHeader", "gap", "fw", ""):
        return
    if kind == "pb" and element.get("n"):
        stream.pages.append((element.get("n", ""), len(stream.characters)))
    start = len(stream.characters)
    if kind == "label":
        stream.label = start
    elif kind in BLOCKS:
        stream.edges.add(start)
    stream.characters += squeeze(element.text)
    for child in element:
        _walk(child, stream)
        stream.characters += squeeze(child.tail)
    end = len(stream.characters)
    if kind in BLOCKS:
        stream.edges.add(end)
    in_list = kind == "head" and local(element.getparent()) in ("list", "table")
    row = f"{kind} in head" if kind == "persName" else f"{kind} in dateline" if kind == "placeName" else kind
    home = row.rpartition(" in ")[2] if " in " in row else ""
    inside = not home or any(local(above) == home for above in element.iterancestors())
    before = element.getprevious()
    if kind == "item" and before is not None and local(before) == "label":
        start = stream.label  # a label belongs to its item, wherever an encoding puts it
    if row in SPANS and end > start and inside and not in_list:
        stream.spans.append((row, start, end))


def aligned(gold: Stream, made: Stream) -> tuple[list[int], list[int]]:
    """For each offset of the candidate the offset of the gold document: where something begins, and where it ends.

    The two differ where one document has text that the other lacks.
    """
    begins = list(range(len(made.characters) + 1))
    ends = list(begins)
    if made.characters == gold.characters:
        return begins, ends
    matcher = SequenceMatcher(None, made.characters, gold.characters, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            begins[block.a + step] = block.b + step
            ends[block.a + step + 1] = block.b + step + 1
    return begins, ends


def scored(gold: Stream, made: Stream) -> Iterator[tuple[str, int, int, int]]:
    """(row, right, in gold, in candidate)"""
    begins, ends = aligned(gold, made)
    common = sum((Counter(gold.characters) & Counter(made.characters)).values())
    yield "characters", common, len(gold.characters), len(made.characters)
    rows = {
        "paragraph edges": (gold.edges, {ends[edge] for edge in made.edges}),
        "pb": (gold.pages, [(n, ends[at]) for n, at in made.pages]),
        "notes": (gold.notes, [(text, None if at is None else ends[at]) for text, at in made.notes]),
    }
    for kind in SPANS:
        rows[kind] = (
            [span for span in gold.spans if span[0] == kind],
            [(row, begins[start], ends[end]) for row, start, end in made.spans if row == kind],
        )
    for row, (right, candidate) in rows.items():
        hits = sum((Counter(right) & Counter(candidate)).values())
        yield row, hits, len(right), len(candidate)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 2 if the folder has no such pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    folder: Path = parser.parse_args(arguments).gold
    totals: dict[str, list[int]] = {}
    documents = 0
    for path in sorted(folder.glob("*.txt")):
        publisher = path.with_suffix(".xml")
        if not publisher.exists():
            continue
        documents += 1
        made = etree.fromstring(serialize(encode(name(parse(read(path))))))
        gold = streamed(etree.parse(publisher).getroot())
        gold.keep(squeeze(path.read_text(encoding="utf-8")))
        for row, *counts in scored(gold, streamed(made)):
            total = totals.setdefault(row, [0, 0, 0])
            totals[row] = [a + b for a, b in zip(total, counts, strict=True)]
    if not documents:
        print(f"{folder} has no NAME.txt beside NAME.xml", file=sys.stderr)
        return 2
    print(f"{documents} documents\n{'':22}{'n':>7}{'prec':>8}{'recall':>8}{'F1':>8}")
    for row, (hits, right, candidate) in totals.items():
        if right:
            precision, recall = hits / (candidate or 1), hits / right
            f1 = 2 * hits / (right + candidate)
            print(f"{row:22}{right:7}{precision:8.4f}{recall:8.4f}{f1:8.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
