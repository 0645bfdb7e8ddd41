"""The grammar in RELAX NG, XML syntax (ISO/IEC 19757-2; USE, section "Making a RELAX NG Schema").

Classes, macros, datatypes and attributes of classes are named patterns, with the names that the Guidelines give
them. Written out in each element, the attributes of all of TEI would be too much for Jing. Rules in Schematron stand at
the end, as in TEI's own schemas.
"""

from __future__ import annotations

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.attributes import Choice, Given, Group, Unit, Whole
from teiwright.odd.documentation_strings import said
from teiwright.odd.patterns import RNG, Models, add
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.schematron import rules_of
from teiwright.odd.serializing import serialized
from teiwright.odd.specification import RELAXNG_NAMESPACE, SCHEMATRON_NAMESPACE, XML_NAMESPACE, Attribute

_DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
_ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
_NAMESPACES = {None: RELAXNG_NAMESPACE, "a": _ANNOTATIONS, "sch": SCHEMATRON_NAMESPACE}


def relaxng(grammar: Grammar) -> bytes:
    """The whole schema."""
    root = etree.Element(f"{RNG}grammar", nsmap=_NAMESPACES)  # type: ignore[arg-type] # the stubs forget None
    root.set("ns", grammar.odd.namespace)
    root.set("datatypeLibrary", _DATATYPES)
    writer = _Writer(grammar, root)
    start = add(add(root, "start"), "choice")
    for name in grammar.odd.start:
        add(start, "ref", name=writer.models.element(name))
    writer.write()
    for parts in rules_of(grammar):
        root.extend(parts)
    return serialized(root, grammar.odd.path)


class _Writer:
    def __init__(self, grammar: Grammar, root: etree._Element) -> None:
        self._grammar = grammar
        self._root = root
        self.models = Models(grammar)

    def write(self) -> None:
        """Everything but the start."""
        grammar = self._grammar
        for key, members in grammar.direct.items():
            choice = add(self._define(self.models.model(key)), "choice")
            for member in members:
                name = self.models.element(member) if member in grammar.elements else self.models.model(member)
                add(choice, "ref", name=name)
            if not members:
                add(choice, "notAllowed")
        for key, units in grammar.attribute_classes.items():
            self._attribute_class(key, units)
        for key, content in grammar.macros.items():
            self.models.write(self._define(self.models.macro(key)), content)
        for key, spec in grammar.datatypes.items():
            self.models.write(self._define(self.models.datatype(key)), spec.content or ())
        for element in grammar.elements.values():
            self._element(element)
        self.models.write_any(self._root)
        taken = {str(define.get("name")) for define in self._root.iterfind(f"{RNG}define")}
        for external in grammar.odd.externals:
            if twice := sorted(taken & external.names):
                external.origin.refuse(
                    Code.DUPLICATE_SPECIFICATION,
                    f"this grammar has a pattern `{twice[0]}`, and so has the schema",
                    "let the names of one of them begin otherwise: `moduleRef/@prefix`, or `schemaSpec/@prefix`",
                )
            taken |= external.names
            self._root.append(etree.fromstring(external.xml))

    def _define(self, name: str) -> etree._Element:
        return add(self._root, "define", name=name)

    def _document(self, parent: etree._Element, text: str) -> None:
        if text:
            etree.SubElement(parent, f"{{{_ANNOTATIONS}}}documentation").text = text

    def _element(self, element: Element) -> None:
        made = add(self._define(self.models.element(element.ident)), "element", name=element.name)
        if element.spec.namespace is not None:
            made.set("ns", element.spec.namespace)
        self._document(made, said(element.spec.gloss, element.spec.desc))
        self.models.write(made, element.content)
        for unit in element.units:
            self._unit(made, unit)

    # -- attributes

    def _attribute_class(self, key: str, units: tuple[Unit, ...]) -> None:
        define = self._define(self.models.attributes(key))
        for unit in units:
            self._unit(define, unit, inside=key)
        if not units:
            add(define, "empty")
        for given in _own(units, key):
            self._attribute(self._define(self.models.attribute(key, given.attribute.ident)), given.attribute)

    def _unit(self, parent: etree._Element, unit: Unit, inside: str | None = None) -> None:
        match unit:
            case Whole(owner):
                add(parent, "ref", name=self.models.attributes(owner))
            case Given(attribute, str(owner)):
                add(parent, "ref", name=self.models.attribute(owner, attribute.ident))
            case Given(attribute):
                self._attribute(parent, attribute)
            case Choice(parts) | Group(parts):
                holder = add(parent, "choice" if isinstance(unit, Choice) else "group")
                for part in parts:
                    self._unit(holder, part, inside)

    def _attribute(self, parent: etree._Element, attribute: Attribute) -> None:
        holder = parent if attribute.required else add(parent, "optional")
        made = add(holder, "attribute")
        name = (attribute.name or attribute.ident).rpartition(":")[2]
        if attribute.namespace == XML_NAMESPACE:
            made.set("name", f"xml:{name}")
        else:
            made.set("name", name)
            made.set("ns", attribute.namespace or "")
        if attribute.default is not None and not attribute.required:
            made.set(f"{{{_ANNOTATIONS}}}defaultValue", attribute.default)
        self._document(made, said(attribute.gloss, attribute.desc))
        self.models.value(made, attribute)


def _own(units: tuple[Unit, ...], key: str) -> list[Given]:
    """The attributes that a class gives itself."""
    found: list[Given] = []
    for unit in units:
        match unit:
            case Given(_, owner) if owner == key:
                found.append(unit)
            case Choice(parts) | Group(parts):
                found.extend(_own(parts, key))
            case _:
                pass
    return found
