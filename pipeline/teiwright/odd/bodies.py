"""What an element may hold, in the forms that an XSD and the messages' table can say.

Two limits make an XSD exact: every content model is deterministic, and text stands either alone or anywhere in a
mixture. What keeps neither is ``Loose``: the same elements, in any order and number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from teiwright.odd.automaton import State, ambiguous_name, automaton
from teiwright.odd.references import relaxng_names
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.specification import (
    ONCE,
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


@dataclass(frozen=True, slots=True)
class Nothing:
    """The element is empty."""


@dataclass(frozen=True, slots=True)
class Words:
    """The element holds text only."""


@dataclass(frozen=True, slots=True)
class Value:
    """The element holds a value of a datatype or of a closed list."""

    of: DataRef | Values


@dataclass(frozen=True, slots=True)
class Mixed:
    """Text and any of these, in any order: the only mixture that an XSD can say exactly."""

    members: tuple[ElementRef | ClassRef, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """Elements only, in the order of a model of sequences and alternatives."""

    model: Particle
    states: tuple[State, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Loose:
    """More than the model allows: these elements in any order, ``foreign`` if others may stand there, too."""

    members: tuple[str, ...]
    text: bool
    foreign: bool
    why: str
    hint: str | None = None


Particle = ElementRef | ClassRef | Sequence | Alternate
Body = Nothing | Words | Value | Mixed | Children | Loose


@dataclass(frozen=True, slots=True)
class _Never:
    """A part that no document can satisfy, since it asks for a member of a class that has none."""

    key: str


class _InexactError(Exception):
    """Why a model cannot be said exactly, and what to do."""

    def __init__(self, why: str, hint: str | None = None) -> None:
        super().__init__(why)
        self.hint = hint


def bodies(grammar: Grammar) -> dict[str, Body]:
    """What each element may hold."""
    return {ident: _body(grammar, element) for ident, element in grammar.elements.items()}


def _body(grammar: Grammar, element: Element) -> Body:
    content = tuple(_without_macros(grammar, element.content))
    try:
        return _exact(grammar, element, content)
    except _InexactError as inexact:
        found = tuple(sorted(set(_names(grammar, content))))
        leaves = list(_leaves(content))
        own = [name for name in found if grammar.elements[name].spec.namespace in {None, grammar.odd.namespace}]
        return Loose(
            members=tuple(own),
            text=any(isinstance(leaf, TextNode | DataRef | Values | RelaxNg) for leaf in leaves),
            foreign=len(own) < len(found) or any(isinstance(leaf, AnyElement | RelaxNg) for leaf in leaves),
            why=str(inexact),
            hint=inexact.hint,
        )


def _exact(grammar: Grammar, element: Element, content: tuple[Content, ...]) -> Body:
    match tuple(map(_unwrapped, content)):
        case () | (Empty(),):
            return Nothing()
        case (TextNode(),):
            return Words()
        case ((DataRef() | Values()) as value,):
            return Value(value)
        case (Alternate() as whole,) if any(isinstance(leaf, TextNode) for leaf in _leaves((whole,))):
            return _mixed(grammar, whole)
        case (single,):
            model = _particle(grammar, single)
        case parts:
            model = _particle(grammar, Sequence(parts))
    if model is None:
        return Nothing()
    if isinstance(model, _Never):
        raise _InexactError(f"`{element.ident}` holds the class `{model.key}`, which has no members")
    states = automaton(grammar, model)
    if ambiguous := ambiguous_name(states):
        raise _InexactError(
            f"the content model of `{element.ident}` is not deterministic: "
            f"at one place `{ambiguous}` can be matched in two ways",
            "rewrite the model so that each name leads to one place in it",
        )
    return Children(model, states)


def _unwrapped(part: Content) -> Content:
    """A part without sequences and alternatives of one."""
    match part:
        case Sequence((single,), occurs) | Alternate((single,), occurs) if occurs.once:
            return _unwrapped(single)
        case _:
            return part


def _without_macros(grammar: Grammar, content: tuple[Content, ...]) -> Iterator[Content]:
    for part in content:
        match part:
            case MacroRef(key):
                yield from _without_macros(grammar, grammar.macros[key])
            case Sequence(parts, occurs, ordered):
                yield Sequence(tuple(_without_macros(grammar, parts)), occurs, ordered)
            case Alternate(parts, occurs):
                yield Alternate(tuple(_one_each(grammar, parts)), occurs)
            case ClassRef() if not part.plain:
                yield _expanded(grammar, part)
            case _:
                yield part


def _one_each(grammar: Grammar, parts: tuple[Content, ...]) -> Iterator[Content]:
    """A macro of several parts is one choice, not several."""
    for part in parts:
        inner = tuple(_without_macros(grammar, (part,)))
        yield inner[0] if len(inner) == 1 else Sequence(inner)


def _expanded(grammar: Grammar, ref: ClassRef) -> Content:
    once = {"sequenceOptional": Occurs(0, 1), "sequenceOptionalRepeatable": Occurs(0, None)}
    each = once.get(ref.expand, Occurs(1, None) if ref.expand == "sequenceRepeatable" else ONCE)
    parts = tuple(ElementRef(name, each) for name in grammar.expanded(ref))
    if not parts:
        return Empty()
    return Alternate(parts, ref.occurs) if ref.expand == "alternate" else Sequence(parts, ref.occurs)


def _mixed(grammar: Grammar, whole: Alternate) -> Mixed:
    if whole.occurs != Occurs(0, None):
        raise _InexactError("text in a mixture needs minOccurs 0 and maxOccurs unbounded")
    members: list[ElementRef | ClassRef] = []
    for part in map(_unwrapped, whole.parts):
        match part:
            case TextNode() | Empty():
                pass
            case ElementRef(key) if part.occurs.most in {1, None} and _is_own(grammar, key):
                members.append(ElementRef(key))
            case ClassRef(key) if part.occurs.most in {1, None} and all(
                _is_own(grammar, name) for name in grammar.members[key]
            ):
                if grammar.members[key]:
                    members.append(ClassRef(key))
            case _:
                raise _InexactError("beside text only single elements and classes can be said in XSD")
    names = [name for member in members for name in _names(grammar, (member,))]
    if len(names) != len(set(names)):
        return Mixed(tuple(ElementRef(name) for name in sorted(set(names))))
    return Mixed(tuple(members))


def _is_own(grammar: Grammar, ident: str) -> bool:
    return grammar.elements[ident].spec.namespace in {None, grammar.odd.namespace}


def _particle(grammar: Grammar, content: Content) -> Particle | _Never | None:
    """The model without what stands for nothing; ``None`` if nothing is left."""
    match content:
        case Empty():
            return None
        case ElementRef(key, occurs):
            if not _is_own(grammar, key):
                raise _InexactError(f"`{key}` is of another namespace, which needs a schema of its own")
            return None if occurs.most == 0 else content
        case ClassRef():
            return _class(grammar, content)
        case Sequence():
            return _sequence(grammar, content)
        case Alternate(parts, occurs):
            return _alternate(grammar, parts, occurs)
        case TextNode() | DataRef() | Values() | MacroRef() | AnyElement() | RelaxNg():
            kind = type(content).__name__
            raise _InexactError(
                f"{kind} among elements cannot be said in XSD", "let text stand in one repeated `alternate`"
            )
        case _ as never:
            assert_never(never)


def _class(grammar: Grammar, ref: ClassRef) -> Particle | _Never | None:
    members = grammar.members[ref.key]
    if not members:
        return None if ref.occurs.least == 0 else _Never(ref.key)
    if not all(_is_own(grammar, name) for name in members):
        raise _InexactError(f"`{ref.key}` has members of another namespace, which needs a schema of its own")
    return None if ref.occurs.most == 0 else ref


def _sequence(grammar: Grammar, whole: Sequence) -> Particle | _Never | None:
    made = [_particle(grammar, part) for part in whole.parts]
    never = next((part for part in made if isinstance(part, _Never)), None)
    if never is not None:
        return None if whole.occurs.least == 0 else never
    kept = tuple(part for part in made if part is not None and not isinstance(part, _Never))
    if not kept or whole.occurs.most == 0:
        return None
    if not whole.ordered and len(kept) > 1:
        raise _InexactError("a sequence in any order cannot be said exactly in XSD", "write an `alternate`")
    return Sequence(kept, whole.occurs)


def _alternate(grammar: Grammar, parts: tuple[Content, ...], occurs: Occurs) -> Particle | _Never | None:
    made = [_particle(grammar, part) for part in parts]
    kept = tuple(part for part in made if part is not None and not isinstance(part, _Never))
    if occurs.most == 0 or (not kept and (None in made or occurs.least == 0)):
        return None
    if not kept:
        return next((part for part in made if isinstance(part, _Never)), None)
    return Alternate(kept, Occurs(0, occurs.most) if None in made else occurs)


def _leaves(content: tuple[Content, ...]) -> Iterator[Content]:
    for part in content:
        if isinstance(part, Sequence | Alternate):
            yield from _leaves(part.parts)
        else:
            yield part


def _names(grammar: Grammar, content: tuple[Content, ...]) -> Iterator[str]:
    for leaf in _leaves(content):
        match leaf:
            case ElementRef(key):
                yield key
            case ClassRef(key):
                yield from grammar.members[key]
            case RelaxNg():
                yield from _named_in(grammar, leaf)
            case _:
                pass


def _named_in(grammar: Grammar, part: RelaxNg) -> Iterator[str]:
    """The elements that a model in RELAX NG leads to."""
    for name in relaxng_names(part):
        key = name if name in grammar.members else name.rpartition("_")[0]
        if name in grammar.elements:
            yield name
        elif key in grammar.members:
            yield from grammar.members[key]
        elif name in grammar.macros:
            yield from _names(grammar, tuple(_without_macros(grammar, grammar.macros[name])))


def children_of(grammar: Grammar, element: Element) -> tuple[str, ...]:
    """The elements that may stand in one, by name."""
    return tuple(sorted(set(_names(grammar, tuple(_without_macros(grammar, element.content))))))


def has_text(grammar: Grammar, element: Element) -> bool:
    """Whether text may stand in it."""
    leaves = _leaves(tuple(_without_macros(grammar, element.content)))
    return any(isinstance(leaf, TextNode | DataRef | Values) for leaf in leaves)
