"""How fast an edition becomes a web page, in CPU seconds of one warm worker, and how that grows with its length.

    python benchmarks/render_speed.py [EDITION.xml ...]

What is timed is what a worker does for each document: the first pass, the transformation, the bytes of the page; and,
apart from these, the check that no word was lost. Beside it stand what Saxon takes for the same page by the same
stylesheets, as it does for a project that has stylesheets of its own; what it must do at least (parse, copy,
serialize); and what libxslt takes for the same copy. Times are the best of several runs, because other work on the
machine only ever adds to them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from unittest.mock import patch

import saxonche
from lxml import etree

from teiwright.encoding import load
from teiwright.extracted import Section
from teiwright.model import Edition
from teiwright.rendering import Context, conserve, prepare, read_authority, web
from teiwright.rendering.web import web_page
from teiwright.rendering.words import words_of_tei

ROOT = Path(__file__).resolve().parents[1]
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LENGTH = 1_800
"""The words of the document that the figures are for."""

COPY = (
    '<xsl:stylesheet version="{}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>'
    '<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>'
    "</xsl:stylesheet>"
)


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """CPU seconds of one call, warm."""
    once = time.process_time()
    work()
    work()
    calls = max(3, int(0.1 / max((time.process_time() - once) / 2, 1e-4)))
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(calls):
            work()
        taken.append((time.process_time() - begun) / calls)
    return min(taken)


def words(edition: Edition) -> int:
    """Of the running text and the notes."""
    text = words_of_tei(edition.tree.getroot())
    return len(text.main.words()) + sum(len(note.words()) for note in text.notes)


def longer(edition: Edition, times: int) -> Edition:
    """The same document with its body several times, ids made different."""
    root = deepcopy(edition.tree.getroot())
    (body,) = root.iter(f"{TEI}body")
    parts = list(body)
    for number in range(1, times):
        for part in map(deepcopy, parts):
            for element in part.iter(etree.Element):
                if XML_ID in element.attrib:
                    element.set(XML_ID, f"{element.get(XML_ID)}-{number}")
            body.append(part)
    return Edition(edition.path, etree.ElementTree(root))


def copiers(edition: Edition) -> tuple[Callable[[], object], Callable[[], object]]:
    """A copy to HTML by Saxon, and one by lxml, each from a parsed tree of lxml."""
    processor = saxonche.PySaxonProcessor(license=False)
    runner = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=COPY.format("3.0"))
    transform = etree.XSLT(etree.fromstring(COPY.format("1.0")))

    def by_saxon() -> object:
        node = processor.parse_xml(xml_text=etree.tostring(edition.tree, encoding="unicode"))
        return runner.apply_templates_returning_string(xdm_value=node)

    return by_saxon, lambda: str(transform(edition.tree))


def show(path: Path, context: Context) -> None:
    """One line of the table."""
    edition = load(path)
    length = words(edition)
    prepared = prepare(edition, context)
    page = web_page(prepared, context)
    first = best(lambda: prepare(edition, context))
    whole = best(lambda: web_page(prepare(edition, context), context))
    with patch.object(web, "is_quick", lambda *_: False):
        by_saxon = best(lambda: web_page(prepare(edition, context), context))
    check = best(lambda: conserve(edition, page))
    saxon, lxml = (best(copier) for copier in copiers(edition))
    per = LENGTH / length
    print(
        f"{path.stem:<32}{length:>7}{1000 * first * per:>9.2f}{1000 * whole * per:>9.2f}{1 / (whole * per):>9.0f}"
        f"{1000 * by_saxon * per:>9.2f}"
        f"{1000 * check * per:>9.2f}{1000 * saxon * per:>9.2f}{1000 * lxml * per:>9.2f}"
    )


def main(paths: list[Path]) -> None:
    """Print the table, and how the time grows."""
    authority = sorted((ROOT / "tei" / "authority").glob("*.xml"))
    sections = (Section("Persons", "persons/index.html"), Section("Places", "places/index.html"))
    context = Context("A collection", "index.html", authority=read_authority(authority), sections=sections)
    print(f"Milliseconds of CPU for {LENGTH:,} words:\n")
    print(f"{'':<32}{'words':>7}{'pass':>9}{'page':>9}{'pages/s':>9}{'Saxon':>9}{'check':>9}{'copy':>9}{'libxslt':>9}")
    for path in paths:
        show(path, context)
    edition = load(paths[0])
    once, five = (best(lambda e=one: web_page(prepare(e, context), context)) for one in (edition, longer(edition, 5)))
    print(f"\n{paths[0].stem} five times as long takes {five / once:.1f} times as long.")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted((ROOT / "tei").glob("*.xml")))
