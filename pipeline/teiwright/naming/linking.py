"""To whom or what a name refers: an entry of the authority file, and only one that fits alone.

The evidence, in this order: the full name; the title or office against dated offices; the document's
metadata for its correspondents; a form that an editor recorded for this very document; the heading or
the signature of the same document; that no one else bears the surname; and last, that of those who bear it
one is named in far more documents of the project. How well known someone is in the world never counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from teiwright.model import Certainty, Draft, Kind, Party
from teiwright.naming.authority import Authority, Entry, Post, key, known_forenames
from teiwright.naming.found import Found
from teiwright.naming.script import Script, Zone
from teiwright.naming.shapes import forenames, surname
from teiwright.naming.words import DEMONYMS, FUNCTION_WORDS, OFFICES, word_set

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"^-?\d{4}")
_ALIASES = {
    "attaché": "attache",
    "chargé": "charge",
    "lieut": "lieutenant",
    "lt": "lieutenant",
    "gen": "general",
    "col": "colonel",
    "adm": "admiral",
    "capt": "captain",
    "counsellor": "counselor",
    "advisor": "adviser",
}
_OFFICE_WORDS = frozenset(word.casefold() for word in OFFICES) | word_set(
    "foreign war prime naval military vice general lieutenant colonel major marshal admiral captain prince "
    "king metropolitan patriarch attache charge second first third under high governor emperor senator judge"
)
_RANK_WORDS = word_set("general lieutenant colonel major marshal admiral captain commander brigadier vice rear")
_NEUTRAL = word_set("mr mrs miss dr messrs sir señor herr frau mme madame m memorandum")
_LIFETIME_AFTER = 30
"""For how many years before and after the known offices a bare surname may still mean their holder."""

_OFTEN = 3
_FACTOR = 3
"""In how many documents, and how many times as many as the next, someone is named who is meant by a bare surname."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that fits, how surely, and why."""

    ref: str
    certainty: Certainty
    reason: str


@dataclass(frozen=True)
class Linker:
    """Links the names of one document."""

    authority: Authority
    script: Script
    document: str
    year: int | None
    sent: tuple[Party, ...] = ()
    received: tuple[Party, ...] = ()

    @classmethod
    def of(cls, draft: Draft, script: Script, authority: Authority) -> Linker:
        """For a draft: its id, its year if it is dated, its correspondents."""
        metadata = draft.source.metadata
        year = _document_year(draft, script)
        return cls(authority, script, metadata.id, year, metadata.sent, metadata.received)

    def links(self, decided: tuple[Found, ...]) -> list[Link | None]:
        """A link or none for each name; correspondents first, since they speak for bare surnames."""
        first = [self._link(found) for found in decided]
        correspondents = {
            link.ref for found, link in zip(decided, first, strict=True) if link and found.role is not None
        }
        return [
            link
            or self._by_correspondent(found, correspondents)
            or self._only_bearer(found)
            or self._most_frequent(found)
            for found, link in zip(decided, first, strict=True)
        ]

    def _text(self, found: Found) -> str:
        return self.script.text[found.start : found.end]

    def _link(self, found: Found) -> Link | None:
        if found.kind is Kind.PLACE:
            return self._place(found)
        candidates = self._persons(found)
        tests: tuple[Callable[[Found, tuple[Entry, ...]], Link | None], ...] = (
            self._by_full_name,
            self._by_post,
            self._by_metadata,
            self._by_record,
        )
        return next((link for test in tests if (link := test(found, candidates))), None)

    def _persons(self, found: Found) -> tuple[Entry, ...]:
        """Persons whose surname it is, whose forenames it does not contradict, and who lived by then.

        Of the dead one speaks, but they neither write nor receive letters.
        """
        if not self.authority.entries:
            return ()
        text = self._text(found).translate(str.maketrans("", "", "[]"))
        same = self.authority.by_surname.get(surname(text).casefold(), ())
        form = tuple(entry for entry in self.authority.by_form.get(key(text), ()) if entry.kind is Kind.PERSON)
        given = forenames(text)
        candidates = {e.id: e for e in (*form, *(e for e in same if not given or _compatible(given, e)))}
        return tuple(e for e in candidates.values() if (e.alive if found.role else e.known_of)(self.year))

    def _by_full_name(self, found: Found, candidates: tuple[Entry, ...]) -> Link | None:
        text = self._text(found)
        given = forenames(text.translate(str.maketrans("", "", "[]")))
        if not given or len(candidates) != 1:
            return None
        exact = any(key(v.text) == key(text) for v in candidates[0].variants)
        if exact:
            return Link(candidates[0].id, Certainty.HIGH, "the full name is a form of this entry alone")
        return Link(candidates[0].id, Certainty.MEDIUM, "surname and initials fit this entry alone")

    def _by_post(self, found: Found, candidates: tuple[Entry, ...]) -> Link | None:
        fitting = [e for e in candidates if any(_held(found.post, post, self.year) for post in e.posts)]
        if len(fitting) != 1:
            return None
        dated = self.year is not None
        return Link(
            fitting[0].id,
            Certainty.HIGH if dated or len(candidates) == 1 else Certainty.MEDIUM,
            f"`{' '.join(found.post.split())}` is an office or title of this entry alone",
        )

    def _by_metadata(self, found: Found, candidates: tuple[Entry, ...]) -> Link | None:
        parties = {"from": self.sent, "signed": self.sent, "to": self.received}.get(found.role or "", ())
        named = {party.ref for party in parties if party.ref}
        fitting = [e for e in candidates if e.id in named]
        if len(fitting) != 1:
            return None
        return Link(fitting[0].id, Certainty.HIGH, "the metadata names this correspondent")

    def _by_record(self, found: Found, candidates: tuple[Entry, ...]) -> Link | None:
        recorded = [e for e in candidates if self.document in e.documents(self._text(found))]
        if len(recorded) != 1:
            return None
        return Link(recorded[0].id, Certainty.HIGH, "the authority file records this form for this document")

    def _by_correspondent(self, found: Found, correspondents: set[str]) -> Link | None:
        if found.kind is not Kind.PERSON:
            return None
        fitting = [e for e in self._persons(found) if e.id in correspondents]
        if len(fitting) != 1:
            return None
        return Link(fitting[0].id, Certainty.MEDIUM, "a correspondent of this document bears the name")

    def _only_bearer(self, found: Found) -> Link | None:
        """Right as often as an office where the file has everyone; elsewhere a namesake is possible, so never high."""
        if found.kind is not Kind.PERSON:
            return None
        candidates = self._persons(found)
        if len(candidates) != 1 or _speaks_against(found.post, candidates[0], self.year):
            return None
        return Link(candidates[0].id, Certainty.MEDIUM, "only this entry bears the surname")

    def _most_frequent(self, found: Found) -> Link | None:
        """A bare surname means whom the project mostly means by it: full names are written for the others."""
        if found.kind is not Kind.PERSON or forenames(self._text(found)):
            return None
        candidates = [e for e in self._persons(found) if not _speaks_against(found.post, e, self.year)]
        if len(candidates) < 2:
            return None
        counted = sorted(((e.document_count, e.id) for e in candidates), reverse=True)
        if counted[0][0] < _OFTEN or counted[0][0] < _FACTOR * counted[1][0]:
            return None
        return Link(counted[0][1], Certainty.MEDIUM, "of those who bear the name, the project mostly names this one")

    def _place(self, found: Found) -> Link | None:
        text = self._text(found)
        whole = self._places(text)
        if len(whole) == 1:
            return Link(whole[0].id, Certainty.HIGH, "a form of this entry alone")
        recorded = [entry for entry in whole if self.document in entry.documents(text)]
        if len(recorded) == 1:
            return Link(recorded[0].id, Certainty.HIGH, "the authority file records this form for this document")
        settlement = self._places(text.rsplit(",", 1)[-1]) if "," in text and not whole else ()
        if len(settlement) == 1:
            return Link(settlement[0].id, Certainty.MEDIUM, "the place named last is this entry")
        return None

    def _places(self, text: str) -> tuple[Entry, ...]:
        found = self.authority.by_form.get(key(text), ())
        return tuple(e for e in found if e.kind is Kind.PLACE and e.called(text, self.year))


def _compatible(given: tuple[str, ...], entry: Entry) -> bool:
    """Whether forenames or initials can be those of an entry: ``J. C.`` and ``Joseph C.``, not ``Robert``."""
    for names in known_forenames(entry):
        pairs = list(zip(given, names, strict=False))
        if pairs and all(_same_forename(a.casefold(), b.casefold()) for a, b in pairs):
            return True
    return False


def _same_forename(a: str, b: str) -> bool:
    return a[0] == b[0] if len(a) == 1 or len(b) == 1 else a == b


def _words(text: str) -> frozenset[str]:
    expanded = re.sub(r"\b[Pp]remier\b", "Prime Minister", text)
    words = (word.casefold() for word in _WORD.findall(expanded))
    return frozenset(_ALIASES.get(word, word) for word in words)


def _proper(text: str) -> frozenset[str]:
    """Capitalised words of an office that are not the office: ``Japan`` in ``The Ambassador in Japan``."""
    proper = (w for w in _WORD.findall(text) if w[0].isupper() and w not in FUNCTION_WORDS and w not in DEMONYMS)
    return frozenset(w.casefold() for w in proper) - _OFFICE_WORDS - _NEUTRAL - set(_ALIASES)


def _held(printed: str, post: Post, year: int | None) -> bool:
    """Whether what is printed beside a name is this office, at a date that allows it."""
    office = _words(printed) & _OFFICE_WORDS
    if not office or not office <= _words(post.text) or not _during(post, year):
        return False
    places = _proper(printed)
    return not places or not _proper(post.text) or bool(places & _proper(post.text))


def _during(post: Post, year: int | None) -> bool:
    start, end = _year(post.from_), _year(post.to)
    return year is None or ((start is None or start <= year) and (end is None or year <= end))


def _speaks_against(printed: str, entry: Entry, year: int | None) -> bool:
    """Whether an only bearer must be a namesake: another office, or another time."""
    years = [y for post in entry.posts for y in (_year(post.from_), _year(post.to)) if y is not None]
    if year is not None and years and not min(years) - _LIFETIME_AFTER <= year <= max(years) + _LIFETIME_AFTER:
        return True
    office = _words(printed) & _OFFICE_WORDS
    held = frozenset().union(*(_words(post.text) for post in entry.posts))
    if office and office <= _RANK_WORDS:
        return bool(held & _RANK_WORDS) and not held & office  # a general may hold any office
    return bool(office) and bool(entry.posts)


def _year(date: str | None) -> int | None:
    match = _YEAR.match(date) if date else None
    return int(match[0]) if match else None


def _document_year(draft: Draft, script: Script) -> int | None:
    """The year of the metadata, or else of the first dated dateline."""
    given = draft.source.metadata.date
    values = [given] if given else []
    spans = [script.source_span(s.start, s.end) for s in script.of_zone(Zone.DATELINE)]
    for dated in draft.dates:
        if any(span.start <= dated.span.start and dated.span.end <= span.end for span in spans):
            values.append(dated.value)
    for value in values:
        for date in (value.when, value.from_, value.not_before, value.to, value.not_after):
            if (year := _year(date)) is not None:
                return year
    return None
