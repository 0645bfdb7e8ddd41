"""Renders editions one by one or many at once, and the index that leads to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, assert_never

from teiwright.extracted import Frame
from teiwright.model import Edition, Rendition
from teiwright.rendering.conservation import conserve
from teiwright.rendering.context import NO_CONTEXT, Context
from teiwright.rendering.ebook import ebook
from teiwright.rendering.engine import Prepared, engine
from teiwright.rendering.office import office
from teiwright.rendering.plain_text import plain_text
from teiwright.rendering.printing import print_edition
from teiwright.rendering.summaries import Summary, summarise
from teiwright.rendering.web import collection_page, web_index, web_page

View = Literal["html", "print", "epub", "text", "docx", "odt"]
VIEWS: tuple[View, ...] = ("html", "print", "epub", "text")
"""The views that need no other program; `docx` and `odt` need pandoc."""


def render(editions: Sequence[Edition], view: View, *, context: Context = NO_CONTEXT) -> Rendition:
    """Render editions; ``html`` comes with an index page if there are several.

    Every word of the editions is in the rendition, or a finding says which is not and why.
    """
    made = [render_edition(edition, view, context) for edition in editions]
    if len(editions) > 1:
        made.append(render_index([summarise(edition) for edition in editions], view, context))
    files = {name: data for rendition in made for name, data in rendition.files.items()}
    return Rendition(view, files, tuple(finding for rendition in made for finding in rendition.findings))


def render_edition(edition: Edition, view: View, context: Context = NO_CONTEXT) -> Rendition:
    """Render one edition; needs nothing but it and the context, so that many can be rendered in parallel."""
    prepared = prepare(edition, context)
    made = render_prepared(prepared, view, context)
    return replace(made, findings=(*prepared.findings, *made.findings))


def prepare(edition: Edition, context: Context = NO_CONTEXT) -> Prepared:
    """Run the pass that all views share; its findings are told once, whatever is made of it."""
    return engine(context.stylesheets).prepare(edition, context)


def render_prepared(prepared: Prepared, view: View, context: Context = NO_CONTEXT) -> Rendition:
    """Make one view of a prepared edition.

    What was made is read back: a word that was lost, doubled or changed on the way is a finding.
    """
    made = _rendered(prepared, view, context)
    return replace(made, findings=(*made.findings, *conserve(prepared.edition, made).findings))


def frame(context: Context) -> Frame:
    """What sets the pages of a collection into the frame that its documents have."""
    return lambda page: collection_page(page, context)


def _rendered(prepared: Prepared, view: View, context: Context) -> Rendition:
    match view:
        case "html":
            return web_page(prepared, context)
        case "print":
            return print_edition(prepared, _dated(context))
        case "epub":
            return ebook(prepared, _dated(context))
        case "text":
            return plain_text(prepared, context)
        case "docx" | "odt":
            return office(prepared, view, _dated(context))
        case _:
            assert_never(view)


def render_index(summaries: Iterable[Summary], view: View, context: Context = NO_CONTEXT) -> Rendition:
    """Render what leads to the editions; a view that has no such page gives no files."""
    match view:
        case "html":
            return web_index(sorted(summaries, key=lambda s: s.id), context)
        case "print" | "epub" | "text" | "docx" | "odt":
            return Rendition(view, {})
        case _:
            assert_never(view)


def _dated(context: Context) -> Context:
    """The context with the date that the surroundings give, if it has none (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if context.epoch is not None or not epoch.isascii() or not epoch.isdigit():
        return context
    return replace(context, epoch=int(epoch))
