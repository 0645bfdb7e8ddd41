"""The grammar in W3C XML Schema 1.0: one file for the schema's namespace, one for the attributes in XML's own.

What XSD cannot say exactly is said more loosely, so that whatever RELAX NG accepts is accepted; each such place
is told, and listed at the top of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from lxml import etree

from teiwright.odd.bodies import Body, Children, Loose, Mixed, Nothing, Value, Words
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.serializing import serialized
from teiwright.odd.simple_types import SimpleTypes, xsd_add
from teiwright.odd.specification import (
    ONCE,
    XML_NAMESPACE,
    Alternate,
    Attribute,
    ClassRef,
    Content,
    DataRef,
    ElementRef,
    Occurs,
    Sequence,
    Values,
)
from teiwright.odd.values import held

_NAMESPACE = "http://www.w3.org/2001/XMLSchema"
_NOTHING = "nothing.content"


class XsdWriter:
    """Writes the schema; ``loose`` says afterwards what it could not say exactly."""

    def __init__(self, grammar: Grammar, bodies: Mapping[str, Body]) -> None:
        self._grammar = grammar
        self._bodies = bodies
        self.loose: dict[str, None] = {}
        self._root = _schema(grammar.odd.namespace)
        self._types = SimpleTypes(self._root, "t", self.loose)

    def schema(self) -> bytes:
        """The schema of the grammar's own namespace. Only start elements are global, as RELAX NG has it."""
        grammar, root = self._grammar, self._root
        xsd_add(root, "import", namespace=XML_NAMESPACE, schemaLocation="xml.xsd")
        for ident in grammar.odd.start:
            xsd_add(root, "element", name=grammar.elements[ident].name, type=f"t:{ident}")
        for name, members in grammar.members.items():
            if members and all(map(self._is_own, members)):
                choice = xsd_add(xsd_add(root, "group", name=name), "choice")
                for member in members:
                    self._child(choice, member, ONCE)
        self._nothing()
        for datatype in grammar.datatypes.values():
            self._types.named(datatype.ident, datatype.content or ())
        for element in grammar.elements.values():
            if self._is_own(element.ident):
                self._element(element)
            else:
                self.loose[f"{element.name}: elements of another namespace are not looked at"] = None
        return serialized(root, grammar.odd.path, tuple(self.loose))

    def _is_own(self, ident: str) -> bool:
        return self._grammar.elements[ident].spec.namespace in {None, self._grammar.odd.namespace}

    def _child(self, parent: etree._Element, ident: str, occurs: Occurs) -> None:
        name = self._grammar.elements[ident].name
        _occurs(xsd_add(parent, "element", name=name, type=f"t:{ident}"), occurs)

    def xml_attributes(self) -> bytes:
        """The attributes in XML's namespace, with the datatypes that the ODD gives them."""
        root = _schema(XML_NAMESPACE)
        types = SimpleTypes(root, "xml", self.loose)
        used: set[str] = set()
        for name, found in sorted(_xml_attributes(self._grammar).items()):
            made = xsd_add(root, "attribute", name=name)
            values = [held(attribute) for attribute in found]
            match values[0].choices:
                case _ if any(value != values[0] for value in values):
                    made.set("type", "xs:string")
                    self.loose[f"@xml:{name}: other datatypes in other elements, any text here"] = None
                case (DataRef(key=str(key)) as ref,) if not ref.params and values[0].occurs.once:
                    used.add(key)
                    made.set("type", f"xml:{key}")
                case _:
                    types.of(made, values[0])
        for key in self._with_inner(used):
            types.named(key, self._grammar.datatypes[key].content or ())
        return serialized(root, self._grammar.odd.path)

    def _with_inner(self, keys: set[str]) -> list[str]:
        """Datatypes with those that they are made of."""
        found, waiting = set(keys), list(keys)
        while waiting:
            content = self._grammar.datatypes[waiting.pop()].content or ()
            for part in (inner for c in content for inner in (c.parts if isinstance(c, Alternate) else (c,))):
                if isinstance(part, DataRef) and part.key is not None and part.key not in found:
                    found.add(part.key)
                    waiting.append(part.key)
        return sorted(found)

    def _nothing(self) -> None:
        """What RELAX NG calls empty: no elements, and no text but white space, which XSD's own emptiness forbids."""
        restriction = xsd_add(xsd_add(self._root, "simpleType", name=_NOTHING), "restriction", base="xs:token")
        # as a pattern, since xmlschema takes a maximal length of 0 for XSD's own emptiness
        xsd_add(restriction, "pattern", value="")

    # -- elements

    def _element(self, element: Element) -> None:
        made = xsd_add(self._root, "complexType", name=element.ident)
        held_body = self._bodies[element.ident]
        if isinstance(held_body, Loose):
            self.loose[f"{element.name}: {held_body.why}; the same elements in any order here"] = None
        holder = self._body(made, held_body)
        foreign = False
        for attribute in element.attributes:
            if attribute.namespace in {None, XML_NAMESPACE}:
                self._attribute(holder, attribute, element)
            else:
                foreign = True
        if foreign:
            xsd_add(holder, "anyAttribute", namespace="##other", processContents="skip")
            self.loose[f"{element.name}: attributes of another namespace are not looked at"] = None

    def _body(self, made: etree._Element, found: Body) -> etree._Element:
        """Write the body; the answer is where attributes belong."""
        match found:
            case Nothing():
                extension = xsd_add(xsd_add(made, "simpleContent"), "extension")
                extension.set("base", f"t:{_NOTHING}")
                return extension
            case Words():
                made.set("mixed", "true")
            case Value(of):
                return self._value(made, of)
            case Mixed(members):
                made.set("mixed", "true")
                choice = xsd_add(made, "choice", minOccurs="0", maxOccurs="unbounded")
                for member in members:
                    self._particle(choice, member)
            case Children(model):
                self._particle(made, model if isinstance(model, Sequence | Alternate) else Sequence((model,)))
            case Loose():
                self._loose(made, found)
            case _ as never:
                assert_never(never)
        return made

    def _loose(self, made: etree._Element, found: Loose) -> None:
        if found.text:
            made.set("mixed", "true")
        choice = xsd_add(made, "choice", minOccurs="0", maxOccurs="unbounded")
        for member in found.members:
            self._child(choice, member, ONCE)
        if found.foreign:
            for namespace in ("##other", "##local"):
                xsd_add(choice, "any", namespace=namespace, processContents="skip")

    def _value(self, element: etree._Element, value: DataRef | Values) -> etree._Element:
        """Content of a datatype: an extension of a named type, which a list of values gets beside its element."""
        extension = xsd_add(xsd_add(element, "simpleContent"), "extension")
        match value:
            case DataRef(key=str(key)) if not value.params:
                extension.set("base", f"t:{key}")
            case DataRef(name=str(name)) if not value.params:
                extension.set("base", f"xs:{name}")
            case _:
                name = f"{element.get('name')}.content"
                element.addprevious(self._types.simple(name, value))
                extension.set("base", f"t:{name}")
        return extension

    def _particle(self, parent: etree._Element, particle: Content) -> None:
        match particle:
            case ElementRef(key, occurs):
                self._child(parent, key, occurs)
            case ClassRef(key, occurs):
                _occurs(xsd_add(parent, "group", ref=f"t:{key}"), occurs)
            case Sequence(parts, occurs):
                sequence = _occurs(xsd_add(parent, "sequence"), occurs)
                for part in parts:
                    self._particle(sequence, part)
            case Alternate(parts, occurs):
                choice = _occurs(xsd_add(parent, "choice"), occurs)
                for part in parts:
                    self._particle(choice, part)
            case _:
                raise TypeError(particle)

    def _attribute(self, parent: etree._Element, attribute: Attribute, element: Element) -> None:
        in_choice = attribute.ident in element.chosen
        use = "required" if attribute.required and not in_choice else "optional"
        if in_choice:
            where = f"{element.name}/@{attribute.ident}"
            self.loose[f"{where}: one of several attributes; none of them is asked for here"] = None
        name = attribute.name or attribute.ident
        if attribute.namespace == XML_NAMESPACE:
            xsd_add(parent, "attribute", ref=f"xml:{name.rpartition(':')[2]}", use=use)
            return
        made = xsd_add(parent, "attribute", name=name, use=use)
        value = held(attribute)
        match value.choices:
            case ():
                made.set("type", "xs:string")
            case (DataRef(key=str(key)) as ref,) if value.occurs.once and not ref.params:
                made.set("type", f"t:{key}")
            case _:
                self._types.of(made, value)


def _xml_attributes(grammar: Grammar) -> dict[str, list[Attribute]]:
    found: dict[str, list[Attribute]] = {}
    for element in grammar.elements.values():
        for attribute in element.attributes:
            if attribute.namespace == XML_NAMESPACE:
                found.setdefault((attribute.name or attribute.ident).rpartition(":")[2], []).append(attribute)
    return found


def _schema(namespace: str) -> etree._Element:
    # the prefix of XML's namespace is fixed, and no other may stand for it
    own = {} if namespace == XML_NAMESPACE else {"t": namespace}
    root = etree.Element(f"{{{_NAMESPACE}}}schema", nsmap={"xs": _NAMESPACE, **own})
    if namespace:
        root.set("targetNamespace", namespace)
    root.set("elementFormDefault", "qualified")
    root.set("attributeFormDefault", "unqualified")
    return root


def _occurs(made: etree._Element, occurs: Occurs) -> etree._Element:
    if not occurs.once:
        made.set("minOccurs", str(occurs.least))
        made.set("maxOccurs", "unbounded" if occurs.most is None else str(occurs.most))
    return made
