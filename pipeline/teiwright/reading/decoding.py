"""Bytes to text: UTF-8, or UTF-16 that says so; what is neither is named, never guessed."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path

from teiwright.diagnostics import Code, Location, TeiwrightError
from teiwright.reading.findings import stop

_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORMATS = (
    (b"%PDF-", "a PDF", "export its text, for example with `pdftotext -layout`"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "save it as plain text, in UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text, in UTF-8"),
    (b"{\\rtf", "an RTF document", "save it as plain text, in UTF-8"),
    (b"\x89PNG", "a picture (PNG)", "run it through a program for text recognition first"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "run it through a program for text recognition first"),
    (b"II*\x00", "a picture (TIFF)", "run it through a program for text recognition first"),
    (b"MM\x00*", "a picture (TIFF)", "run it through a program for text recognition first"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it with `gunzip`"),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|!doctype\s|html[\s>]|TEI[\s>])", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAC_QUOTES = re.compile(rb"(?<=[A-Za-z ])[\xd2\xd3\xd4\xd5](?=[A-Za-z ])")
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")


def decoded(path: Path, data: bytes) -> tuple[str, str]:
    """The text, without a byte order mark, and the name of its encoding (as in Python's ``codecs``)."""
    _refuse_formats(path, data)
    if data.startswith(_UTF_32):
        raise _wrong(path, data, 0, "UTF-32", "the file begins with the byte order mark of UTF-32")
    if data.startswith(_UTF_16):
        return _utf_16(path, data), "utf-16"
    _refuse_binary(path, data)
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        at = error.start + (len(codecs.BOM_UTF8) if name == "utf-8-sig" else 0)
        raise _not_utf_8(path, data, at) from error


def _refuse_formats(path: Path, data: bytes) -> None:
    for magic, kind, hint in _FORMATS:
        if data.startswith(magic):
            raise stop(Code.NOT_TEXT, Location(str(path)), f"the file is {kind}, not plain text", hint)
    if _MARKUP.match(data):  # its tags would become words of the edition
        hint = "save a web page as text; TEI that is there already is for `check`, `render` and `compare`"
        raise stop(Code.NOT_TEXT, Location(str(path)), "the file is XML or HTML, not plain text", hint)


def _refuse_binary(path: Path, data: bytes) -> None:
    """NUL bytes come from UTF-16 without a byte order mark, or from what is no text at all."""
    if b"\x00" not in data:
        return
    sample = data[:4096]
    for name, zeros in (("UTF-16LE", sample[1::2]), ("UTF-16BE", sample[0::2])):
        if len(zeros) and zeros.count(0) > 0.6 * len(zeros):
            raise _wrong(path, data, 0, name, f"the file looks like {name} without a byte order mark")
    at = data.index(b"\x00")
    controls = len(_CONTROLS.findall(data))
    message = f"the file is not text: {controls:,} of its {len(data):,} bytes are control codes, the first NUL"
    raise stop(
        *(Code.NOT_TEXT, _place(path, data, at), f"{message} is at offset {at:,}"),
        "name a plain text; a damaged one can be repaired with `tr -d '\\000'`",
    )


def _utf_16(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        message = f"the file begins as UTF-16, but is broken at offset {error.start:,}"
        hint = "get the file anew: a part of it was lost, or two encodings were joined"
        raise stop(Code.WRONG_ENCODING, Location(str(path)), message, hint) from error


def _not_utf_8(path: Path, data: bytes, at: int) -> TeiwrightError:
    looks_like = _guess(data)
    found = f"byte 0x{data[at]:02X} at offset {at:,} is not UTF-8"
    if looks_like is None:
        hint = "look at this place: the rest is UTF-8, so the file may be damaged here or joined of two"
        return stop(Code.WRONG_ENCODING, _place(path, data, at), found, hint)
    return _wrong(path, data, at, looks_like, f"{found}; the file looks like {looks_like}")


def _wrong(path: Path, data: bytes, at: int, encoding: str, message: str) -> TeiwrightError:
    hint = f"convert it: `iconv -f {encoding.upper()} -t UTF-8 {path.name} > {path.stem}-utf8{path.suffix}`"
    return stop(Code.WRONG_ENCODING, _place(path, data, at), message, hint)


def _guess(data: bytes) -> str | None:
    """What a text looks like that is not UTF-8, by its name in ``iconv``; ``None`` if it mostly is UTF-8."""
    with suppress(UnicodeDecodeError):
        data.decode("utf-8", "surrogatepass")
        return None  # halves of pairs, as some programs write them; UTF-8 has no place for these (RFC 3629, 3)
    beyond_ascii = sum(byte >= 0x80 for byte in data)
    repaired = data.decode("utf-8", "ignore").encode("utf-8")
    if beyond_ascii - (len(data) - len(repaired)) > 0.5 * beyond_ascii:
        return None
    if len(_MAC_QUOTES.findall(data)) > len(_WINDOWS_ONLY.findall(data)):
        return "MACINTOSH"
    if not _WINDOWS_ONLY.search(data):
        return "ISO-8859-1"
    for name in ("cp1252", "shift_jis", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return {"cp1252": "WINDOWS-1252", "shift_jis": "SHIFT_JIS", "gb18030": "GB18030"}[name]
    return "WINDOWS-1252"


def _place(path: Path, data: bytes, at: int) -> Location:
    """Line and column of a byte; columns are counted in characters as far as they can be decoded."""
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode("utf-8", "replace").lstrip("\ufeff")) + 1
    return Location(str(path), data.count(b"\n", 0, at) + 1, column)
