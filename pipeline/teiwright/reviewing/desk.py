"""The texts under review: what is asked of them, and what becomes of an answer.

Several windows, a spreadsheet and a text editor may be at the same files: each answer names the state
of the files that it was given for, and is refused if they are no longer in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from teiwright.conversion import decision_files
from teiwright.diagnostics import Location
from teiwright.digests import digest_of_file, key_of
from teiwright.model import Draft, Kind
from teiwright.naming import Authority
from teiwright.naming.decisions import SHARED, Anchor, Decision, Scope, Verdict, of_text
from teiwright.reviewing.questions import Question, Reading, read_for_review
from teiwright.reviewing.recording import append, take_back

_OTHER = {Kind.PERSON: Kind.PLACE, Kind.PLACE: Kind.PERSON}


class NotNowError(Exception):
    """The answer was given for a state of the files that is over, or to a question that is not asked."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a person answers. ``version`` is the state of the files that the question was asked in."""

    text: str
    version: str
    question: str
    verdict: Verdict
    scope: Scope = Scope.MENTION
    ref: str | None = None
    becomes: str | None = None


@dataclass
class Desk:
    """Reads texts when they are asked for, and writes each answer down at once."""

    texts: Mapping[str, Path]
    understand: Callable[[Path], Draft]
    authority: Callable[[], Authority]
    who: str | None = None
    when: str | None = None
    _lock: RLock = field(default_factory=RLock)
    _readings: dict[str, tuple[str, Reading]] = field(default_factory=dict)
    _done: list[tuple[Path, bytes]] = field(default_factory=list)

    def version(self, name: str) -> str:
        """The state of all files that the questions of a text depend on."""
        text = self.texts[name]
        beside = (text, text.with_suffix(".toml"), *decision_files(text))
        return key_of(*map(digest_of_file, beside))

    def reading(self, name: str) -> tuple[str, Reading]:
        """The version of a text, and the text read for review."""
        with self._lock:
            version = self.version(name)
            known = self._readings.get(name)
            if known is None or known[0] != version:
                known = version, read_for_review(self.understand(self.texts[name]), self.authority())
                self._readings = {name: known}
            return known

    def decide(self, action: Action) -> Decision:
        """Write an answer down; raises ``NotNowError`` if it was given to another state of the files."""
        with self._lock:
            version, reading = self.reading(action.text)
            question = reading.by_id.get(action.question)
            if version != action.version or question is None:
                raise NotNowError
            text = self.texts[action.text]
            path = text.with_name(SHARED) if action.scope is Scope.PROJECT else of_text(text)
            decision = self._decision(action, question, reading, path)
            self._done.append((path, append(path, decision)))
            return decision

    def undo(self) -> bool:
        """Take back what was written down last in this run, unless the file was changed since."""
        with self._lock:
            return bool(self._done) and take_back(*self._done.pop())

    @property
    def undoable(self) -> bool:
        """Whether there is an answer of this run to take back."""
        return bool(self._done)

    def _decision(self, action: Action, question: Question, reading: Reading, path: Path) -> Decision:
        narrow = action.scope is Scope.MENTION
        anchor = reading.anchor(question) if narrow else Anchor(" ".join(question.form.split()))
        kind: Kind | None = question.mention.kind
        ref = action.ref
        match action.verdict:
            case Verdict.ACCEPT | Verdict.EXTEND:
                ref = ref or question.mention.ref
            case Verdict.RETYPE:
                kind = _OTHER[question.mention.kind]
            case Verdict.REJECT:
                kind = None
            case Verdict.RELINK:
                pass
        becomes = " ".join(action.becomes.split()) if action.becomes else None
        return Decision(
            action.verdict, action.scope, kind, anchor, Location(str(path)), becomes, ref, self.who, self.when
        )
