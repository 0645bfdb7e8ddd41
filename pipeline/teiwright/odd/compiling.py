"""One ODD in, the files that are made of it out: names relative to the output folder, and their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.odd.bodies import Body, Loose, bodies
from teiwright.odd.customizing import Customizer
from teiwright.odd.documentation import documentation
from teiwright.odd.documents import Document, open_document
from teiwright.odd.glosses import glosses
from teiwright.odd.relaxng import relaxng
from teiwright.odd.resolving import Grammar, resolve
from teiwright.odd.schematron import schematron
from teiwright.odd.sources import Sources
from teiwright.odd.specification import TEI_NAMESPACE, Odd
from teiwright.odd.xsd import XsdWriter

_SCHEMA = f"{{{TEI_NAMESPACE}}}schemaSpec"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One schema, what a person should know about it, and what its XSD does not say exactly."""

    grammar: Grammar
    files: Mapping[str, bytes]
    notes: tuple[Diagnostic, ...]
    loose: tuple[str, ...]


def grammars(
    path: Path, p5subset: Path | None = None, allowed: tuple[Path, ...] = ()
) -> Iterator[tuple[Grammar, tuple[Diagnostic, ...]]]:
    """Each schema of an ODD."""
    document = open_document(path)
    sources = Sources(path, p5subset, allowed, _chained)
    sources.start(document)
    taken: dict[str, etree._Element] = {}
    for schema in _schemas(document):
        odd, notes = _odd(document, schema, sources)
        if odd.ident in taken:
            odd.origin.refuse(
                Code.DUPLICATE_SPECIFICATION, f"two schemas are called `{odd.ident}`", "give each an @ident of its own"
            )
        taken[odd.ident] = schema
        grammar, more = resolve(odd)
        yield grammar, (*notes, *more)


def compile_odd(
    path: Path, p5subset: Path | None = None, allowed: tuple[Path, ...] = (), *, exact: bool = False
) -> tuple[Compiled, ...]:
    """RELAX NG, XSD, Schematron, glosses and documentation of each schema; the same bytes whenever the ODD is the same.

    With ``exact`` a schema is refused that XSD could not say exactly.
    """
    try:
        return tuple(_compiled(grammar, notes, exact=exact) for grammar, notes in grammars(path, p5subset, allowed))
    except RecursionError as error:
        finding = Diagnostic(
            Code.BROKEN_ODD,
            Location(str(path)),
            "classes, macros or models in this ODD are nested too deep",
            "let them stand in each other less often",
        )
        raise TeiwrightError(finding) from error


def _compiled(grammar: Grammar, notes: tuple[Diagnostic, ...], *, exact: bool) -> Compiled:
    held = bodies(grammar)
    if exact:
        _check_exact(grammar, held)
    name = grammar.odd.ident
    writer = XsdWriter(grammar, held)
    files = {
        f"{name}.rng": relaxng(grammar),
        f"{name}.xsd": writer.schema(),
        "xml.xsd": writer.xml_attributes(),
        f"{name}.sch": schematron(grammar),
        f"{name}.glosses.json": glosses(grammar, held),
        f"{name}.html": documentation(grammar),
    }
    loose = tuple(writer.loose)
    if exact and loose:
        grammar.odd.origin.refuse(Code.BROKEN_ODD, f"XSD cannot say this exactly: {loose[0]}")
    return Compiled(grammar, files, notes, loose)


def _check_exact(grammar: Grammar, held: Mapping[str, Body]) -> None:
    """Refuse the first content model, in the order of names, that XSD cannot say."""
    for element in grammar.elements.values():
        found = held[element.ident]
        if isinstance(found, Loose):
            why = found.why if f"`{element.ident}`" in found.why else f"`{element.ident}`: {found.why}"
            element.spec.origin.refuse(Code.BROKEN_ODD, why, found.hint)


def _schemas(document: Document) -> list[etree._Element]:
    found = list(document.root.iter(_SCHEMA))
    if not found:
        document.origin(document.root).refuse(
            Code.BROKEN_ODD, "there is no `schemaSpec` in this file", "name an ODD: TEI with a `schemaSpec` in it"
        )
    return found


def _odd(document: Document, schema: etree._Element, sources: Sources) -> tuple[Odd, tuple[Diagnostic, ...]]:
    customizer = Customizer(document, schema, sources)
    odd = customizer.odd()
    return odd, tuple(customizer.notes)


def _chained(document: Document, sources: Sources) -> Odd:
    """An ODD that another is made from: its first schema."""
    return _odd(document, _schemas(document)[0], sources)[0]
