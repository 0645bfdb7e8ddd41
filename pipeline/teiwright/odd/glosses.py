"""What messages are made of: for each element its gloss, what may stand where in it, and its attributes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import assert_never

from teiwright.odd.automaton import automaton
from teiwright.odd.resolving import Children, Element, Grammar, Mixed, Nothing, Value, Words
from teiwright.odd.specification import Attribute, ClassRef, DataRef, Datatype, ElementRef, Values


def glosses(grammar: Grammar) -> bytes:
    """JSON, keys in order, one line for each element so that changes can be read."""
    head = {"namespace": grammar.namespace, "start": list(grammar.start)}
    parts = [
        *(f'"{key}": {_line(value)}' for key, value in head.items()),
        _table("datatypes", {datatype.ident: _datatype(datatype) for datatype in grammar.datatypes.values()}),
        _table("rules", {rule.ident: rule.desc for rule in grammar.rules}),
        _table("instead", {name: e.ident for e in grammar.elements.values() for name in e.instead_of}),
        _table("elements", {e.ident: _element(grammar, e) for e in grammar.elements.values()}),
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _table(name: str, rows: Mapping[str, object]) -> str:
    lines = ",\n".join(f'  "{key}": {_line(rows[key])}' for key in sorted(rows))
    return f'"{name}": {{\n{lines}\n}}'


def _datatype(datatype: Datatype) -> dict[str, object]:
    return {"desc": datatype.desc, "choices": [_primitive(choice) for choice in datatype.choices]}


def _primitive(ref: DataRef) -> list[str | None]:
    return [ref.name, ref.restriction]


def _element(grammar: Grammar, element: Element) -> dict[str, object]:
    return {
        "gloss": element.gloss,
        "desc": element.desc,
        "attributes": {attribute.ident: _attribute(attribute) for attribute in element.attributes},
        **_body(grammar, element),
    }


def _body(grammar: Grammar, element: Element) -> dict[str, object]:
    match element.body:
        case Nothing():
            return {"body": "nothing"}
        case Words():
            return {"body": "words"}
        case Value(of):
            return {"body": "value", **_value(of)}
        case Mixed(members):
            return {"body": "mixed", "members": sorted(_names(grammar, members))}
        case Children(model):
            states = automaton(grammar, element, model)
            return {"body": "children", "states": [{"after": s.after, "final": s.final} for s in states]}
        case _ as never:
            assert_never(never)


def _names(grammar: Grammar, members: tuple[ElementRef | ClassRef, ...]) -> set[str]:
    return {
        name
        for member in members
        for name in (grammar.members[member.key] if isinstance(member, ClassRef) else (member.key,))
    }


def _attribute(attribute: Attribute) -> dict[str, object]:
    value = {} if attribute.value is None else _value(attribute.value)
    return {"desc": attribute.desc, "required": attribute.required, "many": attribute.many, **value}


def _value(value: DataRef | Values) -> dict[str, object]:
    match value:
        case DataRef(key=str(key)):
            return {"datatype": key}
        case DataRef():
            return {"primitive": _primitive(value)}
        case Values(items):
            return {"values": dict(items)}
        case _ as never:
            assert_never(never)
