"""What the stylesheets found, and what they cannot work on, as findings with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.tei import TEI, line_of

_FINDING = "{urn:x-teiwright:edition}finding"
_DEEPEST = 250
"""Deeper than any document is, and far from what would exhaust the processor's stack."""

_FLAWS = {
    "no-rule": (
        Code.ELEMENT_WITHOUT_RULE,
        "the view has no rule for `{}`; its text is shown as it stands",
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
    depth = 0
    for event, element in etree.iterwalk(edition.tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            where = Location(str(edition.path), line_of(element))
            message = f"elements nest more than {_DEEPEST} deep"
            return Diagnostic(
                Code.NESTED_TOO_DEEP, where, message, "flatten the markup; no edition needs so many levels"
            )
    return None


def reported(messages: Iterable[str], edition: Edition) -> tuple[Diagnostic, ...]:
    """The findings among the messages of a stylesheet, each once."""
    nodes = (etree.fromstring(message) for message in messages)
    return tuple(dict.fromkeys(_diagnostic(node, edition) for node in nodes if node.tag == _FINDING))


def _diagnostic(node: etree._Element, edition: Edition) -> Diagnostic:
    code, message, hint = _FLAWS[node.get("flaw", "")]
    where = locate(edition, node.get("at", ""))
    return Diagnostic(code, where, message.format(node.get("value")), hint)


def locate(edition: Edition, path: str) -> Location:
    """The line of the element that XPath's ``path()`` names (``/Q{uri}TEI[1]/Q{uri}text[1]``)."""
    steps = re.findall(r"/Q(\{[^}]*\}[^/\[]+\[\d+\])", path)
    root = edition.tree.getroot()
    found = root.find("/".join(step.removeprefix("{}") for step in steps[1:])) if len(steps) > 1 else root
    short = re.sub(r"Q\{[^}]*\}", "", path) or None
    return Location(str(edition.path), line_of(found) if found is not None else 0, 0, short)


def stopped(edition: Edition | None, sheet: str, message: str) -> Diagnostic:
    """The finding that a stylesheet could not go on."""
    where = Location(str(edition.path) if edition else sheet)
    text = f"the stylesheet {sheet} stopped: {message}"
    hint = "check the edition first; if it is valid, this is a flaw of the stylesheet"
    return Diagnostic(Code.STYLESHEET_STOPPED, where, text, hint)
