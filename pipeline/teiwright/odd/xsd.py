"""The grammar in W3C XML Schema 1.0: one file for TEI's namespace, one for the attributes in XML's own."""

from __future__ import annotations

from typing import assert_never

from lxml import etree

from teiwright.odd.reading import refuse
from teiwright.odd.resolving import Body, Children, Element, Grammar, Mixed, Nothing, Value, Words
from teiwright.odd.serializing import serialized
from teiwright.odd.specification import (
    ONCE,
    XML_NAMESPACE,
    Alternate,
    Attribute,
    ClassRef,
    Content,
    DataRef,
    Datatype,
    ElementRef,
    Occurs,
    Sequence,
    Values,
)

_NAMESPACE = "http://www.w3.org/2001/XMLSchema"
_NOTHING = "nothing.content"


def xsd(grammar: Grammar) -> bytes:
    """The schema of the grammar's own namespace. Only start elements are global, as RELAX NG has it."""
    root = _schema(grammar.namespace)
    _add(root, "import", namespace=XML_NAMESPACE, schemaLocation="xml.xsd")
    for name in grammar.start:
        _add(root, "element", name=name, type=f"t:{name}")
    for name, members in grammar.members.items():
        if members:
            choice = _add(_add(root, "group", name=name), "choice")
            for member in members:
                _add(choice, "element", name=member, type=f"t:{member}")
    _nothing(root)
    for datatype in grammar.datatypes.values():
        _datatype(root, datatype)
    for element in grammar.elements.values():
        _element(root, element)
    return serialized(root, grammar.path)


def xml_xsd(grammar: Grammar) -> bytes:
    """The attributes in XML's namespace, with exactly the datatypes that the ODD gives them."""
    root = _schema(XML_NAMESPACE)
    used: set[DataRef] = set()
    for name, attribute in sorted(_xml_attributes(grammar).items()):
        made = _add(root, "attribute", name=name)
        match attribute.value:
            case DataRef(key=str(key)) as ref:
                used.add(ref)
                made.set("type", f"xml:{key}")
            case _:
                refuse(grammar.path, 0, f"@xml:{name} needs a datatype of its own (`dataRef/@key`)")
    for ref in sorted(used, key=lambda ref: str(ref.key)):
        _datatype(root, grammar.datatypes[str(ref.key)])
    return serialized(root, grammar.path)


def _xml_attributes(grammar: Grammar) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    for element in grammar.elements.values():
        for attribute in element.attributes:
            if attribute.ident.startswith("xml:"):
                first = found.setdefault(attribute.ident.removeprefix("xml:"), attribute)
                if (first.value, first.many) != (attribute.value, attribute.many):
                    refuse(
                        grammar.path,
                        element.line,
                        f"`{element.ident}/@{attribute.ident}` has another datatype than elsewhere",
                        "XSD has one datatype for each attribute of XML's namespace",
                    )
    return found


def _schema(namespace: str) -> etree._Element:
    # the prefix of XML's namespace is fixed, and no other may stand for it
    own = {} if namespace == XML_NAMESPACE else {"t": namespace}
    root = etree.Element(f"{{{_NAMESPACE}}}schema", nsmap={"xs": _NAMESPACE, **own})
    root.set("targetNamespace", namespace)
    root.set("elementFormDefault", "qualified")
    root.set("attributeFormDefault", "unqualified")
    return root


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", attributes)


# -- datatypes


def _nothing(root: etree._Element) -> None:
    """What RELAX NG calls empty: no elements, and no text but white space, which XSD's own emptiness forbids."""
    restriction = _add(_add(root, "simpleType", name=_NOTHING), "restriction", base="xs:token")
    # as a pattern, since xmlschema takes a maximal length of 0 for XSD's own emptiness
    _add(restriction, "pattern", value="")


def _datatype(root: etree._Element, datatype: Datatype) -> None:
    simple = _add(root, "simpleType", name=datatype.ident)
    if len(datatype.choices) == 1:
        _restriction(simple, datatype.choices[0])
        return
    union = _add(simple, "union")
    for choice in datatype.choices:
        _restriction(_add(union, "simpleType"), choice)


def _restriction(simple: etree._Element, ref: DataRef) -> None:
    made = _add(simple, "restriction", base=f"xs:{ref.name}")
    if ref.restriction is not None:
        _add(made, "pattern", value=ref.restriction)


def _simple_type(parent: etree._Element, value: DataRef | Values, *, many: bool) -> None:
    """Put a datatype under ``parent``, as a list of one or more if ``many``."""
    simple = _add(parent, "simpleType")
    if many:
        # a list of at least one word: RELAX NG's list of oneOrMore
        restriction = _add(simple, "restriction")
        listed = _add(_add(restriction, "simpleType"), "list")
        _simple_type(listed, value, many=False)
        _add(restriction, "minLength", value="1")
        return
    match value:
        case DataRef(key=str(key)):
            _add(simple, "restriction", base=f"t:{key}")
        case DataRef():
            _restriction(simple, value)
        case Values(items):
            restriction = _add(simple, "restriction", base="xs:token")
            for name, _ in items:
                _add(restriction, "enumeration", value=name)
        case _ as never:
            assert_never(never)


# -- elements


def _element(root: etree._Element, element: Element) -> None:
    made = _add(root, "complexType", name=element.ident)
    holder = _body(made, element.body)
    for attribute in element.attributes:
        _attribute(holder, attribute)


def _body(made: etree._Element, body: Body) -> etree._Element:
    """Write the body; the answer is where attributes belong."""
    match body:
        case Nothing():
            extension = _add(_add(made, "simpleContent"), "extension")
            extension.set("base", f"t:{_NOTHING}")
            return extension
        case Words():
            made.set("mixed", "true")
            return made
        case Value(of):
            return _value(made, of)
        case Mixed(members):
            made.set("mixed", "true")
            choice = _add(made, "choice", minOccurs="0", maxOccurs="unbounded")
            for member in members:
                _particle(choice, member)
            return made
        case Children(model):
            _particle(made, model if _is_group(model) else Sequence((model,)))
            return made
        case _ as never:
            assert_never(never)


def _value(element: etree._Element, value: DataRef | Values) -> etree._Element:
    """Content of a datatype: an extension of a named type, which a list of values gets beside its element."""
    extension = _add(_add(element, "simpleContent"), "extension")
    match value:
        case DataRef(key=str(key)):
            extension.set("base", f"t:{key}")
        case DataRef(name=str(name), restriction=None):
            extension.set("base", f"xs:{name}")
        case _:
            name = f"{element.get('name')}.content"
            _simple_type(element, value, many=False)
            simple = element[-1]
            simple.set("name", name)
            element.addprevious(simple)
            extension.set("base", f"t:{name}")
    return extension


def _is_group(particle: Content) -> bool:
    return isinstance(particle, Sequence | Alternate)


def _particle(parent: etree._Element, particle: Content) -> None:
    match particle:
        case ElementRef(key, occurs):
            _occurs(_add(parent, "element", name=key, type=f"t:{key}"), occurs)
        case ClassRef(key, occurs):
            _occurs(_add(parent, "group", ref=f"t:{key}"), occurs)
        case Sequence(parts, occurs):
            sequence = _occurs(_add(parent, "sequence"), occurs)
            for part in parts:
                _particle(sequence, part)
        case Alternate(parts, occurs):
            choice = _occurs(_add(parent, "choice"), occurs)
            for part in parts:
                _particle(choice, part)
        case _:
            raise TypeError(particle)


def _occurs(made: etree._Element, occurs: Occurs) -> etree._Element:
    if occurs == ONCE:
        return made
    made.set("minOccurs", str(occurs.least))
    made.set("maxOccurs", "unbounded" if occurs.most is None else str(occurs.most))
    return made


def _attribute(parent: etree._Element, attribute: Attribute) -> None:
    use = "required" if attribute.required else "optional"
    if attribute.ident.startswith("xml:"):
        _add(parent, "attribute", ref=attribute.ident, use=use)
        return
    made = _add(parent, "attribute", name=attribute.ident, use=use)
    match attribute.value:
        case None:
            made.set("type", "xs:string")
        case DataRef(key=str(key)) if not attribute.many:
            made.set("type", f"t:{key}")
        case value:
            _simple_type(made, value, many=attribute.many)
