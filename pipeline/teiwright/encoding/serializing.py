"""An edition as bytes: UTF-8 with an XML declaration, the same for the same tree."""

from __future__ import annotations

from lxml import etree

from teiwright.encoding.markup import DECLARATION
from teiwright.model import Edition, Written


def serialize(edition: Edition) -> bytes:
    """The document with what stands before and after its root, each on a line; its own white space as it is."""
    if isinstance(edition.document, Written) and (markup := edition.document.markup):
        return markup
    root = edition.tree.getroot()
    before = [_bytes(node) for node in root.itersiblings(preceding=True)]
    after = [_bytes(node) for node in root.itersiblings()]
    doctype: bytes = edition.tree.docinfo.doctype.encode()  # type: ignore[attr-defined]  # the stubs lack it
    lines = [*reversed(before), *([doctype] if doctype else []), _bytes(root), *after]
    return DECLARATION.encode() + b"".join(line + b"\n" for line in lines)


def _bytes(node: etree._Element) -> bytes:
    return etree.tostring(node, encoding="UTF-8", xml_declaration=False, with_tail=False)
