"""The rules of an ODD as one Schematron schema (ISO/IEC 19757-3), query language XSLT 3.0."""

from __future__ import annotations

from lxml import etree

from teiwright.odd.resolving import Grammar
from teiwright.odd.serializing import serialized
from teiwright.odd.specification import SCHEMATRON_NAMESPACE


def schematron(grammar: Grammar) -> bytes:
    """One pattern for each ``constraintSpec``, named as it is, in the order of the ODD."""
    name = f"{{{SCHEMATRON_NAMESPACE}}}"
    root = etree.Element(f"{name}schema", nsmap={"sch": SCHEMATRON_NAMESPACE})
    root.set("queryBinding", "xslt3")
    etree.SubElement(root, f"{name}title").text = f"Rules of {grammar.ident}"
    etree.SubElement(root, f"{name}ns", prefix="tei", uri=grammar.namespace)
    for rule in grammar.rules:
        pattern = etree.fromstring(
            f'<sch:pattern xmlns:sch="{SCHEMATRON_NAMESPACE}" id="{rule.ident}">{rule.xml}</sch:pattern>'
        )
        title = etree.Element(f"{name}title")
        title.text = rule.desc
        pattern.insert(0, title)
        for part in pattern.iter(f"{name}*"):
            part.tail = None if part.tail is None or not part.tail.strip() else part.tail
        root.append(pattern)
    etree.cleanup_namespaces(root, top_nsmap={"sch": SCHEMATRON_NAMESPACE})
    return serialized(root, grammar.path)
