"""Grammars: which definitions stand under a name, whatever file they come from (RELAX NG, 4.6, 4.7, 4.17, 4.18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from teiwright.relaxng.errors import SchemaError
from teiwright.relaxng.form import check_form
from teiwright.relaxng.syntax import read
from teiwright.relaxng.tree import Node, target

START = ""
"""Under this name ``start`` is kept: no definition can be called so."""
_MOST_FILES = 500


@dataclass(slots=True)
class Definition:
    """All that is said under one name, and how it goes together."""

    nodes: list[Node] = field(default_factory=list)
    combine: str = ""
    single: Node | None = None

    def add(self, node: Node) -> None:
        """One more; all but one must say how they combine, and the same."""
        combine = node.attributes.get("combine", "")
        if not combine:
            if self.single is not None:
                raise node.refuse(f"{_called(node)} is defined twice without combine")
            self.single = node
        elif self.combine not in {"", combine}:
            raise node.refuse(f"{_called(node)} is combined in two ways")
        self.combine = combine or self.combine
        self.nodes.append(node)


@dataclass(slots=True, eq=False)
class Grammar:
    """Definitions by name; ``parent`` is the grammar around this one."""

    node: Node
    parent: Grammar | None
    definitions: dict[str, Definition] = field(default_factory=dict)


def _called(node: Node) -> str:
    return f"`{node.attributes.get('name', 'start')}`"


class Files:
    """The files of a schema. One that includes itself is refused, and one outside of these folders.

    A schema may come from a stranger: what it includes lies beside it, or where the user allows it.
    """

    def __init__(self, allowed: Iterable[Path]) -> None:
        self._allowed = tuple(path.resolve() for path in allowed)
        self._open: list[Path] = []
        self._count = 0
        self.read: list[Path] = []
        self.annotations: set[str] = set()

    def enter(self, path: Path, namespace: str, asked: Node | None = None) -> Node:
        """Read a file, until ``leave``."""
        real = path.resolve()
        self._count += 1
        if real in self._open or self._count > _MOST_FILES:
            again = "the schema includes itself" if real in self._open else "the schema has too many files"
            raise asked.refuse(again) if asked else SchemaError(path, 0, again)
        if asked is not None and not any(real.is_relative_to(folder) for folder in self._allowed):
            href = asked.attributes["href"][:80]
            raise asked.refuse(f"`{href}` lies outside the folder of the schema, and is not read")
        try:
            root = read(path, namespace, self.annotations)
        except SchemaError as error:
            if asked is None or error.line:
                raise
            raise asked.refuse(f"`{asked.attributes['href'][:80]}` cannot be used: {error.message}") from error
        check_form(root)
        self._open.append(real)
        self.read.append(real)
        return root

    def leave(self) -> None:
        """Done with the file entered last."""
        self._open.pop()


def grammar_of(node: Node, parent: Grammar | None, files: Files) -> Grammar:
    """The grammar that a ``grammar`` element is."""
    grammar = Grammar(node, parent)
    for definition in _definitions(node, files):
        grammar.definitions.setdefault(_name_of(definition), Definition()).add(definition)
    if START not in grammar.definitions:
        raise node.refuse("the grammar has no start")
    return grammar


def _name_of(node: Node) -> str:
    return START if node.tag == "start" else node.attributes["name"]


def _definitions(node: Node, files: Files) -> Iterator[Node]:
    for child in node.children:
        match child.tag:
            case "define" | "start":
                yield child
            case "div":
                yield from _definitions(child, files)
            case _:
                yield from _included(child, files)


def _included(node: Node, files: Files) -> Iterator[Node]:
    """What an included grammar defines, but for what the include defines anew."""
    root = files.enter(target(node), node.namespace, node)
    try:
        if root.tag != "grammar":
            raise node.refuse(f"the included file is no grammar but `{root.tag}`")
        own = list(_definitions(node, files))
        replaced = {_name_of(definition) for definition in own}
        found: set[str] = set()
        for definition in _definitions(root, files):
            name = _name_of(definition)
            found.add(name)
            if name not in replaced:
                yield definition
        if missing := sorted(replaced - found):
            what = f"`{missing[0]}`" if missing[0] else "a start"
            raise node.refuse(f"the include replaces {what}, which the included grammar does not have")
        yield from own
    finally:
        files.leave()
