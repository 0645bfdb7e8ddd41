"""Review in a spreadsheet: the open questions as a table, and the table read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from teiwright.diagnostics import Location
from teiwright.naming.decisions import Decision, Scope, Verdict, load_decisions, of_text
from teiwright.naming.decisions.files import COLUMNS, READ_OVER, row_of, write_rows
from teiwright.reviewing.questions import Question, Reading
from teiwright.reviewing.recording import append

_NOWHERE = Location("")


def questions_as_table(reading: Reading, *, everything: bool = False) -> str:
    """Each doubtful name, or each that nobody has decided on, as a decision that lacks its verdict."""
    asked = (q for q in reading.questions if q.doubtful or (everything and not q.decided))
    return write_rows((*COLUMNS, *READ_OVER), _rows(reading, asked))


def record_table(path: Path, text: Path) -> int:
    """Add to the decisions of a text what a table of its questions now says; how many there were.

    A line that the text's own file has already is not written again.
    """
    decided = load_decisions(path)
    known = {_said(decision) for decision in load_decisions(of_text(text))}
    new = [decision for decision in decided if _said(decision) not in known]
    for decision in new:
        append(of_text(text), decision)
    return len(new)


def _rows(reading: Reading, asked: Iterable[Question]) -> Iterator[dict[str, str]]:
    for question in asked:
        mention = question.mention
        anchor = reading.anchor(question)
        proposed = Decision(Verdict.ACCEPT, Scope.MENTION, mention.kind, anchor, _NOWHERE, ref=mention.ref)
        certainty = mention.certainty.value if mention.certainty else ""
        offered = " | ".join(f"{c.id}: {c.name}" + (f", {c.facts}" if c.facts else "") for c in question.candidates)
        yield row_of(proposed) | {"verdict": "", "certainty": certainty, "candidates": offered}


def _said(decision: Decision) -> Decision:
    return replace(decision, where=_NOWHERE)
