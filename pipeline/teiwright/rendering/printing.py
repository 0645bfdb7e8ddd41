"""The print view: Typst source always, and a PDF if the ``typst`` package is installed.

The PDF is tagged (PDF/UA-1) and, if it has a date, archival (PDF/A-3a) with the TEI inside;
Typst refuses to write a file that would break either promise.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.util import find_spec

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition, Rendition
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Parameter, Prepared, engine
from teiwright.rendering.tei import edition_id, line_of
from teiwright.resources import xslt_folder

_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_UNDATED = "  date: none,\n"


def print_edition(prepared: Prepared, context: Context) -> Rendition:
    """The Typst source of an edition, and the PDF made of it."""
    edition = prepared.edition
    name = edition_id(edition)
    parameters: dict[str, Parameter] = {
        "design": (xslt_folder() / "print" / "book.typ").read_text("utf-8"),
        "collection": context.collection or "",
        "day": _day(context.epoch),
        "authority": context.authority,
    }
    made = engine(context.stylesheets).transform("print.xsl", prepared, parameters)
    if made.text is None:
        return Rendition("print", {}, made.findings)
    files = {f"{name}.typ": made.text.encode()}
    pdf, findings = _typeset(edition, made.text, context)
    if pdf is not None:
        files[f"{name}.pdf"] = pdf
    return Rendition("print", files, (*made.findings, *findings))


def _day(epoch: int | None) -> str:
    return "" if epoch is None else datetime.fromtimestamp(epoch, UTC).date().isoformat()


def _typeset(edition: Edition, source: str, context: Context) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    where = Location(str(edition.path))
    if find_spec("typst") is None:
        message = "no PDF was made, only its Typst source: the package `typst` is not installed"
        return None, (
            Diagnostic(
                Code.NO_PDF,
                where,
                message,
                "run `pip install 'teiwright[pdf]'`, or give the `.typ` file to Typst",
            ),
        )
    import typst  # noqa: PLC0415 - an extra: all else must work without it

    dated = _UNDATED not in source
    findings = () if dated else (_undated(where),)
    fonts = [str(context.fonts)] if context.fonts else []
    tei = etree.tostring(edition.tree, encoding="unicode")
    compiler = typst.Compiler(
        input=(source + _ATTACHMENT if dated else source).encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts),
        sys_inputs={"tei": tei, "name": f"{edition_id(edition)}.xml"} if dated else {},
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1", "a-3a"] if dated else ["ua-1"]
        )
    except typst.TypstError as error:
        return None, (*findings, *_refusals(edition, error.diagnostic or error.message))
    made = pdf if isinstance(pdf, bytes) else None
    return made, (*findings, *(Diagnostic(Code.TYPESETTING_WARNING, where, w.message) for w in warnings))


# What is attached goes over as data, too: a file name may hold anything.
_ATTACHMENT = (
    '\n#pdf.attach(sys.inputs.at("name"), bytes(sys.inputs.at("tei")), relationship: "source", '
    'mime-type: "application/tei+xml", description: "The edition in TEI, from which this book was made")\n'
)


def _undated(where: Location) -> Diagnostic:
    message = "the edition has no date of publication, so its PDF is tagged (PDF/UA-1) but not archival (PDF/A-3)"
    return Diagnostic(Code.UNDATED_PDF, where, message, "set `date` in teiwright.toml, or SOURCE_DATE_EPOCH")


def _refusals(edition: Edition, said: str) -> tuple[Diagnostic, ...]:
    places: dict[Location, list[str]] = {}
    for words in dict.fromkeys(_LACKING.findall(said)):
        places.setdefault(_place_of(edition, words), []).append(words)
    if places:
        return tuple(_lacking(where, "".join(words)) for where, words in places.items())
    message = f"no PDF was made: {' '.join(said.split())}"
    return (
        Diagnostic(
            Code.TYPESETTING_STOPPED,
            Location(str(edition.path)),
            message,
            "report it: the Typst source should always compile",
        ),
    )


_FONTS = "name a folder of fonts that have them: `fonts` in teiwright.toml, or `render --fonts DIR`"


def _lacking(where: Location, words: str) -> Diagnostic:
    named = ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(words))
    message = f"no PDF was made: no font has `{words}` ({named})"
    return Diagnostic(Code.NO_GLYPH, where, message, _FONTS)


def _place_of(edition: Edition, words: str) -> Location:
    """Where the words stand: the first element whose own text has them."""
    for element in edition.tree.iter(etree.Element):
        texts = (element.text or "", *(child.tail or "" for child in element))
        if any(words in text for text in texts):
            return Location(str(edition.path), line_of(element))
    return Location(str(edition.path))
