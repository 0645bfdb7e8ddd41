"""How the files that describe a bag are written (RFC 8493, section 2)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.diagnostics import Code, Diagnostic, Location

VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_DECLARATION = re.compile(r"BagIt-Version: (\d+\.\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: (\S+)(?:\r\n|\n|\r)?")
_ENCODING = re.compile(r"utf-(8|16|32)(-[bl]e)?|ascii|iso8859-\d+|cp125\d|cp437|koi8-.|euc_.*|shift_jis|gb.*|big5")
_LINE = re.compile(r"(\S+)([ \t]+)(\*?)(.+)")
_LABEL = re.compile(r"([^:]+?)([ \t]*):([ \t]*)(.*)", re.DOTALL)
_FETCH = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(.+)")
_ENDS = re.compile(r"\r\n|\n|\r")
_HINT = "make the bag anew; such a file is not to be edited by hand"


class Declaration(NamedTuple):
    """What ``bagit.txt`` says."""

    version: str
    encoding: str

    @property
    def is_final(self) -> bool:
        """Whether the stricter rules of RFC 8493 hold, and not those of its drafts."""
        return self.version == "1.0"


class ManifestLine(NamedTuple):
    """One line of a manifest; ``raw`` is the path before it was decoded."""

    number: int
    digest: str
    path: str
    raw: str
    marked: bool


class Fetched(NamedTuple):
    """One line of ``fetch.txt``."""

    number: int
    url: str
    size: int | None
    path: str


def declaration(path: str, data: bytes | None) -> Iterator[Declaration | Diagnostic]:
    """Always one declaration; where there is none that can be read, as if it were of 1.0 and UTF-8."""
    assumed = Declaration("1.0", "utf-8")
    if data is None:
        yield Diagnostic(Code.BAG_RULE_BROKEN, Location(path), "there is no `bagit.txt`", "make the bag anew")
        yield assumed
        return
    if data.startswith(codecs.BOM_UTF8):
        yield broken(path, "it begins with a byte order mark", 1)
        data = data.removeprefix(codecs.BOM_UTF8)
    match = _DECLARATION.fullmatch(data.decode("utf-8", "replace"))
    if match is None:
        expected = "expected two lines, `BagIt-Version: 1.0` and `Tag-File-Character-Encoding: UTF-8`, and nothing else"
        yield broken(path, expected, 1)
        yield assumed
        return
    version, encoding = match[1], _encoding(match[2])
    if version not in VERSIONS:
        yield broken(path, f"`{version}` is no version of BagIt", 1)
        version = "1.0"
    if encoding is None:
        yield broken(path, f"`{match[2]}` is no encoding of texts", 2)
    yield Declaration(version, encoding or "utf-8")


def _encoding(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if _ENCODING.fullmatch(found) else None


def lines(path: str, data: bytes, encoding: str) -> Iterator[tuple[int, str] | Diagnostic]:
    """The lines with their numbers, the empty ones too, as they are wrong in a manifest."""
    if encoding == "utf-8" and data.startswith(codecs.BOM_UTF8):
        yield doubted(path, "it begins with a byte order mark", 1)
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield broken(path, f"a byte is not of the encoding that `bagit.txt` declares, {encoding}", line)
        text = data.decode(encoding, "replace")
    found = _ENDS.split(text)
    if found and not found[-1]:
        found.pop()
    yield from enumerate(found, 1)


def manifest(path: str, data: bytes, declared: Declaration) -> Iterator[ManifestLine | Diagnostic]:
    """A checksum, white space, and a path in each line."""
    for line in lines(path, data, declared.encoding):
        if isinstance(line, Diagnostic):
            yield line
            continue
        number, text = line
        match = _LINE.fullmatch(text)
        if match is None:
            yield broken(path, "expected a checksum and a path", number)
            continue
        digest, _, star, raw = match.groups()
        yield ManifestLine(number, digest.lower(), decoded(raw, declared), raw, bool(star))


def decoded(path: str, declared: Declaration) -> str:
    """The path that a line means; of ``%`` itself only RFC 8493 speaks, not its drafts."""
    if "%" not in path:
        return path
    meant = {"%0D": "\r", "%0A": "\n", "%25": "%"} if declared.is_final else {"%0D": "\r", "%0A": "\n"}
    return re.sub(r"(?i)%(0D|0A|25)", lambda found: meant.get(found[0].upper(), found[0]), path)


def info(path: str, data: bytes, encoding: str) -> Iterator[tuple[str, str, int] | Diagnostic]:
    """Label, value and line number of each element of ``bag-info.txt``."""
    label, value, begin = "", "", 0
    for line in lines(path, data, encoding):
        if isinstance(line, Diagnostic):
            yield line
            continue
        number, text = line
        if text[:1] in (" ", "\t") and label:
            value += f" {text.strip()}"
            continue
        if label:
            yield label, value, begin
            label = ""
        match = _LABEL.fullmatch(text)
        if match is None:
            if text.strip():
                yield broken(path, "expected a label, a colon and a value", number)
            continue
        label, value, begin = match[1].strip(), match[4].strip(), number
        if match[2] or label != match[1]:
            yield doubted(path, f"white space stands around the label `{label}`", number)
    if label:
        yield label, value, begin


def fetched(path: str, data: bytes, declared: Declaration) -> Iterator[Fetched | Diagnostic]:
    """URL, size and path in each line; nothing is ever fetched."""
    for line in lines(path, data, declared.encoding):
        if isinstance(line, Diagnostic):
            yield line
            continue
        number, text = line
        match = _FETCH.fullmatch(text)
        if match is None:
            yield broken(path, "expected a URL, a size or `-`, and a path", number)
            continue
        size = None if match[2] == "-" else int(match[2])
        yield Fetched(number, match[1], size, decoded(match[3], declared))


def broken(path: str, message: str, line: int = 0) -> Diagnostic:
    """A rule that BagIt calls a MUST."""
    return Diagnostic(Code.BAG_RULE_BROKEN, Location(path, line), message, _HINT)


def doubted(path: str, message: str, line: int = 0) -> Diagnostic:
    """What BagIt speaks against and does not forbid."""
    hint = "other programs may read it otherwise; make the bag anew if you can"
    return Diagnostic(Code.BAG_RULE_DOUBTED, Location(path, line), message, hint)
