"""A Schematron schema becomes XSLT 3.0 stylesheets that write down which tests failed, and where.

Each pattern is a mode, each rule a template in it; an earlier rule has the higher priority,
since a node is judged by the first rule of a pattern that fits it (ISO/IEC 19757-3, 6.5).
A test that cannot be tried, because it divides by zero or asks the network, is written down, too, and stops no other.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from teiwright.checking.schematron.reading import SCH, XSL, XSL_NAMESPACE, place_of, refuse_at
from teiwright.checking.schematron.selecting import Patterns, active

_OLD_BINDINGS = frozenset({"xslt", "xslt1", "xpath"})
"""XPath 1.0, which Saxon follows in its backwards compatible behaviour (XSLT 3.0, 3.9)."""
_BINDINGS = _OLD_BINDINGS | {"xslt2", "xslt3", "xpath2", "xpath3", "xpath31"}
_COPIED = frozenset({f"{XSL}key", f"{XSL}function"})
_FORBIDDEN = frozenset(
    f"{XSL}{name}" for name in ("result-document", "evaluate", "source-document", "include", "import", "import-schema")
)
_WHOLE_TREE = re.compile(r"@|(?:attribute|text|node|comment|processing-instruction|namespace-node)\s*(?:\(|::)")
_PLACE = "{urn:teiwright:schematron}"
_WRITE_OUT = "write it out, or use another validator"


def compile_schematron(path: Path, schema: etree._Element, phase: str) -> list[str]:
    """The stylesheets, as text. Raises ``TeiwrightError`` for what this compiler does not know.

    Most schemas need one. Variables of patterns are global, so that contexts can use them;
    patterns that use one name for two things go into different stylesheets.
    """
    _refuse_unknown(path, schema)
    patterns = active(path, schema, phase)
    groups: list[tuple[set[str], list[etree._Element]]] = []
    for pattern in patterns.patterns:
        names = {str(let.get("name")) for let in pattern.iterfind(f"{SCH}let")}
        group = next((found for taken, found in groups if names.isdisjoint(taken)), None)
        if group is None:
            group = []
            groups.append((set(), group))
        group.append(pattern)
        next(taken for taken, found in groups if found is group).update(names)
    return [_Compiler(path, schema, patterns).stylesheet(group) for _, group in groups]


def _refuse_unknown(path: Path, schema: etree._Element) -> None:
    binding = schema.get("queryBinding", "xslt").lower()
    if binding not in _BINDINGS:
        hint = "write `xslt3` if the rules are XPath"
        refuse_at(path, schema, f"the query binding `{binding}` is not known, expected `xslt3` or `xslt2`", hint)
    for element in schema.iter():
        if element.tag in _FORBIDDEN:
            refuse_at(path, element, "the schema reads or writes files, which is not allowed", _WRITE_OUT)
        if element.tag == f"{SCH}pattern" and element.get("documents") is not None:
            hint = "check those documents by themselves"
            refuse_at(path, element, "a pattern judges other documents (@documents), which is not supported", hint)


class _Compiler:
    """Compiles one group of patterns."""

    def __init__(self, path: Path, schema: etree._Element, patterns: Patterns) -> None:
        self._path = path
        self._schema = schema
        self._lets = patterns.lets
        self._abstract = {rule.get("id"): rule for rule in schema.iter(f"{SCH}rule") if rule.get("abstract") == "true"}
        self._diagnostics = {found.get("id"): found for found in schema.iter(f"{SCH}diagnostic")}
        self._properties = {found.get("id"): found for found in schema.iter(f"{SCH}property")}
        is_old = schema.get("queryBinding", "xslt").lower() in _OLD_BINDINGS
        self._version = {"version": "1.0"} if is_old else {}

    def stylesheet(self, patterns: list[etree._Element]) -> str:
        namespaces = {str(ns.get("prefix")): str(ns.get("uri")) for ns in self._schema.iter(f"{SCH}ns")}
        root = etree.Element(f"{XSL}stylesheet", nsmap={"xsl": XSL_NAMESPACE, **namespaces})
        root.set("version", "3.0")
        root.set("exclude-result-prefixes", "#all")
        self._copied(root)
        for let in self._lets:
            self._let(root, let)
        main = _written(_add(root, "template", match="/"), "findings")
        for number, pattern in enumerate(patterns):
            mode = f"p{number}"
            contexts = " ".join(rule.get("context", "") for rule in pattern.iterfind(f"{SCH}rule"))
            nodes = ". | .//node() | .//@*" if _WHOLE_TREE.search(contexts) else ". | .//*"
            _add(main, "apply-templates", select=nodes, mode=mode)
            _add(root, "mode", name=mode).set("on-no-match", "deep-skip")
            # which would go on to its children, by `deep-skip`, too
            _add(root, "template", match="document-node()", mode=mode, priority="0")
            self._pattern(root, pattern, mode)
        _on_lines_of_their_own(root)
        return etree.tostring(root, encoding="unicode")

    def _copied(self, root: etree._Element) -> None:
        """Keys and functions, wherever they stand, each once."""
        seen: set[bytes] = set()
        for element in self._schema.iter(*_COPIED):
            same = etree.tostring(element, method="c14n", with_tail=False)
            if same not in seen:
                seen.add(same)
                root.append(copy.deepcopy(element))

    def _pattern(self, root: etree._Element, pattern: etree._Element, mode: str) -> None:
        for let in pattern.iterfind(f"{SCH}let"):
            self._let(root, let)
        rules = [rule for rule in pattern.iterfind(f"{SCH}rule") if rule.get("abstract") != "true"]
        own = {rule.get("id"): rule for rule in pattern.iterfind(f"{SCH}rule") if rule.get("abstract") == "true"}
        for number, rule in enumerate(rules):
            template = _add(root, "template", match=self._needed(rule, "context"), mode=mode, **self._version)
            self._made_of(template, rule)
            template.set("priority", str(len(rules) - number))
            _written(template, "fired")
            for part in self._parts(rule, self._abstract | own, ()):
                if part.tag == f"{SCH}let":
                    self._let(template, part)
                else:
                    self._test(template, part, (part, rule, pattern), pattern.get("id") or mode)

    def _parts(
        self, rule: etree._Element, abstract: Mapping[str | None, etree._Element], above: tuple[str, ...]
    ) -> Iterator[etree._Element]:
        """Lets and tests of a rule, those of abstract rules in the place where they are named."""
        for part in rule:
            if part.tag in {f"{SCH}let", f"{SCH}assert", f"{SCH}report"}:
                yield part
            elif part.tag == f"{SCH}extends":
                name = str(part.get("rule"))
                if name in above or name not in abstract:
                    refuse_at(self._path, part, f"there is no abstract rule `{name}`, or it extends itself", None)
                yield from self._parts(abstract[name], abstract, (*above, name))

    def _let(self, parent: etree._Element, let: etree._Element) -> None:
        variable = _add(parent, "variable", name=self._needed(let, "name"), **self._version)
        self._made_of(variable, let)
        if let.get("as") is not None:
            variable.set("as", str(let.get("as")))
        if let.get("value") is not None:
            variable.set("select", str(let.get("value")))
        else:
            variable.extend(copy.deepcopy(child) for child in let)

    def _test(
        self, template: etree._Element, part: etree._Element, around: tuple[etree._Element, ...], pattern: str
    ) -> None:
        test = self._needed(part, "test")
        rule, role, subject = _literal(part.get("id") or pattern), _nearest(around, "role"), _nearest(around, "subject")
        tried = _add(template, "try", **{"rollback-output": "yes"})
        choice = _add(tried, "choose", **self._version)
        condition = _add(choice, "when", test=test)
        self._made_of(condition, part)
        is_report = part.tag == f"{SCH}report"
        failed = _written(condition if is_report else _add(choice, "otherwise"), "broken")
        failed.set("rule", rule)
        failed.set("role", _literal(role or ""))
        failed.set("at", f"{{path((({subject}), .)[1])}}" if subject else "{path(.)}")
        self._message(failed, "message", part)
        for name in (part.get("diagnostics") or "").split():
            self._message(failed, "hint", self._named(part, self._diagnostics, name, "diagnostic"))
        for name in (part.get("properties") or "").split():
            found = self._named(part, self._properties, name, "property")
            self._message(failed, "hint", found, f"{name}: ")
        caught = _written(_add(tried, "catch", errors="*"), "failed")
        caught.set("rule", rule)
        caught.set("at", "{path(.)}")
        _add(caught, "value-of", select="$Q{http://www.w3.org/2005/xqt-errors}description")

    def _named(
        self, part: etree._Element, known: Mapping[str | None, etree._Element], name: str, what: str
    ) -> etree._Element:
        if name not in known:
            refuse_at(self._path, part, f"there is no {what} `{name}`", "correct the reference")
        return known[name]

    def _message(self, parent: etree._Element, tag: str, words: etree._Element, before: str = "") -> None:
        said = _written(parent, tag)
        _text(said, before)
        self._words(said, words)

    def _words(self, parent: etree._Element, message: etree._Element) -> None:
        _text(parent, message.text)
        for child in message:
            local = str(child.tag).removeprefix(SCH)
            if local == "value-of":
                said = _add(parent, "value-of", select=self._needed(child, "select"), **self._version)
                self._made_of(said, child)
            elif local == "name":
                said = _add(parent, "value-of", select=f"name({child.get('path', '.')})", **self._version)
                self._made_of(said, child)
            elif str(child.tag).startswith(XSL):
                parent.append(_without_tail(child))
            else:
                self._words(parent, child)
            _text(parent, child.tail)

    def _made_of(self, made: etree._Element, source: etree._Element) -> None:
        """Write down where an expression comes from, for ``mistakes.py``."""
        file, line = place_of(self._path, source)
        made.set(f"{_PLACE}file", str(file))
        made.set(f"{_PLACE}line", str(line))

    def _needed(self, element: etree._Element, name: str) -> str:
        value = element.get(name)
        if value is None:
            refuse_at(self._path, element, f"`{str(element.tag).rpartition('}')[2]}` has no @{name}", _WRITE_OUT)
        return str(value)


def _on_lines_of_their_own(root: etree._Element) -> None:
    """Those elements that hold an expression, since Saxon tells lines. White space alone means nothing in XSLT."""
    for element in root.iter(f"{XSL}*"):
        if element.get(f"{_PLACE}line") is not None:
            before, parent = element.getprevious(), element.getparent()
            if before is not None and not before.tail:
                before.tail = "\n"
            elif before is None and parent is not None and not parent.text:
                parent.text = "\n"


def origin(stylesheet: str, line: int) -> tuple[Path, int, str] | None:
    """The file and line of the schema, and the expression, that stand in this line of a stylesheet."""
    made: etree._Element | None = None
    for element in etree.fromstring(stylesheet).iter(f"{XSL}*"):
        if element.get(f"{_PLACE}line") is not None and _line(element) <= line:
            made = element
    if made is None:
        return None
    expression = next((made.get(name) for name in ("match", "test", "select") if made.get(name)), "")
    return Path(made.get(f"{_PLACE}file", "")), int(made.get(f"{_PLACE}line", "0")), str(expression)


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _nearest(around: tuple[etree._Element, ...], name: str) -> str | None:
    """An attribute of a test, else of its rule, else of its pattern."""
    return next((str(value) for element in around if (value := element.get(name)) is not None), None)


def _without_tail(element: etree._Element) -> etree._Element:
    made = copy.deepcopy(element)
    made.tail = None
    return made


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{XSL}{tag}", attributes)


def _written(parent: etree._Element, tag: str) -> etree._Element:
    """An element of the output."""
    return etree.SubElement(parent, tag)


def _text(parent: etree._Element, text: str | None) -> None:
    if text:
        _add(parent, "text").text = text


def _literal(text: str) -> str:
    """Text for an attribute of the output, where braces would begin an expression."""
    return text.replace("{", "{{").replace("}", "}}")
