"""Grammars of others that a ``moduleRef/@url`` brings in: their definitions, and what the ODD puts in their place."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.documents import Document, Origin, children, local, rebuilt
from teiwright.odd.sources import Sources
from teiwright.odd.specification import RELAXNG_NAMESPACE, TEI_NAMESPACE, External

_RNG = f"{{{RELAXNG_NAMESPACE}}}"
_INHERITED = ("ns", "datatypeLibrary")


def read_external(element: etree._Element, origin: Origin, sources: Sources) -> External:
    """The grammar of a ``moduleRef/@url``; ``@prefix`` goes before its names (TD, `moduleRef`)."""
    for attribute in ("key", "include", "except"):
        if element.get(attribute):
            origin.refuse(Code.BROKEN_ODD, f"@url and @{attribute} exclude each other", "keep one of them")
    document = sources.document(element.get("url", ""), origin)
    own = [rebuilt(child, RELAXNG_NAMESPACE) for child in element.iterfind(f"{{{TEI_NAMESPACE}}}content/*")]
    replaced = {child.get("name", "") for child in own}
    division = etree.Element(f"{_RNG}div", nsmap={None: RELAXNG_NAMESPACE})  # type: ignore[dict-item] # the stubs forget None
    for definition in _definitions(document, sources, (document,), origin):
        if definition.get("name") not in replaced:
            division.append(definition)
    division.extend(own)
    prefix = element.get("prefix", "")
    for named in division.iter(f"{_RNG}define", f"{_RNG}ref"):
        named.set("name", f"{prefix}{named.get('name', '')}")
    names = frozenset(named.get("name", "") for named in division.iter(f"{_RNG}define"))
    return External(etree.tostring(division, encoding="unicode", with_tail=False), names, origin)


def _definitions(
    document: Document, sources: Sources, above: tuple[Document, ...], origin: Origin
) -> Iterator[etree._Element]:
    if document.root.tag != f"{_RNG}grammar":
        origin.refuse(
            Code.FOREIGN_SOURCE,
            f"`{document.path.name}` is no RELAX NG grammar, but begins with `{local(document.root)}`",
            "name a grammar in XML syntax (.rng)",
        )
    yield from _inside(document, document.root, sources, above)


def _inside(
    document: Document, parent: etree._Element, sources: Sources, above: tuple[Document, ...]
) -> Iterator[etree._Element]:
    for child in children(parent):
        match child.tag.removeprefix(_RNG) if isinstance(child.tag, str) else "":
            case "define":
                yield _detached(child)
            case "div":
                yield from _inside(document, child, sources, above)
            case "include":
                yield from _included(document, child, sources, above)
            case _:
                pass  # `start`, and annotations: the schema begins with elements of its own


def _included(
    document: Document, element: etree._Element, sources: Sources, above: tuple[Document, ...]
) -> Iterator[etree._Element]:
    origin = document.origin(element)
    inner = sources.document(element.get("href", ""), origin)
    if inner in above:
        origin.refuse(Code.ODD_CYCLE, f"`{element.get('href')}` includes itself", "take one of the references out")
    own = {child.get("name") for child in element.iter(f"{_RNG}define")}
    for definition in _definitions(inner, sources, (*above, inner), origin):
        if definition.get("name") not in own:
            yield definition
    yield from _inside(document, element, sources, above)


def _detached(definition: etree._Element) -> etree._Element:
    """A copy that says itself which namespace and which datatypes it means, as its grammar did for it."""
    made = rebuilt(definition, RELAXNG_NAMESPACE)
    for name in _INHERITED:
        around = (above.get(name) for above in (definition, *definition.iterancestors()))
        found = next((value for value in around if value is not None), None)
        if name == "ns" or found is not None:
            made.set(name, found or "")
    return made
