"""Editions for word processors: DOCX and ODT, made by pandoc of the page of the text that an e-book has.

Notes are real footnotes with the marks that were printed. What the edition adds is in the style ``Added``.
"""

from __future__ import annotations

import base64
import subprocess
from importlib.util import find_spec
from typing import Literal
from urllib.parse import quote

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition, Rendition
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Prepared
from teiwright.rendering.office_files import Facts, docx_finished, odt_finished
from teiwright.rendering.office_page import office_page
from teiwright.rendering.pictures import Pictures
from teiwright.rendering.plain_text import text_alone
from teiwright.rendering.tei import TEI, edition_id, plain

Form = Literal["docx", "odt"]
_HTML = "{http://www.w3.org/1999/xhtml}"
_PATIENCE = 300
_MEMORY = "-M2G"


def office(prepared: Prepared, form: Form, context: Context) -> Rendition:
    """``ID.docx`` or ``ID.odt``; a plain message if pandoc is not installed."""
    edition = prepared.edition
    where = Location(str(edition.path))
    if find_spec("pypandoc") is None:
        message = f"no {form.upper()} was made: the package `pypandoc_binary` is not installed"
        finding = Diagnostic(Code.NO_OFFICE_FILE, where, message, "run `pip install 'teiwright[office]'`")
        return Rendition(form, {}, (finding,))
    made = text_alone(prepared, context)
    if made.text is None:
        return Rendition(form, {}, made.findings)
    chapter = etree.fromstring(made.text, etree.XMLParser(resolve_entities=False, huge_tree=True))
    _embed(chapter, prepared.pictures)
    page, marks = office_page(chapter)
    facts = _facts(edition, context)
    try:
        written = _pandoc(page, form, facts)
    except (subprocess.SubprocessError, OSError) as error:
        message = f"no {form.upper()} was made: pandoc stopped: {_said(error)}"
        hint = "report it: pandoc should read every page that the program makes"
        return Rendition(form, {}, (*made.findings, Diagnostic(Code.NO_OFFICE_FILE, where, message, hint)))
    finish = docx_finished if form == "docx" else odt_finished
    return Rendition(form, {f"{edition_id(edition)}.{form}": finish(written, marks, facts)}, made.findings)


def _embed(chapter: etree._Element, pictures: Pictures) -> None:
    """Put the pictures into the page itself: pandoc may open no file."""
    figures = {f"../{quote(picture.name)}": picture for picture in pictures.found if picture.figure}
    for image in chapter.iter(f"{_HTML}img"):
        if found := figures.get(image.get("src", "")):
            data = base64.b64encode(found.path.read_bytes()).decode()
            image.set("src", f"data:{found.type};base64,{data}")


def _pandoc(page: bytes, form: Form, facts: Facts) -> bytes:
    """Run pandoc on a page. It reads its input, writes its output, and can reach nothing else (``--sandbox``)."""
    import pypandoc  # noqa: PLC0415 - an extra: all else must work without it

    arguments = ["--sandbox", "-f", "html+epub_html_exts", "-t", form, "-M", f"lang={facts.language}", "-o", "-"]
    run = subprocess.run(  # noqa: S603 - no shell, and no argument is from a stranger but a language tag
        [pypandoc.get_pandoc_path(), *arguments, "+RTS", _MEMORY, "-RTS"],
        input=page,
        capture_output=True,
        timeout=_PATIENCE,
        check=True,
        env={"SOURCE_DATE_EPOCH": str(facts.epoch), "LC_ALL": "C.UTF-8"},
    )
    return run.stdout


def _said(error: Exception) -> str:
    told = error.stderr if isinstance(error, subprocess.CalledProcessError) else str(error).encode()
    return " ".join(told.decode("utf-8", "replace").split())[:300]


def _facts(edition: Edition, context: Context) -> Facts:
    header = edition.tree.getroot().find(f"{TEI}teiHeader/{TEI}fileDesc")
    titles = [] if header is None else header.findall(f"{TEI}titleStmt/{TEI}title")
    authors = [] if header is None else header.findall(f"{TEI}titleStmt/{TEI}author")
    date = None if header is None else header.find(f"{TEI}publicationStmt/{TEI}date")
    return Facts.of(
        title=next((words for title in titles if (words := plain(title))), edition_id(edition)),
        authors=tuple(words for author in authors if (words := plain(author))),
        language=edition.tree.getroot().get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        day="" if date is None else date.get("when", ""),
        epoch=context.epoch,
    )
