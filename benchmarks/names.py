"""How well names are recognised: ``python benchmarks/names.py FOLDER``.

FOLDER holds the corpora that ``names-gold/README.md`` names. A name is right if kind, start and end are right.
Each document is laid out as plain text and goes the way that any text goes: parsed, then named.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora import documents, plain

from teiwright.model import Draft, Kind, Mention, Metadata, Source
from teiwright.naming import Means, name
from teiwright.naming.gazetteer import Gazetteer, modern
from teiwright.naming.learned.tokens import tokens_of
from teiwright.parsing import parse

KINDS = {Kind.PERSON: "person", Kind.PLACE: "place"}
GOLD = Path(__file__).parent / "names-gold" / "mentions.tsv"


@dataclass(frozen=True)
class Marked:
    """A text with the names that a reader marked, by place."""

    id: str
    text: str
    names: dict[tuple[int, int], str]


def gold(folder: Path) -> Iterator[Marked]:
    """The annotated documents, each with its text from the folder."""
    wanted: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            wanted[row["document"]].append((int(row["start"]), int(row["end"]), row["kind"], row["quote"]))
    stems = {id_: id_ if "frus" not in id_ else id_.rsplit("-", 1)[0] for id_ in wanted}
    for path in sorted(p for p in folder.rglob("*.xml") if p.stem in set(stems.values())):
        for document in documents(path):
            if document.id in wanted:
                text = plain(document)[0]
                mentions = wanted.pop(document.id)
                if any(text[start:end] != quote for start, end, _, quote in mentions):
                    sys.exit(f"{document.id}: the text is not the one that was annotated")
                yield Marked(document.id, text, {(start, end): kind for start, end, kind, _ in mentions})
    if wanted:
        sys.exit(f"not found in {folder}: {', '.join(sorted(wanted))}")


def draft(id_: str, text: str) -> Draft:
    """The text as the parser understands it."""
    return parse(Source(Path(f"{id_}.txt"), text, "", "utf-8", Metadata(id_)))


class Score:
    """Right, wrong and missed names of one kind."""

    def __init__(self) -> None:
        self.right, self.wrong, self.missed = 0, 0, 0

    @property
    def precision(self) -> float:
        """Of what was found, how much is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


class Tally:
    """The scores of all documents, by kind and by corpus, and what each band of certainty is worth."""

    def __init__(self) -> None:
        self.scores: dict[tuple[str, str], Score] = defaultdict(Score)
        self.bands: Counter[tuple[str, bool]] = Counter()
        self.errors: list[str] = []

    def add(self, marked: Marked, found: Iterable[Mention]) -> None:
        """Hold what was found in one document against what was marked."""
        optional = [place for place, kind in marked.names.items() if kind == "optional"]
        asked = {place: kind for place, kind in marked.names.items() if kind != "optional"}
        hit = set()
        for mention in found:
            place, kind = (mention.span.start, mention.span.end), KINDS[mention.kind]
            right = asked.get(place) == kind
            if not right and any(a < place[1] and place[0] < b for a, b in optional):
                continue
            if mention.certainty is not None:
                self.bands[mention.certainty.value, right] += 1
            if right:
                hit.add(place)
            else:
                self._error(f"wrong by {mention.by}", kind, marked, place)
            for score in self._of(marked, kind):
                score.right += right
                score.wrong += not right
        for place, kind in asked.items():
            if place not in hit:
                self._error("missed", kind, marked, place)
                for score in self._of(marked, kind):
                    score.missed += 1

    def _of(self, marked: Marked, kind: str) -> tuple[Score, Score]:
        return self.scores[kind, "all"], self.scores[marked.id.split("-")[0], kind]

    def _error(self, what: str, kind: str, marked: Marked, place: tuple[int, int]) -> None:
        around = marked.text[max(0, place[0] - 40) : place[1] + 30].replace("\n", " ")
        self.errors.append(f"{what} {kind:6} {marked.id} `{marked.text[slice(*place)]}` … {around}")

    def print(self) -> None:
        """One line for each score, and each band."""
        for (row, column), score in sorted(self.scores.items(), key=lambda item: (item[0][1] != "all", item[0])):
            counts = f"{score.right:5} {score.wrong:4} {score.missed:4}"
            print(f"{row:16} {column:7} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}   {counts}")
        for band in ("high", "medium", "low"):
            right, wrong = self.bands[band, True], self.bands[band, False]
            print(f"cert {band:7} {right / max(1, right + wrong):.3f} of {right + wrong}")


def means(without: str | None) -> Means:
    """All that the program has, or all but one part."""
    match without:
        case "model":
            return Means(model=None)
        case "gazetteer":
            return Means(places=None)
        case "historical":
            return Means(places=Gazetteer.of(modern()))
        case _:
            return Means()


def main() -> None:
    """Print the scores and, if asked, each error."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--errors", action="store_true", help="list what is wrong and what is missed")
    options.add_argument("--without", choices=("model", "gazetteer", "historical"), help="leave out one part")
    chosen = options.parse_args()
    with_ = means(chosen.without)
    tally, words, spent = Tally(), 0, 0.0
    for marked in gold(chosen.folder):
        parsed = draft(marked.id, marked.text)
        begun = time.process_time()
        found = name(parsed, means=with_).mentions
        spent += time.process_time() - begun
        words += len(tokens_of(marked.text).words)
        tally.add(marked, found)
    tally.print()
    print(f"{words} tokens, {words / max(spent, 1e-9):,.0f} a second")
    if chosen.errors:
        print("\n".join(tally.errors))


if __name__ == "__main__":
    main()
