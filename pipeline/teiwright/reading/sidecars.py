"""A sidecar: ``NAME.toml`` beside ``NAME.txt``, with what is known of the text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

from teiwright.diagnostics import Code, Location
from teiwright.model import Metadata
from teiwright.reading.findings import bytes_of, stop
from teiwright.reading.records import WrongValueError, metadata_of

LARGEST = 1_000_000
"""Bytes of a sidecar; ten thousand lines of metadata for one text are a mistake."""

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TABLE = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?")
_KEY = re.compile(r"""\s*(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[\w-]+))\s*[=.]""")
_NO_NAME = re.compile(r"[^\w.-]+")


def sidecar_of(text: Path) -> Path:
    """Where the metadata of a text are looked for."""
    return text.with_suffix(".toml")


def metadata_beside(text: Path) -> Metadata:
    """The metadata in the sidecar of a text; without one, nothing is known but its name."""
    sidecar = sidecar_of(text)
    if not sidecar.exists():
        return Metadata(name_of(text))
    return read_sidecar(sidecar)


def read_sidecar(path: Path) -> Metadata:
    """Metadata from a TOML file (TOML 1.0); the keys are in ``teiwright.reading.records``."""
    data = bytes_of(path, LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(str(path), data.count(b"\n", 0, error.start) + 1)
        message = f"byte 0x{data[error.start]:02X} is not UTF-8, in which TOML is written"
        raise stop(Code.BROKEN_METADATA, place, message, "save the file as UTF-8") from error
    try:
        record = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _place_in(path, text, str(error))
        message = _AT.sub("", str(error))
        hint = 'write `key = "value"`, one in a line; text stands in quotation marks'
        raise stop(Code.BROKEN_METADATA, place, f"this is no TOML: {message[:1].lower()}{message[1:]}", hint) from error
    try:
        return metadata_of(record, name_of(path))
    except WrongValueError as error:
        where = _place(path, text, error.keys)
        raise stop(Code.BROKEN_METADATA, where, error.message, error.hint) from error


def _place_in(path: Path, text: str, message: str) -> Location:
    """Where ``tomllib`` stopped; what it calls the end of the document is the end of its last line."""
    at = _AT.search(message)
    if at is None:
        return Location(str(path))
    lines = text.split("\n")
    return Location(str(path), int(at[1] or len(lines)), int(at[2] or len(lines[-1]) + 1))


def name_of(path: Path) -> str:
    """An id made of a file's name: an NCName, so that it can be an ``xml:id``."""
    stem = unicodedata.normalize("NFC", path.stem)
    name = _NO_NAME.sub("-", "".join(c if c.isalpha() or c in "0123456789_.-" else "-" for c in stem))
    name = re.sub(r"-{2,}", "-", name).strip("-.")
    return name if name[:1].isalpha() or name[:1] == "_" else f"text-{name}".rstrip("-")


def _place(path: Path, text: str, keys: tuple[str, ...]) -> Location:
    """The line of a key. TOML is simple enough to find one by its table and its name."""
    table, key = (keys[0] if len(keys) > 1 else ""), keys[-1]
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            here = header[1]
            if not table and here == key:
                return Location(str(path), number, line.index(here) + 1)
        elif (found := _KEY.match(line)) and (here, found[found.lastgroup or 0]) in ((table, key), ("", table)):
            return Location(str(path), number, found.start(found.lastgroup or 0) + 1)
    return Location(str(path))
