"""Warnings that a person has looked at, as the project file says: still told, but no strict run fails for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Accepted:
    """What of some findings is accepted: ``counts`` say how many of them each acceptance means.

    If there are more warnings than were looked at, none is accepted: nobody can say which of them is the new one.
    """

    counts: tuple[tuple[Acceptance, int], ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Diagnostic], acceptances: Sequence[Acceptance]) -> Accepted:
        """Of all findings, without doubles."""
        if not acceptances:
            return cls()
        codes = {acceptance.code for acceptance in acceptances}
        found = Counter(map(_meant_by, (finding for finding in findings if finding.code in codes)))
        return cls(tuple((each, found[each.code, each.document]) for each in acceptances))

    def told(self, finding: Diagnostic) -> Diagnostic:
        """A finding as it is to be told."""
        if finding.code.severity is not Severity.WARNING:
            return finding
        fitting = (each for each, count in self.counts if each.code is finding.code and count <= each.count)
        why = [each.why for each in fitting if each.document == _meant_by(finding)[1]]
        return replace(finding, accepted=why[-1]) if why else finding

    def not_needed(self) -> Iterator[Diagnostic]:
        """Acceptances of more than there is."""
        for acceptance, count in self.counts:
            if count < acceptance.count:
                what = f"{acceptance.code.number} in `{acceptance.document}`"
                message = f"{acceptance.count} of {what} accepted, but there {'is' if count == 1 else 'are'} {count}"
                hint = f"set `count = {count}`" if count else "remove this table, or correct its `document`"
                yield Diagnostic(Code.ACCEPTANCE_NOT_NEEDED, acceptance.where, message, hint)


def _meant_by(finding: Diagnostic) -> tuple[Code, str]:
    """A document's text, metadata and edition share its name."""
    return finding.code, Path(finding.where.path).stem
