"""An edition as bytes: UTF-8 with an XML declaration, the same for the same tree."""

from __future__ import annotations

from lxml import etree

from teiwright.model import Edition

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def serialize(edition: Edition) -> bytes:
    """The document with what stands before and after its root, each on a line; its own white space as it is."""
    root = edition.tree.getroot()
    before = [_bytes(node) for node in root.itersiblings(preceding=True)]
    after = [_bytes(node) for node in root.itersiblings()]
    doctype: bytes = edition.tree.docinfo.doctype.encode()  # type: ignore[attr-defined]  # the stubs lack it
    lines = [*reversed(before), *([doctype] if doctype else []), _bytes(root), *after]
    return _DECLARATION + b"".join(line + b"\n" for line in lines)


def _bytes(node: etree._Element) -> bytes:
    return etree.tostring(node, encoding="UTF-8", xml_declaration=False, with_tail=False)
