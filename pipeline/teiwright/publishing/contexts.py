"""The line around a name: so many characters before and behind it, whole words, no further than its block."""

from __future__ import annotations

WIDTH = 60


def context_of(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a name, the name, and what stands behind it; ``…`` where the line was cut."""
    block = text.rfind("\n\n", max(0, start - WIDTH - 2), start)
    begin = block + 2 if block >= 0 else max(start - WIDTH, 0)
    before = text[begin:start]
    if begin == start - WIDTH and begin > 0 and text[begin - 1] not in " \n":
        before = before.partition(" ")[2] if " " in before else ""
    if begin > 0 and text[begin - 2 : begin] != "\n\n":
        before = f"…\u00a0{before.lstrip()}"
    stop = text.find("\n\n", end, end + WIDTH + 2)
    if stop >= 0 or end + WIDTH >= len(text):
        return before, words_of(text, start, end), text[end : stop if stop >= 0 else len(text)]
    after = text[end : end + WIDTH]
    if text[end + WIDTH] not in " \n":
        after = after.rpartition(" ")[0] if " " in after else ""
    return before, words_of(text, start, end), f"{after.rstrip()}\u00a0…"


def words_of(text: str, start: int, end: int) -> str:
    """A name as one line."""
    return text[start:end].replace("\n\n", " ").replace("\n", " ")
