"""A Schematron schema becomes an XSLT 3.0 stylesheet that writes down which tests failed, and where.

Each pattern is a mode, each rule a template in it; an earlier rule has the higher priority,
since a node is judged by the first rule of a pattern that fits it (ISO/IEC 19757-3, 6.5).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from teiwright.checking.schema import refuse

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL_NAMESPACE = "http://www.w3.org/1999/XSL/Transform"
_XSL = f"{{{_XSL_NAMESPACE}}}"
_BINDINGS = frozenset({"xslt", "xslt2", "xslt3", "xpath", "xpath2", "xpath3", "xpath31"})
_COPIED = frozenset({f"{_XSL}key", f"{_XSL}function"})
_WRITES = frozenset({f"{_XSL}result-document", f"{_XSL}evaluate", f"{_XSL}source-document"})


def compile_schematron(path: Path) -> str:
    """The stylesheet, as text. Raises ``TeiwrightError`` for what this compiler does not know."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, collect_ids=False, remove_comments=True, remove_pis=True
    )
    return _Compiler(path, etree.parse(path, parser).getroot()).stylesheet()


class _Compiler:
    """Compiles one schema."""

    def __init__(self, path: Path, schema: etree._Element) -> None:
        self._path = path
        self._schema = schema
        self._abstract = {rule.get("id"): rule for rule in schema.iter(f"{_SCH}rule") if rule.get("abstract") == "true"}
        self._diagnostics = {found.get("id"): found for found in schema.iter(f"{_SCH}diagnostic")}

    def stylesheet(self) -> str:
        self._refuse_unknown()
        namespaces = {str(ns.get("prefix")): str(ns.get("uri")) for ns in self._schema.iterfind(f"{_SCH}ns")}
        root = etree.Element(f"{_XSL}stylesheet", nsmap={"xsl": _XSL_NAMESPACE, **namespaces})
        root.set("version", "3.0")
        root.set("exclude-result-prefixes", "#all")
        for child in self._schema:
            if child.tag in _COPIED:
                root.append(copy.deepcopy(child))
            elif child.tag == f"{_SCH}let":
                self._let(root, child)
        patterns = list(self._patterns())
        main = _add(_add(root, "template", match="/"), "findings", literal=True)
        for number, pattern in enumerate(patterns):
            _add(main, "apply-templates", select=".", mode=f"p{number}")
            _add(root, "mode", name=f"p{number}").set("on-no-match", "shallow-skip")
            self._pattern(root, pattern, f"p{number}")
        return etree.tostring(root, encoding="unicode")

    def _refuse(self, element: etree._Element, message: str) -> None:
        line: object = element.sourceline
        refuse(
            self._path,
            line if isinstance(line, int) else 0,
            message,
            "write it out, or use another validator",
        )

    def _refuse_unknown(self) -> None:
        binding = self._schema.get("queryBinding", "xslt").lower()
        if binding not in _BINDINGS:
            self._refuse(self._schema, f"the query binding `{binding}` is not known, expected `xslt3` or `xslt2`")
        for element in self._schema.iter():
            if element.tag in {f"{_SCH}include", f"{_SCH}extends"} and element.get("rule") is None:
                self._refuse(element, "the schema includes other files, which is not supported")
            if element.tag in _WRITES:
                self._refuse(element, "the schema reads or writes files, which is not allowed")

    # -- patterns

    def _patterns(self) -> Iterator[etree._Element]:
        found = list(self._schema.iter(f"{_SCH}pattern"))
        abstract = {pattern.get("id"): pattern for pattern in found if pattern.get("abstract") == "true"}
        for pattern in found:
            name = pattern.get("is-a")
            if pattern.get("abstract") == "true":
                continue
            if name is None:
                yield pattern
            elif name not in abstract:
                self._refuse(pattern, f"there is no abstract pattern `{name}`")
            else:
                values = {str(p.get("name")): str(p.get("value")) for p in pattern.iterfind(f"{_SCH}param")}
                yield _instance(abstract[name], pattern.get("id"), values)

    def _pattern(self, root: etree._Element, pattern: etree._Element, mode: str) -> None:
        for let in pattern.iterfind(f"{_SCH}let"):
            self._let(root, let)
        rules = [rule for rule in pattern.iterfind(f"{_SCH}rule") if rule.get("abstract") != "true"]
        for number, rule in enumerate(rules):
            template = _add(root, "template", match=self._needed(rule, "context"), mode=mode)
            template.set("priority", str(len(rules) - number))
            _add(template, "fired", literal=True)
            for part in self._parts(rule, ()):
                if part.tag == f"{_SCH}let":
                    self._let(template, part)
                else:
                    self._test(template, part, pattern.get("id") or mode)
            _add(template, "apply-templates", select="@* | node()", mode=mode)

    def _parts(self, rule: etree._Element, above: tuple[str, ...]) -> Iterator[etree._Element]:
        """Lets and tests of a rule, those of abstract rules in the place where they are named."""
        for part in rule:
            if part.tag in {f"{_SCH}let", f"{_SCH}assert", f"{_SCH}report"}:
                yield part
            elif part.tag == f"{_SCH}extends":
                name = str(part.get("rule"))
                if name in above or name not in self._abstract:
                    self._refuse(part, f"there is no abstract rule `{name}`, or it extends itself")
                yield from self._parts(self._abstract[name], (*above, name))

    def _let(self, parent: etree._Element, let: etree._Element) -> None:
        variable = _add(parent, "variable", name=self._needed(let, "name"))
        if let.get("value") is not None:
            variable.set("select", str(let.get("value")))
        else:
            variable.extend(copy.deepcopy(child) for child in let)

    def _test(self, template: etree._Element, part: etree._Element, pattern: str) -> None:
        test = self._needed(part, "test")
        condition = test if part.tag == f"{_SCH}report" else f"not({test})"
        failed = _add(_add(template, "if", test=condition), "broken", literal=True)
        failed.set("rule", _literal(part.get("id") or pattern))
        failed.set("role", _literal(part.get("role") or ""))
        failed.set("at", "{path(.)}")
        _add(failed, "variable", name="teiwright-message")
        self._words(failed[-1], part)
        _add(failed, "value-of", select="normalize-space($teiwright-message)")
        for name in (part.get("diagnostics") or "").split():
            hint = _add(failed, "hint", literal=True)
            if name not in self._diagnostics:
                self._refuse(part, f"there is no diagnostic `{name}`")
            self._words(hint, self._diagnostics[name])

    def _words(self, parent: etree._Element, message: etree._Element) -> None:
        _text(parent, message.text)
        for child in message:
            local = str(child.tag).removeprefix(_SCH)
            if local == "value-of":
                _add(parent, "value-of", select=self._needed(child, "select"))
            elif local == "name":
                _add(parent, "value-of", select=f"name({child.get('path', '.')})")
            else:
                self._words(parent, child)
            _text(parent, child.tail)

    def _needed(self, element: etree._Element, name: str) -> str:
        value = element.get(name)
        if value is None:
            self._refuse(element, f"`{str(element.tag).rpartition('}')[2]}` has no @{name}")
        return str(value)


def _instance(pattern: etree._Element, ident: str | None, values: Mapping[str, str]) -> etree._Element:
    """An abstract pattern with its parameters replaced; longest name first, so that none hides another."""
    made = copy.deepcopy(pattern)
    made.set("id", ident or str(pattern.get("id")))
    names = sorted(values, key=len, reverse=True)
    if names:
        parameter = re.compile(r"\$(" + "|".join(map(re.escape, names)) + r")(?![\w.-])")
        for element in made.iter():
            for name, value in element.attrib.items():
                element.set(name, parameter.sub(lambda found: values[found[1]], str(value)))
    return made


def _add(parent: etree._Element, tag: str, /, *, literal: bool = False, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, tag if literal else f"{_XSL}{tag}", attributes)


def _text(parent: etree._Element, text: str | None) -> None:
    if text:
        _add(parent, "text").text = text


def _literal(text: str) -> str:
    """Text for an attribute of the output, where braces would begin an expression."""
    return text.replace("{", "{{").replace("}", "}}")
