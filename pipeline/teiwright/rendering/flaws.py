"""What the stylesheets found, and what they cannot work on, as findings with file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import cast

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.tei import TEI, line_of

_DEEPEST = 250
"""Deeper than any document is, and far from what would exhaust the processor's stack."""

_NO_RULE = "no-rule"
_FLAWS = {
    _NO_RULE: (
        Code.ELEMENT_WITHOUT_RULE,
        "the view has no rule for `{}`{}; its text is shown as it stands",
        "use an element of the project's schema, or add a rule to the stylesheet",
    ),
    "dead-link": (
        Code.DEAD_LINK,
        "a reader cannot follow `{}`; its text is shown without a link",
        "point to an `http`, `https` or `mailto` address, or to an `xml:id` of this edition",
    ),
}


def not_tei(edition: Edition) -> Diagnostic | None:
    """A finding if the document is none that a view knows: ``TEI`` in its namespace (Guidelines, 4)."""
    root = edition.tree.getroot()
    if root.tag == f"{TEI}TEI":
        return None
    name = etree.QName(root)
    space = f"the namespace `{name.namespace}`" if name.namespace else "no namespace"
    message = f"the outermost element is `{name.localname}` in {space}, not `TEI` in `{TEI[1:-1]}`"
    hint = "render a TEI document, each `TEI` of a corpus as a file of its own"
    return Diagnostic(Code.NO_TEI_DOCUMENT, Location(str(edition.path), line_of(root)), message, hint)


def too_deep(edition: Edition) -> Diagnostic | None:
    """A finding if elements nest deeper than a transformation can safely follow."""
    found = cast("list[etree._Element]", _too_deep(edition.tree))
    if not found:
        return None
    where = Location(str(edition.path), line_of(found[0]))
    message = f"elements nest more than {_DEEPEST} deep"
    return Diagnostic(Code.NESTED_TOO_DEEP, where, message, "flatten the markup; no edition needs so many levels")


_too_deep = etree.XPath(f"({'/*' * (_DEEPEST + 1)})[1]")


def reported(messages: Iterable[str], edition: Edition) -> tuple[Diagnostic, ...]:
    """The findings among the messages of a stylesheet, each once; of an element without a rule the first place."""
    found = (_FINDING.fullmatch(message.strip()) for message in messages)
    told = dict.fromkeys(one.group(1, 2, 3) for one in found if one)
    without_rule = Counter(value for flaw, _, value in told if flaw == _NO_RULE)
    findings: dict[Diagnostic, None] = {}
    for flaw, path, value in told:
        times = without_rule.pop(value, 0) if flaw == _NO_RULE else 1
        if times:
            findings[_diagnostic(flaw, path, value, times, edition)] = None
    return tuple(findings)


_FINDING = re.compile(r"finding (\S+) ((?:/\{[^}]*\}[^/\[]+\[\d+\])+) ?(.*)", re.DOTALL)
"""What ``xslt/shared/report.xsl`` says: the flaw, where it is, the value in question."""


def _diagnostic(flaw: str, path: str, value: str, times: int, edition: Edition) -> Diagnostic:
    code, message, hint = _FLAWS[flaw]
    often = f" ({times:,} times)" if times > 1 else ""
    return Diagnostic(code, locate(edition, path), message.format(value, often), hint)


def locate(edition: Edition, path: str) -> Location:
    """The line of an element by its path (``/{uri}TEI[1]/{uri}text[1]``)."""
    steps = re.findall(r"/(\{[^}]*\}[^/\[]+\[\d+\])", path)
    root = edition.tree.getroot()
    found = root.find("/".join(step.removeprefix("{}") for step in steps[1:])) if len(steps) > 1 else root
    short = re.sub(r"\{[^}]*\}", "", path) or None
    return Location(str(edition.path), line_of(found) if found is not None else 0, 0, short)


def path_of(element: etree._Element) -> str:
    """``/TEI[1]/text[1]/body[1]``, as findings of stylesheets have it."""
    steps = []
    for one in (element, *element.iterancestors()):
        same = sum(1 for _ in one.itersiblings(one.tag, preceding=True))
        steps.append(f"{etree.QName(one).localname}[{same + 1}]")
    return "/" + "/".join(reversed(steps))


def remarks(messages: Iterable[str], edition: Edition, sheet: str) -> tuple[Diagnostic, ...]:
    """What else a stylesheet says (``xsl:message``): those of a project do so to be read."""
    said = (" ".join(message.split()) for message in messages if not _FINDING.fullmatch(message.strip()))
    where = Location(str(edition.path))
    return tuple(Diagnostic(Code.STYLESHEET_REMARK, where, f"{sheet} says: {words[:_LONGEST]}") for words in said)


_LONGEST = 500
"""Characters of a remark, which may be a whole document."""


def stopped(edition: Edition | None, sheet: str, message: str, place: Location | None = None) -> Diagnostic:
    """The finding that a stylesheet could not go on; ``place`` is where in it, if that is known."""
    where = Location(str(edition.path) if edition else sheet)
    text = f"the stylesheet {sheet} stopped: {message}"
    hint = "check the edition first; if it is valid, this is a flaw of the stylesheet"
    return Diagnostic(Code.STYLESHEET_STOPPED, where, text, hint, () if place is None else (place,))
