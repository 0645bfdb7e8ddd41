"""What our RELAX NG validator found by a schema of others, in words: what stands there, what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.checking import kept, tei
from teiwright.checking.flaw import Flaw
from teiwright.checking.nearness import by_nearness, nearest
from teiwright.checking.positions import elements_of
from teiwright.checking.schema import refuse
from teiwright.checking.values import what_is_wrong
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.relaxng import Finding, Kind, Schema, SchemaError, TooComplexError, Wanted, Watch, local

if TYPE_CHECKING:
    from lxml import etree

_XML_ID = "xml:id"
_LONGEST_GLOSS = 60
_PARAGRAPH = "p"
"""What text stands in where nothing more can be said of it (TEI Guidelines 3.1)."""
_MOST_LIKELY = 5
_EXPLAINED = 3
"""Datatypes that are still worth naming one by one."""


def guess(word: str, names: Sequence[str]) -> Sequence[str]:
    """The names that were probably meant, the likeliest first."""
    return nearest(word, names, _MOST_LIKELY)


@lru_cache(maxsize=8)
def _compiled(path: Path, trusted: tuple[Path, ...], keeps: bool, _changed: int) -> Schema:
    return kept.compiled(path, trusted, keeps=keeps)


@lru_cache(maxsize=8)
def _stamps(schema: Schema) -> tuple[int, ...]:
    """When the files of a schema were written, as seen when it was compiled."""
    return tuple(file.stat().st_mtime_ns for file in schema.files)


def compiled(path: Path, trusted: tuple[Path, ...] = (), *, keeps: bool = True) -> Schema:
    """The schema of a file, which may include what is trusted. Raises ``TeiwrightError`` if it cannot be used.

    ``keeps`` is whether it is kept for the next run.
    """
    try:
        schema = _compiled(path, trusted, keeps, path.stat().st_mtime_ns)
        if _stamps(schema) != tuple(file.stat().st_mtime_ns for file in schema.files):
            _compiled.cache_clear()  # a file that it includes has changed
            schema = _compiled(path, trusted, keeps, path.stat().st_mtime_ns)
            _stamps(schema)
        return schema
    except SchemaError as error:
        refuse(error.path, error.line, f"the schema cannot be used: {error.message}", None, error.column)
    except TooComplexError as error:
        raise _too_complex(path) from error


def _too_complex(path: Path) -> TeiwrightError:
    message = "the schema leaves open so much that nobody can wait until it is thought through"
    hint = "use a schema with fewer `interleave`, or the same one as XSD"
    return TeiwrightError(Diagnostic(Code.SCHEMA_TOO_SLOW, Location(str(path)), message, hint))


@lru_cache(maxsize=8)
def _by_local(schema: Schema) -> Mapping[str, str]:
    """The elements of a schema by their names without namespace; of two that share one, the first."""
    return {local(known): known for known in reversed(schema.names)}


def validated(schema: Schema, document: Path | bytes, watch: Watch) -> list[Finding]:
    """What a RELAX NG schema has against a document. Raises ``TeiwrightError``, ``OSError``."""
    try:
        return schema.validate(document, guess, watch)
    except TooComplexError as error:
        raise _too_complex(schema.path) from error


def findings(schema: Schema, tree: etree._ElementTree) -> list[tuple[etree._Element, Finding]]:
    """The same of a tree, each finding with the element that it is about."""
    from lxml import etree  # noqa: PLC0415 (a stream does without)

    root = tree.getroot()
    found = validated(schema, etree.tostring(root, encoding="utf-8", with_tail=False), _no_watch)
    if not found:
        return []
    elements = list(elements_of(root))
    return [(elements[max(min(each.element, len(elements)), 1) - 1], each) for each in found]


def _no_watch(*_: object) -> None:
    return


Told = tuple[Finding, Code, str, str | None]
"""A finding, and what is said of it: code, message, hint."""


def told(schema: Schema, found: Sequence[Finding]) -> Iterator[Told]:
    """Findings in words; not those that only echo another."""
    if not found:
        return
    teller = _Teller(schema)
    misnamed: dict[int, list[str]] = {}
    for finding in found:
        if finding.kind is Kind.UNKNOWN_ATTRIBUTE:
            misnamed.setdefault(finding.element, []).append(local(finding.subject))
    for finding in found:
        slips = misnamed.get(finding.element, ()) if finding.kind is Kind.MISSING_ATTRIBUTE else ()
        is_echo = any(nearest(slip, _locals(finding.wanted)) for slip in slips)
        if not is_echo and not _is_known_id(finding):
            yield finding, *teller.tell(finding)


def flaws(schema: Schema, tree: etree._ElementTree) -> Iterator[Flaw]:
    """What a schema has against a tree, in words."""
    found = findings(schema, tree)
    about = {id(finding): element for element, finding in found}
    for finding, code, message, hint in told(schema, [finding for _, finding in found]):
        yield Flaw(code, about[id(finding)], message, hint)


def _is_known_id(finding: Finding) -> bool:
    """Ids that two elements share are found whatever the schema, with both places."""
    return finding.kind is Kind.DUPLICATE_ID and local(finding.subject) in {_XML_ID, ""}


def _locals(wanted: Wanted) -> list[str]:
    return [local(name) for name in wanted.names]


class _Teller:
    """Words for findings, with what the schema's documentation says of its elements."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def tell(self, finding: Finding) -> tuple[Code, str, str | None]:
        """Code, message and hint."""
        match finding.kind:
            case Kind.UNKNOWN_ELEMENT:
                return self._unknown(finding)
            case Kind.MISPLACED_ELEMENT:
                return self._misplaced(finding)
            case Kind.MISSING_BEFORE | Kind.INCOMPLETE:
                return self._missing(finding)
            case Kind.UNKNOWN_ATTRIBUTE | Kind.MISSING_ATTRIBUTE:
                return self._attribute(finding)
            case Kind.BAD_VALUE | Kind.BAD_CONTENT:
                return self._value(finding)
            case _:
                return self._other(finding)

    def _other(self, finding: Finding) -> tuple[Code, str, str | None]:
        here = _here(finding)
        match finding.kind:
            case Kind.STRAY_TEXT:
                message = f"the text {quoted(finding.subject, 30)} stands directly in {here}, which holds no text"
                return Code.TEXT_NOT_ALLOWED, message, self._element_for_text(finding.wanted)
            case Kind.DUPLICATE_ID:
                message = f"@{local(finding.subject)} {quoted(finding.value)} is that of another element"
                return Code.DUPLICATE_ID, message, "give each element an id of its own"
            case Kind.DANGLING_ID:
                message = f"@{local(finding.subject)} of {here} names the id {quoted(finding.value)}, which nothing has"
                return Code.DANGLING_POINTER, message, None
            case _:
                return Code.UNSAFE_XML, quoted(finding.subject, 200).strip("`"), _what_to_do(finding.subject)

    def _element_for_text(self, wanted: Wanted) -> str:
        names = [local(name) for name in wanted.names if self._schema.holds_text(name)]
        if not names:
            return "move it elsewhere"
        if _PARAGRAPH in names:
            return f"put it into {'an element such as ' if len(names) > 1 else ''}`{_PARAGRAPH}`"
        return f"put it into {'one of ' if len(names) > 1 else ''}{listed(names)}"

    # -- elements

    def _glossed(self, name: str) -> str:
        return _with_gloss(local(name), _gloss(self._schema.documentation(name)))

    def _glossed_attribute(self, plain: str, wanted: Wanted) -> str:
        name = next((name for name in wanted.names if local(name) == plain), plain)
        glosses = {_gloss(text) for text in self._schema.documentation(f"@{name}").splitlines()}
        return _with_gloss(plain, glosses.pop() if len(glosses) == 1 else "")

    def _unknown(self, finding: Finding) -> tuple[Code, str, str | None]:
        name, wanted = finding.subject, finding.wanted
        plain = local(name)
        namespace = name.rpartition(" ")[0]
        everywhere = _by_local(self._schema)
        twin = next((known for known in wanted.names if local(known) == plain), everywhere.get(plain))
        if twin is not None:
            right = twin.rpartition(" ")[0]
            stands = f"in the namespace {quoted(namespace)}" if namespace else "in no namespace"
            expected = f"in {quoted(right)}" if right else "in none"
            hint = f'write `xmlns="{right}"` on it, or on the root' if right else "remove its xmlns"
            return Code.WRONG_NAMESPACE, f"{quoted(plain)} is {stands}, expected {expected}", hint
        hint = self._expected(plain, wanted)
        if namespace == tei.NAMESPACE and (message := tei.but_not_here(plain)):
            return Code.ELEMENT_NOT_ALLOWED, message, hint
        allowed = {local(known): known for known in wanted.names}
        if near := [finding.meant] if finding.meant else nearest(plain, allowed):
            hint = f"did you mean {self._glossed(allowed[near[0]])}? it is allowed here"
        elif near := nearest(plain, everywhere):
            hint = f"did you mean {self._glossed(everywhere[near[0]])}? but it is not allowed here"
        elif namespace == tei.NAMESPACE and (meant := tei.meant(plain)):
            hint = f"did you mean `{meant}`? it is TEI, but not in this schema; {hint}"
        return Code.ELEMENT_NOT_ALLOWED, f"{quoted(plain)} is not known to this schema", hint

    def _misplaced(self, finding: Finding) -> tuple[Code, str, str | None]:
        name, above = finding.subject, finding.path[:-1]
        expected = self._expected(local(name), finding.wanted)
        if not above:
            return Code.ELEMENT_NOT_ALLOWED, f"the document begins with {quoted(local(name))}", expected
        parent = quoted(local(above[-1]))
        where = f"in {parent}" + (f" after {quoted(local(finding.before))}" if finding.before else "")
        if not finding.before and name in self._schema.children(above[-1]):
            where = f"at the beginning of {parent}"
        if better := self._better_place(name, finding.before, above):
            expected = f"{better}; {expected}"
        return Code.ELEMENT_NOT_ALLOWED, f"{self._glossed(name)} cannot stand {where}", expected

    def _better_place(self, name: str, before: str, above: Sequence[str]) -> str | None:
        """Further up in the same element, or in one around it."""
        if before and before != name and self._schema.can_precede(above[-1], name, before):
            return f"move it before {quoted(local(before))}"
        for ancestor in reversed(above[:-1]):
            if name in self._schema.children(ancestor):
                return f"move it into {quoted(local(ancestor))}"
        return None

    @staticmethod
    def _expected(name: str, wanted: Wanted) -> str:
        if not wanted.names:
            return "elements of other namespaces are expected here" if wanted.is_open else "nothing is expected here"
        return f"expected here: {listed(by_nearness(name, _locals(wanted)))}"

    def _missing(self, finding: Finding) -> tuple[Code, str, str | None]:
        names = finding.wanted.names
        is_before = finding.kind is Kind.MISSING_BEFORE
        parent = quoted(local((finding.path[:-1] if is_before else finding.path or ("",))[-1]))
        if not names:
            return Code.ELEMENT_MISSING, f"{parent} lacks an element", None
        what = self._glossed(names[0]) if len(names) == 1 else f"one of {listed(map(local, names))}"
        where = f" before {quoted(local(finding.subject))}" if is_before else ""
        hint = f"add {'' if len(names) == 1 else 'one of '}{listed(map(local, names))}"
        moved = ", or move it here if it stands further down" if is_before else ""
        return Code.ELEMENT_MISSING, f"{parent} lacks {what}{where}", hint + moved

    # -- attributes and values

    def _attribute(self, finding: Finding) -> tuple[Code, str, str | None]:
        here, wanted, names = _here(finding), finding.wanted, _locals(finding.wanted)
        if finding.kind is Kind.MISSING_ATTRIBUTE:
            if not names:
                return Code.ATTRIBUTE_MISSING, f"the attributes of {here} do not go together, or one is missing", None
            which = f"@{names[0]}" if len(names) == 1 else f"attribute of {listed(names)}"
            return (
                Code.ATTRIBUTE_MISSING,
                f"{here} has no {which}",
                f"add one of {listed(names)}" if len(names) > 1 else f"add {self._glossed_attribute(names[0], wanted)}",
            )
        name = local(finding.subject)
        if name in names:
            message = f"{here} cannot have the attribute {quoted(name)} beside its others"
            return Code.ATTRIBUTE_NOT_ALLOWED, message, "remove it, or the other"
        near = nearest(name, names)
        hint = f"write {self._glossed_attribute(near[0], wanted)}" if near else "remove it"
        if not near and names:
            hint = f"use one of {listed(by_nearness(name, names))}, or remove it"
        return Code.ATTRIBUTE_NOT_ALLOWED, f"{here} cannot have the attribute {quoted(name)}", hint

    @staticmethod
    def _value(finding: Finding) -> tuple[Code, str, str | None]:
        value, wanted = finding.value, finding.wanted
        what = f"@{local(finding.subject)}" if finding.kind is Kind.BAD_VALUE else "the content"
        choices = [(kind, None) for kind in wanted.types]
        why = what_is_wrong(value, {"datatype": "it"}, {"it": {"choices": choices}})
        because = f" ({why})" if why else ""
        message = f"{what} of {_here(finding)} is {quoted(value)}{because}, expected {_described(value, wanted)}"
        near = nearest(value, wanted.values)
        return Code.VALUE_NOT_ALLOWED, message, f"write {quoted(near[0])}" if near else None


def _gloss(text: str) -> str:
    """What a name is short for, with which TEI begins its documentation in brackets; else the first sentence."""
    return text[1:].partition(")")[0] if text.startswith("(") else text.partition(". ")[0].rstrip(".")


def _with_gloss(name: str, gloss: str) -> str:
    is_told = gloss and len(gloss) <= _LONGEST_GLOSS and gloss.lower() != name.lower()
    return f"{quoted(name)} ({gloss})" if is_told else quoted(name)


def _what_to_do(why: str) -> str:
    """About a document that was not read to its end."""
    if "entit" in why:
        return "remove the declarations and write the characters themselves in the place of the references"
    if "findings" in why:
        return "correct what these have in common, and check again"
    return "look at who made the file, and why: no edition needs this"


def _here(finding: Finding) -> str:
    return quoted(local(finding.path[-1])) if finding.path else "the document"


def _described(value: str, wanted: Wanted) -> str:
    parts = []
    if wanted.values:
        parts.append(f"{'one of ' if len(wanted.values) > 1 else ''}{listed(by_nearness(value, wanted.values))}")
    if wanted.examples:
        pattern = f", as the pattern {quoted(wanted.patterns[0])} allows" if wanted.patterns else ""
        parts.append(f"something like {_or(map(quoted, wanted.examples[:_EXPLAINED]))}{pattern}")
    elif wanted.patterns:
        parts.append(f"what the pattern {quoted(wanted.patterns[0])} allows")
    elif wanted.types:
        parts.append(f"{_or(wanted.types[:_EXPLAINED])} (a datatype of XML Schema)")
    return " or ".join(parts) or "nothing"


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)
