"""Our own grammar, held against a document by two engines that know nothing of each other.

Our own validator reads the RELAX NG, xmlschema the XSD. Each says only which elements it objects to: why, says ``law``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.checking import telling, xsd
from teiwright.checking.apart import SCHEMA_HINTS
from teiwright.checking.law import Law
from teiwright.checking.wording import quoted

_LARGE = 5000
"""Elements; from here on xmlschema, at three seconds a megabyte, keeps people waiting."""


@dataclass(frozen=True, slots=True)
class Objection:
    """An element that an engine refuses, and the engine's own words."""

    engine: str
    element: etree._Element
    words: str


@lru_cache(maxsize=4)
def _libxml2_xsd(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))


@lru_cache(maxsize=4)
def law(path: Path) -> Law:
    """The table of the law; read only for documents that break it."""
    return Law(path)


def relaxng_objections(path: Path, tree: etree._ElementTree) -> Iterator[Objection]:
    """What our RELAX NG validator finds."""
    for element, finding in telling.findings(telling.compiled(path), tree):
        named = finding.subject.rpartition(" ")[2] or finding.value  # without its namespace
        yield Objection("RELAX NG", element, finding.kind.value + (f" ({quoted(named)})" if named else ""))


def _log(schema: etree.XMLSchema) -> Any:
    return schema.error_log


def element_at(tree: etree._ElementTree, path: str | None) -> etree._Element:
    """The element that one of libxml2's paths leads to; the root if it leads nowhere."""
    found: Any = tree.xpath(path) if path else []
    node = found[0] if isinstance(found, list) and found else None
    return node if isinstance(node, etree._Element) and isinstance(node.tag, str) else tree.getroot()


def xsd_objections(path: Path, tree: etree._ElementTree) -> Iterator[Objection]:
    """What xmlschema finds; in a large document, libxml2 by the same XSD."""
    root = tree.getroot()
    if sum(1 for _ in islice(root.iter(), _LARGE)) == _LARGE:
        schema = _libxml2_xsd(path)
        # a document that names XSD files would make libxml2 read them; the RELAX NG refuses it for that already
        hinted = any(element.get(name) for element in root.iter("*") for name in SCHEMA_HINTS)
        if not hinted and not schema.validate(tree):
            for entry in _log(schema):
                yield Objection("XSD", element_at(tree, entry.path), str(entry.message))
        return
    for error in xsd.built(path).iter_errors(tree):
        element = error.elem if isinstance(error.elem, etree._Element) else root
        yield Objection("XSD", element, str(error.reason or error.message))
