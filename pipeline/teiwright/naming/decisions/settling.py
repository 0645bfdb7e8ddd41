"""What was decided, put in the place of what the recognisers proposed.

The narrower verdict wins: that on a mention over that on a form in the text, that over one on all texts.
Of two verdicts of one scope the later line wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from teiwright.diagnostics import Code, Diagnostic
from teiwright.model import Kind
from teiwright.naming.authority import Authority
from teiwright.naming.decisions.anchoring import Passage, Passages
from teiwright.naming.decisions.decision import NO_LINK, Decision, Scope, Verdict
from teiwright.naming.found import Found
from teiwright.naming.script import Script

BY = "decision"
"""The recogniser of a name that a person decided on."""
_WIDEST_FIRST = (Scope.PROJECT, Scope.DOCUMENT, Scope.MENTION)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What all decisions on one passage say together.

    ``asserts``: a name stands here even if no recogniser proposes one.
    """

    rejected: bool = False
    asserts: bool = False
    narrow: bool = False
    kind: Kind | None = None
    ref: str | None = None
    who: str | None = None
    why: str = ""


@dataclass(frozen=True)
class Settlement:
    """The decisions that concern one script."""

    script: Script
    decisions: tuple[Decision, ...]

    @cached_property
    def _placed(self) -> tuple[tuple[Decision, tuple[Passage, ...]], ...]:
        passages = Passages(self.script)
        mentions = [d for d in self.decisions if d.scope is Scope.MENTION]
        found = dict(zip(map(id, mentions), passages.find([d.anchor for d in mentions]), strict=True))
        return tuple((d, tuple(_places(d, passages, found.get(id(d))))) for d in self.decisions)

    @cached_property
    def rulings(self) -> dict[tuple[int, int], Ruling]:
        """What is ruled for each passage that a decision speaks of."""
        rulings: dict[tuple[int, int], Ruling] = {}
        for scope in _WIDEST_FIRST:
            for decision, passages in self._placed:
                for passage in passages if decision.scope is scope else ():
                    place = passage.start, passage.end
                    rulings[place] = _ruled(rulings.get(place, Ruling()), decision)
        return rulings

    def orphans(self) -> Iterator[Diagnostic]:
        """Decisions whose passage the text no longer has, or has more than once."""
        for decision, passages in self._placed:
            if not passages and decision.scope is not Scope.PROJECT:
                name = decision.anchor.quote
                what = "passage" if decision.scope is Scope.MENTION else "text"
                yield Diagnostic(
                    Code.ORPHAN_DECISION,
                    decision.where,
                    f"the {what} in which `{name}` was decided on is not found in the text any more",
                    "decide again, or delete the line",
                )

    def settle(self, proposed: Iterable[Found]) -> tuple[Found, ...]:
        """The proposals as decided, in order; a decided name drives out what overlaps it."""
        rulings = self.rulings
        if not rulings:
            return tuple(proposed)
        open_, decided = [], []
        for found in proposed:
            ruling = rulings.get((found.start, found.end))
            if ruling is None:
                open_.append(found)
            elif not ruling.rejected:
                decided.append(_as_ruled(found, ruling))
            elif ruling.kind not in (None, found.kind):
                open_.append(found)
        decided += self._asserted(decided, open_)
        taken = sorted((f.start, f.end) for f in decided)
        kept = [f for f in open_ if not any(start < f.end and f.start < end for start, end in taken)]
        return tuple(sorted([*kept, *decided], key=lambda f: (f.start, f.end)))

    def ruling(self, found: Found) -> Ruling | None:
        """What was decided on a name."""
        return self.rulings.get((found.start, found.end))

    def _asserted(self, decided: list[Found], proposed: list[Found]) -> Iterator[Found]:
        """Names that no recogniser proposed; a form within a longer name is not that form."""
        there = {(f.start, f.end) for f in decided}
        for (start, end), ruling in self.rulings.items():
            if not ruling.asserts or ruling.rejected or ruling.kind is None or (start, end) in there:
                continue
            within = any(f.start <= start and end <= f.end for f in (*proposed, *decided))
            if ruling.narrow or not within:
                yield Found(start, end, ruling.kind, 1.0, BY, ruling.why)


def _places(decision: Decision, passages: Passages, own: Passage | None) -> Iterator[Passage]:
    of_form = passages.of(decision.anchor.quote) if decision.scope is not Scope.MENTION else (own,) if own else ()
    if decision.verdict is not Verdict.EXTEND or decision.becomes is None:
        yield from of_form
        return
    for whole in passages.of(decision.becomes):
        if any(whole.start < part.end and part.start < whole.end for part in of_form):
            yield whole


def _ruled(before: Ruling, decision: Decision) -> Ruling:
    narrow = decision.scope is Scope.MENTION
    said = decision.note or f"{decision.verdict.value} by decision"
    if decision.verdict is Verdict.REJECT:
        return Ruling(rejected=True, narrow=narrow, kind=decision.kind, who=decision.who, why=said)
    asserts = narrow or decision.verdict in (Verdict.ACCEPT, Verdict.EXTEND)
    kept = Ruling() if before.rejected else before
    return replace(
        kept,
        asserts=kept.asserts or asserts,
        narrow=narrow,
        kind=decision.kind or kept.kind,
        ref=decision.ref or kept.ref,
        who=decision.who or kept.who,
        why=said,
    )


def _as_ruled(found: Found, ruling: Ruling) -> Found:
    return replace(found, kind=ruling.kind or found.kind, score=1.0, by=BY, reason=ruling.why)


def without_entry(decisions: Iterable[Decision], authority: Authority) -> Iterator[Diagnostic]:
    """Decisions that link to an entry which the authority files do not have, or have as the other kind."""
    known = {entry.id: entry.kind for entry in authority.entries}
    for decision in decisions:
        ref = decision.ref
        if ref is None or ref == NO_LINK or known.get(ref) is (decision.kind or known.get(ref)):
            continue
        near = get_close_matches(ref, known, n=1)
        message = f"`{ref}` is the id of no entry" if ref not in known else f"`{ref}` is the entry of another kind"
        hint = f"is `{near[0]}` meant?" if near else "add the entry, or write `none`"
        yield Diagnostic(Code.DECISION_WITHOUT_ENTRY, decision.where, f"{message} of the authority files", hint)
