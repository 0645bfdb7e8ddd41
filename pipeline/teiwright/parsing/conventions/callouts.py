"""Callouts of notes in running text: every string that could be one, with how much it looks like one.

A score is a log-likelihood in rough units: 0 is a coin's toss, 5 is hardly anything but a callout.
Nothing is decided here; the alignment with the notes does that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from teiwright.model import Span
from teiwright.parsing.conventions.number_words import (
    COUNTED,
    MONTHS_BEGIN,
    PAPERS,
    QUANTITIES,
    SMALL_WORDS,
    is_day,
    is_month,
    word_at,
)
from teiwright.parsing.masses import span_of

_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPT = str.maketrans(_FIGURES, "0123456789")

_RAISED = re.compile(rf"[{_FIGURES}]+")
_CARET = re.compile(r"\^\{([^{}\n]{1,12})\}|\[\^([^\]\s]{1,12})\]|\^(\d{1,3}[a-z]?|[*†‡§¶]{1,4})(?!\w)")
_MARK_IN_CARET = re.compile(r"\d{1,3}[a-z]?|\*{1,6}|[†‡§¶‖#]{1,3}")
_SYMBOLS = "*†‡§¶‖"
_PRINTED_SYMBOL = re.compile(r"\*{1,6}|[†‡¶‖]{1,3}|§{1,3}")
_SIGNS_TO_LINE_END = re.compile(r"[ \t.*•†‡_-]*(?:\n|\Z)")
_NEVER = -20.0
_HOPELESS = -9.0
_AFTER_WORD = ("", ",", ".", ";", ":", ")", "”")
_ENGLISH_ENDING = re.compile(r"(?<![^\W\d_])[a-z]{2,}(?:tion|ment|ing|ness|tch|ght|ous|ful|ship)$")
"""No English word goes on after these with a single ``a``, ``b`` or ``c``."""
_LETTER_AFTER_MARK = re.compile(r"[.,;:)”]([a-h])(?=[ \n])")
_LETTER_AFTER_WORD = re.compile(r"[abc](?=[ \n])(?<=[a-z]{5})")
_LETTERS, _BEFORE_LETTER = frozenset("abcdefgh"), frozenset(".,;:)”")
_SHORTEST = 4
"""Shorter words, as ``Asia``, are not taken for one with a callout."""
_ZEROS = (
    *(0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0),
    *(0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620),
    *(0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10),
)
"""The zeros of all scripts that have figures of their own, but for those beyond U+FFFF."""
_FIGURE = "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS)
_DIGITS = re.compile(rf"[{_FIGURE}]\d*(?:([a-z]?)(?![A-Za-z\d])|(?=[A-Z][a-z]))")
"""It begins with a set of signs, not with ``\\d``: each sign of a text is looked up in the former, twice as fast."""
_GLUED_BEHIND = re.compile(r"(?:[a-z)”\]][.,;:!?)”]|\d[,;)])(?=[1-9])")
"""Behind a figure no full stop: `1.5Kg` is a measure."""
_CLOSED_BY = {"(": ")", "[": "]"}
_MOST_DIGITS = 8
_YEAR = re.compile(r"(?:1[6-9]\d|20[0-3])\d")
_ABBREVIATION = re.compile(r"(?:\b(?:[Nn]os?|pp?|vols?|chs?|arts?|secs?|§|ff|[Nn]rs?|[A-Z])|[/#$£-])\.?$")
_BULLETS = frozenset("•◦▪●‣*+–-")
_LINE_END = re.compile(r" *(?:\d{1,3} *)*(?:\n|$)")
_NAME_BEFORE = re.compile(r"(?:^|[\s(“])[A-ZÀ-Þ](?:[^\W\d_]|[’'.-])*[a-z],?[ \xa0]$")
"""A word that is written with a capital: web pages tag names, and put a space between one and its callout."""
_CAPITALS = re.compile(r"[A-Z]{2,}")
_SUM = re.compile(r"\d[.,]\s{1,4}$")
_SENTENCE_BEGINS = re.compile(r"[)\]”]|[ \xa0]+[“\"(\[]?[A-Z]")
_HALF_OF_DAY = re.compile(r"(?::\d\d)?[ \xa0]?[ap]\.?[ \xa0]?m\b", re.IGNORECASE)
_BEFORE_HALF_OF_DAY = frozenset(": \xa0apAP")
_LISTED = re.compile(r"(?:,| and| or| to|[–-])[ \xa0]?\d")
_FRACTIONS = frozenset("½¼¾⅓⅔⅛⅜⅝⅞")
_MINUTES = re.compile(r":[0-5]\d(?!\d)")
_THOUSANDS = re.compile(r",\d{3}(?!\d)")
_DAY_AND_MONTH = re.compile(r"\d (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\.?[ \xa0]$")
_IN_FILE_NUMBER = re.compile(r"\d\.[\w.]*[ \w]*/$|\d\.$")
_PLACE = attrgetter("span")
_CLOSING = ".,;:!?)]}”’\"'»…—–"


class Candidate(NamedTuple):
    """A range that could be a callout with this printed mark.

    ``number`` is its value if it is numeric, ``suffix`` its letter (``11a``), else the mark is a symbol.
    ``signs`` are ranges around it that would be consumed with it (``^{`` and ``}``).
    """

    span: Span
    mark: str
    number: int | None
    score: float
    suffix: str = ""
    raised: bool = False
    signs: tuple[Span, ...] = ()
    stuck: bool = False
    """Whether it is the end of a number."""


class Signs:
    """The candidates of a text that are more than bare digits or letters: raised figures, carets, symbols."""

    def __init__(self, text: str) -> None:
        self.all = [*_raised(text), *_caret(text), *_symbols(text)]
        self._in_order = sorted(self.all, key=_PLACE)
        self._starts = [sign.span.start for sign in self._in_order]

    def within(self, span: Span) -> list[Candidate]:
        """Those that begin in a range."""
        return self._in_order[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def find(text: str, span: Span, signs: Signs) -> list[Candidate]:
    """All candidates of a range, in order of place; alternatives of one place overlap."""
    others = [*signs.within(span), *_letters(text, span)]
    return sorted([*others, *_digits(text, span)], key=_PLACE) if others else list(_digits(text, span))


def _numeric(span: Span, mark: str, score: float, **rest: object) -> Candidate:
    suffix = mark[-1] if mark[-1].isalpha() else ""
    return Candidate(span, mark, int(mark.rstrip(suffix) if suffix else mark), score, suffix, **rest)  # type: ignore[arg-type]


def _raised(text: str) -> Iterator[Candidate]:
    if not any(figure in text for figure in _FIGURES):
        return
    for match in _RAISED.finditer(text):
        mark = match.group().translate(SUPERSCRIPT)
        if len(mark) <= 3:
            yield _numeric(Span(*match.span()), mark, 7.0, raised=True)


def _caret(text: str) -> Iterator[Candidate]:
    if "^" not in text:
        return
    for match in _CARET.finditer(text):
        group = next(i for i in (1, 2, 3) if match.group(i) is not None)
        marks = list(_MARK_IN_CARET.finditer(text, match.start(group), match.end(group)))
        if not marks or sum(len(m.group()) for m in marks) != len(match.group(group).replace(" ", "")):
            continue
        edges = [match.start(), *(m.start() for m in marks[1:]), match.end()]
        for mark, start, end in zip(marks, edges, edges[1:], strict=False):
            signs = [Span(start, mark.start()), Span(mark.end(), end)]
            signs = [sign for sign in signs if sign]
            inner, printed = Span(*mark.span()), mark.group()
            if printed[0].isdigit():
                yield _numeric(inner, printed, 7.0, raised=True, signs=tuple(signs))
            else:
                yield Candidate(inner, printed, None, 7.0, raised=True, signs=tuple(signs))


@cache
def _runs_of(symbols: str) -> re.Pattern[str]:
    """One to all of the symbols, in any order: of a single one, of which most texts have no other, a search is fast."""
    return re.compile(f"[{symbols}][{symbols}]*")


def _symbols(text: str) -> Iterator[Candidate]:
    if not (present := "".join(symbol for symbol in _SYMBOLS if symbol in text)):
        return
    for match in _runs_of(present).finditer(text):
        if not _PRINTED_SYMBOL.fullmatch(match.group()):
            continue
        start, end = match.span()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        mark = match.group()
        if after.isalnum() and mark[0] in "§¶#":
            continue  # `§12` is a section number
        if _is_line_of_signs(text, start, end):
            continue
        if before == "{" or (before == "^" and mark[0] == "*"):
            continue
        glued = not before.isspace()
        score = 4.0 if glued else 2.0
        if not glued and not after.isspace() and after not in _CLOSING:
            score = 0.5
        yield Candidate(Span(start, end), mark, None, score)


def _is_line_of_signs(text: str, start: int, end: int) -> bool:
    """Whether nothing but such signs stands in the line: ``* * * * *`` is an omission."""
    if _SIGNS_TO_LINE_END.match(text, end) is None:
        return False
    return not text[text.rfind("\n", 0, start) + 1 : end].strip(" \t.*•†‡_-")


def _letters(text: str, span: Span) -> Iterator[Candidate]:
    """A single small letter right after a closing mark, ``1901.a``, or after a word, ``dispatcha``."""
    printed = text[span.start : span.end].split()
    if not _has_letters(set(printed)):
        return
    for match in _LETTER_AFTER_MARK.finditer(text, span.start, span.end):
        at = match.start(1)
        before = text[max(0, at - 2)]
        if before.islower() or before.isdigit() or before in ")”":
            yield Candidate(Span(at, at + 1), text[at], None, 1.5)
    places = [match.start() for match in _LETTER_AFTER_WORD.finditer(text, span.start, span.end)]
    words = [(at, _word_before(text, at)) for at in places]
    times = _times(printed, {form for at, word in words for form in (word, word + text[at])})
    for at, word in words:
        # it ends in English, or occurs elsewhere, without the letter that it has here alone
        if _ENGLISH_ENDING.search(word) or (times[word] and times[word + text[at]] == 1):
            yield Candidate(Span(at, at + 1), text[at], None, -1.5)


def _has_letters(printed: set[str]) -> bool:
    """Whether the last letter of anything that is printed between two spaces could be a callout: in most texts none."""
    for words in printed:
        if words[-1] in _LETTERS:
            if words[-2:-1] in _BEFORE_LETTER:
                return True
            if words[-1] in "abc" and len(words) > _SHORTEST and _has_letter_of_its_own(words, printed):
                return True
    return False


def _has_letter_of_its_own(words: str, printed: set[str]) -> bool:
    """Whether the last word ends as English words do, or is also printed without its last letter."""
    word = _word_before(words, len(words) - 1)
    if _ENGLISH_ENDING.search(word):
        return True
    return any(word + mark in printed for mark in _AFTER_WORD)


def _times(printed: list[str], words: set[str]) -> Counter[str]:
    """How often words are printed, if need be with a mark of punctuation behind them."""
    forms = {word + mark: word for word in words for mark in _AFTER_WORD}
    return Counter(map(forms.__getitem__, filter(forms.__contains__, printed))) if words else Counter()


def _word_before(text: str, at: int) -> str:
    start = at
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:at]


def _digits(text: str, span: Span) -> Iterator[Candidate]:
    """Numbers, and the ends of numbers, in order of place."""
    for match in _DIGITS.finditer(text, span.start, span.end):
        whole, letter = match.group(0, 1)
        start, end = match.span()
        if letter is None:  # `on Friday,1Khrushchev had`: the space after the callout is lost, too
            if len(whole) < 3 and start > 1 and _GLUED_BEHIND.match(text, start - 2):
                yield _numeric(Span(start, end), whole, 3.0)
            continue
        digits = whole
        if letter:
            if letter > "e" or whole.endswith(("2d", "3d")):
                continue  # `11a` is a note inserted after 11; `2d` and `5p` are an ordinal and a price
            digits = whole[:-1]
        word = word_at(text, start)
        figures = len(digits)
        if figures <= 3 and (score := _score_alone(text, start, end, word)) > _HOPELESS:
            signs = _brackets(text, start, end)
            yield Candidate(span_of((start, end)), whole, int(digits), score, letter, False, signs)
        if 1 < figures <= _MOST_DIGITS and (score := _score_stuck(text, start, end, word)) > _HOPELESS:
            yield from _stuck(text, match, letter, score, word)


def _brackets(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The brackets around a callout, ``[1]`` or ``(1)``: they set it off, and are no part of the sentence."""
    before = text[start - 1 : start]
    if before in _CLOSED_BY and text[end : end + 1] == _CLOSED_BY[before]:
        return Span(start - 1, start), Span(end, end + 1)
    return ()


def _stuck(text: str, match: re.Match[str], letter: str, score: float, word: str) -> Iterator[Candidate]:
    """The last three to one figures of a number as a callout that sticks to it."""
    start, end = match.span()
    last = end - len(letter)
    for length in (3, 2, 1):
        at = last - length
        if at > start and (text[at] != "0" or (length == 1 and _after(text, end) == "\n")):
            worth = score + _worth_of_head(text, start, text[start:at], word) - (0.5 if length == 3 else 0.0)
            if worth > _HOPELESS:
                yield Candidate(span_of((at, end)), text[at:end], int(text[at:last]), worth, letter, stuck=True)


def _begins_line(before: str) -> bool:
    """Whether nothing but white space or a bullet stands between the beginning of a line and what follows."""
    lead = before[before.rfind("\n") + 1 :].strip(" \t")
    return not lead or (lead in _BULLETS and before[-1] in " \t")


def _begins_cell(text: str, start: int) -> bool:
    """Whether a number is the first in the cell of a table, where it counts something as it does in a line."""
    before = text[max(0, start - 4) : start]
    return before.endswith("   ") or before.rstrip(" \xa0").endswith("\t")


def _after(text: str, end: int) -> str:
    return text[end] if end < len(text) else "\n"


def _score_alone(text: str, start: int, end: int, word: str) -> float:
    """How much a number of up to three digits that stands by itself looks like a callout."""
    before = text[start - 1] if start else "\n"
    after = text[end : end + 1] or "\n"
    is_spaced = before.isspace()
    is_fraction = before == "." and text[start - 2 : start - 1].isspace()  # `caliber .30`
    if is_fraction or (text[start] == "0" and end - start > 1):
        return _NEVER
    if (
        after in _FRACTIONS
        or (after in _BEFORE_HALF_OF_DAY and _HALF_OF_DAY.match(text, end, end + 8))
        or (after == "," and is_spaced and _THOUSANDS.match(text, end, end + 5))
    ):
        return _NEVER  # `2½`, `2 p.m.`, `10,000`
    if after in ".:" and text[end + 1 : end + 2].isdigit():
        # `to 1.7`, `at 5:30` are a decimal and a time of day
        return _NEVER if is_spaced and (after == "." or _MINUTES.match(text, end)) else -4.0
    if is_spaced:
        return _score_spaced(text, start, end, word)
    if before in "([" and after in ")]":
        return _score_bracketed(text, start, end)
    if before in "/#$£+=<>([“‘-–—_%" or after in "%/":
        if before in "$£#%[“‘":
            return _NEVER  # `[2-1/2 lines not declassified]`, `“8. Stable`
        if text[start - 2 : start - 1].isupper():
            return _NEVER  # `U–2`
        return 1.0 if before in "–—-" and after in "\n " and text[start - 2 : start - 1].islower() else -6.0
    earlier = text[start - 2] if start > 1 else "\n"
    if before in ",." and earlier.isdigit():
        return _score_after_number(text, start, end)
    if before == ":" and earlier.isdigit():
        return -2.0
    if _ABBREVIATION.search(text[max(0, start - 8) : start]):
        return 0.0
    if before in "'’" and end - start == 2 and earlier not in ".,;:!?":
        return _NEVER if earlier.isspace() else -1.0  # `April ’68`, `CY’67`
    return 5.0 if before in _CLOSING else _score_behind_letter(before, earlier)


def _score_behind_letter(before: str, earlier: str) -> float:
    """``isolation92`` is a word and a callout, ``NATO2`` may be; ``b2`` names something, ``£l3`` is a sum."""
    if before.isupper() and not earlier.islower():
        return 1.5
    if before.isalpha() and earlier.isalnum():
        return 4.5
    return _NEVER if earlier in "$£" else 0.0


def _score_bracketed(text: str, start: int, end: int) -> float:
    """`` (1) `` before what it counts is an enumeration; a callout is glued, or stands before punctuation."""
    glued = start > 1 and not text[start - 2].isspace()
    return 0.0 if glued or _after(text, end + 1) in ".,;:" else -8.5


def _score_after_number(text: str, start: int, end: int) -> float:
    """``1937,82`` is a year and a callout; ``1,937`` and ``12.5`` are numbers."""
    head = re.search(r"[\d,.]*\d(?=[,.]$)", text[max(0, start - 12) : start])
    digits = head.group() if head else ""
    if text[start - 1] == _after(text, end) == "." and _begins_line(text[max(0, start - 16) : start - 1 - len(digits)]):
        return _NEVER  # `1649.1.` numbers a telegram and its first paragraph
    if text[start - 1] == "," and end - start == 3 and len(re.split(r"[,.]", digits)[-1]) <= 3:
        return -2.0
    if re.search(r"(?:1[6-9]\d|20[0-3])\d$", digits):
        return 4.0
    if text[start - 1] == ",":
        return 1.0
    return 0.0 if re.match(r" [A-Z“\"(]|\n|$", text[end : end + 2]) else -5.0  # `586.16)` is a sum


def _score_spaced(text: str, start: int, end: int, word: str) -> float:
    """``State 80`` at the end of a heading is a callout; within a sentence a number is a number."""
    before = word[-1:]
    if not before.isalnum():
        before = text[max(0, start - 40) : start].rstrip()[-1:]
        if not before or _begins_cell(text, start) or _begins_line(text[max(0, start - 12) : start]):
            return _NEVER
    if is_day(text, start, end, word):
        return _NEVER
    if before in ".," and _SUM.search(text, max(0, start - 16), start):
        return -1.0 if _SENTENCE_BEGINS.match(text, end) else -6.0  # `Cairo 52. 2 It is`, but `$2, 002. 55`
    small = word.casefold()
    if small in COUNTED:
        return -6.0
    if small in SMALL_WORDS:
        return -8.0
    after = text[end : end + 1] or "\n"
    if after == "\n" or (after in " \t" and _LINE_END.match(text, end)):
        return 2.0
    if before in '.”"?!)’' and after in " \n[":
        return 0.5  # `we desire". 28`
    if after in ",;.":
        return -4.5
    if after == " " and _NAME_BEFORE.search(text[max(0, start - 16) : start]):
        return -3.5  # `Acheson 2 had`
    return -5.5 if _CAPITALS.fullmatch(word) else -6.5  # `paragraph 3 GAA 2 and`


def _score_stuck(text: str, start: int, end: int, word: str) -> float:
    """``193015`` may be the year 1930 and note 15, ``21950`` telegram 219 and note 50, ``48/51`` is 48/5 and note 1."""
    after = text[end : end + 1] or "\n"
    before = text[start - 1] if start else "\n"
    if before in "$£" or (after in ".:,/–-%" and text[end + 1 : end + 2].isalnum()):
        return _NEVER
    small = word.casefold()
    if end - start == 4 and small not in PAPERS and _YEAR.fullmatch(text, start, end):
        return _NEVER  # 1951 is a year, not 195 and note 1; but `despatch 1644` may be despatch 164
    if is_day(text, start, end, word):
        return _NEVER  # `January 11`
    if not word[-1:].isalnum():
        context = text[max(0, start - 24) : start]
        if _begins_line(context) or (before in "/." and _IN_FILE_NUMBER.search(context)):
            return _NEVER  # a number at the head of a block numbers or counts it
    counted = small in COUNTED
    if end - start == 2:
        listed = small == "nos."
        if listed and _LISTED.match(text, end):
            return _NEVER  # `Nos. 51, 62 and 75`
        # `54` is a number, `48/51` may be `48/5` and a callout
        ranges = before in "–-" and text[start - 2 : start - 1].isdigit()  # `39–51`
        score = -3.5 if not (listed or ranges) and (counted or before in "/–-") else -6.0
    else:
        score = -1.0 if end - start >= 5 else -2.0 if end - start == 4 else -2.5
        score -= 1.0 if counted else 1.5 if word in QUANTITIES else 0.0  # `a 342 ceiling`
    return score if after.isspace() or after in _CLOSING else score - 2.0


def _worth_of_head(text: str, start: int, head: str, word: str) -> float:
    """What the number before a stuck callout adds: much if it is a year or a day, nothing good if it is half a sum."""
    if start and text[start - 1] == "," and text[start - 2 : start - 1].isdigit() and len(head) != 3:
        return _NEVER  # `15,450` is a sum; `15,4502` may be a sum and a callout
    if _YEAR.fullmatch(head):
        return 2.0  # `1930` and note 15
    if word[:1] not in MONTHS_BEGIN:
        return 0.0
    if int(head) <= 31 and is_month(word):
        return 2.5  # `September 20` and note 2
    if len(head) == 2 and _DAY_AND_MONTH.search(text[max(0, start - 12) : start]):
        return 2.5  # `21 Nov 58` and note 1
    return 0.0
