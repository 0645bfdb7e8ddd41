"""How generated XML is written: the same bytes for the same tree, and a first line that says what made it."""

from __future__ import annotations

from pathlib import PurePath

from lxml import etree


def serialized(root: etree._Element, source: str, remarks: tuple[str, ...] = ()) -> bytes:
    """Indented UTF-8; ``remarks`` are told at the top."""
    etree.indent(root, "  ")
    notice = _comment(f"Made from {PurePath(source).name} by teiwright odd. Edit the ODD, not this file.")
    if remarks:
        lines = "".join(f"\n  {remark}" for remark in remarks)
        notice += _comment(f"This schema accepts more than the RELAX NG schema:{lines}\n")
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{notice}{body}\n'.encode()


def _comment(text: str) -> str:
    return f"<!-- {text.replace('--', '- -')} -->\n"
