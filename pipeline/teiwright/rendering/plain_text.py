"""The text view: the words alone, which offsets of the data count, and the same text as Markdown."""

from __future__ import annotations

from lxml import etree

from teiwright.model import Rendition
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Prepared, Transformed, engine
from teiwright.rendering.extracting import extract
from teiwright.rendering.markdown import markdown
from teiwright.rendering.tei import edition_id


def plain_text(prepared: Prepared, context: Context) -> Rendition:
    """``ID.txt`` and ``ID.md``."""
    name = edition_id(prepared.edition)
    made = text_alone(prepared, context)
    if made.text is None or prepared.root is None:
        return Rendition("text", {}, made.findings)
    words = extract(prepared.root, name).text
    files = {f"{name}.txt": words.encode(), f"{name}.md": markdown(etree.fromstring(made.text, _parser())).encode()}
    return Rendition("text", files, made.findings)


def text_alone(prepared: Prepared, context: Context) -> Transformed:
    """The page of an e-book that holds the text."""
    parameters = {"authority": context.authority}
    return engine(context.stylesheets).transform("epub.xsl", prepared, parameters, mode="text-alone")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False, huge_tree=True)
