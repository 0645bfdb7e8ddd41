"""Content models as automata: whether they are deterministic, and what may follow what.

The construction is Glushkov's: each occurrence of a name, or of a class, is a state, and a model is deterministic
(XML 1.0, appendix E; XSD's "unique particle attribution") if no state has two followers of one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teiwright.odd.resolving import Grammar
from teiwright.odd.specification import Alternate, ClassRef, Content, ElementRef, Occurs, Sequence

_MOST_POSITIONS = 2000
"""Names in one model, repeats written out; beyond that nobody reads the answer."""


@dataclass(frozen=True, slots=True)
class State:
    """Which state each name leads to, whether the content may end here, and a name that leads to two states."""

    after: dict[str, int]
    final: bool
    twice: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part of a model: whether it may be absent, its first and its last positions."""

    absent: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


class _Glushkov:
    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.names: list[tuple[str, ...]] = []
        """Of each position: one name, or those of a class, which lead to the same state."""
        self.follow: list[set[int]] = []

    def part(self, content: Content) -> _Part:
        match content:
            case ElementRef(_, occurs) | ClassRef(_, occurs) | Sequence(_, occurs) | Alternate(_, occurs):
                return self._repeated(content, occurs)
            case _:
                raise TypeError(content)

    def _once(self, content: Content) -> _Part:
        match content:
            case ElementRef(key):
                return self._leaf((self._grammar.elements[key].name,))
            case ClassRef(key):
                return self._leaf(tuple(self._grammar.elements[name].name for name in self._grammar.members[key]))
            case Sequence(parts):
                return self._sequence([self.part(part) for part in parts])
            case Alternate(parts):
                made = [self.part(part) for part in parts]
                return _Part(
                    any(p.absent for p in made),
                    tuple(i for p in made for i in p.first),
                    tuple(i for p in made for i in p.last),
                )
            case _:
                raise TypeError(content)

    def _repeated(self, content: Content, occurs: Occurs) -> _Part:
        """Repeats are written out: twice what must be there twice."""
        must = [self._once(content) for _ in range(max(occurs.least, 1))]
        whole = self._sequence(must)
        if occurs.least == 0:
            whole = _Part(True, whole.first, whole.last)
        if occurs.most is None:
            self._link(must[-1].last, must[-1].first)
            return whole
        before, last = must[-1], whole.last
        for _ in range(occurs.most - max(occurs.least, 1)):
            if len(self.names) > _MOST_POSITIONS:
                break
            after = self._once(content)
            self._link(before.last, after.first)
            before, last = after, last + after.last
        return _Part(whole.absent, whole.first, last)

    def _leaf(self, names: tuple[str, ...]) -> _Part:
        self.names.append(names)
        self.follow.append(set())
        positions = (len(self.names) - 1,)
        return _Part(False, positions, positions)

    def _sequence(self, parts: Iterable[_Part]) -> _Part:
        whole = _Part(True, (), ())
        for made in parts:
            self._link(whole.last, made.first)
            whole = _Part(
                whole.absent and made.absent,
                whole.first + made.first if whole.absent else whole.first,
                whole.last + made.last if made.absent else made.last,
            )
        return whole

    def _link(self, before: Iterable[int], after: Iterable[int]) -> None:
        after = tuple(after)
        for position in before:
            self.follow[position].update(after)


def automaton(grammar: Grammar, model: Content) -> tuple[State, ...]:
    """The states of a content model, the first being the start."""
    build = _Glushkov(grammar)
    whole = build.part(model)
    last = set(whole.last)
    states = [_state(build, whole.first, final=whole.absent)]
    states += [_state(build, sorted(build.follow[i]), final=i in last) for i in range(len(build.names))]
    return tuple(states) if ambiguous_name(states) else _minimal(states)


def ambiguous_name(states: Iterable[State]) -> str | None:
    """A name that can be matched in two ways at one place."""
    return next((state.twice for state in states if state.twice is not None), None)


def _state(build: _Glushkov, positions: Iterable[int], *, final: bool) -> State:
    after: dict[str, int] = {}
    twice = None
    for position in positions:
        for name in build.names[position]:
            if after.setdefault(name, position + 1) != position + 1:
                twice = twice or name
    return State(after, final, twice)


def _minimal(states: list[State]) -> tuple[State, ...]:
    """The same automaton with equal states merged (Moore's partition), in the order of first appearance."""
    block = [int(state.final) for state in states]
    while True:
        keys = [(block[i], tuple(sorted((n, block[t]) for n, t in s.after.items()))) for i, s in enumerate(states)]
        numbers: dict[object, int] = {}
        merged = [numbers.setdefault(key, len(numbers)) for key in keys]
        if len(numbers) == len(set(block)):
            break
        block = merged
    order: dict[int, int] = {}
    for value in block:
        order.setdefault(value, len(order))
    chosen = {order[b]: s for b, s in reversed(list(zip(block, states, strict=True)))}
    return tuple(
        State({n: order[block[t]] for n, t in sorted(chosen[i].after.items())}, chosen[i].final)
        for i in range(len(chosen))
    )
