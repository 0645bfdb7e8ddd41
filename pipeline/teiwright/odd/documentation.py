"""A schema's documentation: one web page that needs no script (USE, section "Generating Documentation").

Each element with its gloss, its content, its attributes and their values, where it may stand and what may stand in
it, its rules and examples; then classes, macros and datatypes, all linked.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from textwrap import dedent

from lxml import etree

from teiwright.odd.attributes import Choice, Given, Group, Unit, Whole
from teiwright.odd.bodies import children_of
from teiwright.odd.html import block, entry, link, listed, names, paragraph, text
from teiwright.odd.models_in_words import anchor, model, values
from teiwright.odd.resolving import Element, Grammar
from teiwright.odd.specification import (
    EXAMPLES_NAMESPACE,
    Attribute,
    ClassSpec,
    DataSpec,
    Example,
    MacroSpec,
    Rule,
    Specified,
)
from teiwright.odd.values import held

_STYLE = Path(__file__).with_name("documentation.css")
_EXAMPLES = f"{{{EXAMPLES_NAMESPACE}}}"


def documentation(grammar: Grammar) -> bytes:
    """The page."""
    return _Page(grammar).page().encode()


class _Page:
    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._may_contain = {e.ident: children_of(grammar, e) for e in grammar.elements.values()}
        self._contained_by: dict[str, list[str]] = {ident: [] for ident in grammar.elements}
        for ident, children in self._may_contain.items():
            for child in children:
                self._contained_by[child].append(ident)
        self._members = self._attribute_members()

    def _attribute_members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {}
        for spec in (*self._grammar.odd.elements.values(), *self._grammar.odd.classes.values()):
            for member in spec.classes or ():
                members.setdefault(member.key, []).append(spec.ident)
        return members

    # -- the whole

    def page(self) -> str:
        grammar = self._grammar
        odd = grammar.odd
        parts = [
            ("elements", "Elements", [(e.name, anchor("element", e.ident)) for e in self._elements()]),
            ("classes", "Classes", [(key, anchor("class", key)) for key in sorted(odd.classes)]),
            ("macros", "Macros", [(key, anchor("macro", key)) for key in sorted(grammar.macros)]),
            ("datatypes", "Datatypes", [(key, anchor("datatype", key)) for key in sorted(grammar.datatypes)]),
        ]
        bodies = {
            "elements": (self._element(element) for element in self._elements()),
            "classes": (self._class(odd.classes[key]) for key in sorted(odd.classes)),
            "macros": (self._macro(odd.macros[key]) for key in sorted(grammar.macros)),
            "datatypes": (self._datatype(grammar.datatypes[key]) for key in sorted(grammar.datatypes)),
        }
        kept = [(ident, title, found) for ident, title, found in parts if found]
        contents = "\n".join(_contents(title, found) for _, title, found in kept)
        sections = "\n".join(
            f'<section id="{ident}" aria-labelledby="{ident}-title">\n<h2 id="{ident}-title">{title}</h2>\n'
            f"{''.join(bodies[ident])}</section>"
            for ident, title, _ in kept
        )
        rules = self._rules(odd.rules)
        if rules:
            head = '<section id="rules" aria-labelledby="rules-title">\n<h2 id="rules-title">Rules</h2>'
            sections += f"\n{head}\n{rules}</section>"
        return _whole(odd.ident, self._about(), contents, sections)

    def _elements(self) -> list[Element]:
        return sorted(self._grammar.elements.values(), key=lambda element: (element.name.lower(), element.name))

    def _about(self) -> str:
        start = ", ".join(
            link(anchor("element", key), self._grammar.elements[key].name) for key in self._grammar.odd.start
        )
        title = paragraph(self._grammar.odd.title)
        namespace = escape(self._grammar.odd.namespace) or "none"
        return f"{title}<p>Documents begin with {start}. Namespace: <code>{namespace}</code>.</p>"

    # -- sections

    def _section(self, kind: str, name: str, spec: Specified, entries: Iterable[str], *, tag: bool = False) -> str:
        ident = escape(anchor(kind, spec.ident))
        shown = f"&lt;{escape(name)}&gt;" if tag else escape(name)
        gloss = f' <span class="kind">{text(spec.gloss)}</span>' if spec.gloss and spec.gloss != name else ""
        examples = [block(found) for example in spec.examples if (found := _example(example))]
        all_entries = [
            *entries,
            entry("Remarks", paragraph(spec.remarks)),
            entry("Rules", self._rules(spec.rules)),
            entry("Examples" if len(examples) > 1 else "Example", *examples),
        ]
        return (
            f'<section aria-labelledby="{ident}">\n<h3 id="{ident}"><code>{shown}</code>{gloss}</h3>\n'
            f"{paragraph(spec.desc)}{listed(all_entries)}</section>\n"
        )

    def _element(self, element: Element) -> str:
        spec = element.spec
        namespace = f"<code>{escape(spec.namespace)}</code>" if spec.namespace is not None else ""
        classes = [m.key for m in spec.classes or () if m.key in self._grammar.odd.classes]
        entries = [
            entry("Namespace", namespace),
            entry("Content", model(self._grammar, element.content)),
            entry("Attributes", *self._attributes(element.units)),
            entry("Member of", self._links("class", classes)),
            entry("Contained by", self._links("element", self._contained_by[element.ident])),
            entry("May contain", self._links("element", self._may_contain[element.ident])),
        ]
        return self._section("element", element.name, spec, entries, tag=True)

    def _class(self, spec: ClassSpec) -> str:
        grammar = self._grammar
        units = grammar.attribute_classes.get(spec.ident, ())
        classes = [m.key for m in spec.classes or () if m.key in grammar.odd.classes]
        members = grammar.direct.get(spec.ident) or tuple(self._members.get(spec.ident, ()))
        linked = [self._link("element" if key in grammar.elements else "class", key) for key in sorted(members)]
        entries = [
            entry("Attributes", *self._attributes(units, inside=spec.ident)),
            entry("Member of", self._links("class", classes)),
            entry("Members", names(linked) if linked else "none"),
        ]
        return self._section("class", spec.ident, spec, entries)

    def _macro(self, spec: MacroSpec) -> str:
        entries = [entry("Content", model(self._grammar, self._grammar.macros[spec.ident]))]
        return self._section("macro", spec.ident, spec, entries)

    def _datatype(self, spec: DataSpec) -> str:
        return self._section("datatype", spec.ident, spec, [entry("Content", model(self._grammar, spec.content or ()))])

    # -- parts of them

    def _link(self, kind: str, ident: str) -> str:
        return link(anchor(kind, ident), self._grammar.elements[ident].name if kind == "element" else ident)

    def _links(self, kind: str, idents: Iterable[str]) -> str:
        found = [self._link(kind, ident) for ident in sorted(idents)]
        return names(found) if found else ""

    def _attributes(self, units: tuple[Unit, ...], inside: str | None = None) -> Iterator[str]:
        """Those of classes by name, the others with all that is said of them."""
        own = [given.attribute for given in _givens(units) if given.owner in {inside, None}]
        yield listed(self._attribute(attribute, inside) for attribute in own)
        for given in _givens(units):
            if given.owner not in {inside, None}:
                yield f"{self._named(str(given.owner), given.attribute)} of {self._link('class', str(given.owner))}"
        for owner in _wholes(units):
            found = [self._named(owner, given.attribute) for given in _givens_of(self._grammar, owner)]
            yield f"all of {self._link('class', owner)}{': ' + names(found) if found else ''}"
        for choice in (unit for unit in units if isinstance(unit, Choice)):
            among = ", ".join(f"<code>@{escape(g.attribute.ident)}</code>" for g in _givens((choice,)))
            yield f"only one of {among}"

    def _named(self, owner: str, attribute: Attribute) -> str:
        return link(f"{anchor('class', owner)}-{attribute.ident.replace(':', '')}", f"@{attribute.ident}")

    def _attribute(self, attribute: Attribute, inside: str | None) -> str:
        ident = f' id="{escape(anchor("class", inside))}-{escape(attribute.ident.replace(":", ""))}"' if inside else ""
        said = {"req": "required", "mwa": "where it applies", "rec": "recommended"}.get(attribute.usage or "")
        use = f' <span class="kind">{said}</span>' if said else ""
        gloss = f" ({text(attribute.gloss)})" if attribute.gloss else ""
        head = f"<code{ident}>@{escape(attribute.name or attribute.ident)}</code>{gloss}{use}"
        listed_values = attribute.values.items if attribute.values else ()
        kind = attribute.values.kind if attribute.values else ""
        what = {"closed": "One of", "semi": "Suggested"}.get(kind or "", "For example")
        items = listed(
            entry(f"<code>{escape(i.ident) or '(empty)'}</code>", text(i.desc) or "–") for i in listed_values
        )
        default = f"<p>Otherwise <code>{escape(attribute.default)}</code>.</p>" if attribute.default else ""
        value = f"<p>{what}:</p>{items}" if items else f"<p>{values(held(attribute))}</p>"
        if items and kind != "closed":
            value += f"<p>{values(held(attribute))}</p>"
        return entry(head, f"{paragraph(attribute.desc)}{value}{default}{self._rules(attribute.rules)}")

    def _rules(self, rules: Iterable[Rule]) -> str:
        return "".join(f"{paragraph(rule.desc)}{block(_tidy(rule.xml))}" for rule in rules if rule.xml)


def _givens(units: Iterable[Unit]) -> Iterator[Given]:
    for unit in units:
        match unit:
            case Given():
                yield unit
            case Choice(parts) | Group(parts):
                yield from _givens(parts)
            case Whole():
                pass


def _wholes(units: Iterable[Unit]) -> Iterator[str]:
    return (unit.owner for unit in units if isinstance(unit, Whole))


def _givens_of(grammar: Grammar, owner: str) -> Iterator[Given]:
    """All attributes of a class, those of the classes above it with them, that it gives itself."""
    return (given for given in _givens(grammar.attribute_classes[owner]) if given.owner == owner)


def _example(example: Example) -> str:
    """The text of an example, without the namespace that marks it as one."""
    shown = [_shown(found) for found in example.origin.element.iter(f"{_EXAMPLES}egXML")]
    return "\n".join(part for part in shown if part)


def _shown(element: etree._Element) -> str:
    alone = copy.deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    inside = etree.tostring(alone, encoding="unicode").partition(">")[2].rpartition("</")[0]
    return _tidy(inside.replace(f' xmlns="{EXAMPLES_NAMESPACE}"', ""))


def _tidy(xml: str) -> str:
    plain = re.sub(r' xmlns(:(sch|rng|tei))?="[^"]*"', "", xml).expandtabs(4)
    return dedent("\n".join(line.rstrip() for line in plain.strip("\n").splitlines())).strip()


def _contents(title: str, found: list[tuple[str, str]]) -> str:
    inside = "".join(f"<li>{link(target, name)}</li>" for name, target in found)
    return f'<details><summary>{title} ({len(found)})</summary><ul class="names">{inside}</ul></details>'


def _whole(ident: str, about: str, contents: str, sections: str) -> str:
    name = escape(ident)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The schema {name}</title>
<style>
{_STYLE.read_text("utf-8")}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>The schema {name}</h1>
{about}
</header>
<nav aria-label="Contents">
{contents}
</nav>
<main id="content">
{sections}
</main>
</body>
</html>
"""
