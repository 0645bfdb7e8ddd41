"""What the project knows of persons and places: entries with their variants and dated offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from teiwright.model import Kind
from teiwright.naming.shapes import forenames, surname

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BRACKETS = str.maketrans("", "", "[]")
_SPACE = re.compile(r"\s*")


Form = tuple[str, ...]
"""A form of a name as ``key`` gives it."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a name, its type as the file gives it, the documents where it was found, and when it was in use."""

    text: str
    type: str
    sources: tuple[str, ...] = ()
    from_: int | None = None
    to: int | None = None

    def in_use(self, year: int | None) -> bool:
        """Whether something could be called so in a year; a town that was renamed had its names one after another."""
        return year is None or ((self.from_ is None or self.from_ <= year) and (self.to is None or year <= self.to))


@dataclass(frozen=True, slots=True)
class Post:
    """An office, rank or title and when it was held (years or W3C dates; ``None`` is open)."""

    text: str
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or a place; ``id`` is what a mention's ``ref`` names."""

    id: str
    kind: Kind
    variants: tuple[Variant, ...]
    posts: tuple[Post, ...] = ()
    born: int | None = None
    died: int | None = None

    def alive(self, year: int | None) -> bool:
        """Whether a person can have written or received a letter in a year."""
        return self.known_of(year) and (year is None or self.died is None or year <= self.died)

    def known_of(self, year: int | None) -> bool:
        """Whether a person can be spoken of in a year: not before birth, but after death."""
        return year is None or self.born is None or self.born <= year

    def called(self, text: str, year: int | None) -> bool:
        """Whether it bore this form in a year; a form that no date is known of it bore always."""
        wanted = key(text)
        forms = [v for v in self.variants if key(v.text) == wanted]
        return not forms or any(v.in_use(year) for v in forms)

    def documents(self, text: str) -> frozenset[str]:
        """The documents for which an editor recorded this form."""
        wanted = key(text)
        return frozenset(source for v in self.variants if key(v.text) == wanted for source in v.sources)

    @property
    def document_count(self) -> int:
        """In how many documents an editor recorded some form of the name."""
        return len({source for v in self.variants for source in v.sources})


@dataclass(frozen=True)
class Authority:
    """All entries, and the indexes over them."""

    entries: tuple[Entry, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """The names of the files that they were read from, and the SHA-256 checksums of these."""

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by their id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_form(self) -> Mapping[Form, tuple[Entry, ...]]:
        """Entries by each form of their names, in small letters."""
        forms: dict[Form, dict[str, Entry]] = {}
        for entry in self.entries:
            for variant in entry.variants:
                forms.setdefault(key(variant.text), {})[entry.id] = entry
        return {form: tuple(entries.values()) for form, entries in forms.items()}

    def by_form_of(self, text: str) -> tuple[Entry, ...]:
        """Entries that have this form, however it is written."""
        return self.by_form.get(key(text), ())

    @cached_property
    def by_surname(self) -> Mapping[str, tuple[Entry, ...]]:
        """Persons by surname, in small letters."""
        surnames: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            if entry.kind is Kind.PERSON:
                for variant in entry.variants:
                    surnames.setdefault(surname(variant.text).casefold(), {})[entry.id] = entry
        return {name: tuple(entries.values()) for name, entries in surnames.items()}

    @cached_property
    def trie(self) -> Trie:
        """The forms as token sequences, for the search in a text."""
        trie = Trie()
        for entry in self.entries:
            for variant in entry.variants:
                trie.add(variant.text, entry.kind)
        return trie


@dataclass(frozen=True, slots=True)
class Asked:
    """What was looked up in an authority: an entry with none of it, and no form in the text, is of no account."""

    surnames: set[str] = field(default_factory=set)
    forms: set[Form] = field(default_factory=set)


def overheard(authority: Authority) -> tuple[Authority, Asked]:
    """The same authority, and what it will be asked."""
    asked = Asked()
    heard = Authority(authority.entries, authority.files)
    # In the place where `cached_property` keeps what it has worked out.
    heard.__dict__["trie"] = authority.trie
    heard.__dict__["by_id"] = authority.by_id
    heard.__dict__["by_form"] = _Overheard(authority.by_form, asked.forms)
    heard.__dict__["by_surname"] = _Overheard(authority.by_surname, asked.surnames)
    return heard, asked


Key = TypeVar("Key")
Value = TypeVar("Value")


class _Overheard(Mapping[Key, Value]):
    """A mapping that notes what it is asked for, whether it has it or not."""

    def __init__(self, known: Mapping[Key, Value], asked: set[Key]) -> None:
        self._known, self._asked = known, asked

    def __getitem__(self, key: Key) -> Value:
        self._asked.add(key)
        return self._known[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def tokens(text: str) -> list[str]:
    """Words and marks; a straight apostrophe is the same as a curved one."""
    return _TOKEN.findall(text.replace("'", "’"))


def key(text: str) -> tuple[str, ...]:
    """What two spellings of one form share: no case, no brackets of supplied letters, no spaces."""
    return tuple(token.casefold() for token in tokens(text.translate(_BRACKETS)))


def known_forenames(entry: Entry) -> list[tuple[str, ...]]:
    """The forenames of each form that has any."""
    return [names for variant in entry.variants if (names := forenames(variant.text))]


class Trie:
    """Longest match over token sequences: one dictionary look-up for a word that begins no name."""

    def __init__(self) -> None:
        self._root: dict[str, _Node] = {}

    def add(self, text: str, kind: Kind) -> None:
        """Enter a form, and the same in capitals if it is long enough not to be an abbreviation."""
        for form in (text, text.upper()) if len(text) > 3 else (text,):
            nodes = self._root
            node = None
            for token in tokens(form):
                node = nodes.setdefault(token, _Node())
                nodes = node.next
            if node is not None:
                node.kinds = tuple(dict.fromkeys((*node.kinds, kind)))

    def search(self, text: str) -> Iterator[tuple[int, int, tuple[Kind, ...]]]:
        """Each longest form in the text, from left to right, without overlaps."""
        position = 0
        for match in _WORD.finditer(text) if self._root else ():
            if match.start() < position or match[0] not in self._root:
                continue
            end, kinds = self._longest(text, match.end(), self._root[match[0]])
            if kinds:
                position = end
                yield match.start(), end, kinds

    def _longest(self, text: str, end: int, node: _Node) -> tuple[int, tuple[Kind, ...]]:
        best = (end, node.kinds)
        while node.next:
            space = _SPACE.match(text, end)
            token = _TOKEN.match(text, space.end() if space else end)
            following = node.next.get(token[0].replace("'", "’")) if token else None
            if token is None or following is None:
                break
            end, node = token.end(), following
            if node.kinds:
                best = (end, node.kinds)
        return best


class _Node:
    """A token's place in the trie: what may follow, and what ends here."""

    __slots__ = ("kinds", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.kinds: tuple[Kind, ...] = ()
