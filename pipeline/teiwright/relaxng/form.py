"""What each element of RELAX NG may have (chapter 3 of the specification): attributes, text, children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from teiwright.relaxng.datatypes.lexical import NCNAME, QNAME, is_address
from teiwright.relaxng.tree import Node


class Holds(Enum):
    """What stands in an element."""

    NOTHING = "nothing"
    TEXT = "text only"
    ONE_PATTERN = "one pattern"
    PATTERNS = "one or more patterns"
    NAMED = "a name, if it has no attribute `name`, and one or more patterns"
    NAMED_ONCE = "a name, if it has no attribute `name`, and at most one pattern"
    DATA = "params, then at most one `except`"
    NAMES = "one or more names"
    EXCEPT = "at most one `except`"
    DEFINITIONS = "definitions"
    OWN_DEFINITIONS = "definitions without `include`"


_EVERYWHERE = frozenset({"ns", "datatypeLibrary"})


@dataclass(frozen=True, slots=True)
class _Form:
    """``may`` has all attributes that it may have, with those that it ``needs`` and those of all elements."""

    holds: Holds
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = _EVERYWHERE


def _form(holds: Holds, needs: str = "", may: str = "") -> _Form:
    return _Form(holds, frozenset(needs.split()), frozenset((*needs.split(), *may.split())) | _EVERYWHERE)


_MANY = ("group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "list", "mixed")
_PATTERNS: Mapping[str, _Form] = {
    "element": _form(Holds.NAMED, may="name"),
    "attribute": _form(Holds.NAMED_ONCE, may="name"),
    **dict.fromkeys(_MANY, _form(Holds.PATTERNS)),
    **dict.fromkeys(("ref", "parentRef"), _form(Holds.NOTHING, "name")),
    **dict.fromkeys(("empty", "text", "notAllowed"), _form(Holds.NOTHING)),
    "value": _form(Holds.TEXT, may="type"),
    "data": _form(Holds.DATA, "type"),
    "externalRef": _form(Holds.NOTHING, "href"),
    "grammar": _form(Holds.DEFINITIONS),
}
_NAMES = {
    "name": _form(Holds.TEXT),
    "anyName": _form(Holds.EXCEPT),
    "nsName": _form(Holds.EXCEPT),
    "choice": _form(Holds.NAMES),
}
_DEFINITIONS = {
    "start": _form(Holds.ONE_PATTERN, may="combine"),
    "define": _form(Holds.PATTERNS, "name", "combine"),
}
_INCLUDED = {**_DEFINITIONS, "div": _form(Holds.OWN_DEFINITIONS)}
_IN_GRAMMAR = {
    **_DEFINITIONS,
    "div": _form(Holds.DEFINITIONS),
    "include": _form(Holds.OWN_DEFINITIONS, "href"),
}
_PARAM = {"param": _form(Holds.TEXT, "name")}
_SPACE = " \t\r\n"
Forms = Mapping[str, _Form]


def check_form(root: Node) -> None:
    """Raises ``SchemaError`` at the first element that is not as it must be."""
    waiting: list[tuple[Node, Forms, str]] = [(root, _PATTERNS, "a pattern")]
    while waiting:
        node, allowed, what = waiting.pop()
        form = allowed.get(node.tag)
        if form is None:
            raise node.refuse(f"`{node.tag[:40]}` stands where {what} is expected")
        _check_attributes(node, form)
        if form.holds is Holds.TEXT:
            if node.tag == "name":
                _check_value(node, "", node.text.strip(_SPACE))
        elif node.text.strip(_SPACE):
            raise node.refuse(f"`{node.tag}` has the text `{node.text.strip()[:40]}`, where none is expected")
        waiting += reversed(_children(node, form.holds))


def _check_attributes(node: Node, form: _Form) -> None:
    own = node.attributes.keys()
    if not form.needs <= own:
        raise node.refuse(f"`{node.tag}` has no {min(form.needs - own)}")
    if not own <= form.may:
        raise node.refuse(f"`{node.tag}` cannot have the attribute `{min(own - form.may)[:40]}`")
    for name, value in node.attributes.items():
        if name not in _EVERYWHERE:
            _check_value(node, name, value)
    if "datatypeLibrary" in own:
        _check_library(node, node.attributes["datatypeLibrary"])


def _check_value(node: Node, name: str, value: str) -> None:
    match name:
        case "combine":
            if value not in {"choice", "interleave"}:
                raise node.refuse(f"combine is `{value[:40]}`, expected `choice` or `interleave`")
        case "href":
            if not is_address(value):
                raise node.refuse(f"`{value[:80]}` is no href")
        case _:
            is_qualified = node.tag in {"element", "attribute", "name"}
            if not (QNAME if is_qualified else NCNAME).fullmatch(value):
                raise node.refuse(f"`{value[:40]}` is no name")


def _check_library(node: Node, library: str) -> None:
    """Empty, or a URI that is absolute and without a fragment (4.3)."""
    if library and ("#" in library or not urlsplit(library).scheme or not is_address(library)):
        raise node.refuse(f"datatypeLibrary is `{library[:80]}`, expected a full address without a fragment")


def _children(node: Node, holds: Holds) -> list[tuple[Node, Forms, str]]:
    children = node.children
    match holds:
        case Holds.NOTHING if children:
            raise node.refuse(f"`{node.tag}` must be empty")
        case Holds.NOTHING | Holds.TEXT:
            return []
        case Holds.ONE_PATTERN | Holds.PATTERNS | Holds.NAMES if not children:
            raise node.refuse(f"`{node.tag}` has no content")
        case Holds.ONE_PATTERN if len(children) > 1:
            raise node.refuse(f"`{node.tag}` has more than one pattern")
        case Holds.ONE_PATTERN | Holds.PATTERNS:
            return [(child, _PATTERNS, "a pattern") for child in children]
        case Holds.NAMED | Holds.NAMED_ONCE:
            return _named(node, once=holds is Holds.NAMED_ONCE)
        case Holds.DATA:
            return _data(node)
        case Holds.NAMES:
            return [(child, _NAMES, "a name") for child in children]
        case Holds.EXCEPT:
            return _excepted(node, children, _NAMES)
        case Holds.DEFINITIONS:
            return [(child, _IN_GRAMMAR, "a definition") for child in children]
        case Holds.OWN_DEFINITIONS:
            return [(child, _INCLUDED, "a definition") for child in children]


def _named(node: Node, *, once: bool) -> list[tuple[Node, Forms, str]]:
    names: list[tuple[Node, Forms, str]] = []
    patterns = node.children
    if "name" not in node.attributes:
        if not patterns:
            raise node.refuse(f"`{node.tag}` has no name")
        names, patterns = [(patterns[0], _NAMES, "a name")], patterns[1:]
    if not patterns and not once:
        raise node.refuse("`element` says nothing of its content (write `empty`, `text` …)")
    if once and len(patterns) > 1:
        raise node.refuse("`attribute` has more than one pattern")
    return [*names, *((child, _PATTERNS, "a pattern") for child in patterns)]


def _data(node: Node) -> list[tuple[Node, Forms, str]]:
    params = [child for child in node.children if child.tag != "except"]
    rest = node.children[len(params) :]
    if any(child.tag != "except" for child in rest):
        raise node.refuse("in `data`, an `except` comes after all params")
    return [*((child, _PARAM, "a param") for child in params), *_excepted(node, rest, _PATTERNS)]


def _excepted(node: Node, children: list[Node], forms: Forms) -> list[tuple[Node, Forms, str]]:
    """What the one ``except`` holds."""
    if len(children) > 1:
        raise node.refuse(f"`{node.tag}` has more than one except")
    what = "a name" if forms is _NAMES else "a pattern"
    found: list[tuple[Node, Forms, str]] = []
    for child in children:
        if child.tag != "except":
            raise child.refuse(f"`{child.tag[:40]}` stands where an except is expected")
        if not child.children:
            raise child.refuse("`except` has no content")
        _check_attributes(child, _Form(Holds.NAMES))
        if child.text.strip(_SPACE):
            raise child.refuse(f"`except` has the text `{child.text.strip()[:40]}`, where none is expected")
        found += ((inner, forms, what) for inner in child.children)
    return found
