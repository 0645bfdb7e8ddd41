"""Name classes (RELAX NG, 6.1), and names as expat gives them: namespace, one space, local part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Name:
    """Just one name."""

    name: str


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, except some."""

    but: NameClass | None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of one namespace, except some."""

    namespace: str
    but: NameClass | None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Any of several."""

    items: tuple[NameClass, ...]


NameClass = Name | AnyName | NsName | NameChoice


def full(namespace: str, local: str) -> str:
    """The name as expat writes it."""
    return f"{namespace} {local}" if namespace else local


def local(name: str) -> str:
    """The name without its namespace, ``xml:`` kept."""
    namespace, _, plain = name.rpartition(" ")
    return f"xml:{plain}" if namespace == XML else plain


def contains(names: NameClass, name: str) -> bool:
    """Whether a name belongs to a name class."""
    match names:
        case Name(known):
            return known == name
        case AnyName(but):
            return but is None or not contains(but, name)
        case NsName(namespace, but):
            return name.rpartition(" ")[0] == namespace and (but is None or not contains(but, name))
        case NameChoice(items):
            return any(contains(item, name) for item in items)


def listed_in(names: NameClass) -> Iterator[str]:
    """The names that a name class mentions one by one."""
    match names:
        case Name(known):
            yield known
        case NameChoice(items):
            for item in items:
                yield from listed_in(item)
        case AnyName() | NsName():
            return


def is_open(names: NameClass) -> bool:
    """Whether a name class has more names than can be listed."""
    match names:
        case Name():
            return False
        case NameChoice(items):
            return any(is_open(item) for item in items)
        case AnyName() | NsName():
            return True


def overlap(one: NameClass, other: NameClass) -> bool:
    """Whether a name belongs to both: one that they mention, or any of a namespace, or any at all."""
    if isinstance(one, Name):
        return contains(other, one.name)
    if isinstance(other, Name):
        return contains(one, other.name)
    mentioned = {*_mentioned(one), *_mentioned(other)}
    spaces = {name.rpartition(" ")[0] for name in mentioned}
    # no name of a schema has these characters, so none mentions them
    telling = (*mentioned, *(full(space, "\x00") for space in spaces), "\x00 \x00")
    return any(contains(one, name) and contains(other, name) for name in telling)


def _mentioned(names: NameClass) -> Iterator[str]:
    match names:
        case Name(known):
            yield known
        case NameChoice(items):
            for item in items:
                yield from _mentioned(item)
        case NsName(namespace, but):
            yield full(namespace, "\x00")
            if but is not None:
                yield from _mentioned(but)
        case AnyName(but):
            if but is not None:
                yield from _mentioned(but)
