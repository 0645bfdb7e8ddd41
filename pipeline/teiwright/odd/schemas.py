"""What belongs to a schema: the children of a ``schemaSpec``, with the groups that it refers to (TD, "Modules")."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic
from teiwright.odd.documents import Document, children, local
from teiwright.odd.reading import SPECIFICATIONS
from teiwright.odd.sources import Sources
from teiwright.odd.specification import TEI_NAMESPACE

_TEI = f"{{{TEI_NAMESPACE}}}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
RULES = frozenset({"constraintSpec", "constraintDecl"})
REFERENCES = frozenset({"moduleRef", "elementRef", "classRef", "macroRef", "dataRef"})
_SAID_OF_IT = frozenset({"equiv", "altIdent", "gloss", "desc", "remarks", "exemplum", "listRef", "defaultVal"})
_OTHER_PARTS = frozenset({"moduleSpec", "model", "modelGrp", "modelSequence", "outputRendition", "paramList"})
"""What says nothing of validity: descriptions of modules, and how TEI's Processing Model shows elements."""


class Items:
    """The parts of one schema, each with the document that it stands in."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self._document = document
        self._sources = sources
        self._seen: set[etree._Element] = set()
        self.notes: list[Diagnostic] = []

    def of(self, schema: etree._Element) -> Iterator[tuple[Document, etree._Element]]:
        """References, specifications and rules, in the order in which they come."""
        yield from self._inside(self._document, schema, (), strict=True)

    def left_out(self) -> Iterator[Diagnostic]:
        """Specifications that stand in no schema, in a document with only one."""
        schemas = list(self._document.root.iter(f"{_TEI}schemaSpec"))
        if len(schemas) != 1:
            return
        for element in self._document.root.iter(*(f"{_TEI}{name}" for name in sorted(SPECIFICATIONS))):
            inside = any(above in self._seen or above is schemas[0] for above in element.iterancestors())
            if element not in self._seen and not inside:
                yield self._document.origin(element).finding(
                    Code.ODD_WITHOUT_EFFECT,
                    f"`{local(element)}` of `{element.get('ident')}` is in no schema",
                    "move it into `schemaSpec`, or refer to its `specGrp` there",
                )

    def _inside(
        self, document: Document, parent: etree._Element, above: tuple[etree._Element, ...], *, strict: bool
    ) -> Iterator[tuple[Document, etree._Element]]:
        for child in children(parent):
            name = local(child)
            if name == "specGrp":
                yield from self._inside(document, child, above, strict=False)
            elif name == "specGrpRef":
                yield from self._group(document, child, above)
            elif name in SPECIFICATIONS or name in REFERENCES or name in RULES:
                self._seen.add(child)
                yield document, child
            elif strict and name not in _SAID_OF_IT and name not in _OTHER_PARTS:
                document.origin(child).refuse(
                    Code.BROKEN_ODD, f"`{name}` in a `schemaSpec` is not known to this processor"
                )

    def _group(
        self, document: Document, ref: etree._Element, above: tuple[etree._Element, ...]
    ) -> Iterator[tuple[Document, etree._Element]]:
        origin, target = document.origin(ref), ref.get("target", "")
        path, _, ident = target.partition("#")
        if not ident:
            origin.refuse(Code.BROKEN_ODD, f"`specGrpRef` points to `{target}`", "write the id of a `specGrp`: `#id`")
        holder = self._sources.document(path, origin) if path else document
        group = next((g for g in holder.root.iter(f"{_TEI}specGrp") if g.get(_ID) == ident), None)
        if group is None:
            message = f"there is no `specGrp` with the id `{ident}`, and nothing comes of this"
            self.notes.append(origin.finding(Code.ODD_WITHOUT_EFFECT, message, "look at the id"))
            return
        if group in above:
            origin.refuse(Code.ODD_CYCLE, f"the group `{ident}` refers to itself", "take one of the references out")
        self._seen.add(group)
        yield from self._inside(holder, group, (*above, group), strict=False)
