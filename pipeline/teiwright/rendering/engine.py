"""Runs the stylesheets: one Saxon processor, each sheet compiled once, no way to files or the network.

Saxon is there from the first stylesheet on that needs it, so that a process which has none can still be forked.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Edition
from teiwright.rendering.context import Context
from teiwright.rendering.facts import Fact, as_elements, facts_of
from teiwright.rendering.flaws import not_tei, remarks, reported, stopped, too_deep
from teiwright.rendering.pictures import NO_PICTURES, Pictures, illustrate
from teiwright.rendering.preparing import Tree, prepared_tree
from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN, OwnStylesheets, assemble, in_words
from teiwright.rendering.tei import TEI, edition_id

if TYPE_CHECKING:
    import saxonche

_FEATURE = "http://saxon.sf.net/feature/"
_DEPTH = f"{_FEATURE}parserProperty?uri=http://www.oracle.com/xml/jaxp/properties/maxElementDepth"

Parameter = str | etree._Element | tuple[bytes, ...]
"""A string, an element, or several documents."""


@dataclass(frozen=True, slots=True)
class Transformed:
    """What a stylesheet made, or ``None`` if it failed, and what it reported."""

    text: str | None
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Prepared:
    """An edition after the first pass (``preparing.py``), which all views and the collection share.

    ``findings`` are those of the pass; they are told once, whatever is made of the tree.
    """

    edition: Edition
    tree: Tree | None
    findings: tuple[Diagnostic, ...]
    pictures: Pictures = NO_PICTURES

    @property
    def root(self) -> etree._Element | None:
        """The tree for Python, or none if the edition was refused."""
        return None if self.tree is None else self.tree.root

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What the header says."""
        header = None if self.root is None else self.root.find(f"{TEI}teiHeader")
        return () if header is None else tuple(facts_of(header))

    @cached_property
    def xml(self) -> bytes:
        """The tree in XML: ``t:id``, ``t:label``, ``t:page`` and the others of ``xslt/README.md``.

        The facts stand at the end of the header, so that the paths of its elements stay what they are.
        """
        if self.root is None:
            return b""
        header, added = self.root.find(f"{TEI}teiHeader"), as_elements(self.facts)
        if header is None:
            return etree.tostring(self.root, encoding="utf-8")
        header.extend(added)
        try:
            return etree.tostring(self.root, encoding="utf-8")
        finally:
            for one in added:
                header.remove(one)


def _saxon() -> Any:
    import saxonche  # noqa: PLC0415 (see above)

    return saxonche


@contextmanager
def silenced(instead: IO[bytes] | None = None) -> Iterator[None]:
    """Keep the standard error output from Saxon, which names modules by their whole text; exceptions say the same.

    What they do not say is where a stylesheet stopped: a project's own is given a file to read that from ``instead``.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a process may have none
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere if instead is None else instead.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


class Engine:
    """A Saxon processor that reads nothing but what it is handed."""

    def __init__(self, own: OwnStylesheets = NONE_OF_ITS_OWN) -> None:
        self._own = own
        self._compiled: dict[str, saxonche.PyXsltExecutable] = {}
        self._modules: dict[str, Path] = {}
        self._documents: dict[bytes, saxonche.PyXdmNode] = {}
        self._last: tuple[Prepared, saxonche.PyXdmNode] | None = None

    @cached_property
    def _processor(self) -> saxonche.PySaxonProcessor:
        processor: saxonche.PySaxonProcessor = _saxon().PySaxonProcessor(license=False)
        # Before anything is compiled, and for good: no `doc()` and no entity can reach a file or a host,
        # nothing is written, and nothing is known of the environment. `data:` holds what it names.
        processor.set_configuration_property(f"{_FEATURE}allowedProtocols", "data")
        processor.set_configuration_property(f"{_FEATURE}allow-external-functions", "false")
        # Java's parser stops at 100 elements; `too_deep` has refused what is too deep for a stylesheet.
        processor.set_configuration_property(_DEPTH, "1000")
        return processor

    @cached_property
    def _compiler(self) -> saxonche.PyXslt30Processor:
        return self._processor.new_xslt30_processor()

    def prepare(self, edition: Edition, context: Context) -> Prepared:
        """Run the first pass on an edition; once is enough for all that is made of it."""
        if refused := not_tei(edition) or too_deep(edition):
            return Prepared(edition, None, (refused,))
        tree = prepared_tree(edition, context.authority)
        if context.pictures is None:
            return Prepared(edition, tree, tree.findings)
        pictures = illustrate(tree.root, edition.path, edition_id(edition), context.pictures, context.manifests)
        return Prepared(edition, tree, (*tree.findings, *pictures.findings), pictures)

    def transform(
        self, sheet: str, source: Prepared | bytes, parameters: Mapping[str, Parameter], mode: str = "edition"
    ) -> Transformed:
        """Run ``sheet`` on a prepared edition (or on XML of our own).

        A prepared edition without a tree gives nothing: its findings say why.
        """
        edition = source.edition if isinstance(source, Prepared) else None
        if isinstance(source, Prepared) and source.root is None:
            return Transformed(None, ())
        with TemporaryFile() if self._own.files else nullcontext() as heard:
            try:
                runner = self._runner(sheet, mode, parameters)
                with silenced(heard):
                    document = self._node(source) if isinstance(source, Prepared) else self._document(source)
                    runner.set_global_context_item(xdm_item=document)
                    text = runner.apply_templates_returning_string(xdm_value=document)
            except _saxon().PySaxonApiError as error:
                place = None if heard is None else self._place(heard)
                findings = (*self._findings(sheet, edition), stopped(edition, sheet, self._told(error), place))
                return Transformed(None, findings)
        return Transformed(text, self._findings(sheet, edition))

    def _runner(self, sheet: str, mode: str, parameters: Mapping[str, Parameter]) -> saxonche.PyXsltExecutable:
        if sheet not in self._compiled:
            self._compiled[sheet] = self._compile(sheet)
        runner = self._compiled[sheet]
        runner.clear_parameters()
        runner.clear_xsl_messages()
        runner.set_save_xsl_message(True)
        for name, value in parameters.items():
            runner.set_parameter(name, self._value(value))
        runner.set_initial_mode(mode)
        return runner

    def _compile(self, sheet: str) -> saxonche.PyXsltExecutable:
        assembled = assemble(sheet, self._own)
        self._modules |= assembled.modules
        try:
            with silenced():
                return self._compiler.compile_stylesheet(stylesheet_text=assembled.text)
        except _saxon().PySaxonApiError as error:
            raise TeiwrightError(_not_compiled(sheet, self._told(error))) from error

    def _findings(self, sheet: str, edition: Edition | None) -> tuple[Diagnostic, ...]:
        messages = self._compiled[sheet].get_xsl_messages() if sheet in self._compiled else None
        if edition is None or messages is None:
            return ()
        told = [messages.item_at(i).string_value for i in range(messages.size)]
        said = remarks(told, edition, sheet) if self._own.files else ()
        return (*reported(told, edition), *said)

    def _place(self, heard: IO[bytes]) -> Location | None:
        """Where a stylesheet stopped, from what the processor says of it."""
        heard.seek(0)
        found = _HEARD.search(heard.read().decode("utf-8", "replace"))
        path = self._modules.get(found[3]) if found else None
        return Location(str(path), int(found[1]), int(found[2] or 0)) if found and path else None

    def _told(self, error: saxonche.PySaxonApiError) -> str:
        return in_words(str(error), self._modules)

    def _node(self, prepared: Prepared) -> saxonche.PyXdmNode:
        """The tree of an edition; of the last one it is kept, as several stylesheets are run on one edition."""
        if self._last is None or self._last[0] is not prepared:
            self._last = prepared, self._document(prepared.xml)
        return self._last[1]

    def _document(self, xml: bytes) -> saxonche.PyXdmNode:
        return self._processor.parse_xml(xml_text=xml.decode("utf-8"))

    def _value(self, value: Parameter) -> saxonche.PyXdmValue:
        if isinstance(value, str):
            return self._processor.make_string_value(value)
        if isinstance(value, etree._Element):
            return self._document(etree.tostring(value, encoding="utf-8")).children[0]
        sequence = self._processor.empty_sequence()
        for item in value:
            sequence.add_xdm_item(self._kept_document(item))
        return sequence

    def _kept_document(self, xml: bytes) -> saxonche.PyXdmNode:
        """Parsed once for all editions; saxonche does not keep alive what is only in a sequence."""
        if xml not in self._documents:
            self._documents[xml] = self._document(xml)
        return self._documents[xml]


def engine(own: OwnStylesheets = NONE_OF_ITS_OWN) -> Engine:
    """The engine of this process for these stylesheets; a worker has its own."""
    return _engine(own)


@lru_cache(maxsize=2)
def _engine(own: OwnStylesheets) -> Engine:
    return Engine(own)


_PLACE = re.compile(r"on line (\d+)(?: column (\d+))? of (\S+\.xsl)")
_HEARD = re.compile(r"on line (\d+)(?: column (\d+))? of \S*?([\w-]+\.xsl)--%3E")
_BEFORE = re.compile(r"Error .*? of \S+\.xsl: ")
"""What a message begins with where the finding says the place; the processor may tell one error twice."""


def _not_compiled(sheet: str, message: str) -> Diagnostic:
    found = _PLACE.search(message)
    where = Location(found[3], int(found[1]), int(found[2] or 0)) if found else Location(sheet)
    first = next(filter(None, _BEFORE.split(message)), message).strip() if found else message
    return Diagnostic(
        Code.STYLESHEET_REFUSED,
        where,
        f"the stylesheet cannot be used: {first}",
        "correct it; docs/stylesheets.md says what a project's own stylesheets can do",
    )
