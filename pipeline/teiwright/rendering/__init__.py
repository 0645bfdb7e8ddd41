"""Render editions: as web pages and as books, by the stylesheets in ``xslt/``."""

from teiwright.rendering.conservation import conserve
from teiwright.rendering.context import NO_CONTEXT, Context, Download, read_authority
from teiwright.rendering.rendition import VIEWS, View, render, render_edition, render_index
from teiwright.rendering.summaries import Summary, summarise

__all__ = [
    "NO_CONTEXT",
    "VIEWS",
    "Context",
    "Download",
    "Summary",
    "View",
    "conserve",
    "read_authority",
    "render",
    "render_edition",
    "render_index",
    "summarise",
]
