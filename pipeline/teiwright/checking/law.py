"""The law as a table, and what of it a document breaks, in words.

The engines say whether a document is valid; this says what is wrong with one that is not.
It walks the same deterministic models (``teiwright.glosses.json``) that the schemas are made of.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.checking import tei
from teiwright.checking.flaw import Flaw
from teiwright.checking.nearness import by_nearness, nearest
from teiwright.checking.positions import elements_of, local
from teiwright.checking.values import expected, is_one_of, what_is_wrong
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code

_MOST_STATES = 50
"""So far back it is looked where an element would have been right."""
_XML = "{http://www.w3.org/XML/1998/namespace}"


class _Later:
    """The children of an element that are still to come, and those of them that were taken out of their order."""

    def __init__(self, children: Iterable[tuple[str, etree._Element]]) -> None:
        self._queues: dict[str, deque[etree._Element]] = {}
        self._taken: set[etree._Element] = set()
        for name, child in children:
            self._queues.setdefault(name, deque()).append(child)

    def passes(self, name: str, child: etree._Element) -> bool:
        """Whether a child, the next of all, was taken before; it is no longer to come."""
        if child in self._taken:
            return True
        self._queues[name].popleft()
        return False

    def taken(self, name: str) -> etree._Element | None:
        """The next of this name, if any is to come."""
        if not self._queues.get(name):
            return None
        child = self._queues[name].popleft()
        self._taken.add(child)
        return child


class Law:
    """The elements of the schema: where they may stand, what they may hold, what they are."""

    def __init__(self, path: Path) -> None:
        table = json.loads(path.read_text("utf-8"))
        self._namespace: str = table["namespace"]
        self._start: list[str] = table["start"]
        self._elements: dict[str, Any] = table["elements"]
        self._datatypes: dict[str, Any] = table["datatypes"]
        self._instead: dict[str, str] = table["instead"]

    def flaws(self, root: etree._Element) -> Iterator[Flaw]:
        """Everything in a document that the grammar forbids, in no particular order."""
        if not self._is_ours(root) or local(root) not in self._start:
            yield self._wrong_root(root)
            return
        for element in elements_of(root):
            row = self._elements.get(local(element)) if self._is_ours(element) else None
            if row is not None:
                yield from self._attributes(element, row)
                yield from self._content(element, row)

    def _is_ours(self, element: etree._Element) -> bool:
        return str(element.tag).startswith(f"{{{self._namespace}}}")

    def _wrong_root(self, root: etree._Element) -> Flaw:
        start = listed(self._start)
        if not self._is_ours(root):
            stands = etree.QName(root).namespace
            what = f"in the namespace {quoted(stands)}" if stands else "in no namespace"
            return Flaw(
                Code.WRONG_NAMESPACE,
                root,
                f"{quoted(local(root))} is {what}, expected {start} in that of TEI",
                f'write `<TEI xmlns="{self._namespace}">`',
            )
        message = f"the document begins with {quoted(local(root))}, expected {start}"
        return Flaw(Code.ELEMENT_NOT_ALLOWED, root, message, f"put it into {start}")

    # -- attributes

    def _attributes(self, element: etree._Element, row: Mapping[str, Any]) -> Iterator[Flaw]:
        specs: Mapping[str, Any] = row["attributes"]
        present = {str(name).replace(_XML, "xml:"): str(value) for name, value in element.attrib.items()}
        missing = [name for name, spec in specs.items() if spec["required"] and name not in present]
        for name, value in present.items():
            if name not in specs:
                yield self._unknown_attribute(element, name, specs)
                continue
            spec = specs[name]
            words = value.split() if spec["many"] and value.strip() else [value]
            for word in words:
                if not self._is_allowed(word, spec):
                    yield self._bad_value(element, f"@{name}", word, spec)
        meant = {near for name in present if name not in specs for near in nearest(name, specs)}
        for name in missing:
            if name not in meant:
                spec = specs[name]
                yield Flaw(
                    Code.ATTRIBUTE_MISSING,
                    element,
                    f"`{local(element)}` has no @{name}: {spec['desc']}",
                    f"add @{name}: {expected(spec, self._datatypes)}",
                )

    @staticmethod
    def _unknown_attribute(element: etree._Element, name: str, specs: Mapping[str, Any]) -> Flaw:
        near = nearest(name, specs)
        hint = f"write `{near[0]}`: {specs[near[0]]['desc']}" if near else None
        if hint is None:
            hint = f"use one of {listed(by_nearness(name, specs))}, or remove it"
        return Flaw(
            Code.ATTRIBUTE_NOT_ALLOWED,
            element,
            f"`{local(element)}` cannot have the attribute {quoted(name)}",
            hint,
        )

    def _is_allowed(self, value: str, spec: Mapping[str, Any]) -> bool:
        if "values" in spec:
            return " ".join(value.split()) in spec["values"]
        if "datatype" in spec:
            return is_one_of(value, self._datatypes[spec["datatype"]]["choices"])
        return True

    def _bad_value(self, element: etree._Element, what: str, value: str, spec: Mapping[str, Any]) -> Flaw:
        why = what_is_wrong(value, spec, self._datatypes)
        because = f" ({why})" if why else ""
        wanted = expected(spec, self._datatypes, value)
        near = nearest(value, spec.get("values", ()))
        hint = f"write `{near[0]}`" if near else None
        return Flaw(
            Code.VALUE_NOT_ALLOWED,
            element,
            f"{what} of `{local(element)}` is {quoted(value)}{because}, expected {wanted}",
            hint,
        )

    # -- content

    def _content(self, element: etree._Element, row: Mapping[str, Any]) -> Iterator[Flaw]:
        body = row["body"]
        children = [child for child in element if isinstance(child.tag, str)]
        if body in {"children", "nothing"}:
            yield from self._stray_text(element, body)
        if body == "children":
            yield from self._sequence(element, row["states"], children)
            return
        members = row.get("members", ())
        for child in children:
            if not self._is_ours(child) or local(child) not in members:
                yield self._misplaced(child, element, members)
        if body == "value" and not children and not self._is_allowed(element.text or "", row):
            yield self._bad_value(element, "the content", element.text or "", row)

    @staticmethod
    def _stray_text(element: etree._Element, body: str) -> Iterator[Flaw]:
        texts = [element.text, *(child.tail for child in element)]
        for text in texts:
            if text and text.strip():
                what = "must be empty" if body == "nothing" else "holds elements only"
                yield Flaw(
                    Code.TEXT_NOT_ALLOWED,
                    element,
                    f"the text {quoted(text, 30)} stands directly in `{local(element)}`, which {what}",
                    "move it before the element" if body == "nothing" else "put it into an element such as `p`",
                )
                return

    def _sequence(
        self, element: etree._Element, states: list[dict[str, Any]], children: list[etree._Element]
    ) -> Iterator[Flaw]:
        """What is left out but stands further down is in the wrong place, which is one flaw and not two."""
        state = 0
        accepted: list[tuple[int, etree._Element]] = []
        later = _Later((self._name(child), child) for child in children)
        for child in children:
            after: dict[str, int] = states[state]["after"]
            name = self._name(child)
            if later.passes(name, child):
                continue
            if name in after:
                if not accepted or accepted[-1][0] != state:
                    accepted.append((state, child))
                state = after[name]
                continue
            left_out = self._left_out(states, state, name)
            if left_out:
                late = later.taken(left_out)
                missing = self._missing(element, [left_out], before=child)
                yield missing if late is None else self._late(late, element, child)
                state = states[after[left_out]]["after"][name]
                continue
            yield self._misplaced(child, element, after, self._earlier(states, accepted, name))
            if name not in self._elements:
                meant = [self._instead[name]] if name in self._instead else nearest(name, after)
                state = after.get(meant[0], state) if meant else state
        if not states[state]["final"]:
            yield self._missing(element, self._to_the_end(states, state), before=None)

    def _name(self, element: etree._Element) -> str:
        """Of an element of TEI; nothing for others, which no state knows."""
        return local(element) if self._is_ours(element) else ""

    def _earlier(
        self, states: list[dict[str, Any]], accepted: list[tuple[int, etree._Element]], name: str
    ) -> etree._Element | None:
        """The nearest element above before which ``name`` could stand; ``accepted`` has the first of each state."""
        for state, sibling in reversed(accepted[-_MOST_STATES:]):
            then = states[state]["after"].get(name)
            if then is not None and self._name(sibling) in states[then]["after"]:
                return sibling
        return None

    def _late(self, child: etree._Element, parent: etree._Element, before: etree._Element) -> Flaw:
        message = f"{self._glossed(local(child))} stands too late in `{local(parent)}`"
        hint = f"move it before {quoted(local(before))}"
        return Flaw(Code.ELEMENT_NOT_ALLOWED, child, message, hint, (before,))

    @staticmethod
    def _to_the_end(states: list[dict[str, Any]], state: int) -> list[str]:
        """The elements that bring the content nearest to where it may end."""
        steps = {i: 0 for i, known in enumerate(states) if known["final"]}
        while state not in steps:
            nearer = {i for i, known in enumerate(states) if not steps.keys().isdisjoint(known["after"].values())}
            steps.update({i: max(steps.values()) + 1 for i in nearer - steps.keys()})
        after: dict[str, int] = states[state]["after"]
        return [name for name, then in after.items() if steps.get(then, len(states)) < steps[state]]

    @staticmethod
    def _left_out(states: list[dict[str, Any]], state: int, name: str) -> str | None:
        """The one element whose absence alone makes ``name`` wrong here."""
        after: dict[str, int] = states[state]["after"]
        if states[state]["final"]:
            return None
        found = [between for between, then in after.items() if name in states[then]["after"]]
        return found[0] if len(found) == 1 else None

    def _missing(self, parent: etree._Element, names: list[str], before: etree._Element | None) -> Flaw:
        where = f" before {quoted(local(before))}" if before is not None else ""
        wanted = self._glossed(names[0]) if len(names) == 1 else f"one of {listed(names)}"
        return Flaw(
            Code.ELEMENT_MISSING,
            parent if before is None else before,
            f"`{local(parent)}` lacks {wanted}{where}",
            f"add {'' if len(names) == 1 else 'one of '}{listed(names)}",
        )

    def _misplaced(
        self,
        child: etree._Element,
        parent: etree._Element,
        allowed: Collection[str],
        earlier: etree._Element | None = None,
    ) -> Flaw:
        name = local(child)
        if not self._is_ours(child):
            stands = etree.QName(child).namespace
            what = f"in the namespace {quoted(stands)}" if stands else "in no namespace"
            return Flaw(
                Code.WRONG_NAMESPACE,
                child,
                f"{quoted(name)} is {what}, expected an element of TEI",
                "remove its xmlns",
            )
        if name not in self._elements:
            if message := tei.but_not_here(name):
                is_named = name in self._instead
                hint = self._suggestion(name, allowed) if is_named else self._better_place(child, parent, allowed)
                return Flaw(Code.ELEMENT_NOT_ALLOWED, child, message, hint)
            message = f"{quoted(name)} is not known to this schema"
            return Flaw(Code.ELEMENT_NOT_ALLOWED, child, message, self._suggestion(name, allowed))
        before = self._before(child)
        where = f"in `{local(parent)}`" + (f" after {quoted(before)}" if before else "")
        if before is None and name in self._children_of(local(parent)):
            where = f"at the beginning of `{local(parent)}`"
        message = f"{self._glossed(name)} cannot stand {where}"
        hint = self._better_place(child, parent, allowed)
        if earlier is not None:
            hint = f"move it before {quoted(local(earlier))}; {self._expected(name, allowed)}"
        return Flaw(Code.ELEMENT_NOT_ALLOWED, child, message, hint, () if earlier is None else (earlier,))

    def _glossed(self, name: str) -> str:
        """A name and what it means, unless that is the same word."""
        gloss: str = self._elements[name]["gloss"]
        return f"`{name}`" if gloss.lower() == name.lower() else f"`{name}` ({gloss})"

    @staticmethod
    def _before(child: etree._Element) -> str | None:
        before = next((node for node in child.itersiblings(preceding=True) if isinstance(node.tag, str)), None)
        return None if before is None else local(before)

    def _suggestion(self, name: str, allowed: Collection[str]) -> str:
        if name in self._instead:
            return f"use {self._glossed(self._instead[name])}, which this schema has in its place"
        if near := nearest(name, allowed):
            return f"did you mean {self._glossed(near[0])}? it is allowed here"
        if near := nearest(name, self._elements):
            return f"did you mean {self._glossed(near[0])}? but it is not allowed here"
        if meant := tei.meant(name):
            return f"did you mean `{meant}`? it is TEI, but not in this schema; {self._expected(name, allowed)}"
        return self._expected(name, allowed)

    def _better_place(self, child: etree._Element, parent: etree._Element, allowed: Collection[str]) -> str:
        name = local(child)
        for ancestor in parent.iterancestors():
            if name in self._children_of(local(ancestor)):
                return f"move it into `{local(ancestor)}`; {self._expected(name, allowed)}"
        return self._expected(name, allowed)

    @staticmethod
    def _expected(name: str, allowed: Collection[str]) -> str:
        return f"expected here: {listed(by_nearness(name, allowed))}" if allowed else "nothing is expected here"

    def _children_of(self, name: str) -> set[str]:
        row = self._elements.get(name, {"body": "nothing"})
        if row["body"] == "children":
            return {child for state in row["states"] for child in state["after"]}
        return set(row.get("members", ()))
