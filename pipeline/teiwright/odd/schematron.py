"""The rules of an ODD as one Schematron schema (ISO/IEC 19757-3), query language XSLT 3.0.

TD, "Constraint Specification": a rule without a context of its own is about the element or the attribute that it
is specified for.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.attributes import AttributeResolver
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.serializing import serialized
from teiwright.odd.specification import (
    SCHEMATRON_NAMESPACE,
    TEI_NAMESPACE,
    XML_NAMESPACE,
    Attribute,
    ClassSpec,
    ElementSpec,
    Rule,
)

_SCH = f"{{{SCHEMATRON_NAMESPACE}}}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_TESTS = frozenset({f"{_SCH}assert", f"{_SCH}report"})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A rule, what it was specified for, and what that is in documents (XPath)."""

    rule: Rule
    owner: str
    contexts: tuple[str, ...]


def schematron(grammar: Grammar) -> bytes:
    """All rules that apply to something in the schema."""
    root = etree.Element(f"{_SCH}schema", nsmap={"sch": SCHEMATRON_NAMESPACE})
    root.set("queryBinding", "xslt3")
    etree.SubElement(root, f"{_SCH}title").text = f"Rules of {grammar.odd.ident}"
    namespaces, definitions, patterns = rules_of(grammar)
    root.extend([*namespaces, *definitions, *patterns])
    etree.cleanup_namespaces(root, top_nsmap={"sch": SCHEMATRON_NAMESPACE}, keep_ns_prefixes=["xsl"])
    return serialized(root, grammar.odd.path)


def rules_of(grammar: Grammar) -> tuple[list[etree._Element], list[etree._Element], list[etree._Element]]:
    """Declarations of namespaces, what else stands beside patterns, and the patterns."""
    return _Collector(grammar).parts()


class _Collector:
    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._uris = {"tei": TEI_NAMESPACE}
        self._names = _Names(grammar, self._uris)
        self._ids: set[str] = set()
        self._resolver = AttributeResolver(grammar.odd.classes)
        self._classes_above: dict[str, frozenset[str]] = {}

    def parts(self) -> tuple[list[etree._Element], list[etree._Element], list[etree._Element]]:
        definitions: list[etree._Element] = []
        patterns: list[etree._Element] = []
        for placed in self._placed():
            for part in self._pattern(placed):
                if part.tag in {f"{_SCH}let", f"{_XSL}key", f"{_XSL}function"}:
                    definitions.append(part)
                else:
                    patterns.append(part)
        namespaces = []
        for prefix, uri in self._uris.items():
            made = etree.Element(f"{_SCH}ns", nsmap={"sch": SCHEMATRON_NAMESPACE})
            made.set("prefix", prefix)
            made.set("uri", uri)
            namespaces.append(made)
        return namespaces, definitions, patterns

    def _placed(self) -> Iterator[_Placed]:
        grammar = self._grammar
        for spec in grammar.odd.specifications.values():
            contexts = self._contexts(spec) if isinstance(spec, ElementSpec | ClassSpec) and spec.rules else ()
            yield from (_Placed(rule, spec.ident, contexts) for rule in spec.rules)
        of_attributes: dict[int, tuple[Rule, Attribute, list[str]]] = {}
        for element in grammar.elements.values():
            for attribute in element.attributes:
                place = f"{self._names.element(element)}/{self._names.attribute(attribute)}"
                for rule in attribute.rules:
                    of_attributes.setdefault(id(rule), (rule, attribute, []))[2].append(place)
        for rule, attribute, places in of_attributes.values():
            yield _Placed(rule, attribute.ident.replace(":", ""), tuple(places))
        yield from (_Placed(rule, "", ()) for rule in grammar.odd.rules)

    def _contexts(self, spec: ElementSpec | ClassSpec) -> tuple[str, ...]:
        if isinstance(spec, ElementSpec):
            return (self._names.element(self._grammar.elements[spec.ident]),)
        found = [
            element
            for element in self._grammar.elements.values()
            if element.ident in self._grammar.members.get(spec.ident, ()) or spec.ident in self._above(element.spec)
        ]
        return tuple(map(self._names.element, found))

    def _above(self, spec: ElementSpec | ClassSpec) -> frozenset[str]:
        """The classes that something belongs to, those above them with them."""
        if spec.ident not in self._classes_above:
            found: set[str] = set()
            for key in self._resolver.sources(spec):
                found |= {key} | self._above(self._grammar.odd.classes[key])
            self._classes_above[spec.ident] = frozenset(found)
        return self._classes_above[spec.ident]

    def _pattern(self, placed: _Placed) -> Iterator[etree._Element]:
        """A pattern of the rule's own, and what must stand beside patterns."""
        holder = etree.fromstring(f'<holder xmlns:sch="{SCHEMATRON_NAMESPACE}">{placed.rule.xml}</holder>')
        inside: list[etree._Element] = []
        for part in holder:
            self._note_namespaces(part)
            if part.tag == f"{_SCH}ns":
                self._uris.setdefault(part.get("prefix", ""), part.get("uri", ""))
            elif part.tag == f"{_SCH}pattern":
                if part.get("id") in self._ids | {None}:
                    part.set("id", self._id(placed))
                self._ids.add(part.get("id", ""))
                yield _alone(part)
            elif part.tag in _TESTS or part.tag in {f"{_SCH}rule", f"{_SCH}extends"}:
                inside.append(_alone(part))
            else:
                yield _alone(part)
        if inside:
            yield self._made(placed, inside)

    def _made(self, placed: _Placed, inside: Iterable[etree._Element]) -> etree._Element:
        pattern = etree.Element(f"{_SCH}pattern", nsmap={"sch": SCHEMATRON_NAMESPACE})
        pattern.set("id", self._id(placed))
        if placed.rule.desc:
            etree.SubElement(pattern, f"{_SCH}title").text = placed.rule.desc
        for part in inside:
            if part.tag in _TESTS:
                last = pattern[-1] if len(pattern) else None
                if last is None or last.get("made-here") is None:
                    last = etree.SubElement(pattern, f"{_SCH}rule", context=self._context(placed))
                    last.set("made-here", "")
                last.append(part)
            else:
                pattern.append(part)
        for rule in pattern.iter(f"{_SCH}rule"):
            rule.attrib.pop("made-here", "")
        for part in pattern.iter(f"{_SCH}*"):
            part.tail = None if part.tail is None or not part.tail.strip() else part.tail
        return pattern

    def _context(self, placed: _Placed) -> str:
        if not placed.contexts:
            placed.rule.origin.refuse(
                Code.BROKEN_ODD,
                f"the rule `{placed.rule.ident}` does not say what it is about",
                "put its tests into a `sch:rule` with @context",
            )
        return " | ".join(placed.contexts)

    def _id(self, placed: _Placed) -> str:
        name = placed.rule.ident
        if name in self._ids and placed.owner:
            name = f"{placed.owner}-{name}"
        number, unique = 2, name
        while unique in self._ids:
            unique, number = f"{name}-{number}", number + 1
        self._ids.add(unique)
        return unique

    def _note_namespaces(self, part: etree._Element) -> None:
        """Prefixes that a rule's expressions may use are those in scope where it stands."""
        for prefix, uri in part.nsmap.items():
            if prefix and uri not in {SCHEMATRON_NAMESPACE, "http://www.w3.org/1999/XSL/Transform"}:
                self._uris.setdefault(prefix, uri)


class _Names:
    """Elements and attributes as XPath names them."""

    def __init__(self, grammar: Grammar, uris: dict[str, str]) -> None:
        self._grammar = grammar
        self._uris = uris

    def _prefixed(self, namespace: str, name: str) -> str:
        if not namespace:
            return name
        if namespace == XML_NAMESPACE:
            return f"xml:{name}"
        known = next((prefix for prefix, uri in self._uris.items() if uri == namespace), None)
        if known is None:
            known = f"n{len(self._uris)}"
            self._uris[known] = namespace
        return f"{known}:{name}"

    def element(self, element: Element) -> str:
        namespace = element.spec.namespace
        return self._prefixed(self._grammar.odd.namespace if namespace is None else namespace, element.name)

    def attribute(self, attribute: Attribute) -> str:
        name = (attribute.name or attribute.ident).rpartition(":")[2]
        return f"@{self._prefixed(attribute.namespace or '', name)}"


def _alone(part: etree._Element) -> etree._Element:
    made = copy.deepcopy(part)
    made.tail = None
    return made
