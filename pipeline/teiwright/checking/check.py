"""One report on one edition, or on many: grammar, rules, pointers, order, each flaw said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from teiwright.checking import library, telling
from teiwright.checking.flaw import Flaw
from teiwright.checking.marks import MarkFlaw
from teiwright.checking.outline import outline_of
from teiwright.checking.pointers import Around
from teiwright.checking.positions import XML_ID, Positions, elements_of, local
from teiwright.checking.rules import compiled, has_rules, unprefixed, unread
from teiwright.checking.schema import Engine, ForeignSchema, Language, OwnSchema, Schema, load_schema, own_schema
from teiwright.checking.streaming import Checked, beside_the_grammar, check_stream
from teiwright.checking.translating import from_libxml2
from teiwright.checking.wording import quoted
from teiwright.diagnostics import Code, Diagnostic, Location, Report, TeiwrightError

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.checking.schematron import Outcome, Rules
    from teiwright.model import Edition

Given = library.Schema | Schema | Path | None
"""What a document is held against; ``None`` is our own law."""
_MOST = 1000
"""Findings of a grammar about one document, as of a stream; nobody reads more, and each takes its time."""
PROJECT_FILE = "teiwright.toml"
_ROLES = {
    **dict.fromkeys(("warning", "warn", "nonfatal", "caution"), Code.RULE_DOUBTED),
    **dict.fromkeys(("information", "info", "note", "notice", "hint", "remark"), Code.RULE_REMARK),
}
"""How grave a rule is, by its @role. ISO/IEC 19757-3 leaves the words open; any other one is an error."""


def check(
    document: Edition | Path,
    schema: Given = None,
    *,
    project: Path | None = None,
    trusted: Iterable[Path] = (),
) -> Report:
    """Everything that is wrong with an edition, or with a file, in reading order.

    ``schema`` is our own law unless another is given. Pointers to files are followed inside ``project``:
    unless it is given, the nearest folder above the edition with a project file, else its repository of git,
    else the edition's own folder;
    and to files that are ``trusted``, such as an authority file that the user names.
    Raises ``TeiwrightError`` if the schema or the file cannot be used.
    """
    return Report.of(check_document(document, schema, project=project, trusted=trusted).findings)


def check_document(
    document: Edition | Path,
    schema: Given = None,
    *,
    project: Path | None = None,
    trusted: Iterable[Path] = (),
    wholes: tuple[Path, ...] = (),
    base: Path | None = None,
) -> Checked:
    """The same, the id of the document, and the files that all this depends on.

    A file that is held against a RELAX NG schema alone is read as a stream; rules and XSD need a tree.
    ``wholes`` are files that include this one (XInclude); ``base`` is where it is to be thought of as lying.
    """
    used = _used(schema)
    path = base or (document if isinstance(document, Path) else document.path)
    around = Around(path, project or project_of(path), _resolved(tuple(trusted)), wholes)
    if isinstance(document, Path) and isinstance(used, ForeignSchema) and used.language is Language.RELAXNG:
        grammar = compiled(used)
        if document.is_file():
            checked = check_stream(document, grammar, around)
            if has_rules(used, grammar):
                checked = _with_rules(checked, document, used)
            return replace(checked, depends=checked.depends.union(grammar.files))
    checked = _checked(document, used, around)
    return replace(checked, depends=checked.depends | _files_of(used))


def _checked(document: Edition | Path, used: Schema, around: Around) -> Checked:
    if isinstance(document, Path):
        document = _loaded(document)
    positions = Positions(document.path, document.tree)
    elements = list(elements_of(document.tree.getroot()))
    outline = outline_of(elements)
    found, depends = beside_the_grammar(outline, around)
    beside = [_flaw(each, elements) for each in found]
    flaws = _once(_flaws(document, used, beside))
    findings = tuple(_diagnostic(flaw, positions) for flaw in flaws)
    told = (*document.findings, *findings, *unread(used), *unprefixed(used, document.tree))
    return Checked(told, _id_of(document, positions), depends, outline.links)


def _files_of(schema: Schema) -> frozenset[Path]:
    """The files of a schema; our own is part of the program."""
    match schema:
        case OwnSchema():
            return frozenset()
        case ForeignSchema(path, Language.RELAXNG):
            return frozenset({path.resolve(), *compiled(schema).files})
        case ForeignSchema(path, Language.SCHEMATRON, manner=manner):
            from teiwright.checking.schematron import schematron_files  # noqa: PLC0415 (a stream does without)

            return frozenset(schematron_files(path, manner.trusted))
        case ForeignSchema(path, Language.XSD, manner=manner):
            from teiwright.checking import xsd  # noqa: PLC0415 (the same)

            return frozenset(xsd.xsd_files(path, manner.trusted))
        case _:
            raise AssertionError(schema)


@lru_cache(maxsize=8)
def _resolved(paths: tuple[Path, ...]) -> frozenset[Path]:
    """Remembered, since the documents of a run trust the same files."""
    return frozenset(path.resolve() for path in paths)


def _used(schema: Given) -> OwnSchema | ForeignSchema:
    match schema:
        case None:
            return own_schema()
        case Path():
            return load_schema(schema)
        case library.Schema(source=source):
            return source
        case _:
            return schema


def prepare_schema(schema: Schema) -> None:
    """Compile a RELAX NG schema now. Raises ``TeiwrightError`` if it cannot be used."""
    if isinstance(schema, ForeignSchema) and schema.language is Language.RELAXNG:
        compiled(schema)


def _with_rules(streamed: Checked, path: Path, schema: ForeignSchema) -> Checked:
    """Rules inside a grammar want the whole tree; what the stream could not read, no tree is made of."""
    if untried := tuple(unread(schema)):
        return replace(streamed, findings=(*streamed.findings, *untried))
    if any(finding.code in {Code.NOT_WELL_FORMED, Code.UNSAFE_XML} for finding in streamed.findings):
        return streamed
    try:
        edition = _loaded(path)
        positions = Positions(path, edition.tree)
        broken = [_diagnostic(flaw, positions) for flaw in _rules_inside(schema, edition.tree)]
        broken += unprefixed(schema, edition.tree)
    except TeiwrightError as error:
        return replace(streamed, findings=(*streamed.findings, error.finding))
    return replace(streamed, findings=(*streamed.findings, *broken))


def _rules_inside(schema: ForeignSchema, tree: etree._ElementTree) -> Iterator[Flaw]:
    from teiwright.checking.schematron import Rules  # noqa: PLC0415 (a stream does without)

    return _rules(Rules(schema.path, compiled(schema).files, schema.manner.phase, seconds=schema.seconds), tree)


def _loaded(path: Path) -> Edition:
    from teiwright.loading import load  # noqa: PLC0415 (a stream does without)

    return load(path)


def check_files(editions: Iterable[Edition], schema: Given = None, *, project: Path | None = None) -> Report:
    """One report on several editions; also whether two of them have one id, and whether there is any."""
    findings: list[Diagnostic] = []
    names: list[DocumentId | None] = []
    for edition in editions:
        findings += check(edition, schema, project=project).findings
        names.append(document_id(edition))
    if not names:
        where = Location(str(project or Path()))
        findings.append(Diagnostic(Code.NOTHING_CHECKED, where, "there was nothing to check", "name TEI files"))
    return Report.of((*findings, *equal_ids(names)))


DocumentId = tuple[str, Location]


def document_id(edition: Edition) -> DocumentId | None:
    """The ``xml:id`` of the document itself, and where it stands."""
    return _id_of(edition, Positions(edition.path, edition.tree))


def _id_of(edition: Edition, positions: Positions) -> DocumentId | None:
    root = edition.tree.getroot()
    name = root.get(XML_ID)
    return None if name is None else (name, positions.at(root))


def equal_ids(names: Iterable[DocumentId | None]) -> Iterator[Diagnostic]:
    """Every document that has the id of an earlier one; for a caller who checks each in another process."""
    known: dict[str, Location] = {}
    for name, here in filter(None, names):
        first = known.setdefault(name, here)
        if first is not here:
            yield Diagnostic(
                Code.DUPLICATE_ID,
                here,
                f"@xml:id {quoted(name)} is that of another document",
                "give each document an id of its own",
                (first,),
            )


def project_of(path: Path) -> Path:
    """The nearest folder above with a project file, else the repository of git, else the file's own folder."""
    folder = path.resolve().parent
    folders = (folder, *folder.parents)
    project = next((above for above in folders if (above / PROJECT_FILE).is_file()), None)
    return project or next((above for above in folders if (above / ".git").exists()), folder)


def _diagnostic(flaw: Flaw, positions: Positions) -> Diagnostic:
    related = tuple(positions.at(element) for element in flaw.related)
    return Diagnostic(flaw.code, positions.at(flaw.element), flaw.message, flaw.hint, related)


def _once(flaws: Iterable[Flaw]) -> list[Flaw]:
    """Without what two engines say in the same words about the same element."""
    return list({(flaw.code, flaw.element, flaw.message): flaw for flaw in flaws}.values())


def _flaw(found: MarkFlaw, elements: Sequence[etree._Element]) -> Flaw:
    related = tuple(elements[mark.number - 1] for mark in found.related)
    return Flaw(found.code, elements[found.mark.number - 1], found.message, found.hint, related)


def _flaws(edition: Edition, schema: Schema, beside: list[Flaw]) -> Iterator[Flaw]:
    """``beside`` is what no schema says."""
    from teiwright.checking.schematron import Rules  # noqa: PLC0415 (a stream does without)

    yield from beside
    match schema:
        case OwnSchema():
            yield from _grammar(schema, edition.tree, beside)
            yield from _rules(Rules(schema.file(".sch")), edition.tree)
        case ForeignSchema(path, Language.SCHEMATRON, seconds, manner):
            rules = Rules(path, (), manner.phase, manner.trusted, seconds)
            yield from _rules(rules, edition.tree, must_apply=True)
        case ForeignSchema(_, Language.RELAXNG):
            yield from telling.flaws(compiled(schema), edition.tree)
            if has_rules(schema, compiled(schema)) and not any(unread(schema)):
                yield from _rules_inside(schema, edition.tree)
        case ForeignSchema():
            yield from _foreign(schema, edition.tree)
        case _ as never:
            assert_never(never)


def _grammar(schema: OwnSchema, tree: etree._ElementTree, known: list[Flaw]) -> Iterator[Flaw]:
    """What the two engines object to, explained by the law; in their own words only what it cannot."""
    from teiwright.checking import grammars  # noqa: PLC0415 (a stream does without)

    objections = [
        *grammars.relaxng_objections(schema.file(".rng"), tree),
        *islice(grammars.xsd_objections(schema.file(".xsd"), tree), _MOST),
    ]
    if not objections:
        return
    explained = list(islice(grammars.law(schema.file(".glosses.json")).flaws(tree.getroot()), _MOST + 1))
    yield from explained[:_MOST]
    if len(explained) > _MOST:
        message = f"there are more findings than {_MOST:,}; the rest was not looked at"
        yield Flaw(Code.UNSAFE_XML, explained[_MOST].element, message, "correct what these have in common")
        return
    is_explained = _explainer({flaw.element for flaw in (*explained, *known)})
    for objection in objections:
        if not is_explained(objection.element):
            words = f"the {objection.engine} refuses `{local(objection.element)}`: {objection.words}"
            yield Flaw(Code.SCHEMA_BROKEN, objection.element, words)


def _explainer(about: set[etree._Element]) -> Callable[[etree._Element], bool]:
    """Whether a flaw is known in an element, in its parent or beside it: engines blame any of these."""
    above = {ancestor for element in about for ancestor in element.iterancestors()}
    parents = {element.getparent() for element in about} - {None}

    def is_explained(element: etree._Element) -> bool:
        parent = element.getparent()
        return element in about or element in above or parent in about or parent in parents

    return is_explained


def _rules(rules: Rules, tree: etree._ElementTree, *, must_apply: bool = False) -> Iterator[Flaw]:
    from teiwright.checking.schematron import UnreadableError, run_schematron  # noqa: PLC0415 (a stream does without)

    root = tree.getroot()
    try:
        outcome = run_schematron(rules, tree)
    except UnreadableError as error:
        message = f"the rules cannot be tried: {error}"
        yield Flaw(Code.UNSAFE_XML, root, message, "look for names and values of extreme length")
        return
    for broken in outcome.broken:
        code = _ROLES.get(broken.role.strip().lower(), Code.RULE_BROKEN)
        message = f"{broken.message} (rule {quoted(broken.rule)})"
        yield Flaw(code, broken.element, message, " ".join(broken.hints) or None)
    yield from _untried(rules, outcome)
    if must_apply and not outcome.fired:
        message = f"no rule of {quoted(rules.path.name)} applies to anything in this document"
        hint = "look whether this is the right schema, and whether its namespaces are right"
        yield Flaw(Code.NOTHING_CHECKED, root, message, hint)


def _untried(rules: Rules, outcome: Outcome) -> Iterator[Flaw]:
    """Each test that fails by itself, once, where it first did."""
    counts = Counter((untried.rule, untried.why) for untried in outcome.untried)
    for first in {(untried.rule, untried.why): untried for untried in reversed(outcome.untried)}.values():
        count = counts[first.rule, first.why]
        times = f", {count} times in this document" if count > 1 else ""
        message = f"a test of the rule {quoted(first.rule)} cannot be tried{times}: {quoted(first.why, 200).strip('`')}"
        hint = f"correct the test in {quoted(rules.path.name)}; rules read no other files and nothing from the network"
        yield Flaw(Code.RULE_NOT_TRIED, first.element, message, hint)


def _foreign(schema: ForeignSchema, tree: etree._ElementTree) -> Iterator[Flaw]:
    """What one engine or both have against a document by an XSD; of two that say the same, one is told."""
    from teiwright.checking import apart, grammars, xsd  # noqa: PLC0415 (a stream does without)

    xsd.xsd_files(schema.path, schema.manner.trusted)  # refuses what leads out of the schema's folder
    told: set[tuple[Code, etree._Element]] = set()
    for engine in schema.manner.engines:
        match engine:
            case Engine.LIBXML2:
                objections = apart.objections(schema, tree)
                found = [from_libxml2(words, grammars.element_at(tree, path)) for path, words in objections]
            case Engine.XMLSCHEMA:
                found = list(xsd.flaws(schema, tree))
            case _ as never:
                assert_never(never)
        yield from (flaw for flaw in found if (flaw.code, flaw.element) not in told)
        told |= {(flaw.code, flaw.element) for flaw in found}
