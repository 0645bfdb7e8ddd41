"""Content models as automata: proof that they are deterministic, and a table that explains what may follow.

The construction is Glushkov's: each occurrence of a name is a state, and a model is deterministic
(XML 1.0, appendix E; XSD's "unique particle attribution") if no state has two followers of one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teiwright.odd.reading import refuse
from teiwright.odd.resolving import Children, Element, Grammar, Particle
from teiwright.odd.specification import Alternate, ClassRef, Content, ElementRef, Occurs, Sequence


@dataclass(frozen=True, slots=True)
class State:
    """Which state each name leads to, and whether the content may end here."""

    after: dict[str, int]
    final: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part of a model: whether it may be absent, its first and its last positions."""

    absent: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


class _Glushkov:
    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.names: list[str] = []
        self.follow: list[set[int]] = []

    def part(self, content: Content) -> _Part:
        match content:
            case ElementRef(key, occurs):
                return self._repeated(self._leaf([key]), occurs)
            case ClassRef(key, occurs):
                return self._repeated(self._leaf(self._grammar.members[key]), occurs)
            case Sequence(parts, occurs):
                return self._repeated(self._sequence(parts), occurs)
            case Alternate(parts, occurs):
                made = [self.part(part) for part in parts]
                whole = _Part(
                    any(p.absent for p in made),
                    tuple(i for p in made for i in p.first),
                    tuple(i for p in made for i in p.last),
                )
                return self._repeated(whole, occurs)
            case _:
                raise TypeError(content)

    def _leaf(self, names: Iterable[str]) -> _Part:
        start = len(self.names)
        self.names.extend(names)
        self.follow.extend(set() for _ in range(len(self.names) - start))
        positions = tuple(range(start, len(self.names)))
        return _Part(False, positions, positions)

    def _sequence(self, parts: tuple[Content, ...]) -> _Part:
        whole = _Part(True, (), ())
        for made in map(self.part, parts):
            self._link(whole.last, made.first)
            whole = _Part(
                whole.absent and made.absent,
                whole.first + made.first if whole.absent else whole.first,
                whole.last + made.last if made.absent else made.last,
            )
        return whole

    def _repeated(self, part: _Part, occurs: Occurs) -> _Part:
        if occurs.most is None:
            self._link(part.last, part.first)
        return _Part(part.absent or occurs.least == 0, part.first, part.last)

    def _link(self, before: Iterable[int], after: Iterable[int]) -> None:
        after = tuple(after)
        for position in before:
            self.follow[position].update(after)


def automaton(grammar: Grammar, element: Element, model: Particle) -> tuple[State, ...]:
    """The states of a content model, the first being the start; refuses one that is not deterministic."""
    build = _Glushkov(grammar)
    whole = build.part(model)
    last = set(whole.last)
    states = [State(_after(grammar, element, build, whole.first), whole.absent)]
    states += [
        State(_after(grammar, element, build, sorted(build.follow[i])), i in last) for i in range(len(build.names))
    ]
    return _minimal(states)


def _after(grammar: Grammar, element: Element, build: _Glushkov, positions: Iterable[int]) -> dict[str, int]:
    after: dict[str, int] = {}
    for position in positions:
        name = build.names[position]
        if after.setdefault(name, position + 1) != position + 1:
            refuse(
                grammar.path,
                element.line,
                f"the content model of `{element.ident}` is not deterministic: "
                f"at one place `{name}` can be matched in two ways",
                "rewrite the model so that each name leads to one place in it",
            )
    return after


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


def check_determinism(grammar: Grammar) -> None:
    """Refuse the first content model, in the order of names, that is not deterministic."""
    for element in grammar.elements.values():
        if isinstance(element.body, Children):
            automaton(grammar, element, element.body.model)
