"""The weights, and the best labels that they give to a run of tokens.

Scores are sums of whole numbers: no rounding, so the same labels and margins everywhere.
"""

from __future__ import annotations

import json
import lzma
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources

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

    words: Words = field(init=False, repr=False, compare=False)
    _seen: dict[int, dict[str, Scores]] = field(init=False, repr=False, compare=False)
    _threes: dict[tuple[str, str, str], Scores] = field(init=False, repr=False, compare=False)
    _heard: dict[Evidence, Scores] = field(init=False, repr=False, compare=False)

    def tag(self, context: Context) -> Iterator[Tagged]:
        """The names of a document. What the model thinks of a word at one place counts at its other places, too."""
        words = context.tokens.words
        found = []
        opinions: dict[str, list[tuple[int, int]]] = {}
        for first, last in runs(words, context.breaks):
            scores = self._scores(context, first, last)
            lattice = self._lattice(scores)
            own = _opinions(lattice)
            forms = [folded(word) if word[0].isupper() else "" for word in words[first:last]]
            found.append((first, scores, lattice, own, forms))
            for form, opinion in zip(forms, own, strict=True):
                opinions.setdefault(form, []).append(opinion)
        heard = {form: _together(all_) for form, all_ in opinions.items() if form and len(all_) > 1}
        for first, scores, lattice, own, forms in found:
            heard_here = [heard.get(form) for form in forms]
            swayed = self._lattice(list(map(_swayed, scores, own, heard_here))) if any(heard_here) else lattice
            yield from self._decode(first, swayed)

    def score(self, margin: int) -> float:
        """How likely a name of this margin is right, as measured on texts that training did not see."""
        share = next((share for least, share in self.bands if margin >= least), 500)
        return share / 1000

    def _scores(self, context: Context, first: int, last: int) -> list[Scores]:
        """What speaks for each label at each token of a run."""
        words = context.tokens.words
        around = [words[at] if 0 <= at < len(words) else EDGE for at in range(first - 2, last + 2)]
        kind, word = self.words.kind, self._word
        rows: list[Scores] = []
        for at, (far, left, here, right, beyond) in enumerate(
            zip(around, around[1:], around[2:], around[3:], around[4:], strict=False), first
        ):
            parts = (
                self._three((left, here, right)),
                self._evidence(context.of_token(at, kind)),
                word(far, -2),
                word(beyond, 2),
            )
            rows.append(tuple(map(sum, zip(*parts, strict=True))))
        return rows

    def _word(self, word: str, offset: int) -> Scores:
        seen = self._seen[offset]
        part = seen.get(word)
        if part is None:
            if len(seen) > _REMEMBERED:
                seen.clear()
            part = seen[word] = self._sum(self.words.of(word, offset))
        return part

    def _three(self, three: tuple[str, str, str]) -> Scores:
        """Three words in a row, each by itself and together."""
        part = self._threes.get(three)
        if part is None:
            if len(self._threes) > _REMEMBERED:
                self._threes.clear()
            together = self._sum(self.words.of_three(*three))
            words = (self._word(word, offset) for offset, word in zip((-1, 0, 1), three, strict=True))
            part = self._threes[three] = tuple(map(sum, zip(together, *words, strict=True)))
        return part

    def _evidence(self, evidence: Evidence) -> Scores:
        part = self._heard.get(evidence)
        if part is None:
            if len(self._heard) > _REMEMBERED:
                self._heard.clear()
            part = self._heard[evidence] = self._sum(features_of(evidence))
        return part

    def _sum(self, features: list[str]) -> Scores:
        o = bp = ip = bl = il = 0
        index, weights = self.index, self.weights
        for feature in features:
            at = index.get(feature)
            if at is not None:
                o += weights[at]
                bp += weights[at + 1]
                ip += weights[at + 2]
                bl += weights[at + 3]
                il += weights[at + 4]
        return o, bp, ip, bl, il

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
        if best == through[0][0] and len(through) == 1:
            return
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


def _opinions(lattice: Lattice) -> list[tuple[int, int]]:
    """For each token by how much a person, and a place, beats no name there; within limits."""
    opinions = []
    for nothing, person, inside, place, within in lattice[1]:
        by_person, by_place = max(person, inside) - nothing, max(place, within) - nothing
        opinions.append((max(-_LOUDEST, min(_LOUDEST, by_person)), max(-_LOUDEST, min(_LOUDEST, by_place))))
    return opinions


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


def _together(opinions: list[tuple[int, int]]) -> tuple[int, int, int]:
    """How many they are and what they say in all."""
    return len(opinions), sum(person for person, _ in opinions), sum(place for _, place in opinions)


def _swayed(scores: Scores, own: tuple[int, int], heard: tuple[int, int, int] | None) -> Scores:
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
