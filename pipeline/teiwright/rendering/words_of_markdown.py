"""The words of an edition in its Markdown, read back: text and notes, without marks and without what was added."""

from __future__ import annotations

import re

from teiwright.rendering.words import Stream, Text

_NOTE = re.compile(r"^\[\^[^\]]+\]: ", re.MULTILINE)
_LEAD = re.compile(r"(?:> ?|- | {2,4})*(?:#{1,6} )?")
_RULE = re.compile(r"(?:\|(?: --- \|)+)")
_TOKEN = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])|(?P<link>\[(?:\\.|[^\[\]\\])*\]\(<[^>]*>\))|(?P<added>\[(?:\\.|[^\[\]\\])*\]|&#9[13];)"
    r"|(?P<mark>\*+|~~)|(?P<edge>\\$|\|)|(?P<text>[^\\\[*~|&]+|.)"
)


def words_of_markdown(source: str) -> Text:
    """The words in a Markdown file; its notes are all at its end."""
    found = Text()
    places = [*_NOTE.finditer(source)]
    begins = [place.start() for place in places]
    _read(source[: begins[0]] if places else source, found.main)
    for place, end in zip(places, [*begins[1:], len(source)], strict=False):
        _read(source[place.end() : end], found.new_note())
    return found


def _read(source: str, stream: Stream) -> None:
    for line in source.split("\n"):
        lead = _LEAD.match(line)
        rest = line[lead.end() :] if lead else line
        if not _RULE.fullmatch(rest):
            _read_line(rest, stream)
        stream.boundary()


def _read_line(line: str, stream: Stream) -> None:
    for token in _TOKEN.finditer(line):
        match token.lastgroup:
            case "sign" | "text":
                stream.add(token["sign"] or token["text"])
            case "link":
                _read_line(token["link"][1:].rsplit("](<", 1)[0], stream)
            case "edge":
                stream.boundary()
            case _:
                pass
