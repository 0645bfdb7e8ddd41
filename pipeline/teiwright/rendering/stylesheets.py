"""Stylesheets as texts: ours, and over them those of a project.

The processor that compiles them reads no file and asks no host. So each module is handed to it inside the module
that includes it, as a `data:` URI (RFC 2397); its lines stay what they are in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.rendering.slips import slip_of
from teiwright.resources import xslt_folder

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_JOIN = re.compile(r"""(<(?:\w+:)?(?:include|import)\s(?:[^>"']|"[^"]*"|'[^']*')*?\bhref\s*=\s*)(["'])(.*?)\2""")
STYLE, EDITION, OTHERS, COLLECTION = "style.css", "edition.css", "others.css", "collection.css"


@dataclass(frozen=True, slots=True)
class OwnStylesheets:
    """The files of a project's own folder of stylesheets, each with its path in it; small and fit for a worker."""

    folder: str = ""
    files: tuple[tuple[str, str], ...] = ()


NONE_OF_ITS_OWN = OwnStylesheets()


@dataclass(frozen=True, slots=True)
class Assembled:
    """A stylesheet in one text. ``modules`` has the file of each module that a message may name."""

    text: str
    modules: Mapping[str, Path]


def read_stylesheets(folder: Path) -> OwnStylesheets:
    """Read a project's own stylesheets; a finding if one is no XML, or declares entities."""
    if not folder.is_dir():
        message = "the folder of stylesheets is not there"
        raise TeiwrightError(Diagnostic(Code.NOT_FOUND, Location(str(folder)), message, "correct its path"))
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in {".xsl", ".css"} and path.is_file())
    files = tuple((path.relative_to(folder).as_posix(), _read(path)) for path in paths)
    if not any(name in _OVER_OURS for name, _ in files):
        message = f"no file of this folder is put over one of the program: there is no {' or '.join(_OVER_OURS)}"
        raise _refused(folder, message, "give the file one of these names; others are read where these include them")
    return OwnStylesheets(str(folder), files)


_OVER_OURS = ("html.xsl", "print.xsl", "epub.xsl", "style.css", "epub.css")


def _read(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".css":
        return _as_css(path, data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        where = Location(str(path), error.lineno or 0, error.offset or 0)
        message = f"the stylesheet is not well-formed: {error.msg or 'no XML'}"
        raise TeiwrightError(Diagnostic(Code.NOT_WELL_FORMED, where, message)) from error
    if tree.docinfo.internalDTD is not None:
        raise _refused(path, "a stylesheet with a document type declaration is not read", "remove `<!DOCTYPE …>`")
    if slip := slip_of(path, tree.getroot()):
        raise TeiwrightError(slip)
    encoding = (tree.docinfo.encoding or "UTF-8").upper()
    return data.decode("utf-8-sig") if encoding == "UTF-8" else etree.tostring(tree, encoding="unicode")


def _as_css(path: Path, data: bytes) -> str:
    text = data.decode("utf-8-sig", "replace")
    if "</style" in text.lower():
        raise _refused(path, "the style sheet would end the element that it stands in", "remove `</style`")
    return text


def _refused(path: Path, message: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.STYLESHEET_REFUSED, Location(str(path)), message, hint))


def assemble(sheet: str, own: OwnStylesheets = NONE_OF_ITS_OWN) -> Assembled:
    """A package of a stylesheet and, with higher import precedence, the project's file of the same name."""
    name = PurePosixPath(sheet).stem
    assembler = _Assembler(name)
    parts = [f'<xsl:import href="{assembler.uri(_Folder(xslt_folder(), _our_files()), sheet)}"/>']
    if sheet in dict(own.files):
        parts.append(f'<xsl:include href="{assembler.uri(_Folder(Path(own.folder), dict(own.files)), sheet)}"/>')
    return Assembled(
        f'<xsl:package name="urn:x-teiwright:{name}" package-version="1.0" version="3.0" declared-modes="yes" '
        f'xmlns:xsl="{_XSL[1:-1]}">{"".join(parts)}</xsl:package>',
        assembler.modules,
    )


def style(own: OwnStylesheets, *ours: str) -> str:
    """Our style sheets of these names without comments and needless spaces; after them the project's own."""
    texts = [_shortened((xslt_folder() / "html" / name).read_text("utf-8")) for name in ours]
    given = re.sub(r"/\*.*?\*/", "", dict(own.files).get(STYLE, ""), flags=re.DOTALL)
    return "\n".join((*texts, *(line.strip() for line in given.splitlines() if line.strip())))


def _shortened(css: str) -> str:
    """A style sheet of ours, whose strings stand between double quotation marks and hold no comments."""
    parts = re.split(r'("[^"\n]*")', re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return "".join(part if part.startswith('"') else _without_needless(part) for part in parts).strip()


def _without_needless(css: str) -> str:
    """Spaces around what parts rules, declarations and values; a last semicolon; a zero before the point."""
    css = re.sub(r" *([{};,]) *", r"\1", re.sub(r"\s+", " ", css)).replace(": ", ":")
    return re.sub(r"(?<![\w.])0(?=\.\d)", "", css.replace(";}", "}"))


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    files: Mapping[str, str]


@cache
def _our_files() -> Mapping[str, str]:
    folder = xslt_folder()
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.xsl"))}


@dataclass(slots=True)
class _Assembler:
    sheet: str
    modules: dict[str, Path] = field(default_factory=dict)

    def uri(self, folder: _Folder, name: str, within: tuple[str, ...] = ()) -> str:
        """A module as a URI that holds it, and in it the modules that it includes."""
        if name in within:
            raise _refused(folder.path / name, "the stylesheet includes itself", "remove the circle")

        def joined(found: re.Match[str]) -> str:
            target = _within(name, found[3])
            if target not in folder.files:
                message = f"`{found[3]}` is not in the folder of stylesheets, and nothing else is read"
                raise _refused(folder.path / name, message, "put the file into the folder, and name it from there")
            return f"{found[1]}{found[2]}{self.uri(folder, target, (*within, name))}{found[2]}"

        text = _JOIN.sub(joined, folder.files[name])
        # The processor names a module by what follows the last slash of its URI.
        mark = f"{self.sheet}-{len(self.modules)}.xsl"
        self.modules[mark] = folder.path / name
        return f"data:application/xslt+xml;charset=utf-8,{quote(f'{text.rstrip()}<!--', safe='')}/{mark}--%3E"


def _within(name: str, href: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / href).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def in_words(message: str, modules: Mapping[str, Path]) -> str:
    """A message of the processor, with files where it has parts of URIs."""
    named = re.sub(r"([\w-]+\.xsl)--%3E", lambda found: str(modules.get(found[1], found[1])), message)
    # What follows is the stack of templates, which is on the standard error output.
    return " ".join(named.split("In template rule", 1)[0].split())
