"""What the word beside a number says of it: that it is a day, counts something, or is that of a paper."""

from __future__ import annotations

import re

_WORD_AT_END = re.compile(r"\w+\.?\Z")
_LONGEST_WORD = 16
COUNTED = {
    "no.", "nos.", "nr.", "nrs.", "p.", "pp.", "vol.", "vols.", "ch.", "chs.", "art.", "arts.", "sec.", "secs.",
    "para.", "paras.",
    "article", "articles", "page", "pages", "part", "parts", "table", "tables", "lot", "volume", "volumes",
    "section", "sections", "document", "documents", "series", "chapter", "chapters", "number", "numbers",
    "telegram", "telegrams", "despatch", "despatches", "paragraph", "paragraphs", "attachment", "attachments",
    "enclosure", "enclosures", "inclosure", "inclosures", "annex", "tab", "exhibit", "exhibits", "appendix", "item",
    "items", "point", "points", "phase", "step", "steps", "figure", "figures", "plate", "plates", "nsc", "resolution",
}  # fmt: skip
"""Words after which a number counts something, in small letters."""
SMALL_WORDS = {
    "and", "or", "to", "of", "in", "the", "at", "by", "from", "than", "about", "on", "is", "are", "was", "for",
    "per", "only",
}  # fmt: skip
"""What never ends what a note is about, so that a number after it is a word of the sentence."""
QUANTITIES = {
    "a", "an", "the", "of", "some", "than", "only", "over", "under", "nearly", "another", "least", "most", "total",
}  # fmt: skip
"""Words after which a number says how many; that of a paper has its name before it, or whose it is."""
PAPERS = {
    "telegram", "telegrams", "despatch", "despatches", "deptel", "deptels", "embtel", "embtels", "airgram",
    "airgrams", "no.", "nos.",
}  # fmt: skip
"""Words after which a number is that of a paper."""
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?")
_LONGEST_MONTH = 11
MONTHS_BEGIN = frozenset("JFMASOND")
"""With which letters the names of months begin: other words need not be looked at."""
_MONTH_AFTER = re.compile(r"[ \xa0](?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b")


def word_at(text: str, start: int) -> str:
    """The word just before a number, a space between them, with its full stop; empty if something else stands there."""
    if text[start - 1 : start] not in (" ", "\xa0"):
        return ""
    before = text[max(0, start - 1 - _LONGEST_WORD) : start - 1]
    word = before[before.rfind(" ") + 1 :]
    if word.isalnum():
        return word
    found = _WORD_AT_END.search(word)
    return found.group() if found else ""


def is_day(text: str, start: int, end: int, word: str) -> bool:
    """``January 11`` and ``11 January``."""
    if end - start > 2 or not text[start:end].isdecimal() or int(text[start:end]) > 31:
        return False
    return is_month(word) or (
        text[end + 1 : end + 2] in MONTHS_BEGIN and _MONTH_AFTER.match(text, end, end + 12) is not None
    )


def is_month(word: str) -> bool:
    """Whether a word is the name of a month, or short for it."""
    return word[:1] in MONTHS_BEGIN and len(word) <= _LONGEST_MONTH and _MONTH.fullmatch(word) is not None
