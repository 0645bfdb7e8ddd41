"""What differs between the ``tei_all`` that we compile of one release and the one that TEI publishes of another?

    python benchmarks/odd_releases.py FOLDER TEI_ALL.rng [--mutants N] [--seed N]

FOLDER is that of ``odd_verdicts.py``, with ``exemplars/tei_all.odd``. Where no specifications of a release are at hand,
its schema can still be held against ours: first element by element (children, attributes, lists of values), then by
verdicts on documents grown from both and spoilt. Every verdict that differs should be explained by what the first
part lists; those that are not are counted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from odd_verdicts import GROWN, RNG
from relaxng_mutants import Grower, mutants

from teiwright.odd.compiling import grammars
from teiwright.odd.relaxng import relaxng
from teiwright.relaxng import Schema


@dataclass
class Shape:
    """What one element may hold, in whatever order, and the values of its attributes, if they are listed."""

    children: set[str] = field(default_factory=set)
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def main() -> int:
    """Print what differs; exit with 1 if a verdict differs that nothing explains."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("published", type=Path)
    parser.add_argument("--mutants", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    subset = next(iter(sorted(options.folder.glob("p5subset*.xml*"))))
    ((grammar, _),) = grammars(options.folder / "exemplars" / "tei_all.odd", subset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.rng"
        path.write_bytes(relaxng(grammar))
        changed = show_shapes(shapes(path), shapes(options.published))
        return show_verdicts(Schema(path), Schema(options.published), changed, options)


def shapes(path: Path) -> dict[str, Shape]:
    """Every element of a grammar."""
    root = etree.parse(path).getroot()
    defined = {define.get("name"): define for define in root.iter(f"{RNG}define")}

    def values(node: etree._Element, seen: frozenset[str]) -> Iterator[str]:
        for each in node.iter(f"{RNG}value", f"{RNG}ref"):
            if each.tag == f"{RNG}value":
                yield each.text or ""
            elif (name := each.get("name")) not in seen:
                yield from values(defined[name], seen | {name})

    def fill(node: etree._Element, shape: Shape, seen: frozenset[str]) -> None:
        for each in node:
            name = each.get("name") or "any"
            if each.tag == f"{RNG}ref":
                if name not in seen:
                    fill(defined[name], shape, seen | {name})
            elif each.tag in {f"{RNG}element", f"{RNG}text"}:
                shape.children.add(name if each.tag == f"{RNG}element" else "text")
            elif each.tag == f"{RNG}attribute":
                shape.attributes[name] = tuple(sorted(values(each, frozenset())))
            elif isinstance(each.tag, str):
                fill(each, shape, seen)

    found: dict[str, Shape] = {}
    for element in root.iter(f"{RNG}element"):
        if element.get("name"):
            fill(element, found.setdefault(element.get("name"), Shape()), frozenset())
    return found


def show_shapes(ours: dict[str, Shape], theirs: dict[str, Shape]) -> set[str]:
    """Print what is only in one of the two; the names of elements and attributes that this is about."""
    changes: dict[str, list[str]] = defaultdict(list)
    for name in sorted(ours.keys() & theirs.keys()):
        mine, other = ours[name], theirs[name]
        for gone in mine.children - other.children:
            changes[f"- child {gone}"].append(name)
        for new in other.children - mine.children:
            changes[f"+ child {new}"].append(name)
        for attribute in mine.attributes.keys() | other.attributes.keys():
            before, after = mine.attributes.get(attribute), other.attributes.get(attribute)
            if before is None or after is None:
                changes[f"{'+' if before is None else '-'} @{attribute}"].append(name)
            elif before != after:
                changes[f"values of @{attribute}: {', '.join(before)} -> {', '.join(after)}"].append(name)
    touched = {name for names in changes.values() for name in names}
    both = ours.keys() & theirs.keys()
    only = f"only ours: {sorted(ours.keys() - both)}; only published: {sorted(theirs.keys() - both)}"
    print(f"{len(both - touched)} of {len(both)} elements are the same; {only}")
    for change, names in sorted(changes.items(), key=lambda each: (-len(each[1]), each[0])):
        print(f"{len(names):4} {change}: {', '.join(names[:6])}{' …' if len(names) > 6 else ''}")
    return touched | (ours.keys() ^ theirs.keys())


def show_verdicts(ours: Schema, theirs: Schema, changed: set[str], options: argparse.Namespace) -> int:
    """Print how many verdicts differ, and of how many no change of the element or of its parent says why."""
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    roots = [grower.document() for grower in (Grower(theirs, chance), Grower(ours, chance)) for _ in range(GROWN)]
    documents = [etree.tostring(root) for root in roots]
    documents += [etree.tostring(root) for _, root in mutants(roots, options.mutants, chance)]
    differ = unexplained = 0
    for document in documents:
        found, known = ours.validate(document), theirs.validate(document)
        if bool(found) != bool(known):
            differ += 1
            path = {name.rpartition(" ")[2] for name in (found or known)[0].path[-2:]}
            unexplained += changed.isdisjoint(path)
    print(f"{len(documents)} documents, {differ} verdicts differ, {unexplained} of them without a change that says why")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
