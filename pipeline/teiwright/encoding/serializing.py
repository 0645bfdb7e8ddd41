"""An edition as bytes: UTF-8 with an XML declaration, the same for the same tree."""

from __future__ import annotations

from lxml import etree

from teiwright.model import Edition

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def serialize(edition: Edition) -> bytes:
    """The document with what stands before and after its root; white space is as in the tree."""
    body = etree.tostring(edition.tree, encoding="UTF-8", xml_declaration=False)
    return _DECLARATION + body.rstrip(b"\n") + b"\n"
