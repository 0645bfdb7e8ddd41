"""Trains the model of names: ``python benchmarks/train_names.py CORPORA --out MODEL --date 2026-01-31``.

CORPORA is a folder of TEI files, in folders as you like; ``docs/names.md`` says what they should hold.
The same files, options and seed give the same model. Its card is written beside it: ``MODEL-model.md``.
"""

from __future__ import annotations

import argparse
import random
import re
import shlex
import sys
import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pycrfsuite
from corpora import Document, documents
from lxml import etree
from model_card import Card, Fold, corpora, told

from teiwright import __version__
from teiwright.model import Kind
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import Gazetteer, gazetteer
from teiwright.naming.learned.features import EDGE, OFFSETS, Context, Lexicon, Words, features_of, folded
from teiwright.naming.learned.model import LABELS, SCALE, Model, pack
from teiwright.naming.learned.tokens import Tokens, runs, tokens_of
from teiwright.naming.recognisers.known import extended
from teiwright.naming.recognisers.repetition import repeated
from teiwright.naming.recognisers.titles import TITLE_WORDS
from teiwright.naming.recognisers.vetoes import vetoed
from teiwright.naming.recognising import rules
from teiwright.naming.script import BARRIER, Script, Stretch
from teiwright.naming.shapes import surname
from teiwright.naming.words import DEMONYMS, word_set

_KINDS = {"person": Kind.PERSON, "place": Kind.PLACE}
_BEFORE_PLACE = word_set("in at from to near of via between and outside")
_C1, _C2 = 0.2, 0.02
_PEOPLE_FOLDER = "other/people"
_BLIND = 0.25
"""The share of documents that see no gazetteer, so that the model learns what stands around names, too."""
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


class Completion:
    """Names that editors left untagged, found by what the volume and the lists say."""

    def __init__(self, all_lessons: list[Lesson], places: Gazetteer) -> None:
        self.places = places
        self.as_person: Counter[str] = Counter()
        self.occurs: Counter[str] = Counter()
        self.of_volume: dict[str, Counter[str]] = defaultdict(Counter)
        self.full: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for lesson in all_lessons:
            counts[lesson.volume].update(w for w in lesson.tokens.words if w[0].isupper())
            for found in lesson.tagged:
                words = tokens_of(lesson.script.text[found.start : found.end]).words
                if found.kind is Kind.PERSON and words:
                    if len(words) == 1:
                        self.of_volume[lesson.volume][words[0]] += 1
                    elif len(words[-1]) > 2:
                        self.full[lesson.volume].add(words)
                    self.as_person.update(words[-1:])
        for counted in counts.values():
            self.occurs.update(counted)
        self.surnames = {
            volume: {w for w, n in tagged.items() if n > 2 and n > 0.4 * counts[volume][w] and len(w) > 2}
            for volume, tagged in self.of_volume.items()
        }

    def __call__(self, lesson: Lesson) -> tuple[Found, ...]:
        """All names of a lesson, the editors' first."""
        kept = decide(lesson.tagged)
        if lesson.places:
            return kept
        introduced = [f for f in lesson.found if f.kind is Kind.PERSON and f.by != "repetition"]
        kept = decide([*introduced, *self._persons(lesson)], kept=kept)
        as_title = [Found(f.start, f.end, f.kind, 1.0, "title", "") for f in kept if f.kind is Kind.PERSON]
        kept = decide((f for f in repeated(lesson.script, as_title) if not vetoed(lesson.script, f)), kept=kept)
        return decide(self._places(lesson, kept), kept=kept)

    def _persons(self, lesson: Lesson) -> Iterator[Found]:
        words, starts, ends = lesson.tokens.words, lesson.tokens.starts, lesson.tokens.ends
        full = Gazetteer({})
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name in self.full[lesson.volume]:
            by_first[name[0]].append((name[1:], "person"))
        full = Gazetteer(
            {first: tuple(sorted(rest, key=lambda r: (-len(r[0]), r[0]))) for first, rest in by_first.items()}
        )
        for first, last, _ in full.search(words):
            yield Found(starts[first], ends[last - 1], Kind.PERSON, 0.99, "editor", "")
        for at, word in enumerate(words):
            if word in self.surnames.get(lesson.volume, ()) and not self._beside_capital(words, at):
                yield Found(starts[at], ends[at], Kind.PERSON, 0.9, "editor", "")

    @staticmethod
    def _beside_capital(words: tuple[str, ...], at: int) -> bool:
        return any(
            0 <= place < len(words) and words[place][0].isupper() and words[place] != EDGE for place in (at - 1, at + 1)
        )

    def _places(self, lesson: Lesson, kept: tuple[Found, ...]) -> Iterator[Found]:
        tokens = lesson.tokens
        people = {
            folded(tokens_of(lesson.script.text[f.start : f.end]).words[-1]) for f in kept if f.kind is Kind.PERSON
        }
        for first, last, _ in self.places.search(tokens.words):
            if last - first == 1 and not self._is_place(tokens.words, first, people):
                continue
            found = extended(lesson.script.text, tokens.starts[first], tokens.ends[last - 1])
            if not vetoed(lesson.script, found) and not self._in_a_body(tokens.words, first, last):
                yield found

    def _is_place(self, words: tuple[str, ...], at: int, people: set[str]) -> bool:
        word, before = words[at], words[at - 1] if at else EDGE
        if folded(word) in people:
            return False
        share = self.as_person[word] / max(1, self.occurs[word])
        if share > 0.1 or (word.lower() in self.common and not word.isupper()):
            return before.lower() in _BEFORE_PLACE
        return True

    common: frozenset[str] = frozenset()

    @staticmethod
    def _in_a_body(words: tuple[str, ...], first: int, last: int) -> bool:
        before = words[max(0, first - 3) : first]
        of_body = len(before) > 1 and before[-1] == "of" and before[-2] in _BODY_OF
        after = words[last] if last < len(words) else EDGE
        return of_body or after in _BODY_AFTER


_BODY_OF = word_set(
    """
    Bank University Church Museum Institute Society College Company Federation League Treaty Battle
    """
)
_BODY_AFTER = word_set(
    """
    Government Army Navy Department Agency Bank University Treaty Pact Conference Agreement Commission Committee
    Council Party Post Times Herald Tribune Plan Declaration Information Intelligence Air Force Forces Joint
    Senate Congress House Military National Foreign Central Operations Mission Protocol Charter Talks Papers
    Files
    """
)


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


def labels_of(tokens: Tokens, names: Iterable[Found]) -> list[str]:
    """A label for each token."""
    labels = ["O"] * len(tokens.words)
    starts = {start: at for at, start in enumerate(tokens.starts)}
    for name in names:
        at = starts.get(name.start)
        if at is None:
            continue
        kind = "PER" if name.kind is Kind.PERSON else "LOC"
        mark = "B"
        while at < len(tokens.words) and tokens.starts[at] < name.end:
            labels[at] = f"{mark}-{kind}"
            mark, at = "I", at + 1
    return labels


def sequences(
    lesson: Lesson, words: Words, names: Iterable[Found], blind: bool
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and labels of each run of a lesson."""
    labels = labels_of(lesson.tokens, names)
    context = Context.of(lesson.script, lesson.tokens, lesson.found, None if blind else gazetteer())
    all_words = lesson.tokens.words
    for first, last in runs(all_words, context.breaks):
        items = []
        for at in range(first, last):
            features = [*features_of(context.of_token(at, words.kind)), *words.of_three(*context.around(at))]
            for offset in OFFSETS:
                place = at + offset
                features += words.of(all_words[place] if 0 <= place < len(all_words) else EDGE, offset)
            items.append(features)
        yield items, labels[first:last]


def fit(
    data: Iterable[tuple[list[list[str]], list[str]]], rounds: int
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Weights of states and of transitions."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for items, labels in data:
        trainer.append(pycrfsuite.ItemSequence(items), labels)
    trainer.set_params({"c1": _C1, "c2": _C2, "max_iterations": rounds, "feature.minfreq": 2})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return dict(info.state_features), dict(info.transitions)


def model_of(
    name: str, lexicon: Lexicon, states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]
) -> Model:
    """The fitted weights as whole numbers; labels that cannot follow get a prohibitive one."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0] * len(LABELS))
    for (feature, label), weight in states.items():
        rows[feature][LABELS.index(label)] = max(-32000, min(32000, round(weight * SCALE)))
    kept = {feature: row for feature, row in sorted(rows.items()) if any(abs(v) > 20 for v in row)}
    index = {feature: at * len(LABELS) for at, feature in enumerate(kept)}
    following = tuple(
        tuple(
            round(transitions.get((a, b), 0.0) * SCALE) if b[0] != "I" or a[1:] == b[1:] else -(10**9) for b in LABELS
        )
        for a in LABELS
    )
    return Model(name, lexicon, index, array("h", [v for row in kept.values() for v in row]), following)


def prepare(all_lessons: list[Lesson]) -> None:
    """Tokens and what the rules find, which the model is told."""
    for lesson in all_lessons:
        lesson.tokens = tokens_of(lesson.script.text)
        lesson.found = rules(lesson.script)


@dataclass
class Course:
    """All that training needs: the lessons, each with its names, and what is learned of words."""

    lessons: list[Lesson]
    names: list[tuple[Found, ...]]
    lexicon: Lexicon
    seed: int
    rounds: int

    def model(self, name: str, without: set[str] = frozenset()) -> Model:  # type: ignore[assignment]
        """A model from all lessons but those of some volumes."""
        rng = random.Random(self.seed)  # noqa: S311 (a draw, no secret)
        words = Words(self.lexicon)

        def data() -> Iterator[tuple[list[list[str]], list[str]]]:
            for lesson, names in zip(self.lessons, self.names, strict=True):
                blind = rng.random() < _BLIND
                if lesson.volume not in without:
                    yield from sequences(lesson, words, names, blind)

        return model_of(name, self.lexicon, *fit(data(), self.rounds))

    def folds(self, count: int) -> list[set[str]]:
        """Volumes in as many groups of about equal length."""
        sizes: Counter[str] = Counter()
        for lesson in self.lessons:
            sizes[lesson.volume] += len(lesson.tokens.words)
        groups: list[set[str]] = [set() for _ in range(count)]
        totals = [0] * count
        for volume, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
            least = totals.index(min(totals))
            groups[least].add(volume)
            totals[least] += size
        return groups


def tagged_by(model: Model, lesson: Lesson) -> list[tuple[Found, int]]:
    """What a model finds in a lesson, with its margins."""
    tokens = lesson.tokens
    context = Context.of(lesson.script, tokens, lesson.found, gazetteer())
    return [
        (Found(tokens.starts[t.first], tokens.ends[t.last - 1], t.kind, 1.0, "model", ""), t.margin)
        for t in model.tag(context)
    ]


def cross_validate(course: Course, folds: int) -> tuple[list[tuple[int, bool]], int, list[Fold]]:
    """Margins of what models find in volumes they have not seen, and whether it is right.

    On the way, persons that editors left untagged and another volume's model is sure of are added to the names.
    """
    margins: list[tuple[int, bool]] = []
    added = 0
    figures: list[Fold] = []
    for fold in course.folds(folds):
        counts = {kind.name: [0, 0, 0] for kind in _KINDS.values()}
        model = course.model("fold", fold)
        for at, lesson in enumerate(course.lessons):
            if lesson.volume not in fold:
                continue
            names = course.names[at]
            right = {(f.start, f.end, f.kind) for f in names}
            found = tagged_by(model, lesson)
            margins += [(margin, (f.start, f.end, f.kind) in right) for f, margin in found]
            _count(counts, {(f.start, f.end, f.kind) for f, _ in found}, right)
            sure = [f for f, margin in found if margin > _SURE]
            if not lesson.places:
                course.names[at] = decide(sure, kept=names)
                added += len(course.names[at]) - len(names)
        figures.append(Fold(len(fold), {kind: (c[0], c[1], c[2]) for kind, c in counts.items()}))
    return margins, added, figures


def _count(counts: dict[str, list[int]], found: set[tuple[int, int, Kind]], right: set[tuple[int, int, Kind]]) -> None:
    """Add what is right, wrong and missed to the counts of its kind."""
    for at, names in enumerate((found & right, found - right, right - found)):
        for _, _, kind in names:
            counts[kind.name][at] += 1


_SURE = 3000
"""A name that a model of other volumes finds by this margin is believed, although the editors have not tagged it."""


def bands_of(margins: list[tuple[int, bool]]) -> tuple[tuple[int, int], ...]:
    """The share of right names by margin, from the surest down, never growing on the way."""
    ordered = sorted(margins, reverse=True)
    bands: list[tuple[int, int]] = []
    size = max(50, len(ordered) // 40)
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        share = round(1000 * sum(right for _, right in part) / len(part))
        bands.append((part[-1][0], min(share, bands[-1][1] if bands else 1000)))
    return tuple(bands)


def _command(chosen: argparse.Namespace) -> str:
    """The command with its options, without this machine's folders."""
    words = ["python", "benchmarks/train_names.py", "CORPORA", "--out", chosen.out.name, "--date", chosen.date]
    for option in ("leave_out", "complete", "sample", "rounds", "folds", "seed", "about"):
        value = getattr(chosen, option)
        if value is not None:
            words += [f"--{option.replace('_', '-')}", value.name if isinstance(value, Path) else str(value)]
    return shlex.join(words)


def card_of(
    chosen: argparse.Namespace,
    every: list[Lesson],
    lexicon: Lexicon,
    model: Model,
    packed: bytes,
    left_out: int,
    figures: list[Fold],
) -> Card:
    """What is to be said of a model."""
    about = told(chosen.about)
    people = about.get(_PEOPLE_FOLDER)
    lists = [
        f"{len(lexicon.forenames):,} forenames and {len(lexicon.surnames):,} surnames"
        + (f" of {people[0]} ({people[1]})" if people else "")
    ]
    return Card(
        chosen.date,
        _command(chosen),
        f"teiwright {__version__}, python-crfsuite {version('python-crfsuite')}",
        f"trained by L-BFGS (c1 {_C1}, c2 {_C2}, {chosen.rounds} rounds, seed {chosen.seed}), weights rounded",
        sha256(packed).hexdigest(),
        len(packed),
        len(model.index),
        corpora(((e.path, len(e.tokens.words), len(e.tagged)) for e in every), chosen.corpora, about),
        tuple(lists) if lexicon.forenames else (),
        left_out,
        tuple(figures),
    )


def main() -> None:
    """Train and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpora", type=Path)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--date", required=True)
    options.add_argument("--leave-out", type=Path, help="a file of ids of volumes and documents that are not read")
    options.add_argument("--complete", help="the folder whose editors tagged only some persons and hardly any place")
    options.add_argument("--sample", type=int, default=120)
    options.add_argument("--rounds", type=int, default=80)
    options.add_argument("--folds", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--about", type=Path, help="a table of folders (folder, what, licence) for the card")
    chosen = options.parse_args()
    leave_out = set(chosen.leave_out.read_text().split()) if chosen.leave_out else set()
    every = list(lessons(chosen.corpora, leave_out, chosen.sample, chosen.seed, chosen.complete))
    prepare(every)
    print(len(every), "documents", sum(len(e.tokens.words) for e in every), "tokens", file=sys.stderr)
    given, family = persons(chosen.corpora / "other", leave_out)
    lexicon = lexicon_of(every, given, family)
    completion = Completion(every, gazetteer())
    completion.common = frozenset(w for w, share in lexicon.small.items() if share > 1)
    course = Course(every, [completion(lesson) for lesson in every], lexicon, chosen.seed, chosen.rounds)
    print("persons by editors", sum(f.kind is Kind.PERSON for e in every for f in e.tagged), file=sys.stderr)
    print("names", Counter(f.kind.name for names in course.names for f in names), file=sys.stderr)
    bands: tuple[tuple[int, int], ...] = ()
    figures: list[Fold] = []
    if chosen.folds > 1:
        margins, added, figures = cross_validate(course, chosen.folds)
        bands = bands_of(margins)
        print("added", added, "bands", bands, file=sys.stderr)
    model = replace(course.model(f"names {chosen.date}"), bands=bands)
    packed = pack(model)
    chosen.out.write_bytes(packed)
    card = card_of(chosen, every, lexicon, model, packed, len(leave_out), figures)
    chosen.out.with_name(f"{chosen.out.stem}-model.md").write_text(card.text(), encoding="utf-8")
    print(len(model.index), "features", len(packed), "bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
