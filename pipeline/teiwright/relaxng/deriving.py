"""Derivatives: what may follow once a pattern has met a name or a text (Clark, An algorithm for RELAX NG validation).

All is remembered, so that the patterns that documents visit become an automaton by and by.
"""

from __future__ import annotations

from teiwright.relaxng.datatypes import Prefixes, words
from teiwright.relaxng.names import Name, contains
from teiwright.relaxng.patterns import (
    After,
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    Pool,
    Several,
    Text,
    Value,
    Words,
)

_MOST = 300_000
"""Derivatives by name that are remembered; beyond, a hostile document is at work and all are forgotten."""
Openings = dict[Element, Pattern]
"""Which element a name can be, and what may follow it."""
Namings = dict[Attribute, Pattern]
"""Which attribute a name can be, and what remains."""


class Deriver:
    """The derivatives of one schema's patterns."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._openings: dict[tuple[Pattern, str], Openings] = {}
        self._namings: dict[tuple[Pattern, str], Namings] = {}
        self._closed: dict[tuple[Pattern, bool], Pattern] = {}
        self._texts: dict[Pattern, Pattern] = {}
        self._named: dict[Pattern, tuple[dict[str, list[Element]], list[Pattern]]] = {}

    # -- elements

    def openings(self, pattern: Pattern, name: str) -> Openings:
        """What a start tag of this name can be here. Attributes must be closed."""
        key = (pattern, name)
        found = self._openings.get(key)
        if found is None:
            found = self._open(pattern, name)
            if len(self._openings) > _MOST:
                self._openings.clear()
            self._openings[key] = found
        return found

    def _open(self, pattern: Pattern, name: str) -> Openings:
        pool = self._pool
        found: Openings = {}
        match pattern:
            case Element():
                if contains(pattern.names, name):
                    found[pattern] = pool.empty
            case Choice():
                named, others = self._index(pattern)
                found = dict.fromkeys(named.get(name, ()), pool.empty)
                for item in others:
                    self._merge(found, self.openings(item, name))
            case Group(items=items):
                for number, item in enumerate(items):
                    rest = items[number + 1 :]
                    self._merge(found, {e: pool.group((c, *rest)) for e, c in self.openings(item, name).items()})
                    if not item.nullable:
                        break
            case Interleave(items=items):
                for number, item in enumerate(items):
                    rest = (*items[:number], *items[number + 1 :])
                    self._merge(found, {e: pool.interleave((c, *rest)) for e, c in self.openings(item, name).items()})
            case OneOrMore(item=item):
                again = pool.optional(pattern)
                found = {e: pool.group((c, again)) for e, c in self.openings(item, name).items()}
            case After(pairs=pairs):
                for inner, then in pairs:
                    self._merge(found, {e: pool.after([(c, then)]) for e, c in self.openings(inner, name).items()})
        return found

    def _index(self, choice: Choice) -> tuple[dict[str, list[Element]], list[Pattern]]:
        known = self._named.get(choice)
        if known is None:
            named: dict[str, list[Element]] = {}
            others: list[Pattern] = []
            for item in choice.items:
                if isinstance(item, Element) and isinstance(item.names, Name):
                    named.setdefault(item.names.name, []).append(item)
                else:
                    others.append(item)
            known = self._named[choice] = (named, others)
        return known

    def _merge(self, into: Openings, more: Openings) -> None:
        for element, then in more.items():
            into[element] = self._pool.choice((into[element], then)) if element in into else then

    # -- attributes

    def namings(self, pattern: Pattern, name: str) -> Namings:
        """What an attribute of this name can be."""
        if not pattern.attributes:
            return {}
        key = (pattern, name)
        found = self._namings.get(key)
        if found is None:
            found = self._name(pattern, name)
            if len(self._namings) > _MOST:
                self._namings.clear()
            self._namings[key] = found
        return found

    def _name(self, pattern: Pattern, name: str) -> Namings:
        pool = self._pool
        found: Namings = {}
        match pattern:
            case Attribute():
                if contains(pattern.names, name):
                    found[pattern] = pool.empty
            case Choice(items=items):
                for item in items:
                    self._add(found, self.namings(item, name))
            case Group(items=items) | Interleave(items=items):
                join = pool.group if isinstance(pattern, Group) else pool.interleave
                for number, item in enumerate(items):
                    if item.attributes:
                        before, rest = items[:number], items[number + 1 :]
                        self._add(found, {a: join((*before, c, *rest)) for a, c in self.namings(item, name).items()})
            case OneOrMore(item=item):
                again = pool.optional(pattern)
                found = {a: pool.group((c, again)) for a, c in self.namings(item, name).items()}
        return found

    def _add(self, into: Namings, more: Namings) -> None:
        for attribute, rest in more.items():
            into[attribute] = self._pool.choice((into[attribute], rest)) if attribute in into else rest

    def closed(self, pattern: Pattern, *, leniently: bool = False) -> Pattern:
        """The content, once the start tag has ended; ``leniently`` as if all attributes had been there."""
        if not pattern.attributes:
            return pattern
        key = (pattern, leniently)
        found = self._closed.get(key)
        if found is None:
            found = self._closed[key] = self._close(pattern, leniently=leniently)
        return found

    def _close(self, pattern: Pattern, *, leniently: bool) -> Pattern:
        pool = self._pool
        match pattern:
            case Attribute():
                return pool.empty if leniently else pool.not_allowed
            case Choice(items=items):
                return pool.choice(self.closed(item, leniently=leniently) for item in items)
            case Group(items=items):
                return pool.group([self.closed(item, leniently=leniently) for item in items])
            case Interleave(items=items):
                return pool.interleave([self.closed(item, leniently=leniently) for item in items])
            case OneOrMore(item=item):
                return pool.one_or_more(self.closed(item, leniently=leniently))
            case _:
                return pattern

    # -- text

    def text(self, pattern: Pattern) -> Pattern:
        """What remains after text beside elements; data have gone then."""
        found = self._texts.get(pattern)
        if found is None:
            found = self._texts[pattern] = self._text(pattern)
        return found

    def _text(self, pattern: Pattern) -> Pattern:
        pool = self._pool
        match pattern:
            case Text():
                return pattern
            case Choice(items=items):
                return pool.choice([self.text(item) for item in items])
            case Group(items=items):
                found = []
                for number, item in enumerate(items):
                    found.append(pool.group((self.text(item), *items[number + 1 :])))
                    if not item.nullable:
                        break
                return pool.choice(found)
            case Interleave(items=items):
                return pool.choice(
                    [pool.interleave((*items[:n], self.text(item), *items[n + 1 :])) for n, item in enumerate(items)]
                )
            case OneOrMore(item=item):
                return pool.group((self.text(item), pool.optional(pattern)))
            case After(pairs=pairs):
                return pool.after([(self.text(inner), then) for inner, then in pairs])
            case _:
                return pool.not_allowed

    # -- strings

    def matches(self, pattern: Pattern, text: str, prefixes: Prefixes) -> bool:
        """Whether a pattern is met by a text alone: a value of an attribute, or all that an element holds."""
        match pattern:
            case Text():
                return True
            case Empty():
                return not text.strip(" \t\r\n")
            case Data():
                return _is_data(pattern, text, prefixes) and not (
                    pattern.but is not None and self.matches(pattern.but, text, prefixes)
                )
            case Value():
                return pattern.datatype.value(text, prefixes) == pattern.value
            case Choice(items=items):
                return any(self.matches(item, text, prefixes) for item in items)
            case Words(item=item):
                return self._matches_words(item, words(text), prefixes)
            case Group() | Interleave():
                return self._matches_one(pattern, text, prefixes)
            case OneOrMore(item=item):
                return self.matches(item, text, prefixes)
            case _:
                return False

    def _matches_one(self, pattern: Several, text: str, prefixes: Prefixes) -> bool:
        if pattern.nullable and not text.strip(" \t\r\n"):
            return True
        items = pattern.items
        return any(
            self.matches(item, text, prefixes) and all(other.nullable for other in items if other is not item)
            for item in items
        )

    def _matches_words(self, pattern: Pattern, words: list[str], prefixes: Prefixes) -> bool:
        for word in words:
            pattern = self._word(pattern, word, prefixes)
            if pattern is self._pool.not_allowed:
                return False
        return pattern.nullable

    def _word(self, pattern: Pattern, word: str, prefixes: Prefixes) -> Pattern:
        pool = self._pool
        match pattern:
            case Data() | Value():
                return pool.empty if self.matches(pattern, word, prefixes) else pool.not_allowed
            case Choice(items=items):
                return pool.choice([self._word(item, word, prefixes) for item in items])
            case Group(items=items):
                found = []
                for number, item in enumerate(items):
                    found.append(pool.group((self._word(item, word, prefixes), *items[number + 1 :])))
                    if not item.nullable:
                        break
                return pool.choice(found)
            case OneOrMore(item=item):
                return pool.group((self._word(item, word, prefixes), pool.optional(pattern)))
            case _:
                return pool.not_allowed


def _is_data(pattern: Data, text: str, prefixes: Prefixes) -> bool:
    value = pattern.datatype.value(text, prefixes)
    return value is not None and pattern.facets.allow(text, value)
