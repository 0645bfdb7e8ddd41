"""Content models and datatypes in a line that people can read, with links: ``(opener?, model.block+, closer?)``."""

from __future__ import annotations

from html import escape
from typing import assert_never

from teiwright.odd.html import link
from teiwright.odd.resolving import Grammar
from teiwright.odd.specification import (
    Alternate,
    AnyElement,
    ClassRef,
    Content,
    DataRef,
    ElementRef,
    Empty,
    MacroRef,
    Occurs,
    RelaxNg,
    Sequence,
    TextNode,
    Values,
)
from teiwright.odd.values import Held

_MARKS = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}
_NUMBERS = {1: "one", 2: "two", 3: "three"}


def anchor(kind: str, ident: str) -> str:
    """The id of a section of the page."""
    return f"{kind[0]}-{ident}"


def model(grammar: Grammar, content: tuple[Content, ...]) -> str:
    """A content model."""
    inside = ", ".join(_part(grammar, part) for part in content) or "empty"
    return f"<code>{inside}</code>"


def _part(grammar: Grammar, part: Content) -> str:
    match part:
        case TextNode():
            return "text"
        case Empty():
            return "empty"
        case ElementRef(key, occurs):
            return link(anchor("element", key), grammar.elements[key].name) + _mark(occurs)
        case ClassRef(key, occurs):
            return link(anchor("class", key), key) + escape(_of_class(part)) + _mark(occurs)
        case MacroRef(key):
            return link(anchor("macro", key), key)
        case DataRef() | Values():
            return _datum(part)
        case Sequence(parts, occurs, ordered):
            return _group(grammar, parts, ", " if ordered else " &amp; ", occurs)
        case Alternate(parts, occurs):
            return _group(grammar, parts, " | ", occurs)
        case AnyElement():
            return _any(part) + _mark(part.occurs)
        case RelaxNg(xml):
            return f"in RELAX NG: {escape(xml, quote=False)}"
        case _ as never:
            assert_never(never)


def _group(grammar: Grammar, parts: tuple[Content, ...], between: str, occurs: Occurs) -> str:
    inside = between.join(_part(grammar, part) for part in parts)
    return f"({inside}){_mark(occurs)}" if len(parts) > 1 or not occurs.once else inside


def _mark(occurs: Occurs) -> str:
    counted = f"{{{occurs.least},{'' if occurs.most is None else occurs.most}}}"
    return _MARKS.get((occurs.least, occurs.most), counted)


def _of_class(ref: ClassRef) -> str:
    said = [] if ref.expand == "alternate" else [ref.expand]
    said += [f"only {' '.join(ref.include)}"] if ref.include else []
    said += [f"but {' '.join(ref.exclude)}"] if ref.exclude else []
    return f"[{', '.join(said)}]" if said else ""


def _any(part: AnyElement) -> str:
    if part.require:
        return f"any element of {escape(' '.join(part.require))}"
    but = " ".join(namespace if name is None else f"{{{namespace}}}{name}" for namespace, name in part.exclude)
    return f"any element but of {escape(but)}" if but else "any element"


def _datum(part: Content) -> str:
    match part:
        case DataRef(key=str(key)):
            return link(anchor("datatype", key), key) + _facets(part)
        case DataRef():
            return f"xs:{escape(str(part.name))}{_facets(part)}"
        case Values(items):
            return " | ".join(f"&quot;{escape(item.ident)}&quot;" for item in items)
        case Alternate(parts):
            return " | ".join(map(_datum, parts))
        case TextNode():
            return "text"
        case _:
            return "text of a kind of its own"


def _facets(ref: DataRef) -> str:
    return f" {{{escape(', '.join(f'{name} {value}' for name, value in ref.params))}}}" if ref.params else ""


def values(held: Held) -> str:
    """What an attribute holds."""
    if not held.choices:
        return "any text"
    inside = f"<code>{' | '.join(map(_datum, held.choices))}</code>"
    least, most = held.occurs.least, held.occurs.most
    if held.occurs.once:
        return inside
    how_many = f"{_number(least)} or more" if most is None else f"{_number(least)} to {_number(most)}"
    return f"{_number(least) if least == most else how_many} words, each {inside}"


def _number(count: int) -> str:
    return _NUMBERS.get(count, str(count)) if count else "no"
