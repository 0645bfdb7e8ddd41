"""Standoff annotations as a family of ranges that nest: what TEI can write as elements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from teiwright.encoding.markup import tags
from teiwright.encoding.values import STYLES
from teiwright.encoding.vocabulary import Attributes, is_w3c_date, legal, word_of
from teiwright.model import Certainty, Dated, DateValue, Draft, Kind, Mention, Styled

if TYPE_CHECKING:
    from teiwright.encoding.elements import Markup

_START = attrgetter("start")
_RULES = "#teiwright"
STRUCK = "strikethrough"
_DIRECTION = tags("stage", {})
_OUTSIDE = frozenset({"authority", "gazetteer"})
"""Recognisers that go by what stands in other files."""


class Annotation(NamedTuple):
    """A range and the tags around it. A name or a date is one element; a ``style`` may be cut into several."""

    start: int
    end: int
    tags: tuple[Markup, Markup]
    style: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """The files that ``@ref`` points into, relative to the edition."""

    persons: str = "authority/persons.xml"
    places: str = "authority/places.xml"

    def of(self, kind: Kind) -> str:
        """The file that lists this kind of name."""
        return self.persons if kind is Kind.PERSON else self.places


class Nested:
    """Annotations, cut where they cross, that can be asked which of them touch a range."""

    def __init__(self, annotations: list[Annotation]) -> None:
        in_order = sorted(annotations, key=_START)
        are_apart = all(before.end <= after.start for before, after in pairwise(in_order))
        self._all = tuple(in_order if are_apart else _cut(annotations))
        self._starts = [a.start for a in self._all]
        self._around = [-1] * len(self._all) if are_apart else _parents(self._all)

    def touching(self, start: int, end: int) -> list[Annotation]:
        """Those that overlap a range, outermost first."""
        first = bisect_right(self._starts, start)
        after = bisect_left(self._starts, end, first)
        index = first - 1
        found = []
        while index >= 0:
            if (before := self._all[index]).end > start:
                found.append(before)
            index = self._around[index]
        if found:
            found.reverse()
        if first < after:
            found += self._all[first:after]
        return found


def annotations_of(draft: Draft, authority: Authority, persons: Mapping[str, str]) -> Nested:
    """What stands off in a draft, as elements that nest; ``persons`` are the ids of who decided on names."""
    found = [
        *_mentions(draft, authority, persons),
        *(_dated(d) for d in draft.dates),
        *(Annotation(span.start, span.end, _DIRECTION) for span in draft.directions),
        *(_styled(s) for s in draft.styles if s.style == STRUCK or s.style in STYLES),
    ]
    return Nested([a for a in found if a.start < a.end])


def certainty(level: Certainty | None) -> Attributes:
    """``@resp`` and ``@cert`` of what a rule concluded; none for what is certain."""
    return {} if level is None else {"resp": _RULES, "cert": level.value}


def date_attributes(value: DateValue) -> Attributes:
    """``att.datable.w3c`` (Guidelines 3.6.4, 13.1.2), without values that are no dates."""
    candidates = {
        "when": value.when,
        "from": value.from_,
        "to": value.to,
        "notBefore": value.not_before,
        "notAfter": value.not_after,
    }
    return {name: v for name, v in candidates.items() if v is not None and is_w3c_date(v)}


def _mentions(draft: Draft, authority: Authority, persons: Mapping[str, str]) -> Iterator[Annotation]:
    """The names of a draft. Of most the same is said, so that its tags are made once."""
    known: dict[tuple[object, ...], tuple[Markup, Markup]] = {}
    for mention in draft.mentions:
        is_person = mention.kind is Kind.PERSON
        said = (is_person, mention.ref, mention.certainty, mention.by, mention.role, mention.who)
        if (around := known.get(said)) is None:
            attributes = _attributes(mention, authority, persons)
            around = known[said] = tags("persName" if is_person else "placeName", attributes)
        span = mention.span
        yield tuple.__new__(Annotation, (span.start, span.end, around, False))  # a call of it takes three times as long


def _attributes(mention: Mention, authority: Authority, persons: Mapping[str, str]) -> Attributes:
    attributes: Attributes = {}
    if mention.role in ("from", "to") and mention.kind is Kind.PERSON:
        attributes["type"] = mention.role
    if mention.ref is not None:
        attributes["ref"] = f"{authority.of(mention.kind)}#{quote(legal(mention.ref))}"
    if mention.certainty is not None:
        attributes["resp"], attributes["cert"] = _RULES, mention.certainty.value
        attributes["evidence"] = f"{_ground(mention)} {word_of(mention.by, 'rule')}"
    elif mention.who is not None:
        attributes["resp"] = f"#{persons[mention.who]}"
    return attributes


def _ground(mention: Mention) -> str:
    """The value that the Guidelines suggest (att.editLike): what lies in the text, or outside of it, or neither."""
    if mention.certainty is Certainty.LOW:
        return "conjecture"
    return "external" if mention.by in _OUTSIDE else "internal"


def _dated(dated: Dated) -> Annotation:
    attributes = date_attributes(dated.value) | certainty(dated.certainty)
    return Annotation(dated.span.start, dated.span.end, tags("date", attributes))


def _styled(styled: Styled) -> Annotation:
    name = "del" if styled.style == STRUCK else "hi"
    return Annotation(styled.span.start, styled.span.end, tags(name, {"rend": styled.style}), style=True)


_Key = tuple[int, int, bool, int]


def _key(annotation: Annotation, order: int) -> _Key:
    return (annotation.start, -annotation.end, annotation.style, order)


def _cut(annotations: list[Annotation]) -> Iterator[Annotation]:
    """From left to right: a style is cut at what it crosses; of two names that cross, the first stays."""
    heap = [(_key(a, i), a) for i, a in enumerate(annotations)]
    heapify(heap)
    order = len(heap)
    done: list[Annotation] = []
    stack: list[Annotation] = []
    while heap:
        _, new = heappop(heap)
        while stack and stack[-1].end <= new.start:
            done.append(stack.pop())
        if any(not o.style and not new.style and _in_the_way(o, new) for o in stack):
            continue
        for outer in reversed(stack):
            if outer.end >= new.end:
                break
            if new.style:
                rest = _part(new, outer.end, new.end)
                new = _part(new, new.start, outer.end)
            else:
                rest = _part(outer, new.start, outer.end)
                stack.remove(outer)
                done.append(_part(outer, outer.start, new.start))
            order += 1
            heappush(heap, (_key(rest, order), rest))
        stack.append(new)
    everything = [*done, *stack]
    return iter(sorted((a for a in everything if a.start < a.end), key=lambda a: _key(a, 0)))


def _in_the_way(standing: Annotation, new: Annotation) -> bool:
    same = (standing.start, standing.end) == (new.start, new.end)
    return same or standing.end < new.end


def _part(whole: Annotation, start: int, end: int) -> Annotation:
    return Annotation(start, end, whole.tags, whole.style)


def _parents(annotations: tuple[Annotation, ...]) -> list[int]:
    """For each annotation the index of the one around it, or -1."""
    parents: list[int] = []
    open_: list[int] = []
    for index, annotation in enumerate(annotations):
        while open_ and annotations[open_[-1]].end <= annotation.start:
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(index)
    return parents
