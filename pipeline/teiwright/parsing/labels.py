"""Labels of speakers: ``HAMLET.`` alone on its line or before the speech, ``FAUST (allein):``, ``LIZA [rising]``.

The printer's few labels come again and again; that is what tells them from other short lines (Guidelines 7.2.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from teiwright.model import Span
from teiwright.parsing import theatre

_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|St|Mme|Mlle|Rev|Hon|Capt|Lt|Col|Gen|1st|2d|2nd|3d|3rd|4th)\. )"
_DIRECTION = r"[\[(][^\[\]()]{1,600}[\])]"
_STOP = r"_?[.:]_?(?:[ ]?(?:--|[-–—]))?|_?[ ]?(?:--|[–—])|_?[ ]-(?=[ ])"
_LABEL = re.compile(
    rf"_?(?P<name>{_TITLE}?[^\W_][^.:;!?\[\](){{}}\n\t_“”\"«»]{{0,39}}?)"
    rf"(?:_?,?(?P<direction>[ \t]*\n?[ \t]*_?{_DIRECTION}(?:{_STOP})?_?)(?=\s|\Z|(?<=[-–—]))"
    rf"|(?P<stop>{_STOP})(?=\s|\Z|(?<=[-–—]))"
    r"|_?(?:(?P<gap>[ \t]{2,}|\t)|(?=[ \t]*(?:\n|\Z))))",
    re.IGNORECASE,
)
"""A label ends with a stop, a direction, a gap or the line."""
_GAP = re.compile(r"[ \t]*\n[ \t]*\S")
_SMALL = {"of", "the", "and", "a", "an", "in", "to", "with", "de", "la", "le", "du", "des", "et"} | {
    *("der", "die", "das", "und", "von", "zu", "im")
}
_MOST_WORDS, _SHORT = 6, 3
_WORD = re.compile(r"[^\W\d_]+")
_NO_NAME = {
    *("this", "that", "these", "those", "there", "here", "my", "thy", "your", "his", "her", "our"),
    *("i", "thou", "you", "he", "she", "it", "we", "they", "who", "what", "which", "when", "where", "why", "how"),
    *("and", "but", "or", "if", "as", "so", "for", "from", "by", "at", "in", "on", "to", "with", "not", "then", "now"),
    *("is", "go", "yes", "yet", "no", "nay", "non", "ay", "aye", "oh", "o", "ah", "ach", "alas", "bah", "well"),
    *("ja", "nein", "oui", "aber", "is", "their"),
}
"""With these a sentence begins; a name of several words does not."""
_FEWEST, _FEWEST_ALONE = 3, 6
_LONGEST_TURN = 30
_MOST_OF_ALL = 0.6


_ALONE = re.compile(r"\n[ \t]*_?[A-ZÀ-Þ][A-ZÀ-Þ .,’'-]{1,38}(?:\([^()\n]*\))?[.:]?_?[ \t]*\n[ \t]*\S")


class Form(Enum):
    """Where the speech stands that a label begins."""

    BELOW = auto()
    BESIDE = auto()
    """After a stop, ``SAMPSON. Gregory``, or a direction."""
    APART = auto()
    """After a gap, ``SAMPSON  Gregory``."""


class Label(NamedTuple):
    """A line's beginning that may be a label: its range, that of its direction, and where the speech begins."""

    key: str
    span: Span
    direction: Span | None
    after: int
    form: Form
    is_upper: bool
    is_near: bool
    """Whether the speech stands in the same line or the next."""


class Labels(NamedTuple):
    """The labels of a play: by where their line begins; ``doubtful`` are keys that come once and are not introduced."""

    by_start: dict[int, Label]
    doubtful: frozenset[str]


def may_be_there(text: str) -> bool:
    """Whether enough lines in capitals stand above others for a play without any other sign; it is quickly seen."""
    return len(_ALONE.findall(text)) >= _FEWEST_ALONE


def read(text: str, start: int, end: int) -> Label | None:
    """The label with which a line may begin; a direction behind it may go on below, up to ``end``."""
    match = _LABEL.match(text, start, end)
    name = match["name"].strip(" ,") if match else ""
    if match is None or not _is_name(name, is_upper=(is_upper := _is_upper(name))):
        return None
    direction = match.span("direction") if match["direction"] else None
    close = direction[0] if direction else match.end("stop") if match["stop"] else match.end("name")
    if not text[match.end() : end].split("\n", 1)[0].strip():
        form = Form.BELOW
    elif match["stop"] or (direction and (is_upper or text[direction[1] - 1] in ".:—–-")):
        form = Form.BESIDE
    elif is_upper and match["gap"]:
        form = Form.APART
    else:
        return None
    span = Span(start, start + len(text[start:close].rstrip()))
    is_near = form is not Form.BELOW or _GAP.match(text, match.end(), end) is not None
    inner = _stripped(text, *direction) if direction else None
    return Label(_key(name), span, inner, match.end(), form, is_upper, is_near)


def _key(name: str) -> str:
    return " ".join(name.upper().split())


def _is_upper(name: str) -> bool:
    """Whether a name is in capitals, but for `and` and its like between them."""
    words = [word for word in name.split() if word not in _SMALL]
    return bool(words) and "".join(words).isupper()


def _stripped(text: str, start: int, end: int) -> Span:
    raw = text[start:end]
    return Span(end - len(raw.lstrip()), start + len(raw.rstrip()))


def _is_name(name: str, *, is_upper: bool) -> bool:
    words = name.replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or theatre.is_heading(name):
        return False
    if is_upper:
        return sum(map(str.isalpha, name)) > 1
    names = [word for word in words if word.lower() not in _SMALL]
    has_names = bool(names) and all(word[0].isupper() or word[0].isdigit() for word in names) and len(names) <= 4
    return has_names and words[0].lower() not in _NO_NAME and len(name) > 1


def find(
    text: str, blocks: Sequence[tuple[int, int, bool]], introduced: str, *, is_theatre: bool, asked: bool
) -> Labels:
    """The labels of a text: none if it is no play.

    ``blocks`` are where lines begin, where the block ends in which they stand, and whether a blank line stands above.
    In ``introduced`` the play names who speaks: its list of characters and its directions.
    A play has a sign of the theatre, and labels that come again; without such a sign they are in capitals, alone.
    """
    above = {start: after_blank for start, _, after_blank in blocks}
    found = {start: label for start, end, _ in blocks if (label := read(text, start, end))}
    known = set(_words_of([introduced]))
    kept = _of_one_habit(found, above, known)
    counts = Counter(label.key for label in kept.values())
    if not kept or not any(count > 1 for count in counts.values()):
        return Labels({}, frozenset())
    first = min(kept)
    lines = sum(start >= first for start, _, _ in blocks)
    enough = len(kept) >= (_FEWEST if is_theatre else _FEWEST_ALONE) and len(counts) > 1
    if not is_theatre:
        recurring = sum(count > 1 for count in counts.values())
        enough = (
            enough and recurring > 1 and _are_most(one.is_upper and one.form is Form.BELOW for one in kept.values())
        )
    if not asked and (not enough or lines > _LONGEST_TURN * len(kept)):
        return Labels({}, frozenset())
    once = [label for label in kept.values() if counts[label.key] == 1 and not known.issuperset(_words_of([label.key]))]
    again = [key for key, count in counts.items() if count > 1]
    doubtful = {label.key for label in once if not label.is_upper or any(_is_misread(label.key, key) for key in again)}
    return Labels(kept, frozenset(doubtful))


def _is_misread(key: str, other: str) -> bool:
    """Whether two labels differ by one letter of a longer word, as ``HAMLFT`` and ``HAMLET`` do."""
    words = [(one, two) for one, two in zip(key.split(), other.split(), strict=False) if one != two]
    if len(key) != len(other) or len(words) != 1:
        return False
    ((one, two),) = words
    differing = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    return len(one) > _SHORT and len(differing) == 1 and "".join(differing[0]).isalpha()


def _of_one_habit(found: dict[int, Label], above: dict[int, bool], known: set[str]) -> dict[int, Label]:
    """Those that a printer's habit allows: what the labels are that come again.

    In capitals or not; behind a blank line or not; with the speech beside them, below them, or below a blank line.
    One that comes again may differ, if it is in capitals; so may one that is introduced.
    """
    counts = Counter(label.key for label in found.values())
    again = [label for label in found.values() if counts[label.key] > 1]
    if not again:
        return {}
    upper = _are_most(label.is_upper for label in again)
    usual = [label for label in again if label.is_upper or not upper]
    parted = _are_most(above[label.span.start] for label in usual)
    below = _are_most(label.form is Form.BELOW for label in usual)
    near = _are_most(label.is_near for label in usual)
    kept = {}
    for start, label in found.items():
        recurs, is_named = counts[label.key] > 1, known.issuperset(_words_of([label.key]))
        is_sure = label.is_upper and (recurs or is_named)
        has_form = label.direction is not None or (label.form is Form.BELOW) is below or label.form is Form.APART
        has_place = (above[start] or not parted) and (label.is_near or not near)
        has_case = label.is_upper if upper else (is_named or recurs or parted)
        if below and label.form is Form.BESIDE and not label.direction:
            continue  # `HAMLET: A TRAGEDY`
        if (has_form and has_place and has_case) or is_sure or (has_form and has_place and is_named):
            kept[start] = label
    return kept


def _are_most(answers: Iterable[bool]) -> bool:
    listed = list(answers)
    return sum(listed) >= _MOST_OF_ALL * len(listed)


def _words_of(texts: Iterable[str]) -> list[str]:
    return [word.upper() for text in texts for word in _WORD.findall(text)]
