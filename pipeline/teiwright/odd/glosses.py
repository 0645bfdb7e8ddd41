"""What messages are made of: for each element its gloss, what may stand where in it, and its attributes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import assert_never

from teiwright.odd.bodies import Body, Children, Loose, Mixed, Nothing, Value, Words
from teiwright.odd.references import parts_of
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.specification import Attribute, ClassRef, Content, DataRef, DataSpec, ElementRef, Rule, Values
from teiwright.odd.values import held


def glosses(grammar: Grammar, bodies: Mapping[str, Body]) -> bytes:
    """JSON, keys in order, one line for each element so that changes can be read."""
    elements = grammar.elements.values()
    head = {
        "namespace": grammar.odd.namespace,
        "start": [grammar.elements[ident].name for ident in grammar.odd.start],
    }
    parts = [
        *(f'"{key}": {_line(value)}' for key, value in head.items()),
        _table("datatypes", {ident: _datatype(spec, grammar) for ident, spec in grammar.datatypes.items()}),
        _table("rules", {rule.ident: rule.desc for rule in _rules(grammar)}),
        _table("instead", {name: e.name for e in elements for name in e.spec.instead_of if name != e.name}),
        _table("elements", {e.name: _element(grammar, e, bodies[e.ident]) for e in elements}),
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _table(name: str, rows: Mapping[str, object]) -> str:
    lines = ",\n".join(f"  {_line(key)}: {_line(rows[key])}" for key in sorted(rows))
    return f'"{name}": {{\n{lines}\n}}'


def _rules(grammar: Grammar) -> Iterator[Rule]:
    yield from grammar.odd.rules
    for spec in grammar.odd.specifications.values():
        yield from spec.rules


def _datatype(spec: DataSpec, grammar: Grammar) -> dict[str, object]:
    return {"desc": spec.desc or "", "choices": list(_choices(spec.content or (), grammar))}


def _choices(content: tuple[Content, ...], grammar: Grammar) -> Iterator[list[str | None]]:
    """The datatypes of XML Schema that something is any of."""
    for part in parts_of(content):
        match part:
            case DataRef(key=None):
                yield _primitive(part)
            case DataRef(key=str(key)):
                yield from _choices(grammar.datatypes[key].content or (), grammar)
            case _:
                pass


def _primitive(ref: DataRef) -> list[str | None]:
    return [ref.name, ref.restriction]


def _element(grammar: Grammar, element: Element, body: Body) -> dict[str, object]:
    return {
        "gloss": element.spec.gloss or "",
        "desc": element.spec.desc or "",
        "attributes": {attribute.name or attribute.ident: _attribute(attribute) for attribute in element.attributes},
        **_body(grammar, body),
    }


def _body(grammar: Grammar, body: Body) -> dict[str, object]:
    match body:
        case Nothing():
            return {"body": "nothing"}
        case Words():
            return {"body": "words"}
        case Value(of):
            return {"body": "value", **_value((of,))}
        case Mixed(members):
            return {"body": "mixed", "members": sorted(_names(grammar, members))}
        case Children(_, states):
            return {"body": "children", "states": [{"after": s.after, "final": s.final} for s in states]}
        case Loose(members):
            return {"body": "loose", "members": sorted(grammar.elements[name].name for name in members)}
        case _ as never:
            assert_never(never)


def _names(grammar: Grammar, members: tuple[ElementRef | ClassRef, ...]) -> set[str]:
    return {
        grammar.elements[name].name
        for member in members
        for name in (grammar.members[member.key] if isinstance(member, ClassRef) else (member.key,))
    }


def _attribute(attribute: Attribute) -> dict[str, object]:
    value = held(attribute)
    return {
        "desc": attribute.desc or "",
        "required": attribute.required,
        "many": not value.occurs.once,
        **_value(value.choices),
    }


def _value(choices: tuple[Content, ...]) -> dict[str, object]:
    match choices:
        case (DataRef(key=str(key)),):
            return {"datatype": key}
        case (DataRef() as ref,):
            return {"primitive": _primitive(ref)}
        case (Values(items),):
            return {"values": {item.ident: item.desc for item in items}}
        case _:
            return {}
