"""What a model of names learns from: the documents of a folder, each with what its editors tagged."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpora import Document, documents
from lxml import etree

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.learned.features import Lexicon
from teiwright.naming.learned.tokens import Tokens, tokens_of
from teiwright.naming.recognisers.titles import TITLE_WORDS
from teiwright.naming.recognising import rules
from teiwright.naming.script import BARRIER, Script, Stretch
from teiwright.naming.shapes import surname
from teiwright.naming.words import DEMONYMS, word_set

_KINDS = {"person": Kind.PERSON, "place": Kind.PLACE}
PEOPLE_FOLDER = "other/people"
_FEW = 0.05
"""With a smaller share of places among its names a document is taken to have them untagged."""


@dataclass
class Lesson:
    """One document to learn from: its script, what its editors tagged, and whether they tagged places."""

    id: str
    volume: str
    script: Script
    tagged: list[Found]
    places: bool
    path: Path
    found: tuple[Found, ...] = ()
    tokens: Tokens = field(default_factory=lambda: Tokens((), (), ()))


def script_of(document: Document) -> tuple[Script, list[Found]]:
    """A document of a corpus as the recognisers see it, with its editors' names."""
    text: list[str] = []
    stretches: list[Stretch] = []
    tagged: list[Found] = []
    length = 0
    for block in document.blocks:
        stretches.append(Stretch(block.zone, length, length + len(block.text), 0))
        for name in block.names:
            tagged.append(Found(length + name.start, length + name.end, _KINDS[name.kind], 1.0, "editor", name.key))
        text.append(block.text)
        length += len(block.text)
        text.append(f"\n{BARRIER}\n")
        length += 3
    joined = "".join(text)
    tagged = [better for found in tagged if (better := _by_our_rules(joined, found)) is not None]
    return (
        Script(joined, tuple(stretches), (0,), (0,), tuple(stretch.start for stretch in stretches)),
        sorted(tagged, key=lambda f: f.start),
    )


def _by_our_rules(text: str, found: Found) -> Found | None:
    """An editor's name without title and article; none if it is a people's name or begins small."""
    start = found.start
    while lead := _LEAD.match(text, start, found.end):
        start = lead.end()
    words = text[start : found.end].split()
    if not words or not (words[0][0].isupper() or words[0][0] in "‘’["):
        return None if not words or words[0] not in _PARTICLES else found
    if found.kind is Kind.PLACE and all(w in DEMONYMS or w.rstrip("s") in DEMONYMS or _PEOPLE.search(w) for w in words):
        return None
    return replace(found, start=start) if start < found.end else None


_LEAD = re.compile(
    r"(?:(?:[Tt]he|Die|Der|Das|Frau|Herr|Baronin|Baroness|Baron|SS|Uncle|Aunt|Engineer|Rabbi|Priest|Father|Brother|"
    rf"Sister|Comrade|Pan|Pani|{'|'.join(sorted(re.escape(t) for t in TITLE_WORDS))})\s+"
    r"|\w*(?:führer|fuhrer)s?\s+)"
)
_PEOPLE = re.compile(
    r"(?:ians?|eans?|ish|ese|ards|ench|utch|ews?|ewish|oles?|zechs?|lovaks?|erbs?|roats?|inns?|urks?)$"
)
_PARTICLES = word_set("de van von di da du la le al el bin ibn")


def lessons(folder: Path, leave_out: set[str], sample: int, seed: int, complete: str | None) -> Iterator[Lesson]:
    """The documents of a folder, at most ``sample`` of each file, drawn by the seed."""
    for path in sorted(folder.rglob("*.xml")):
        if path.stem in leave_out:
            continue
        kept = [d for d in documents(path) if d.id not in leave_out and sum(len(b.text) for b in d.blocks) > 200]
        if len(kept) > sample:
            kept = random.Random(f"{seed} {path.stem}").sample(kept, sample)  # noqa: S311 (a draw, no secret)
        for document in kept:
            script, tagged = script_of(document)
            if not tagged:
                continue
            few_places = sum(f.kind is Kind.PLACE for f in tagged) < _FEW * len(tagged)
            completed = path.parent.name == complete or few_places
            volume = document.volume if completed and len(kept) > 1 else path.parent.name
            yield Lesson(document.id, volume, script, tagged, not completed, path)


def persons(folder: Path, leave_out: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Forenames and surnames of the Office of the Historian's records, without those known from what is left out."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for path in sorted((folder / "people").rglob("*.xml")):
        root = etree.parse(path).getroot()
        sources = {url.text.split("/")[4] for url in root.iter("source-url") if url.text}
        if sources and sources <= leave_out:
            continue
        name = root.findtext("names/preferred/name") or ""
        words = re.findall(r"[^\W\d_][\w’'-]+", name)
        last = surname(name).strip(".,")
        if len(words) < 2 or len(last) < 3:
            continue
        family[last] += 1
        given.update(word for word in words if word != last and len(word) > 2 and word[0].isupper())
    return given, family


def running_text(folder: Path, leave_out: set[str]) -> Iterator[tuple[str, ...]]:
    """The words of every block that may be read, tagged or not."""
    for path in sorted(folder.rglob("*.xml")):
        if path.stem in leave_out or path.is_relative_to(folder / PEOPLE_FOLDER):
            continue
        for document in documents(path):
            if document.id not in leave_out:
                yield from (tokens_of(block.text).words for block in document.blocks)


def lexicon_of(all_lessons: list[Lesson], given: Counter[str], family: Counter[str]) -> Lexicon:
    """Names of persons, and how often each word is written small."""
    small: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for lesson in all_lessons:
        for word in lesson.tokens.words:
            if word.isalpha():
                total[word.lower()] += 1
                small[word.lower()] += word.islower()
    shares = {w: round(4 * small[w] / n) for w, n in total.items() if n > 9 and small[w]}
    return Lexicon(
        frozenset(w for w, n in given.items() if n > 1), frozenset(w for w, n in family.items() if n > 1), shares
    )


def prepare(all_lessons: list[Lesson]) -> None:
    """Tokens and what the rules find, which the model is told."""
    for lesson in all_lessons:
        lesson.tokens = tokens_of(lesson.script.text)
        lesson.found = rules(lesson.script)
