"""Trains the model of names: ``python benchmarks/train_names.py CORPORA --out MODEL --date 2026-01-31``.

CORPORA is a folder of TEI files, in folders as you like; ``docs/names.md`` says what they should hold.
The same files, options and seed give the same model. Its card is written beside it: ``MODEL-model.md``.
"""

from __future__ import annotations

import argparse
import random
import shlex
import sys
import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pycrfsuite
from completion import Completion
from lessons import PEOPLE_FOLDER, Lesson, lessons, lexicon_of, persons, prepare, running_text
from model_card import Card, Fold, corpora, told
from word_clusters import clusters

from teiwright import __version__
from teiwright.model import Kind
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.learned.features import EDGE, OFFSETS, Context, Lexicon, Words, features_of
from teiwright.naming.learned.model import LABELS, SCALE, Model, pack
from teiwright.naming.learned.tokens import Tokens, runs

_C1, _C2 = 0.2, 0.02
_BLIND = 0.25
"""The share of documents that see no gazetteer, so that the model learns what stands around names, too."""


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
            around = context.around(at)
            features = [*features_of(context.of_token(at, around, words.kind)), *words.of_three(*around)]
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
        counts = {kind.name: [0, 0, 0] for kind in Kind}
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
    return shlex.join([*words, "--clusters"] if chosen.clusters else words)


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
    people = about.get(PEOPLE_FOLDER)
    lists = [
        f"{len(lexicon.forenames):,} forenames and {len(lexicon.surnames):,} surnames"
        + (f" of {people[0]} ({people[1]})" if people else "")
    ]
    if lexicon.clusters:
        groups = len(set(lexicon.clusters.values()))
        lists.append(f"{groups:,} groups of {len(lexicon.clusters):,} words, learned from these texts")
    return Card(
        chosen.date,
        _command(chosen),
        f"teiwright {__version__}, python-crfsuite {version('python-crfsuite')}",
        f"trained by L-BFGS (c1 {_C1}, c2 {_C2}, {chosen.rounds} rounds, seed {chosen.seed}), weights rounded",
        sha256(packed).hexdigest(),
        len(packed),
        len(model.index),
        corpora(((e.path, len(e.tokens.words), len(e.tagged)) for e in every), chosen.corpora, about),
        tuple(lists[0 if lexicon.forenames else 1 :]),
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
    options.add_argument("--clusters", action="store_true", help="learn which words are alike from all of the text")
    options.add_argument("--about", type=Path, help="a table of folders (folder, what, licence) for the card")
    chosen = options.parse_args()
    leave_out = set(chosen.leave_out.read_text().split()) if chosen.leave_out else set()
    every = list(lessons(chosen.corpora, leave_out, chosen.sample, chosen.seed, chosen.complete))
    prepare(every)
    print(len(every), "documents", sum(len(e.tokens.words) for e in every), "tokens", file=sys.stderr)
    given, family = persons(chosen.corpora / "other", leave_out)
    lexicon = lexicon_of(every, given, family)
    if chosen.clusters:
        lexicon = replace(lexicon, clusters=clusters(running_text(chosen.corpora, leave_out), chosen.seed))
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
