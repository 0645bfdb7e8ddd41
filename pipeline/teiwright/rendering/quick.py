"""Pages by libxslt, which runs the same stylesheets as Saxon (``xslt/html/document.xsl``) much faster.

It knows XSLT 1.0 only. Stylesheets of a project, and texts in scripts that only XSLT 3.0 can find, are for Saxon;
so is a text with entities, which Saxon refuses.
What either makes is written as HTML by the same function, so that the bytes do not tell who made it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from teiwright.diagnostics import Diagnostic
from teiwright.rendering.engine import Prepared
from teiwright.rendering.flaws import reported, stopped
from teiwright.rendering.preparing import Tree
from teiwright.rendering.stylesheets import OwnStylesheets
from teiwright.resources import xslt_folder

_SHEET = "html/document.xsl"


class Page(NamedTuple):
    """A page as HTML, or ``None`` if the stylesheet stopped, and what it reported."""

    html: bytes | None
    findings: tuple[Diagnostic, ...]


def is_quick(tree: Tree, own: OwnStylesheets) -> bool:
    """Whether libxslt can make the page of an edition."""
    return tree.kinds.isdisjoint({"scripts", "entity"}) and are_ours(own)


def are_ours(own: OwnStylesheets) -> bool:
    """Whether a project has none of its own."""
    return not any(name.endswith(".xsl") for name, _ in own.files)


def quick_frame(page: etree._Element, setting: etree._Element) -> bytes:
    """A page of the collection, in the frame of all pages; Saxon would cost more to start than all of them."""
    page.append(setting)
    made = _stylesheet()(page)
    etree.cleanup_namespaces(made)  # libxslt copies those of the source, used or not
    return as_html(bytes(made))


def quick_page(prepared: Prepared, setting: etree._Element) -> Page:
    """The page of an edition. ``setting`` stands in its tree as long as this takes."""
    transform = _stylesheet()
    root = prepared.root
    if root is None:
        return Page(None, ())
    root.append(setting)
    try:
        made = transform(root)
    except etree.XSLTApplyError as error:
        return Page(None, (stopped(prepared.edition, _SHEET, str(error)),))
    finally:
        root.remove(setting)
    messages = (entry.message for entry in transform.error_log)  # type: ignore[attr-defined]
    return Page(as_html(bytes(made)), reported(messages, prepared.edition))


@lru_cache(maxsize=1)
def _stylesheet() -> etree.XSLT:
    """Compiled once; it reads and writes no file, and asks no host."""
    sheet = etree.parse(xslt_folder() / _SHEET, etree.XMLParser(resolve_entities=False, no_network=True))
    return etree.XSLT(sheet, access_control=etree.XSLTAccessControl.DENY_ALL)  # type: ignore[attr-defined]


def as_html(page: bytes) -> bytes:
    """A page as HTML: XML in which elements that are empty by their kind have no end, and all others have one."""
    parts = page.replace(_NAMESPACE, b"", 1).split(b"/>")
    return b"".join((b"<!DOCTYPE html>\n", *_closed(parts), b"\n"))


def _closed(parts: list[bytes]) -> Iterator[bytes]:
    """A page without the ends of empty elements, at which it was divided; nowhere else has XML these two characters."""
    for part in parts[:-1]:
        name = part[part.rindex(b"<") + 1 :].split(None, 1)[0]
        yield part
        yield b">" if name in _VOID else b"></" + name + b">"
    yield parts[-1]


_VOID = frozenset({b"br", b"col", b"hr", b"img", b"input", b"link", b"meta", b"wbr"})
"""Of the elements that HTML calls void, those that a page can have."""


_NAMESPACE = b' xmlns="http://www.w3.org/1999/xhtml"'
