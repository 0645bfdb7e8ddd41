"""What a schema has of Schematron rules: whether any, which phases, and which of them are not tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.checking import tei, telling
from teiwright.checking.schema import ForeignSchema, Language, Schema
from teiwright.checking.wording import quoted
from teiwright.diagnostics import Code, Diagnostic, Location

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.relaxng import Schema as Grammar

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"


def is_schematron(schema: Schema) -> bool:
    """Whether it is a file of rules, which says itself that a phase is not there."""
    return isinstance(schema, ForeignSchema) and schema.language is Language.SCHEMATRON


def has_phases(schema: Schema) -> bool:
    """Whether its rules have phases, of which a user may choose one. Raises ``TeiwrightError``."""
    from teiwright.checking.schematron import phases  # noqa: PLC0415 (a stream does without)

    match schema:
        case ForeignSchema(path, Language.SCHEMATRON, manner=manner):
            return bool(phases(path, (), manner.trusted))
        case ForeignSchema(path, Language.RELAXNG) if has_rules(schema, compiled(schema)):
            return bool(phases(path, [file for file in compiled(schema).files if file.suffix != ".rnc"]))
        case _:
            return False


def compiled(schema: ForeignSchema) -> Grammar:
    """The grammar of a RELAX NG schema. Raises ``TeiwrightError``."""
    return telling.compiled(schema.path, schema.manner.trusted, keeps=schema.manner.keeps)


def has_rules(schema: ForeignSchema, grammar: Grammar) -> bool:
    """Whether there are rules in a grammar, and they are wanted."""
    return schema.manner.rules and SCHEMATRON in grammar.annotations


def unread(schema: Schema) -> Iterator[Diagnostic]:
    """Rules are made from XML, which annotations of the compact syntax are not; and not from those of an XSD."""
    match schema:
        case ForeignSchema(path, Language.RELAXNG) if has_rules(schema, compiled(schema)):
            files = [part for part in compiled(schema).files if part.suffix == ".rnc"]
            why, hint = "since it is in the compact syntax", "give the schema in XML (.rng), too"
        case ForeignSchema(path, Language.XSD, manner=manner) if manner.rules:
            from teiwright.checking import xsd  # noqa: PLC0415 (a stream does without)

            files = [part for part in xsd.xsd_files(path, manner.trusted) if xsd.has_rules(part, SCHEMATRON)]
            why, hint = "since it is an XSD", "give them as a Schematron file, too, or say `--no-rules`"
        case _:
            return
    for part in files:
        message = f"the rules in {quoted(part.name)} are not read, {why}"
        yield Diagnostic(Code.RULES_NOT_READ, Location(str(path)), message, hint)


def unprefixed(schema: Schema, tree: etree._ElementTree) -> Iterator[Diagnostic]:
    """Rules that apply to nothing in a document of TEI, because their author forgot its namespace."""
    match schema:
        case ForeignSchema(path, Language.SCHEMATRON, manner=manner):
            files: tuple[Path, ...] = ()
        case ForeignSchema(path, Language.RELAXNG, manner=manner) if has_rules(schema, compiled(schema)):
            files = tuple(compiled(schema).files)
        case _:
            return
    if not str(tree.getroot().tag).startswith(f"{{{tei.NAMESPACE}}}") or any(unread(schema)):
        return
    from teiwright.checking.schematron import unprefixed as found_in  # noqa: PLC0415 (a stream does without)

    for rule in found_in(path, files, manner.trusted, path.stat().st_mtime_ns):
        message = f"the rule for {quoted(rule.context, 60)} applies to nothing in TEI: it has no prefix"
        yield Diagnostic(
            Code.RULE_WITHOUT_PREFIX, Location(str(rule.path), rule.line), message, f"write {quoted(rule.meant)}"
        )
