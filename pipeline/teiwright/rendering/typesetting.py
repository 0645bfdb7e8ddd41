"""Typst: a source becomes a PDF, and a list of what stands on which of its pages.

The PDF is tagged (PDF/UA-1) and, if it has a date, archival (PDF/A-3a) with the TEI inside;
Typst refuses to write a file that would break either promise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.tei import line_of

if TYPE_CHECKING:
    import typst

_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
NOTHING: Mapping[str, Path] = MappingProxyType({})
_PICTURE = re.compile(r'#picture\("([^"\\]+)", "(?:[^"\\]|\\.)*", [0-9, ]+, (?:true|false)\);')
"""A call of ours: in a text of an edition its quotation marks would be escaped."""

_UNDATED = "  date: none,\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """Something of the original, and the page of the PDF on which it begins.

    ``page`` is the number that is printed, ``sheet`` counts from 1; ``call`` is the mark of a note in the text.
    ``anchor`` is the edition's id and that of the place: ``grew-despatch-256#fn-81``.
    """

    kind: Literal["begin", "page", "call", "note", "title", "end", "part"]
    anchor: str
    label: str
    page: str
    sheet: int


def last_sheet(placed: Iterable[Placed]) -> int | None:
    """Where the text ends; a note that found no room at its foot begins or goes on on a page after it.

    What follows the text, such as its colophon, is a ``part`` and begins a page.
    """
    found = list(placed)
    end = max((one.sheet for one in found if one.kind in {"end", "note"}), default=None)
    if end is None:
        return None
    return min((one.sheet - 1 for one in found if one.kind == "part" and one.sheet > end), default=end)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, or none if it could not be made; what stands where in it; what was found on the way.

    ``source`` is what it was made of: the given one, with a few breaks before what has very long notes.
    """

    source: str
    pdf: bytes | None
    placed: tuple[Placed, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def typeset(
    source: str, editions: Mapping[str, Edition], fonts: Path | None, pictures: Mapping[str, Path] = NOTHING
) -> Typeset:
    """Set a source; ``editions`` go into the PDF under their names. A picture that is not there is left out."""
    source = _PICTURE.sub(lambda found: found[0] if found[1] in pictures else "", source)
    where = Location(str(next(iter(editions.values())).path)) if len(editions) == 1 else Location("book.typ")
    if find_spec("typst") is None:
        message = "no PDF was made: the package `typst` is not installed"
        hint = "run `pip install 'teiwright[pdf]'`, or give its source (`--to typst`) to Typst"
        return Typeset(source, None, (), (Diagnostic(Code.NO_PDF, where, message, hint),))
    dated = _UNDATED not in source
    findings = () if dated else (_undated(where),)
    attached = editions if dated else {}
    with TemporaryDirectory() as folder:
        for name, picture in pictures.items():
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            copyfile(picture, place)
        layout = _with_notes_at_their_marks(source, _Desk(Path(folder), attached, fonts))
        try:
            pdf, warnings = layout.compiler.compile_with_warnings(
                format="pdf", pdf_standards=["ua-1", "a-3a"] if dated else ["ua-1"]
            )
        except RuntimeError as error:
            said = str(getattr(error, "diagnostic", "") or error)
            return Typeset(source, None, (), (*findings, *_refusals(editions.values(), where, said, fonts)))
    made = pdf if isinstance(pdf, bytes) else None
    told = (_warning(where, warning.message, source, fonts) for warning in warnings)
    return Typeset(layout.source, made, layout.placed, (*findings, *told))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where sources are set: a folder, beyond which Typst reads nothing, and what goes into the PDF.

    A source is a file, because Typst (0.15.2) asked about one that it was given as bytes sets no more of it.
    """

    folder: Path
    attached: Mapping[str, Edition]
    fonts: Path | None


@dataclass(frozen=True, slots=True)
class _Layout:
    source: str
    compiler: typst.Compiler
    placed: tuple[Placed, ...]

    def too_early(self) -> list[str]:
        """The anchors of the notes that begin before the page of their mark."""
        calls = {one.anchor: one.sheet for one in self.placed if one.kind == "call"}
        notes = (one for one in self.placed if one.kind == "note")
        return [note.anchor for note in notes if note.sheet < calls.get(note.anchor, 0)]


_ROUNDS = 3


def _with_notes_at_their_marks(source: str, desk: _Desk) -> _Layout:
    """The layout of a source, in which no note begins before its mark, as far as breaks before its block can help.

    Typst (0.15) leaves a note that fills a page where it was when what has its mark goes to the next page.
    """
    best = layout = _laid_out(source, desk, 0)
    for number in range(_ROUNDS):
        early = layout.too_early()
        if not early:
            return layout
        layout = _laid_out(_broken_before(layout.source, early), desk, number + 1)
        if layout.placed and len(layout.too_early()) < len(best.too_early()):
            best = layout
    return best


BREAK = "\n\n#colbreak(weak: true)"
"""Where a document by itself needs a break; in a book its lines fall otherwise."""


def _broken_before(source: str, anchors: Iterable[str]) -> str:
    """With a break before the block of each anchor; blocks begin after an empty line, which no literal can hold."""
    for anchor in anchors:
        at = source.find(f', "{anchor}")[')
        block = _with_its_headings(source, source.rfind("\n\n#", 0, at)) if at >= 0 else -1
        if block >= 0 and not source.startswith(BREAK, block) and not source.endswith(BREAK, 0, block):
            source = source[:block] + BREAK + source[block:]
    return source


_HEADINGS = ("\n\n#opener(", "\n\n#titled(", "\n\n#subtitled(", "\n\n#caption(")


def _with_its_headings(source: str, block: int) -> int:
    """Where the blocks begin that stay with a block below them (``sticky`` in the design), or the block itself."""
    before = source.rfind("\n\n#", 0, max(block, 0))
    while source.startswith("\n\n#line-box(", before):
        before = source.rfind("\n\n#", 0, before)
    return _with_its_headings(source, before) if source.startswith(_HEADINGS, before) else block


def _laid_out(source: str, desk: _Desk, number: int) -> _Layout:
    import typst  # noqa: PLC0415 - an extra: all else must work without it

    file = desk.folder / f"{number}.typ"
    file.write_bytes((source + "".join(_attachment(one) for one in range(len(desk.attached)))).encode())
    compiler = typst.Compiler(
        input=str(file),
        root=str(desk.folder),
        font_paths=_fonts(desk.fonts),
        sys_inputs=dict(_inputs(desk.attached)),
    )
    placed: tuple[Placed, ...] = ()
    with suppress(RuntimeError):  # making the PDF tells it again, and better
        # The layout is made once, and remembered for the PDF.
        placed = tuple(Placed(**one) for one in json.loads(compiler.query("<page-map>", field="value", one=True)))
    return _Layout(source, compiler, placed)


def _fonts(folder: Path | None) -> typst.Fonts:
    import typst  # noqa: PLC0415 - an extra: all else must work without it

    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])


def _inputs(editions: Mapping[str, Edition]) -> Iterator[tuple[str, str]]:
    """What is attached goes over as data, too: a file name may hold anything."""
    for number, (name, edition) in enumerate(editions.items()):
        yield f"name-{number}", name
        yield f"tei-{number}", etree.tostring(edition.tree, encoding="unicode")


def _attachment(number: int) -> str:
    return (
        f'\n#pdf.attach(sys.inputs.at("name-{number}"), bytes(sys.inputs.at("tei-{number}")), relationship: "source", '
        'mime-type: "application/tei+xml", description: "The edition in TEI, from which this book was made")\n'
    )


def _undated(where: Location) -> Diagnostic:
    message = "the edition has no date of publication, so its PDF is tagged (PDF/UA-1) but not archival (PDF/A-3)"
    return Diagnostic(Code.UNDATED_PDF, where, message, "set `date` in teiwright.toml, or SOURCE_DATE_EPOCH")


_UNKNOWN_FONT = "unknown font family: "


def _warning(where: Location, message: str, source: str, fonts: Path | None) -> Diagnostic:
    """What Typst warns of; it writes the names of fonts in small letters, the source as the project does."""
    if not message.startswith(_UNKNOWN_FONT):
        return Diagnostic(Code.TYPESETTING_WARNING, where, message)
    name = message.removeprefix(_UNKNOWN_FONT)
    as_given = re.search(f'"({re.escape(name)})"', source, re.IGNORECASE)
    message = f"there is no font of the family `{as_given[1] if as_given else name}`; another was taken"
    place = f"the folder `{fonts}`" if fonts else "a folder that `fonts` in teiwright.toml names"
    families = ", ".join(_fonts(fonts).families())
    return Diagnostic(Code.TYPESETTING_WARNING, where, message, f"put it into {place}; there are {families}")


def _refusals(editions: Iterable[Edition], where: Location, said: str, fonts: Path | None) -> tuple[Diagnostic, ...]:
    places: dict[_Place, list[str]] = {}
    for words in dict.fromkeys(map(_shown, _LACKING.findall(said))):
        if words == _WORD_JOINER and len(set(_LACKING.findall(said))) > 1:
            continue  # ours, and lacking only where the word beside it is
        places.setdefault(_place_of(editions, words, where), []).append(words)
    if places:
        return tuple(_lacking(place, "".join(words), fonts) for place, words in places.items())
    if _TOO_DEEP.search(said) and (deepest := _deepest(editions)):
        return (deepest,)
    message = f"no PDF was made: {_first_error(said)}"
    hint = "correct the project's `print.xsl`, if it has one; else report it: the Typst source should always compile"
    return (Diagnostic(Code.TYPESETTING_STOPPED, where, message, hint),)


def _first_error(said: str) -> str:
    """The first error of Typst, and the line of the source in which it is; the others mostly follow from it."""
    found = _ERROR.search(said)
    if not found:
        return " ".join(said.split())
    return f"{found[1]} (line {found[2]} of the Typst source: {found[3].strip()[:_LONGEST_LINE]})"


_ERROR = re.compile(r"^error: (.+)\n.*?\.typ:(\d+):\d+\n[ │]*\n *\d+ │ (.*)$", re.MULTILINE)
_LONGEST_LINE = 160


_TOO_DEEP = re.compile(r"maximum [a-z ]*depth exceeded")
"""What Typst says of what is nested more deeply than it sets: lists some 20 deep, emphasis some 70."""


def _deepest(editions: Iterable[Edition]) -> Diagnostic | None:
    """A finding about the element that has most others around it."""
    deepest, found = 0, None
    for edition in editions:
        depth = 0
        for event, element in etree.iterwalk(edition.tree, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > deepest and isinstance(element.tag, str):
                deepest, found = depth, (edition, element)
    if found is None:
        return None
    where = Location(str(found[0].path), line_of(found[1]))
    name = etree.QName(found[1]).localname
    message = f"no PDF was made: elements nest more deeply than Typst can set; `{name}` has {deepest - 1} around it"
    return Diagnostic(Code.NESTED_TOO_DEEP, where, message, "flatten the markup; other views of the edition are made")


_WORD_JOINER = "\u2060"
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _shown(words: str) -> str:
    """Typst shows characters that have no shape as `\\u{2060}`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)


_Place = tuple[Location, str]
"""Where an element begins, and its name."""

_NAME_A_FOLDER = "name a folder of fonts that have them: `fonts` in teiwright.toml, or `render --fonts DIR`"


def _lacking(place: _Place, words: str, fonts: Path | None) -> Diagnostic:
    where, element = place
    named = ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(words))
    inside = f" in `{element}`" if element else ""
    message = f"no PDF was made: no font has `{words}` ({named}){inside}"
    return Diagnostic(Code.NO_GLYPH, where, message, _more_fonts(fonts) if fonts else _NAME_A_FOLDER)


def _more_fonts(folder: Path) -> str:
    own = [family for family in _fonts(folder).families() if family not in set(_fonts(None).families())]
    return f"put a font that has them into `{folder}`, where there is {', '.join(own) or 'none'}"


def _place_of(editions: Iterable[Edition], words: str, otherwise: Location) -> _Place:
    """Where the words stand: the first element whose own text has them."""
    for edition in editions:
        for element in edition.tree.iter(etree.Element):
            texts = (element.text or "", *(child.tail or "" for child in element))
            if any(words in text for text in texts):
                return Location(str(edition.path), line_of(element)), etree.QName(element).localname
    return otherwise, ""
