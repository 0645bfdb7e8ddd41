"""Patterns, each made once: equal patterns are the same object, so that what is known of one is looked up.

The constructors of ``Pool`` simplify as RELAX NG does (4.19 to 4.21), so that derivatives stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from teiwright.relaxng.datatypes import Datatype, Facets
from teiwright.relaxng.errors import TooComplexError
from teiwright.relaxng.names import NameClass

_MOST = 3_000_000
"""Parts of patterns; tei_all with a hundred texts makes a few ten thousand."""


class Pattern:
    """``nullable``: may be absent; ``attributes``, ``data``: whether it has such at its own level."""

    __slots__ = ("attributes", "data", "nullable", "serial")

    def __init__(self, *, nullable: bool = False, attributes: bool = False, data: bool = False) -> None:
        self.nullable = nullable
        self.attributes = attributes
        self.data = data
        self.serial = 0


class Text(Pattern):
    """Any text."""

    __slots__ = ()


class Empty(Pattern):
    """Nothing."""

    __slots__ = ()


class NotAllowed(Pattern):
    """What no document has."""

    __slots__ = ()


class Several(Pattern):
    """A pattern of several."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Pattern, ...], *, nullable: bool) -> None:
        super().__init__(
            nullable=nullable,
            attributes=any(item.attributes for item in items),
            data=any(item.data for item in items),
        )
        self.items = items


class Choice(Several):
    """One of several; in the order of their making, each once."""

    __slots__ = ()


class Group(Several):
    """One after the other."""

    __slots__ = ()


class Interleave(Several):
    """All of them, mingled."""

    __slots__ = ()


class OneOrMore(Pattern):
    """Once or again and again."""

    __slots__ = ("item",)

    def __init__(self, item: Pattern) -> None:
        super().__init__(nullable=item.nullable, attributes=item.attributes, data=item.data)
        self.item = item


class Element(Pattern):
    """An element; what it holds is built when it is asked for, since elements may hold themselves."""

    __slots__ = ("_build", "_content", "documentation", "names")

    def __init__(self, names: NameClass, build: Callable[[], Pattern], documentation: str) -> None:
        super().__init__()
        self.names = names
        self.documentation = documentation
        self._build = build
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        """Attributes and content."""
        if self._content is None:
            self._content = self._build()
        return self._content


class Attribute(Pattern):
    """An attribute."""

    __slots__ = ("names", "value")

    def __init__(self, names: NameClass, value: Pattern) -> None:
        super().__init__(attributes=True)
        self.names = names
        self.value = value


class Data(Pattern):
    """Text of a datatype, except some."""

    __slots__ = ("but", "datatype", "facets")

    def __init__(self, datatype: Datatype, facets: Facets, but: Pattern | None) -> None:
        super().__init__(data=True)
        self.datatype = datatype
        self.facets = facets
        self.but = but


class Value(Pattern):
    """One value; ``value`` is that of the datatype, ``text`` as the schema writes it."""

    __slots__ = ("datatype", "text", "value")

    def __init__(self, datatype: Datatype, text: str, value: object) -> None:
        super().__init__(data=True)
        self.datatype = datatype
        self.text = text
        self.value = value


class Words(Pattern):
    """``list``: text whose words match a pattern."""

    __slots__ = ("item",)

    def __init__(self, item: Pattern) -> None:
        super().__init__(data=True)
        self.item = item


class After(Pattern):
    """Several readings of an open element at once: its content, and what follows its end."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: tuple[tuple[Pattern, Pattern], ...]) -> None:
        super().__init__(
            nullable=any(inner.nullable for inner, _ in pairs),
            data=any(inner.data for inner, _ in pairs),
        )
        self.pairs = pairs


def _serial(pattern: Pattern) -> int:
    return pattern.serial


class Pool:
    """Makes patterns, and knows those that it made."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Pattern] = {}
        self._parts = 0
        self._count = 0
        self.text = self._new(Text(nullable=True))
        self.empty = self._new(Empty(nullable=True))
        self.not_allowed = self._new(NotAllowed())

    def _new(self, pattern: Pattern) -> Pattern:
        self._count += 1
        pattern.serial = self._count
        return pattern

    def _once(self, key: tuple[object, ...], make: Callable[[], Pattern]) -> Pattern:
        found = self._made.get(key)
        if found is None:
            self._parts += len(key)
            if self._parts > _MOST:
                raise TooComplexError
            found = self._made[key] = self._new(make())
        return found

    def choice(self, patterns: Iterable[Pattern]) -> Pattern:
        """One of these."""
        flat: dict[Pattern, None] = {}
        pairs: list[tuple[Pattern, Pattern]] = []
        for pattern in patterns:
            if isinstance(pattern, Choice):
                flat.update(dict.fromkeys(pattern.items))
            elif isinstance(pattern, After):
                pairs += pattern.pairs
            elif pattern is not self.not_allowed:
                flat[pattern] = None
        if pairs:
            return self.after(pairs)
        if self.empty in flat and any(item.nullable and item is not self.empty for item in flat):
            del flat[self.empty]
        if len(flat) < 2:
            return next(iter(flat), self.not_allowed)
        items = tuple(sorted(flat, key=_serial))
        return self._once((Choice, *items), lambda: Choice(items, nullable=any(item.nullable for item in items)))

    def group(self, patterns: Iterable[Pattern]) -> Pattern:
        """These, in this order."""
        items = self._flat(patterns, Group)
        if items is None:
            return self.not_allowed
        if len(items) < 2:
            return items[0] if items else self.empty
        return self._once((Group, *items), lambda: Group(items, nullable=all(item.nullable for item in items)))

    def interleave(self, patterns: Iterable[Pattern]) -> Pattern:
        """These, in any order and mingled."""
        flat = self._flat(patterns, Interleave)
        if flat is None:
            return self.not_allowed
        items = tuple(sorted(flat, key=_serial))
        if len(items) < 2:
            return items[0] if items else self.empty
        nullable = all(item.nullable for item in items)
        return self._once((Interleave, *items), lambda: Interleave(items, nullable=nullable))

    def _flat(self, patterns: Iterable[Pattern], kind: type[Several]) -> tuple[Pattern, ...] | None:
        items: list[Pattern] = []
        for pattern in patterns:
            if pattern is self.not_allowed:
                return None
            if type(pattern) is kind:
                items += pattern.items
            elif pattern is not self.empty:
                items.append(pattern)
        return tuple(items)

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """This, once or more."""
        if isinstance(pattern, OneOrMore | Text | Empty | NotAllowed):
            return pattern
        return self._once((OneOrMore, pattern), lambda: OneOrMore(pattern))

    def optional(self, pattern: Pattern) -> Pattern:
        """This or nothing."""
        return self.choice((pattern, self.empty))

    def element(self, names: NameClass, build: Callable[[], Pattern], documentation: str) -> Element:
        """A new element; two are never the same."""
        made = Element(names, build, documentation)
        self._new(made)
        return made

    def attribute(self, names: NameClass, value: Pattern) -> Pattern:
        """An attribute; one whose value cannot be is not allowed (4.19)."""
        if value is self.not_allowed:
            return value
        return self._once((Attribute, names, value), lambda: Attribute(names, value))

    def data(self, datatype: Datatype, facets: Facets, but: Pattern | None) -> Pattern:
        """Text of a datatype."""
        return self._once((Data, datatype, facets, but), lambda: Data(datatype, facets, but))

    def value(self, datatype: Datatype, text: str, value: object) -> Pattern:
        """One value."""
        return self._once((Value, datatype, value), lambda: Value(datatype, text, value))

    def words(self, pattern: Pattern) -> Pattern:
        """Words that match."""
        if pattern is self.not_allowed:
            return pattern
        return self._once((Words, pattern), lambda: Words(pattern))

    @property
    def patterns(self) -> Iterable[Pattern]:
        """Those made so far, but for elements and the three that are there from the beginning."""
        return self._made.values()

    def has(self, wanted: Callable[[Pattern], bool]) -> bool:
        """Whether any pattern made so far is such."""
        return any(wanted(pattern) for pattern in self._made.values())

    def after(self, pairs: Iterable[tuple[Pattern, Pattern]]) -> Pattern:
        """Readings; those that came to nothing are dropped."""
        alive: Mapping[tuple[Pattern, Pattern], None] = dict.fromkeys(
            pair for pair in pairs if pair[0] is not self.not_allowed
        )
        if not alive:
            return self.not_allowed
        ordered = tuple(sorted(alive, key=lambda pair: (pair[0].serial, pair[1].serial)))
        return self._once((After, *chain.from_iterable(ordered)), lambda: After(ordered))
