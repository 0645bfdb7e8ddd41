"""How often names and links are right by how sure the program is: ``python benchmarks/certainty.py VOLUME.xml ...``.

VOLUME is one of *Foreign Relations of the United States* that training has left out.
Asked are the names that overlap a person whom its editors tagged: whether extent, kind and, with the volume's list of
persons as authority file, the entry are theirs. A title that the editors have within the tag is set aside,
for by our rules it stands outside.
The bands of ``naming`` were read from the tables of the odd documents (``--half odd``), and are measured on the even
ones: a name is not low if in its bin 85 of 100 are right, and high if 98 are; a kind of evidence likewise.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from corpora import Document, Name, documents, plain
from linking import listed, named
from names import draft

from teiwright.model import Kind
from teiwright.naming import Authority, Means, name
from teiwright.naming.recognisers.titles import after_titles
from teiwright.naming.recognising import recognise
from teiwright.naming.script import read_script

_BINS = (0.0, 0.65, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the editors tagged one; ``bare`` is where the name begins behind a title."""

    start: int
    bare: int
    end: int
    key: str


def persons(text: str, names: list[Name]) -> list[Person]:
    """The persons of a document."""
    return [
        Person(one.start, after_titles(text, one.start, one.end), one.end, one.key.removeprefix("#"))
        for one in names
        if one.kind == "person"
    ]


class Table:
    """Right and wrong by row."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)

    def add(self, row: str, right: bool) -> None:
        """Count one."""
        self.counts[row][right] += 1

    def print(self, title: str) -> None:
        """A line for each row."""
        print(title)
        for row, counts in sorted(self.counts.items()):
            print(f"  {counts[True] / counts.total():.3f} of {counts.total():5}  {row}")


def judged(tagged: list[Person], start: int, end: int, kind: Kind) -> tuple[bool, str] | None:
    """Whether a name is the editors', and whom they say it means; nothing where they tagged nobody."""
    over = [one for one in tagged if one.start < end and start < one.end]
    if not over:
        return None
    first = over[0]
    return kind is Kind.PERSON and start in {first.start, first.bare} and end == first.end, first.key


def by_score(asked: list[Document], table: Table) -> None:
    """Names by their score, without an authority file."""
    means = Means()
    for document in asked:
        text, names = plain(document)
        tagged, script = persons(text, names), read_script(draft(document.id, text))
        for found in recognise(script, Authority(), means):
            span = script.source_span(found.start, found.end)
            verdict = judged(tagged, span.start, span.end, found.kind)
            if verdict is not None:
                least = max(edge for edge in _BINS if found.score >= edge)
                table.add(f"score from {least:.2f}", verdict[0])


def by_certainty(asked: list[Document], authority: Authority, bands: Table, evidence: Table | None) -> None:
    """Names by the certainty that the edition says, and links by what speaks for them."""
    for document in asked:
        text, names = plain(document)
        tagged = persons(text, names)
        for mention in name(draft(document.id, text), authority).mentions:
            verdict = judged(tagged, mention.span.start, mention.span.end, mention.kind)
            if verdict is None or mention.certainty is None:
                continue
            right = verdict[0] and (mention.ref in {None, verdict[1]} or verdict[1] not in authority.by_id)
            bands.add(mention.certainty.value, right)
            if evidence is not None and mention.ref is not None:
                evidence.add(re.sub("`.*?`", "`…`", mention.reason.split("; ")[-1]), right)


def halves(path: Path, half: str) -> tuple[list[Document], list[Document]]:
    """The documents that are asked, and those that say who is named how often."""
    every = list(documents(path))
    return (every[::2], every[1::2]) if half == "odd" else (every[1::2], every[::2])


def main() -> None:
    """Print the tables of all volumes together."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("volumes", type=Path, nargs="+")
    options.add_argument("--half", choices=("odd", "even"), default="even")
    options.add_argument("--limit", type=int, default=10**6, help="at most so many documents of each volume")
    chosen = options.parse_args()
    scores, alone, with_list, evidence = Table(), Table(), Table(), Table()
    for path in chosen.volumes:
        asked, others = halves(path, chosen.half)
        asked = asked[: chosen.limit]
        by_score(asked, scores)
        by_certainty(asked, Authority(), alone, None)
        by_certainty(asked, listed(path, named(others)), with_list, evidence)
    scores.print("names by score, without an authority file")
    alone.print("names by certainty, without an authority file")
    with_list.print("names and links by certainty, with the volume's list of persons")
    evidence.print("links by evidence")


if __name__ == "__main__":
    main()
