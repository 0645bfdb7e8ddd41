"""Runs the stylesheets: one Saxon processor a process, each compiled once, no way to files or the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import saxonche
from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.tei import TEI, line_of
from teiwright.resources import xslt_folder

_PROTOCOLS = "http://saxon.sf.net/feature/allowedProtocols"
SHEETS = ("html.xsl", "print.xsl")
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
    "unresolved-name": (
        Code.UNRESOLVED_NAME,
        "no authority file has what `{}` points to",
        "add the entry to the authority file, or correct the `ref`",
    ),
}


Parameter = str | bytes | tuple[bytes, ...]
"""A string, a document, or several documents."""


@dataclass(frozen=True, slots=True)
class Transformed:
    """What a stylesheet made, or ``None`` if it failed, and what it reported."""

    text: str | None
    findings: tuple[Diagnostic, ...]


class Engine:
    """A Saxon processor that reads nothing but what it is handed."""

    def __init__(self) -> None:
        self._processor = saxonche.PySaxonProcessor(license=False)
        self._documents: dict[bytes, saxonche.PyXdmNode] = {}
        compiler = self._processor.new_xslt30_processor()
        self._compiled: dict[str, saxonche.PyXsltExecutable] = {
            sheet: compiler.compile_stylesheet(stylesheet_file=str(xslt_folder() / sheet)) for sheet in SHEETS
        }
        # From here on no `doc()` and no entity can reach a file or a host; this cannot be undone.
        self._processor.set_configuration_property(_PROTOCOLS, "")

    def transform(
        self,
        sheet: str,
        source: Edition | bytes,
        parameters: Mapping[str, Parameter],
        mode: str = "edition",
    ) -> Transformed:
        """Run ``sheet`` on an edition (or on XML of our own). ``bytes`` parameters are documents."""
        edition = source if isinstance(source, Edition) else None
        if edition is not None and (refused := not_tei(edition) or too_deep(edition)):
            return Transformed(None, (refused,))
        runner = self._compiled[sheet]
        runner.clear_parameters()
        runner.clear_xsl_messages()
        runner.set_save_xsl_message(True)
        values = {name: self._value(value) for name, value in parameters.items()}
        for name, value in values.items():
            runner.set_parameter(name, value)
        try:
            document = self._document(_as_xml(source))
            runner.set_initial_mode(mode)
            runner.set_global_context_item(xdm_item=document)
            text = runner.apply_templates_returning_string(xdm_value=document)
        except saxonche.PySaxonApiError as error:
            return Transformed(None, (*_reported(runner, edition), _failure(edition, sheet, str(error))))
        return Transformed(text, _reported(runner, edition))

    def _document(self, xml: bytes) -> saxonche.PyXdmNode:
        return self._processor.parse_xml(xml_text=xml.decode("utf-8"))

    def _value(self, value: Parameter) -> saxonche.PyXdmValue:
        if isinstance(value, str):
            return self._processor.make_string_value(value)
        if isinstance(value, bytes):
            return self._document(value)
        sequence = self._processor.empty_sequence()
        for item in value:
            sequence.add_xdm_item(self._kept_document(item))
        return sequence

    def _kept_document(self, xml: bytes) -> saxonche.PyXdmNode:
        """Parsed once for all editions; saxonche does not keep alive what is only in a sequence."""
        if xml not in self._documents:
            self._documents[xml] = self._document(xml)
        return self._documents[xml]


@cache
def engine() -> Engine:
    """The engine of this process; a worker has its own."""
    return Engine()


def _as_xml(source: Edition | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    return etree.tostring(source.tree.getroot(), encoding="utf-8", with_tail=False)


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


def _reported(runner: saxonche.PyXsltExecutable, edition: Edition | None) -> tuple[Diagnostic, ...]:
    messages = runner.get_xsl_messages()
    if edition is None or messages is None:
        return ()
    nodes = (etree.fromstring(str(messages.item_at(i))) for i in range(messages.size))
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


def _failure(edition: Edition | None, sheet: str, message: str) -> Diagnostic:
    where = Location(str(edition.path) if edition else sheet)
    text = f"the stylesheet {sheet} stopped: {' '.join(message.split())}"
    return Diagnostic(
        Code.STYLESHEET_STOPPED,
        where,
        text,
        "check the edition first; if it is valid, this is a flaw of the stylesheet",
    )
