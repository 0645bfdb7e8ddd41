"""Corrections are tried, and kept if the flaw is gone and the text is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from teiwright.diagnostics import Code, Diagnostic
from teiwright.fixing.proposing import Edit, Key, proposals
from teiwright.fixing.tags import Tag, contents, tags_of

_ROUNDS = 5
"""One correction may show the next flaw: an attribute of an element that was not known before."""
Check = Callable[[bytes], Sequence[Diagnostic]]
Tags = Mapping[tuple[int, int], Tag]
"""Elements by line and column."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document with its corrections: how many flaws they are for, and what is left to be done."""

    data: bytes
    count: int
    findings: tuple[Diagnostic, ...]


def correct(data: bytes, check: Check) -> Corrected:
    """Correct what is safe. ``check`` says what is wrong with a document of these bytes."""
    findings = tuple(check(data))
    count = 0
    in_vain: dict[Key, Diagnostic] = {}
    for _ in range(_ROUNDS):
        tags = tags_of(data)
        edits = [edit for edit in _edits(findings, tags, data) if edit.key not in in_vain]
        if not edits:
            break
        tried, left = _tried(data, edits, check)
        before, after = _counted(findings, tags), _counted(left, tags_of(tried))
        refused = {edit.key for edit in edits if after[edit.key] >= before[edit.key]}
        if refused:
            in_vain |= {key: _note(finding) for finding in findings if (key := _key(finding, tags)) in refused}
            edits = [edit for edit in edits if edit.key not in refused]
            tried, left = _tried(data, edits, check)
        if contents(tried) != contents(data):
            break  # an edit that touches the text is none of ours
        count += len({edit.key for edit in edits})
        data, findings = tried, tuple(left)
    return Corrected(data, count, (*findings, *in_vain.values()))


def _edits(findings: Sequence[Diagnostic], tags: Tags, data: bytes) -> list[Edit]:
    """The edits of all findings; where two want the same bytes, the first is heard."""
    found: dict[tuple[int, int], Edit] = {}
    for finding in findings:
        tag = tags.get((finding.where.line, finding.where.column))
        for edit in proposals(finding, tag, data) if tag else ():
            found.setdefault((edit.span.start, edit.span.end), edit)
    return sorted(found.values(), key=lambda edit: edit.span.start)


def _tried(data: bytes, edits: Sequence[Edit], check: Check) -> tuple[bytes, Sequence[Diagnostic]]:
    pieces: list[bytes] = []
    position = 0
    for edit in edits:
        pieces += (data[position : edit.span.start], edit.text)
        position = edit.span.end
    made = b"".join((*pieces, data[position:]))
    return made, check(made)


def _counted(findings: Sequence[Diagnostic], tags: Tags) -> Counter[Key]:
    """How many flaws of a kind each element has."""
    return Counter(key for finding in findings if (key := _key(finding, tags)))


def _key(finding: Diagnostic, tags: Tags) -> Key | None:
    tag = tags.get((finding.where.line, finding.where.column))
    return None if tag is None else (finding.code, tag.number)


def _note(finding: Diagnostic) -> Diagnostic:
    message = f"a correction of {finding.code.number} was not kept, as the flaw was still there after it"
    return Diagnostic(Code.FIX_NOT_KEPT, finding.where, message, "correct it by hand")
