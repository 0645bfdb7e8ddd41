"""The weights, and the best labels that they give to a run of tokens.

Scores are sums of whole numbers: no rounding, so the same labels and margins everywhere.
"""

from __future__ import annotations

import json
import lzma
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from struct import Struct

from teiwright.model import Kind
from teiwright.naming.learned.features import EDGE, OFFSETS, Context, Evidence, Lexicon, Words, features_of, folded
from teiwright.naming.learned.tokens import runs

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
SCALE = 1000
"""A weight of 1 is stored as this number."""
FORMAT = "teiwright names 1"
_KINDS = {1: Kind.PERSON, 3: Kind.PLACE}
_NEVER = -(10**9)
_LONGEST = 12
"""No name has more tokens than this."""
_LOUDEST = 4 * SCALE
_REMEMBERED = 100_000
"""How many sums are kept at most, so that memory does not grow with the collection."""

Scores = tuple[int, ...]
Opinion = tuple[int, int]
Lattice = tuple[list[Scores], list[Scores]]
"""For each token and label the best sequence up to it, and the best through it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name by its tokens, and by how much it beats the best reading without it."""

    first: int
    last: int
    kind: Kind
    margin: int


@dataclass(frozen=True)
class Model:
    """Weights by feature and label, of one label after another, and what they were learned with."""

    name: str
    lexicon: Lexicon
    index: dict[str, int]
    weights: array[int]
    following: tuple[Scores, ...]
    bands: tuple[tuple[int, int], ...] = ()
    """Margins with the share (in thousandths) of held-out names of at least this margin that were right."""
    sha256: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words(self.lexicon))
        object.__setattr__(self, "_seen", {offset: {} for offset in OFFSETS})
        object.__setattr__(self, "_threes", {})
        object.__setattr__(self, "_heard", {})
        object.__setattr__(self, "_rows", dict(zip(self.index, map(_row, _in_fives(self)), strict=True)))

    words: Words = field(init=False, repr=False, compare=False)
    _rows: dict[str, int] = field(init=False, repr=False, compare=False)
    _seen: dict[int, dict[str, int]] = field(init=False, repr=False, compare=False)
    _threes: dict[tuple[str, str, str], int] = field(init=False, repr=False, compare=False)
    _heard: dict[Evidence, int] = field(init=False, repr=False, compare=False)

    def tag(self, context: Context) -> Iterator[Tagged]:
        """The names of a document. What the model thinks of a word at one place counts at its other places, too."""
        words = (EDGE, EDGE, *context.tokens.words, EDGE, EDGE)
        found = []
        opinions: dict[str, list[Opinion]] = defaultdict(list)
        for first, last in runs(context.tokens.words, context.breaks):
            scores = [self._scores(context, at, words[at : at + 5]) for at in range(first, last)]
            lattice = self._lattice(scores)
            own = list(map(_opinion, lattice[1]))
            forms = [folded(word) if word[0].isupper() else "" for word in words[first + 2 : last + 2]]
            found.append((first, scores, lattice, own, forms))
            for form, opinion in zip(forms, own, strict=True):
                opinions[form].append(opinion)
        heard = {form: _together(all_) for form, all_ in opinions.items() if form and len(all_) > 1}
        for first, scores, lattice, own, forms in found:
            heard_here = [heard.get(form) for form in forms]
            swayed = self._lattice(list(map(_swayed, scores, own, heard_here))) if any(heard_here) else lattice
            if len(scores) > 1 or max(swayed[1][0]) > swayed[1][0][0]:
                yield from self._decode(first, swayed)

    def score(self, margin: int) -> float:
        """How likely a name of this margin is right, as measured on texts that training did not see."""
        at = bisect_left(self.bands, -margin, key=lambda band: -band[0])
        return self.bands[at][1] / 1000 if at < len(self.bands) else 0.5

    def _scores(self, context: Context, at: int, five: tuple[str, ...]) -> Scores:
        """What speaks for each label at a token; ``five`` are its word and two on each side."""
        far, before, here, after, beyond = five
        three = before, here, after
        evidence = context.of_token(at, three, self.words.kind)
        return _apart(self._three(three) + self._evidence(evidence) + self._word(far, -2) + self._word(beyond, 2))

    def _word(self, word: str, offset: int) -> int:
        seen = self._seen[offset]
        part = seen.get(word)
        if part is None:
            if len(seen) > _REMEMBERED:
                seen.clear()
            part = seen[word] = self._sum(self.words.of(word, offset))
        return part

    def _three(self, three: tuple[str, str, str]) -> int:
        """Three words in a row, each by itself and together."""
        part = self._threes.get(three)
        if part is None:
            if len(self._threes) > _REMEMBERED:
                self._threes.clear()
            before, here, after = three
            alone = self._word(before, -1) + self._word(here, 0) + self._word(after, 1)
            part = self._threes[three] = alone + self._sum(self.words.of_three(before, here, after))
        return part

    def _evidence(self, evidence: Evidence) -> int:
        part = self._heard.get(evidence)
        if part is None:
            if len(self._heard) > _REMEMBERED:
                self._heard.clear()
            part = self._heard[evidence] = self._sum(features_of(evidence))
        return part

    def _sum(self, features: list[str]) -> int:
        """The rows of features that the model knows, added up."""
        return sum(filter(None, map(self._rows.get, features)))

    def _lattice(self, scores: list[Scores]) -> Lattice:
        """The best sequences up to each token and label, and through it."""
        if len(scores) == 1:
            only = [_first(scores[0])]
            return only, only
        forward = _forward(scores, self.following)
        pairs = zip(forward, _backward(scores, self.following), strict=True)
        return forward, [(a + f, b + g, c + h, d + i, e + j) for (a, b, c, d, e), (f, g, h, i, j) in pairs]

    def _decode(self, first: int, lattice: Lattice) -> Iterator[Tagged]:
        forward, through = lattice
        best = max(through[0])
        labels = _path(forward, self.following)
        at = 0
        while at < len(labels):
            label = labels[at]
            if label not in _KINDS:
                at += 1
                continue
            end = at + 1
            while end < len(labels) and labels[end] == label + 1:
                end += 1
            rivals = [max(v for other, v in enumerate(through[i]) if other != labels[i]) for i in range(at, end)]
            if end < len(labels):
                rivals.append(through[end][label + 1])
            if end - at <= _LONGEST:
                yield Tagged(first + at, first + end, _KINDS[label], best - max(rivals))
            at = end


def _in_fives(model: Model) -> Iterator[Scores]:
    """The weights of one feature after the other."""
    every = iter(model.weights)
    return zip(every, every, every, every, every, strict=True)


def _row(scores: Scores) -> int:
    """The scores of all labels as one whole number, 32 bits for each: rows are added as one."""
    o, bp, ip, bl, il = scores
    return o + (bp << 32) + (ip << 64) + (bl << 96) + (il << 128)


_LIFT = _row((1 << 31,) * len(LABELS))
_FIVE = Struct(f"<{len(LABELS)}I")


def _apart(row: int) -> Scores:
    """The scores of a row, all of them higher by the same, which decides nothing: none is below zero so."""
    scores: Scores = _FIVE.unpack((row + _LIFT).to_bytes(_FIVE.size, "little"))
    return scores


def _opinion(through: Scores) -> Opinion:
    """By how much a person, and a place, beats no name at a token; within limits."""
    nothing, person, inside, place, within = through
    person = (person if person > inside else inside) - nothing
    place = (place if place > within else within) - nothing
    return (
        person if -_LOUDEST < person < _LOUDEST else _LOUDEST if person > 0 else -_LOUDEST,
        place if -_LOUDEST < place < _LOUDEST else _LOUDEST if place > 0 else -_LOUDEST,
    )


def _forward(scores: list[Scores], following: tuple[Scores, ...]) -> list[Scores]:
    """For each token and label the best sequence up to it; ``I`` follows only its own ``B`` or ``I``."""
    oo, op, _, ol, _ = following[0]
    bo, bp, bi, bl, _ = following[1]
    io, ip, ii, il, _ = following[2]
    lo, lp, _, ll, li = following[3]
    mo, mp, _, ml, mi = following[4]
    o, p, i, l, m = _first(scores[0])  # noqa: E741 (the labels: O, B and I of persons, B and I of places)
    rows: list[Scores] = [(o, p, i, l, m)]
    for so, sp, si, sl, sm in scores[1:]:
        o, p, i, l, m = (  # noqa: E741
            so + max(o + oo, p + bo, i + io, l + lo, m + mo),
            sp + max(o + op, p + bp, i + ip, l + lp, m + mp),
            si + max(p + bi, i + ii),
            sl + max(o + ol, p + bl, i + il, l + ll, m + ml),
            sm + max(l + li, m + mi),
        )
        rows.append((o, p, i, l, m))
    return rows


def _backward(scores: list[Scores], following: tuple[Scores, ...]) -> list[Scores]:
    """For each token and label the best that can come after it."""
    oo, op, _, ol, _ = following[0]
    bo, bp, bi, bl, _ = following[1]
    io, ip, ii, il, _ = following[2]
    lo, lp, _, ll, li = following[3]
    mo, mp, _, ml, mi = following[4]
    row: Scores = (0, 0, 0, 0, 0)
    rows = [row]
    for score in reversed(scores[1:]):
        o, p, i, l, m = (a + b for a, b in zip(score, row, strict=True))  # noqa: E741
        row = (
            max(o + oo, p + op, l + ol),
            max(o + bo, p + bp, i + bi, l + bl),
            max(o + io, p + ip, i + ii, l + il),
            max(o + lo, p + lp, l + ll, m + li),
            max(o + mo, p + mp, l + ml, m + mi),
        )
        rows.append(row)
    return rows[::-1]


def _first(scores: Scores) -> Scores:
    """What a run can begin with: no name goes on there."""
    return scores[0], scores[1], _NEVER, scores[3], _NEVER


def _together(opinions: list[Opinion]) -> tuple[int, int, int]:
    """How many they are and what they say in all."""
    return len(opinions), sum(person for person, _ in opinions), sum(place for _, place in opinions)


def _swayed(scores: Scores, own: Opinion, heard: tuple[int, int, int] | None) -> Scores:
    """Scores with what the word's other places say, on average: together as much as this place itself."""
    if heard is None:
        return scores
    others, person, place = heard[0] - 1, heard[1] - own[0], heard[2] - own[1]
    person, place = person // others, place // others
    return scores[0], scores[1] + person, scores[2] + person, scores[3] + place, scores[4] + place


def _path(forward: list[Scores], following: tuple[Scores, ...]) -> list[int]:
    """The best sequence, read backwards; of equals the first label."""
    last = forward[-1]
    labels = [last.index(max(last))]
    for row in reversed(forward[:-1]):
        label = labels[-1]
        before = [value + following[other][label] for other, value in enumerate(row)]
        labels.append(before.index(max(before)))
    return labels[::-1]


def pack(model: Model) -> bytes:
    """The model as a file: a line of JSON, the features line by line, the weights."""
    lexicon = model.lexicon
    head = {
        "format": FORMAT,
        "name": model.name,
        "labels": LABELS,
        "following": model.following,
        "bands": model.bands,
        "forenames": sorted(lexicon.forenames),
        "surnames": sorted(lexicon.surnames),
        "small": dict(sorted(lexicon.small.items())),
        "clusters": dict(sorted(lexicon.clusters.items())),
    }
    weights = array("h", model.weights)
    if sys.byteorder == "big":
        weights.byteswap()
    names = "\n".join(sorted(model.index, key=lambda name: model.index[name]))
    text = f"{json.dumps(head, ensure_ascii=False, separators=(',', ':'))}\n{names}\n\n".encode()
    return lzma.compress(text + weights.tobytes(), preset=9 | lzma.PRESET_EXTREME)


def unpack(data: bytes) -> Model:
    """Read what ``pack`` wrote."""
    head_line, _, rest = lzma.decompress(data).partition(b"\n")
    head = json.loads(head_line)
    if head["format"] != FORMAT or tuple(head["labels"]) != LABELS:
        raise ValueError(f"not a model of the format `{FORMAT}`")
    names, _, raw = rest.partition(b"\n\n")
    weights = array("h")
    weights.frombytes(raw)
    if sys.byteorder == "big":
        weights.byteswap()
    features = names.decode().split("\n")
    lexicon = Lexicon(frozenset(head["forenames"]), frozenset(head["surnames"]), head["small"], head["clusters"])
    index = dict(zip(features, range(0, len(features) * len(LABELS), len(LABELS)), strict=True))
    following = tuple(map(tuple, head["following"]))
    bands = tuple(map(tuple, head["bands"]))
    return Model(head["name"], lexicon, index, weights, following, bands, sha256(data).hexdigest())


@cache
def packed_model() -> Model | None:
    """The model that comes with the program, read when it is first asked for."""
    file = resources.files("teiwright.naming.data").joinpath("names.model")
    return unpack(file.read_bytes()) if file.is_file() else None
