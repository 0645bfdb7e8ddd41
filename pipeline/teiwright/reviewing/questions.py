"""A text as it is reviewed: its paragraphs, and each of its names as a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from teiwright.model import Certainty, Draft, Kind, Mention
from teiwright.naming import Authority, Entry
from teiwright.naming.decisions import Anchor, Passages
from teiwright.naming.script import Script, read_script
from teiwright.naming.shapes import surname

_RANK = {Certainty.LOW: 0, Certainty.MEDIUM: 1, Certainty.HIGH: 2, None: 3}
_MOST_CANDIDATES = 9
"""As many as there are number keys."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the authority file that a name may mean, and what is known of it in a line."""

    id: str
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Question:
    """Is this a name, of what kind, and whose? ``start`` and ``end`` are positions in the script.

    ``id`` tells a question from the others as long as neither the text nor its decisions change.
    """

    id: str
    mention: Mention
    form: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]

    @property
    def decided(self) -> bool:
        """Whether a person has decided on it."""
        return self.mention.certainty is None

    @property
    def doubtful(self) -> bool:
        """Whether the program was not sure, or could not choose among several entries."""
        unsure = self.mention.certainty in (Certainty.LOW, Certainty.MEDIUM)
        torn = self.mention.ref is None and len(self.candidates) > 1
        return not self.decided and (unsure or torn)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or signature: its text, cut where names begin and end."""

    zone: str
    runs: tuple[tuple[str, Question | None], ...]


@dataclass(frozen=True)
class Reading:
    """One text, read for review."""

    script: Script
    questions: tuple[Question, ...]
    """The least certain first, then in the order of the text; what is decided comes last."""

    @cached_property
    def passages(self) -> Passages:
        """Where forms stand in the text."""
        return Passages(self.script)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Questions by their id."""
        return {question.id: question for question in self.questions}

    def anchor(self, question: Question) -> Anchor:
        """What finds the question's mention again."""
        return self.passages.anchor(question.start, question.end)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The whole text as it is read, without what became markup."""
        placed = iter(sorted(self.questions, key=lambda q: q.start))
        following = next(placed, None)
        for stretch in self.script.stretches:
            runs: list[tuple[str, Question | None]] = []
            at = stretch.start
            while following is not None and following.start < stretch.end:
                runs.append((self.script.text[at : following.start], None))
                runs.append((following.form, following))
                at, following = following.end, next(placed, None)
            runs.append((self.script.text[at : stretch.end], None))
            yield Paragraph(stretch.zone.value, tuple((text, asked) for text, asked in runs if text))


def read_for_review(draft: Draft, authority: Authority) -> Reading:
    """The names of a draft as questions."""
    script = read_script(draft)
    asked = [_question(script, mention, authority) for mention in draft.mentions]
    return Reading(script, tuple(sorted(asked, key=lambda q: (_RANK[q.mention.certainty], q.start))))


def _question(script: Script, mention: Mention, authority: Authority) -> Question:
    start, end = script.place_of(mention.span)
    form = script.text[start:end]
    candidates = tuple(map(_candidate, _entries(mention, form, authority)))[:_MOST_CANDIDATES]
    return Question(f"{start}-{end}", mention, form, start, end, candidates)


def _entries(mention: Mention, form: str, authority: Authority) -> Iterator[Entry]:
    """The entry that it is linked to, then all that bear the name."""
    of_form = authority.by_form_of(form)
    of_surname = authority.by_surname.get(surname(form).casefold(), ()) if mention.kind is Kind.PERSON else ()
    linked = authority.by_id.get(mention.ref) if mention.ref else None
    found = {e.id: e for e in (*([linked] if linked else []), *of_form, *of_surname) if e.kind is mention.kind}
    yield from found.values()


def _candidate(entry: Entry) -> Candidate:
    life = f"{entry.born or '?'}–{entry.died or '?'}" if entry.born or entry.died else ""
    posts = (" ".join(filter(None, (post.text, _years(post.from_, post.to)))) for post in entry.posts)
    return Candidate(entry.id, entry.variants[0].text, "; ".join(fact for fact in (life, *posts) if fact))


def _years(start: str | None, end: str | None) -> str:
    years = start or "" if start == end else f"{start or ''}–{end or ''}"
    return f"({years})" if years else ""
