"""Render editions: as web pages and as books, by the stylesheets in ``xslt/``."""

from teiwright.rendering.conservation import conserve
from teiwright.rendering.context import NO_CONTEXT, Context, Download, Neighbour, read_authority
from teiwright.rendering.engine import Prepared
from teiwright.rendering.pictures import Picture
from teiwright.rendering.rendition import (
    VIEWS,
    View,
    frame,
    prepare,
    render,
    render_edition,
    render_index,
    render_prepared,
)
from teiwright.rendering.source_page import source_page
from teiwright.rendering.stylesheets import OwnStylesheets, read_stylesheets
from teiwright.rendering.summaries import Summary, summarise

__all__ = [
    "NO_CONTEXT",
    "VIEWS",
    "Context",
    "Download",
    "Neighbour",
    "OwnStylesheets",
    "Picture",
    "Prepared",
    "Summary",
    "View",
    "conserve",
    "frame",
    "prepare",
    "read_authority",
    "read_stylesheets",
    "render",
    "render_edition",
    "render_index",
    "render_prepared",
    "source_page",
    "summarise",
]
