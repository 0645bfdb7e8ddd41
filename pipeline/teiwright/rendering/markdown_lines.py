"""Lines of Markdown: what is escaped in them, and where emphasis can stand (CommonMark 0.31, 2.4 and 6.2)."""

from __future__ import annotations

import re
from unicodedata import category

# Signs between the writer of blocks and this; XML allows none of these characters in a text.
BREAK, OPEN, CLOSE, BRACKET, BRACKET_END, TARGET, SPACE = "\x01\x02\x03\x04\x05\x06\x07"
MARKS = {"1": "*", "2": "**", "3": "~~"}
"""What ``OPEN`` and ``CLOSE`` stand for, by the digit that follows them."""

_MARKUP = re.compile(r"[\\`*_\[\]<>#~|^$]|&(?=[#A-Za-z])|!$|-(?=-)|\.(?=\.)|@(?=\S)|\{(?=[#.:=])")
_SPAN = re.compile(r"\x02(\d)([^\x02\x03]*)\x03\d")
_START = re.compile(r"(?:[-+=:%](?=[-+=:%\s]|$)|\d{1,9}(?=[.)](?:\s|$)))")


def escaped(text: str) -> str:
    """Words as they show the same words in any place of a line but its start; runs of layout are one space."""
    return _MARKUP.sub(r"\\\g<0>", re.sub(r"[ \t\r\n]+", " ", text))


def bracketed(text: str) -> str:
    """What the edition adds, in brackets that are not escaped; the brackets that it has already count as these."""
    words = text.replace("\u2060", "").strip()
    if words in _LONE:
        return _LONE[words]
    if words.startswith("[") and words.endswith("]"):
        words = words[1:-1]
    around = (SPACE if text[:1].isspace() else "", SPACE if text[-1:].isspace() else "")
    return f"{around[0]}{BRACKET}{escaped(words)}{BRACKET_END}{around[1]}" if words.strip() else ""


_LONE = {"[": "&#91;", "]": "&#93;", ",": " "}
"""Signs that the edition puts around words of the text, or between marks."""


def finished(line: str) -> str:
    """A paragraph with its emphasis, its brackets and its line breaks written out."""
    line = re.sub(r"((?:^|[ \x01])\x04[^\x04\x05]*\x05)\x07", r"\1 ", _emphasized(line)).replace(SPACE, "")
    line = re.sub(r" *\x01 *", BREAK, re.sub(" +", " ", line)).strip(f" {BREAK}")
    line = re.sub(r"\x05(?=[(:])", "\x05\\\\", line)
    line = re.sub(rf"(?<!\\)!(?={BRACKET})", r"\\!", line)
    line = re.sub(r"\x06([^\x06]*)\x06", r"(<\1>)", line)
    lines = (_begun(one) for one in line.split(BREAK))
    return "\\\n".join(lines).replace(BRACKET, "[").replace(BRACKET_END, "]")


def _begun(line: str) -> str:
    """A line whose first characters begin no list, rule or heading."""
    found = _START.match(line)
    if found is None:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdigit() else f"\\{line}"


def _emphasized(line: str) -> str:
    """Marks where readers see them as such, and no marks where they would show; of nested ones the inner stay."""

    def marked(found: re.Match[str]) -> str:
        mark, inner = MARKS[found[1]], found[2]
        words = inner.strip(" ")
        # Of nested emphasis the outer is left out; one beside another would be read with it.
        before = re.sub(r"(?:\x02\d)+$", "", line[max(0, found.start() - 9) : found.start()])[-2:]
        after = re.sub(r"^(?:\x03\d)+", "", line[found.end() : found.end() + 9])[:1]
        before = CLOSE if before.startswith(CLOSE) else before[-1:]
        space = len(inner) - len(inner.lstrip(" ")), len(inner) - len(inner.rstrip(" "))
        if not words or BREAK in words or not _can_open(before if not space[0] else " ", words):
            return inner
        if not _can_close(words, after if not space[1] else " "):
            return inner
        return f"{' ' * space[0]}{mark}{words}{mark}{' ' * space[1]}"

    return re.sub(r"[\x02\x03]\d", "", _SPAN.sub(marked, line))


def _can_open(before: str, words: str) -> bool:
    """A left-flanking run: before a word, or before a sign after space or another sign."""
    return before not in {OPEN, CLOSE, "*", "~"} and (not _is_sign(words[0]) or not before.isalnum())


def _can_close(words: str, after: str) -> bool:
    """A right-flanking run."""
    return after not in {OPEN, CLOSE, "*", "~"} and (not _is_sign(words[-1]) or not after.isalnum())


def _is_sign(character: str) -> bool:
    return character in {BRACKET, BRACKET_END} or category(character)[0] in "PS"
