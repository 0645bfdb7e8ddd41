"""The print view: Typst source always; a PDF, and a list of its pages, if the ``typst`` package is installed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition, PrintLayout, Rendition
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Parameter, Prepared, Transformed, engine
from teiwright.rendering.pictures import Pictures
from teiwright.rendering.tei import TEI, edition_id, line_of
from teiwright.rendering.typesetting import Placed, last_sheet, typeset
from teiwright.resources import xslt_folder

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def print_edition(prepared: Prepared, context: Context) -> Rendition:
    """The Typst source of an edition, the PDF made of it, and what of the original is on which of its pages."""
    edition = prepared.edition
    name = edition_id(edition)
    made = typst_source(prepared, context)
    if made.text is None:
        return Rendition("print", {}, made.findings)
    result = typeset(made.text, {f"{name}.xml": edition}, context.fonts, figures(prepared.pictures))
    files = {f"{name}.typ": result.source.encode()}
    if result.pdf is not None:
        files |= {f"{name}.pdf": result.pdf, f"{name}.pages.json": concordance(result.placed)}
    return Rendition("print", files, (*made.findings, *result.findings, *parted_notes([edition], result.placed)))


def figures(pictures: Pictures) -> dict[str, Path]:
    """The pictures that stand in the text itself; those of its pages are for screens."""
    return {quote(picture.name): picture.path for picture in pictures.found if picture.figure}


def typst_source(prepared: Prepared, context: Context) -> Transformed:
    """The Typst source of an edition alone."""
    parameters: dict[str, Parameter] = {
        "document": edition_id(prepared.edition),
        "design": design(context.layout, "book.typ"),
        "collection": context.collection or "",
        "day": day_of(context.epoch),
        "authority": context.authority,
    }
    return engine(context.stylesheets).transform("print.xsl", prepared, parameters)


def design(layout: PrintLayout, *files: str) -> str:
    """The functions that a source calls, and before them the sizes and fonts that the project chose."""
    sides = ", ".join(f"{side}: {getattr(layout, side):g}mm" for side in ("inside", "outside", "top", "bottom"))
    chosen = (
        f"#let page-size = (width: {layout.width:g}mm, height: {layout.height:g}mm)\n"
        f"#let margins = ({sides})\n#let type-size = {layout.size:g}pt\n"
        f"#let fonts = ({' '.join(f'{literal(font)},' for font in layout.fonts)})\n"
        f"#let divided = {'auto' if layout.hyphenate else 'false'}\n"
    )
    return chosen + "\n".join((xslt_folder() / "print" / file).read_text("utf-8") for file in files)


def literal(text: str) -> str:
    """A string of Typst, in which only the backslash and the quotation mark mean anything (as ``t:literal``)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def day_of(epoch: int | None) -> str:
    """A date from seconds, or nothing."""
    return "" if epoch is None else datetime.fromtimestamp(epoch, UTC).date().isoformat()


def concordance(placed: Sequence[Placed]) -> bytes:
    """Source page, printed page and anchor, side by side; also where each note, its mark, and each title stand.

    The anchors are those of the web: ``ID#fn-81`` is ``ID.html#fn-81`` there.
    """
    calls = {one.anchor: one for one in placed if one.kind == "call"}
    data = {
        "pages": [{"source": one.label, **_where(one)} for one in placed if one.kind == "page"],
        "titles": [{"title": one.label, **_where(one)} for one in placed if one.kind == "title"],
        "notes": [
            {"label": one.label, **_where(one), "called": calls[one.anchor].page if one.anchor in calls else None}
            for one in placed
            if one.kind == "note"
        ],
        "last": last_sheet(placed),
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def _where(one: Placed) -> dict[str, str | int]:
    return {"anchor": one.anchor, "page": one.page, "sheet": one.sheet}


def parted_notes(editions: Iterable[Edition], placed: Sequence[Placed]) -> Iterator[Diagnostic]:
    """The notes that begin on another page than their mark."""
    calls = {one.anchor: one for one in placed if one.kind == "call"}
    notes = [one for one in placed if one.kind == "note" and one.anchor in calls]
    parted = [one for one in notes if calls[one.anchor].sheet != one.sheet]
    known = {edition_id(edition): edition for edition in editions} if parted else {}
    for note in parted:
        call = calls[note.anchor]
        message = f"note {note.label} begins on page {note.page} of the PDF, its mark is on page {call.page}"
        where = _place_of(note.anchor, known)
        yield Diagnostic(Code.NOTE_ELSEWHERE, where, message, "nothing to do, unless the note can be divided")


def _place_of(anchor: str, editions: Mapping[str, Edition]) -> Location:
    document, _, identifier = anchor.partition("#")
    edition = editions[document]
    found = next((note for note in edition.tree.iter(f"{TEI}note") if note.get(_XML_ID) == identifier), None)
    return Location(str(edition.path), 0 if found is None else line_of(found))
