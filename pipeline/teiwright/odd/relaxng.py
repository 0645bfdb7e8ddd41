"""The grammar in RELAX NG, XML syntax (ISO/IEC 19757-2)."""

from __future__ import annotations

from typing import assert_never

from lxml import etree

from teiwright.odd.resolving import Body, Children, Element, Grammar, Mixed, Nothing, Value, Words
from teiwright.odd.serializing import serialized
from teiwright.odd.specification import (
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

_NAMESPACE = "http://relaxng.org/ns/structure/1.0"
_DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"


def relaxng(grammar: Grammar) -> bytes:
    """The whole schema; classes and datatypes are named patterns."""
    root = etree.Element(f"{{{_NAMESPACE}}}grammar", nsmap={None: _NAMESPACE})  # type: ignore[dict-item] # the stubs forget None
    root.set("ns", grammar.namespace)
    root.set("datatypeLibrary", _DATATYPES)
    start = _add(_add(root, "start"), "choice")
    for name in grammar.start:
        _add(start, "ref", name=name)
    for name, members in grammar.members.items():
        if members:
            choice = _add(_add(root, "define", name=name), "choice")
            for member in members:
                _add(choice, "ref", name=member)
    for datatype in grammar.datatypes.values():
        _datatype(root, datatype)
    for element in grammar.elements.values():
        _element(root, element)
    return serialized(root, grammar.path)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", attributes)


def _datatype(root: etree._Element, datatype: Datatype) -> None:
    choice = _add(_add(root, "define", name=datatype.ident), "choice")
    for part in datatype.choices:
        _data(choice, part)


def _data(parent: etree._Element, ref: DataRef) -> None:
    if ref.key is not None:
        _add(parent, "ref", name=ref.key)
        return
    data = _add(parent, "data", type=str(ref.name))
    if ref.restriction is not None:
        _add(data, "param", name="pattern").text = ref.restriction


def _value(parent: etree._Element, value: DataRef | Values) -> None:
    match value:
        case DataRef():
            _data(parent, value)
        case Values(items):
            choice = _add(parent, "choice")
            for name, _ in items:
                _add(choice, "value", type="token").text = name
        case _ as never:
            assert_never(never)


def _element(root: etree._Element, element: Element) -> None:
    made = _add(_add(root, "define", name=element.ident), "element", name=element.ident)
    for attribute in element.attributes:
        _attribute(made, attribute)
    _body(made, element.body)


def _attribute(parent: etree._Element, attribute: Attribute) -> None:
    holder = parent if attribute.required else _add(parent, "optional")
    made = _add(holder, "attribute", name=attribute.ident)
    if not attribute.ident.startswith("xml:"):
        made.set("ns", "")
    if attribute.value is None:
        _add(made, "text")
    elif attribute.many:
        _value(_add(_add(made, "list"), "oneOrMore"), attribute.value)
    else:
        _value(made, attribute.value)


def _body(parent: etree._Element, body: Body) -> None:
    match body:
        case Nothing():
            _add(parent, "empty")
        case Words():
            _add(parent, "text")
        case Value(of):
            _value(parent, of)
        case Mixed(members):
            choice = _add(_add(parent, "zeroOrMore"), "choice")
            _add(choice, "text")
            for member in members:
                _add(choice, "ref", name=member.key)
        case Children(model):
            _particle(parent, model)
        case _ as never:
            assert_never(never)


def _particle(parent: etree._Element, particle: Content) -> None:
    match particle:
        case ElementRef(key, occurs) | ClassRef(key, occurs):
            _add(_repeated(parent, occurs), "ref", name=key)
        case Sequence(parts, occurs):
            group = _add(_repeated(parent, occurs), "group")
            for part in parts:
                _particle(group, part)
        case Alternate(parts, occurs):
            choice = _add(_repeated(parent, occurs), "choice")
            for part in parts:
                _particle(choice, part)
        case _:
            raise TypeError(particle)


def _repeated(parent: etree._Element, occurs: Occurs) -> etree._Element:
    match (occurs.least, occurs.most):
        case (1, 1):
            return parent
        case (0, 1):
            return _add(parent, "optional")
        case (0, None):
            return _add(parent, "zeroOrMore")
        case _:
            return _add(parent, "oneOrMore")
