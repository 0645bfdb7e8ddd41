"""From the tree of a schema to patterns: what the elements of RELAX NG mean (chapter 4 of the specification)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from teiwright.relaxng.datatypes import BUILT_IN, LIBRARIES, BadFacetError, Datatype, facets_of, find
from teiwright.relaxng.errors import SchemaError
from teiwright.relaxng.grammars import START, Files, Grammar, grammar_of
from teiwright.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName, full, listed_in
from teiwright.relaxng.patterns import Element, Pattern, Pool
from teiwright.relaxng.tree import Node, target

_XMLNS = "http://www.w3.org/2000/xmlns"


class Builder:
    """Makes each definition once; a definition that contains itself outside an element is refused (4.19)."""

    def __init__(self, pool: Pool, files: Files) -> None:
        self._pool = pool
        self._files = files
        self._defined: dict[tuple[Grammar, str], Pattern] = {}
        self._running: set[tuple[Grammar, str]] = set()
        self._grammars: list[Grammar] = []
        self._elements: dict[tuple[Node, Grammar | None], Element] = {}
        self.elements: dict[Element, Node] = {}
        self._filled = 0
        self.documented: dict[str, str] = {}
        self.of_attributes: dict[str, set[str]] = {}

    def pattern(self, node: Node, grammar: Grammar | None) -> Pattern:
        """What one element of a schema means."""
        match node.tag:
            case "element":
                return self._element(node, grammar)
            case "attribute":
                return self._attribute(node, grammar)
            case "ref" | "parentRef":
                return self._ref(node, grammar)
            case "grammar":
                inner = grammar_of(node, grammar, self._files)
                self._grammars.append(inner)
                return self.definition(inner, START)
            case "externalRef":
                return self._external(node, grammar)
            case _:
                return self._composite(node, grammar)

    def _composite(self, node: Node, grammar: Grammar | None) -> Pattern:
        pool = self._pool
        match node.tag:
            case "group":
                return pool.group(self._children(node, grammar))
            case "interleave":
                return pool.interleave(self._children(node, grammar))
            case "mixed":
                return pool.interleave((pool.group(self._children(node, grammar)), pool.text))
            case "choice":
                return pool.choice(self._children(node, grammar))
            case "optional":
                return pool.optional(pool.group(self._children(node, grammar)))
            case "zeroOrMore":
                return pool.optional(pool.one_or_more(pool.group(self._children(node, grammar))))
            case "oneOrMore":
                return pool.one_or_more(pool.group(self._children(node, grammar)))
            case _:
                return self._simple(node, grammar)

    def _simple(self, node: Node, grammar: Grammar | None) -> Pattern:
        pool = self._pool
        match node.tag:
            case "text":
                return pool.text
            case "empty":
                return pool.empty
            case "notAllowed":
                return pool.not_allowed
            case "list":
                return pool.words(pool.group(self._children(node, grammar)))
            case "data":
                return self._data(node, grammar)
            case "value":
                return self._value(node)
            case _:
                raise node.refuse(f"`{node.tag}` is no pattern")

    def _children(self, node: Node, grammar: Grammar | None) -> list[Pattern]:
        return [self.pattern(child, grammar) for child in node.children]

    # -- definitions

    def fill(self) -> None:
        """Build what all elements hold; their number grows meanwhile."""
        while self._filled < len(self.elements):
            for element in list(self.elements)[self._filled :]:
                _ = element.content
                self._filled += 1

    def build_the_rest(self) -> None:
        """Build what nothing refers to: it must be right all the same (4.18)."""
        for grammar in self._grammars:
            for name in grammar.definitions:
                self.definition(grammar, name)
        self.fill()

    def definition(self, grammar: Grammar, name: str) -> Pattern:
        """What stands under a name."""
        key = (grammar, name)
        known = self._defined.get(key)
        if known is not None:
            return known
        definition = grammar.definitions[name]
        if key in self._running:
            raise definition.nodes[0].refuse(f"`{name}` contains itself, with no element between")
        self._running.add(key)
        parts = [self._pool.group(self._children(node, grammar)) for node in definition.nodes]
        self._running.discard(key)
        combined = self._pool.interleave(parts) if definition.combine == "interleave" else self._pool.choice(parts)
        self._defined[key] = combined
        return combined

    def _ref(self, node: Node, grammar: Grammar | None) -> Pattern:
        where = grammar.parent if grammar and node.tag == "parentRef" else grammar
        name = node.attributes.get("name", "")
        if where is None or not name:
            raise node.refuse(f"`{node.tag}` stands in no grammar, or has no name")
        if name not in where.definitions:
            raise node.refuse(f"`{name}` is referred to, but not defined")
        return self.definition(where, name)

    def _external(self, node: Node, grammar: Grammar | None) -> Pattern:
        root = self._files.enter(target(node), node.namespace, node)
        try:
            # a file on its own sees no definitions of the one that refers to it, but a parent grammar is lexical
            return self.pattern(root, grammar)
        finally:
            self._files.leave()

    # -- elements and attributes

    def _element(self, node: Node, grammar: Grammar | None) -> Pattern:
        key = (node, grammar)
        known = self._elements.get(key)
        if known is None:
            names, rest = self._names(node, node.namespace)
            build = partial(self._content, rest, grammar)
            known = self._pool.element(names, build, node.documentation)
            self._elements[key] = known
            self.elements[known] = node
            for name in listed_in(names):
                self.documented.setdefault(name, " ".join(node.documentation.split()))
        return known

    def _content(self, nodes: Iterable[Node], grammar: Grammar | None) -> Pattern:
        return self._pool.group([self.pattern(node, grammar) for node in nodes])

    def _attribute(self, node: Node, grammar: Grammar | None) -> Pattern:
        names, rest = self._names(node, node.attributes.get("ns", ""))
        if _declares_namespaces(names):
            raise node.refuse("an attribute of a schema cannot be `xmlns`, nor in its namespace")
        value = self.pattern(rest[0], grammar) if rest else self._pool.text
        if node.documentation:
            for name in listed_in(names):
                self.of_attributes.setdefault(name, set()).add(" ".join(node.documentation.split()))
        return self._pool.attribute(names, value)

    def _names(self, node: Node, namespace: str) -> tuple[NameClass, list[Node]]:
        written = node.attributes.get("name")
        if written is not None:
            return Name(_resolved(node, written, namespace)), node.children
        return _name_class(node.children[0]), node.children[1:]

    # -- data

    def _data(self, node: Node, grammar: Grammar | None) -> Pattern:
        datatype = _datatype(node, node.attributes.get("type", ""))
        params = [child for child in node.children if child.tag == "param"]
        others = [child for child in node.children if child.tag != "param"]
        try:
            facets = facets_of(datatype, ((param.attributes.get("name", ""), param.text) for param in params))
        except BadFacetError as error:
            raise node.refuse(str(error)) from error
        but = self._pool.choice(self._children(others[0], grammar)) if others else None
        return self._pool.data(datatype, facets, but)

    def _value(self, node: Node) -> Pattern:
        name = node.attributes.get("type")
        datatype = BUILT_IN["token"] if name is None else _datatype(node, name)
        prefixes = {**node.prefixes, "": node.namespace}
        value = datatype.value(node.text, prefixes)
        if value is None:
            raise node.refuse(f"`{node.text.strip()[:60]}` is no {datatype.name}")
        return self._pool.value(datatype, datatype.normal(node.text), value)


def _datatype(node: Node, name: str) -> Datatype:
    found = find(node.library, name)
    if found is None:
        library = f"the datatype library `{node.library[:80]}`"
        unknown = f"{library} is not known" if node.library not in LIBRARIES else f"the datatype `{name}` is not known"
        raise node.refuse(unknown)
    return found


def _resolved(node: Node, written: str, namespace: str) -> str:
    prefix, colon, plain = written.strip().rpartition(":")
    if not colon:
        return full(namespace, plain)
    if prefix not in node.prefixes:
        raise node.refuse(f"the prefix `{prefix[:40]}` is not declared")
    return full(node.prefixes[prefix], plain)


def _name_class(node: Node) -> NameClass:
    match node.tag:
        case "name":
            return Name(_resolved(node, node.text, node.namespace))
        case "choice":
            return NameChoice(tuple(_name_class(child) for child in node.children))
        case "anyName":
            return AnyName(_but(node, ("anyName",)))
        case _:
            return NsName(node.namespace, _but(node, ("anyName", "nsName")))


def _but(node: Node, forbidden: tuple[str, ...]) -> NameClass | None:
    """What is excepted; never as much as that from which it is taken (4.16)."""
    if not node.children:
        return None
    waiting = list(node.children[0].children)
    while waiting:
        here = waiting.pop()
        if here.tag in forbidden:
            raise here.refuse(f"`{here.tag}` stands in the except of `{node.tag}`")
        waiting += here.children
    return NameChoice(tuple(_name_class(child) for child in node.children[0].children))


def _declares_namespaces(names: NameClass) -> bool:
    match names:
        case Name(name):
            return name == "xmlns" or name.rpartition(" ")[0] == _XMLNS
        case NsName(namespace, but):
            return namespace == _XMLNS or (but is not None and _declares_namespaces(but))
        case NameChoice(items):
            return any(map(_declares_namespaces, items))
        case AnyName(but):
            return but is not None and _declares_namespaces(but)


@dataclass(frozen=True, slots=True)
class Built:
    """A schema as patterns: its start, all elements to which that leads.

    ``documented`` is what is said of elements by their names, and of attributes by theirs with an ``@`` before them;
    what is said of an attribute in different places is in lines of its own.
    """

    start: Pattern
    elements: Mapping[Element, Node]
    documented: Mapping[str, str]


def build(node: Node, pool: Pool, files: Files) -> Built:
    """Build all. Raises ``SchemaError``."""
    builder = Builder(pool, files)
    try:
        start = builder.pattern(node, None)
        builder.fill()
        elements = dict(builder.elements)
        builder.build_the_rest()
    except RecursionError as error:
        raise SchemaError(node.path, node.line, "its definitions refer to each other too deeply") from error
    attributes = {f"@{name}": "\n".join(sorted(said)) for name, said in builder.of_attributes.items()}
    return Built(start, elements, {**builder.documented, **attributes})
