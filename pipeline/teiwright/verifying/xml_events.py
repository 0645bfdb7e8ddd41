"""XML that describes a package, read by expat as a stream: no DTD, no entities, a limit on depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.parsers import expat

from teiwright.diagnostics import Code
from teiwright.verifying.entries import refusal

_STEP, _MOST_STEPS = 1 << 16, 64
"""Bytes that are parsed at once. Some releases of expat begin an unfinished tag anew at each step, so steps are few."""

_DEEPEST = 256


class Start(NamedTuple):
    """A start tag; names are ``namespace local`` with a blank between."""

    name: str
    attributes: Mapping[str, str]
    line: int


class End(NamedTuple):
    """An end tag, with the text that stood directly in the element."""

    name: str
    text: str
    line: int


def events(path: str, data: bytes) -> Iterator[Start | End]:
    """Raises ``TeiwrightError`` at a DTD, and where the XML is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    queue: list[Start | End] = []
    texts: list[list[str]] = [[]]

    def begun(name: str, attributes: dict[str, str]) -> None:
        if len(texts) > _DEEPEST:
            raise refusal(Code.UNSAFE_DESCRIPTION, path, f"elements are nested more than {_DEEPEST} deep", line=here())
        texts.append([])
        queue.append(Start(name, attributes, here()))

    def ended(name: str) -> None:
        queue.append(End(name, "".join(texts.pop()).strip(), here()))

    def text_read(text: str) -> None:
        texts[-1].append(text)

    def doctype(*_: Any) -> None:
        message = "a DTD stands in a file that describes the package; it could fetch or hide anything"
        raise refusal(Code.UNSAFE_DESCRIPTION, path, message, "remove the `<!DOCTYPE …>`", here())

    def here() -> int:
        return parser.CurrentLineNumber

    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text_read
    parser.StartDoctypeDeclHandler = doctype
    step = max(_STEP, len(data) // _MOST_STEPS)
    try:
        for begin in range(0, len(data), step):
            parser.Parse(data[begin : begin + step], False)
            yield from queue
            queue.clear()
        parser.Parse(b"", True)
        yield from queue
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        message = f"the XML is not well-formed: {why}"
        raise refusal(Code.BROKEN_DESCRIPTION, path, message, "make the package anew", error.lineno) from error
    except (LookupError, ValueError) as error:
        raise refusal(Code.BROKEN_DESCRIPTION, path, "the XML is of an encoding that is not known here") from error
