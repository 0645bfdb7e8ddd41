"""Warnings that a person has looked at, as the project file says: still told, but no strict run fails for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One ``[[accepted]]`` table: how many warnings of a code are as they must be in one document, and why."""

    code: Code
    document: str
    why: str
    count: int
    where: Location


def accept(findings: Iterable[Diagnostic], acceptances: Sequence[Acceptance]) -> Mapping[Diagnostic, Diagnostic]:
    """Each finding as it is to be told.

    If there are more warnings than were looked at, none is accepted: nobody can say which of them is the new one.
    """
    found = dict.fromkeys(findings)
    told = {finding: finding for finding in found}
    for acceptance in acceptances:
        meant = list(_meant(found, acceptance))
        if len(meant) <= acceptance.count:
            told |= {finding: replace(finding, accepted=acceptance.why) for finding in meant}
    return told


def not_needed(findings: Iterable[Diagnostic], acceptances: Sequence[Acceptance]) -> Iterator[Diagnostic]:
    """Acceptances of more than there is."""
    found = dict.fromkeys(findings)
    for acceptance in acceptances:
        count = sum(1 for _ in _meant(found, acceptance))
        if count < acceptance.count:
            what = f"{acceptance.code.number} in `{acceptance.document}`"
            message = f"{acceptance.count} of {what} accepted, but there {'is' if count == 1 else 'are'} {count}"
            hint = f"set `count = {count}`" if count else "remove this table, or correct its `document`"
            yield Diagnostic(Code.ACCEPTANCE_NOT_NEEDED, acceptance.where, message, hint)


def _meant(findings: Iterable[Diagnostic], acceptance: Acceptance) -> Iterator[Diagnostic]:
    """A document's text, metadata and edition share its name."""
    for finding in findings:
        warning = finding.code.severity is Severity.WARNING
        if warning and finding.code is acceptance.code and Path(finding.where.path).stem == acceptance.document:
            yield finding
