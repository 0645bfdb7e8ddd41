"""How often each degree of certainty is right, by the publisher's own TEI: ``python benchmarks/calibration.py GOLD``.

GOLD is as for ``accuracy.py``. What an edition infers carries ``@cert``; what has none is held to be certain.
Counted is what the publisher's encoding decides: callouts of notes with their text, page breaks, and persons in
headings, dates and places in datelines where the publisher has any in that line.
What is high should be right in 98 of 100 cases, what is low in fewer than 80.
Where every mark is there, callouts leave little to doubt. The last line counts them in the same texts after every
seventh mark was taken out: right is what the whole text says.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from pathlib import Path

from accuracy import NOWHERE, Claim, Stream, pairs

from teiwright import parse, read
from teiwright.model import NoteCall, Source

KINDS = {
    "notes": "callout",
    "pb": "page break",
    "date/@when": "date in dateline",
    "persName in head": "person in heading",
    "placeName in dateline": "place in dateline",
}
LOSSY = "callout, marks lost"
EVERY = 7
DEGREES = ("high", "medium", "low")


def is_right(claim: Claim, gold: Stream) -> bool | None:
    """Whether the publisher says the same; ``None`` if the publisher tags nothing of the kind in that line.

    A name is right if it overlaps: whether its title belongs to it is no question of certainty.
    A date is right if it is the same as far as both say it: the publisher may give a day without its hour.
    A callout is right if it calls the same note: a text may lack dashes that the note has.
    """
    rivals = [other for other in gold.claims if other.row == claim.row]
    if claim.row == "notes":
        said = claim.start, _letters(claim.value)
        return any(said == (other.start, _letters(other.value)) for other in rivals)
    if claim.home == NOWHERE:
        return any(claim.said == other.said for other in rivals)
    rivals = [other for other in rivals if other.home == claim.home]
    if claim.row == "date/@when":
        same = any(claim.value.startswith(other.value) or other.value.startswith(claim.value) for other in rivals)
    else:
        same = any(claim.start < other.end and other.start < claim.end for other in rivals)
    return same if rivals else None


def _letters(value: str) -> str:
    return "".join(filter(str.isalnum, value))


def without_marks(path: Path) -> Iterator[tuple[str, bool]]:
    """How sure each callout is when every seventh was taken out of a text, and whether it still calls the same note."""
    source = read(path)
    calls = sorted(calls_of(parse(source)), key=lambda call: call.span)
    lost = [call for index, call in enumerate(calls) if index % EVERY == EVERY // 2]
    if not lost:
        return
    pieces, at = [], 0
    for call in lost:
        pieces.append(source.text[at : call.span.start])
        at = call.span.end
    rest = replace(source, text="".join(pieces) + source.text[at:])
    expected = {
        (call.note, call.span.start - sum(len(other.span) for other in lost if other.span < call.span))
        for call in calls
        if call not in lost
    }
    for call in calls_of(parse(rest)):
        certainty = call.certainty.value if call.certainty else "high"
        yield certainty, (call.note, call.span.start) in expected


def calls_of(value: object) -> Iterator[NoteCall]:
    """The callouts below a value of a draft."""
    if isinstance(value, NoteCall):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from calls_of(part)
    elif is_dataclass(value) and not isinstance(value, Source):
        for part in fields(value):
            yield from calls_of(getattr(value, part.name))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 2 if the folder has no pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--wrong", action="store_true", help="name each that is wrong")
    wanted = parser.parse_args(arguments)
    said: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for stem, gold, made in pairs(wanted.gold):
        for claim in made.claims:
            if claim.row not in KINDS or (verdict := is_right(claim, gold)) is None:
                continue
            degree = KINDS[claim.row], claim.certainty
            said[degree] += 1
            right[degree] += verdict
            if wanted.wrong and not verdict:
                words = claim.value or "".join(gold.characters[claim.start : claim.end])
                print(f"{stem}: {degree[0]}, {degree[1]}: {words[:60]}")
    if not said:
        print(f"{wanted.gold} has no NAME.txt beside NAME.xml", file=sys.stderr)
        return 2
    for degree, is_same in chain.from_iterable(without_marks(path) for path in sorted(wanted.gold.glob("*.txt"))):
        said[LOSSY, degree] += 1
        right[LOSSY, degree] += is_same
    print(f"{'':20}" + "".join(f"{degree:>22}" for degree in DEGREES))
    for kind in (*KINDS.values(), LOSSY):
        print(f"{kind:20}" + "".join(f"{_share(right, said, (kind, degree)):>22}" for degree in DEGREES))
    return 0


def _share(right: Counter[tuple[str, str]], said: Counter[tuple[str, str]], degree: tuple[str, str]) -> str:
    return f"{right[degree]}/{said[degree]} = {right[degree] / said[degree]:.3f}" if said[degree] else "–"


if __name__ == "__main__":
    sys.exit(main())
