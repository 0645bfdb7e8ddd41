"""The card of a trained model: what it learned from, how, and how often it was right in volumes it had not seen."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_TEI = "{http://www.tei-c.org/ns/1.0}"
_KINDS = {"PERSON": "persons", "PLACE": "places"}
SEES = (
    "Of each word, of its two neighbours on each side: form, shape, beginning and end, class (title, office, rank, "
    "people, month, body, generic noun, compass …), whether it is in the lists of forenames and surnames, how often "
    "it is written small; words in twos and threes; whether the gazetteer has a name here; what the rules found "
    "here; whether the document writes the word small, names a person so, or has it after `in` or an initial; the "
    "kind of block."
)


@dataclass(frozen=True)
class Corpus:
    """A folder that was read, as the card lists it."""

    folder: str
    files: int
    documents: int
    words: int
    names: int
    """As the editors tagged them."""
    what: str
    licence: str


@dataclass(frozen=True)
class Fold:
    """How a model did in volumes that it had not seen, by kind: right, wrong, missed."""

    volumes: int
    counts: dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Card:
    """All that the card says."""

    date: str
    command: str
    made_with: str
    settings: str
    digest: str
    size: int
    features: int
    corpora: tuple[Corpus, ...]
    lists: tuple[str, ...]
    left_out: int
    folds: tuple[Fold, ...]

    def text(self) -> str:
        """The card as Markdown."""
        parts = [
            f"# The model of names, {self.date}\n",
            f"A linear chain over words, {self.settings}; {self.features:,} features, {self.size:,} bytes, "
            f"SHA-256 `{self.digest}`.\nMade by `{self.command}` with {self.made_with}.\n",
            "## What it was trained on\n",
            "| folder | what | licence | files | documents | words and marks | names by editors |",
            "|---|---|---|---:|---:|---:|---:|",
            *(
                f"| `{c.folder}` | {c.what} | {c.licence} | {c.files:,} | {c.documents:,} | {c.words:,} | {c.names:,} |"
                for c in self.corpora
            ),
            "\nLists: " + "; ".join([*self.lists, "the gazetteer (our own list, CC0; GeoNames, CC BY 4.0)"]) + ".",
            f"\n{self.left_out} volumes and documents were named as not to be read.\n",
            f"## What it sees\n\n{SEES}\n",
            "## How often it was right\n",
            *self._folds(),
        ]
        return "\n".join(parts) + "\n"

    def _folds(self) -> list[str]:
        if not self.folds:
            return ["It was not measured (`--folds 1`)."]
        rows = [
            f"| {number} | {fold.volumes} | {_KINDS[kind]} | {_figures(*fold.counts[kind])} |"
            for number, fold in enumerate(self.folds, 1)
            for kind in sorted(fold.counts)
        ]
        return [
            "Each part of the volumes was tagged by a model of the other parts, without the rules, and held against "
            "its editors' names and those completed from gazetteer and rules.",
            "The completed names are no reader's: the figures compare models, and are no promise for a text.\n",
            "| part | volumes | | precision | recall | F1 |",
            "|---|---:|---|---:|---:|---:|",
            *rows,
        ]


def _figures(right: int, wrong: int, missed: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return f"{precision:.3f} | {recall:.3f} | {2 * right / max(1, 2 * right + wrong + missed):.3f}"


def told(path: Path | None) -> dict[str, tuple[str, str]]:
    """What each folder is and its licence, from a table with the columns ``folder``, ``what``, ``licence``."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {r["folder"]: (r["what"], r["licence"]) for r in csv.DictReader(file, delimiter="\t")}


def stated(path: Path) -> str:
    """The licence that a file's header points to; empty if it states none."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    for licence in etree.parse(path, parser).getroot().iter(f"{_TEI}licence"):
        return licence.get("target") or " ".join("".join(map(str, licence.itertext())).split())[:80]
    return ""


def corpora(
    read: Iterable[tuple[Path, int, int]], folder: Path, about: dict[str, tuple[str, str]]
) -> tuple[Corpus, ...]:
    """One row for each folder, from each document's file, words and names."""
    rows: dict[str, list[tuple[Path, int, int]]] = defaultdict(list)
    for path, words, names in read:
        rows[path.parent.relative_to(folder).as_posix()].append((path, words, names))
    listed = []
    for name, documents in sorted(rows.items()):
        files = sorted({path for path, _, _ in documents})
        licences = Counter(stated(path) or "not stated in its files" for path in files) if name not in about else {}
        what, licence = about.get(name, ("", "; ".join(sorted(licences))))
        words, names = sum(d[1] for d in documents), sum(d[2] for d in documents)
        listed.append(Corpus(name, len(files), len(documents), words, names, what, licence))
    return tuple(listed)
