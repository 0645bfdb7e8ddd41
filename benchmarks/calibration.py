"""How often each degree of certainty is right, by the publisher's own TEI: ``python benchmarks/calibration.py GOLD``.

GOLD is as for ``accuracy.py``. What an edition infers carries ``@cert``; what has none is held to be certain.
Counted is what the publisher's encoding decides: callouts of notes with their text, page breaks, and persons in
headings, dates and places in datelines where the publisher has any in that line.
What is high should be right in 98 of 100 cases, what is low in fewer than 80.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from accuracy import NOWHERE, Claim, Stream, pairs

KINDS = {
    "notes": "callout",
    "pb": "page break",
    "date/@when": "date in dateline",
    "persName in head": "person in heading",
    "placeName in dateline": "place in dateline",
}
DEGREES = ("high", "medium", "low")


def is_right(claim: Claim, gold: Stream) -> bool | None:
    """Whether the publisher says the same; ``None`` if the publisher tags nothing of the kind in that line.

    A name is right if it overlaps: whether its title belongs to it is no question of certainty.
    A date is right if it is the same as far as both say it: the publisher may give a day without its hour.
    """
    rivals = [other for other in gold.claims if other.row == claim.row]
    if claim.home == NOWHERE:
        return any(claim.said == other.said for other in rivals)
    rivals = [other for other in rivals if other.home == claim.home]
    if claim.row == "date/@when":
        same = any(claim.value.startswith(other.value) or other.value.startswith(claim.value) for other in rivals)
    else:
        same = any(claim.start < other.end and other.start < claim.end for other in rivals)
    return same if rivals else None


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
    print(f"{'':20}" + "".join(f"{degree:>22}" for degree in DEGREES))
    for kind in KINDS.values():
        print(f"{kind:20}" + "".join(f"{_share(right, said, (kind, degree)):>22}" for degree in DEGREES))
    return 0


def _share(right: Counter[tuple[str, str]], said: Counter[tuple[str, str]], degree: tuple[str, str]) -> str:
    return f"{right[degree]}/{said[degree]} = {right[degree] / said[degree]:.3f}" if said[degree] else "–"


if __name__ == "__main__":
    sys.exit(main())
