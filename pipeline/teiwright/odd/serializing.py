"""How generated XML is written: the same bytes for the same tree, and a first line that says what made it."""

from __future__ import annotations

from pathlib import PurePath

from lxml import etree


def serialized(root: etree._Element, source: str) -> bytes:
    """Indented UTF-8."""
    etree.indent(root, "  ")
    made = f"Made from {PurePath(source).name} by python -m teiwright.odd"
    notice = f"<!-- {made}. Edit the ODD, not this file. -->\n"
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{notice}{body}\n'.encode()
