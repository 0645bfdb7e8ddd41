"""Whether all that our law accepts is also accepted by the TEI Consortium's tei_all.

``python benchmarks/containment.py PATH/TO/tei_all.rng [FOLDER] [--schematron RULES.sch]`` makes documents
from our grammar: one for every element, every step of its content model and every attribute with every value.
Each of them, and each file of FOLDER that our law accepts, must be valid against tei_all, and keep its rules
if our own are kept. Exit code 1 if one is not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.checking.schematron import run_schematron

SCHEMA = Path(__file__).resolve().parent.parent / "schema"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SAMPLES = {
    "data.id": ["x{n}"],
    "data.language": ["en", "zh-Latn-x-private"],
    "data.pointer": [
        "#x",
        "persons.xml#grew",
        "https://example.org/a?b=c&d=%20e",
        "urn:isbn:1",
    ],
    "data.word": ["word", "§1", "12a"],
    "data.label": ["[30]", "a b", "*", "†"],
    "data.count": ["0", "12"],
    "data.number": ["12", "-0.5"],
    "data.date": ["1941", "-0044", "1941-04", "1941-04-13", "1941-04-13T18:00:00", "1941-04-13T18:00:00Z"],
    "data.name": ["name", "n.1-a"],
    "data.version": ["1", "0.1.0", "4.12.0a1"],
    "data.coordinates": ["55.75 37.62", "-5 -120.5"],
}


class Maker:
    """Makes the smallest documents that hold what is asked for."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.elements = table["elements"]
        self.count = 0
        self.words = {name: self._word(name) for name in self.elements}

    def _word(self, name: str) -> list[str]:
        """The shortest sequence of children of an element."""
        row = self.elements[name]
        if row["body"] != "children":
            return []
        states = row["states"]
        found: dict[int, list[str]] = {0: []}
        queue = [0]
        for state in queue:
            if states[state]["final"]:
                return found[state]
            for child, after in states[state]["after"].items():
                if after not in found:
                    found[after] = [*found[state], child]
                    queue.append(after)
        raise ValueError(f"{name} can never be complete")

    def words_over_each_step(self, name: str) -> Iterator[list[str]]:
        """For each step of the content model a sequence of children that takes it."""
        states = self.elements[name]["states"]
        into: dict[int, list[str]] = {0: []}
        queue = [0]
        for state in queue:
            for child, after in states[state]["after"].items():
                if after not in into:
                    into[after] = [*into[state], child]
                    queue.append(after)
        for state in sorted(into):
            for child, after in states[state]["after"].items():
                yield [*into[state], child, *self._rest(states, after)]

    @staticmethod
    def _rest(states: list[dict[str, Any]], start: int) -> list[str]:
        found: dict[int, list[str]] = {start: []}
        queue = [start]
        for state in queue:
            if states[state]["final"]:
                return found[state]
            for child, after in states[state]["after"].items():
                if after not in found:
                    found[after] = [*found[state], child]
                    queue.append(after)
        raise ValueError(start)

    def element(self, name: str, children: list[str] | None = None) -> etree._Element:
        """An element with what it must have, and these children."""
        row = self.elements[name]
        made = etree.Element(TEI + name)
        for attribute, spec in row["attributes"].items():
            if spec["required"]:
                made.set(self._key(attribute), self.values(spec)[0])
        if row["body"] in {"mixed", "words"}:
            made.text = "text"
        elif row["body"] == "value":
            made.text = self.values(row)[0]
        for child in self.words[name] if children is None else children:
            made.append(self.element(child))
        return made

    @staticmethod
    def _key(attribute: str) -> str:
        return attribute.replace("xml:", XML)

    def values(self, spec: dict[str, Any]) -> list[str]:
        """Values that the law accepts."""
        self.count += 1
        if "values" in spec:
            return list(spec["values"])
        samples = [value.format(n=self.count) for value in SAMPLES[spec["datatype"]]]
        return [*samples, " ".join(samples)] if spec.get("many") else samples

    def variants(self, name: str) -> Iterator[etree._Element]:
        """The element in all its forms."""
        row = self.elements[name]
        if row["body"] == "children":
            for word in self.words_over_each_step(name):
                yield self.element(name, word)
        elif row["body"] == "mixed":
            for member in row["members"]:
                yield self.element(name, [member, member])
        for attribute, spec in row["attributes"].items():
            for value in self.values(spec):
                made = self.element(name)
                made.set(self._key(attribute), value)
                yield made
        yield self.element(name)

    def places(self) -> dict[str, tuple[str, list[str]]]:
        """For each element a parent, and children of that parent among which it stands."""
        found: dict[str, tuple[str, list[str]]] = {"TEI": ("", [])}
        queue = ["TEI"]
        for name in queue:
            row = self.elements[name]
            words = list(self.words_over_each_step(name)) if row["body"] == "children" else []
            words += [[member] for member in row.get("members", [])]
            for word in words:
                for child in word:
                    if child not in found:
                        found[child] = (name, word)
                        queue.append(child)
        return found


def documents(table: dict[str, Any]) -> Iterator[tuple[str, etree._Element]]:
    """Every form of every element, in a document around it."""
    maker = Maker(table)
    places = maker.places()
    for name in sorted(maker.elements):
        if name not in places:
            raise SystemExit(f"{name} can stand nowhere")
        for variant in maker.variants(name):
            inner = variant
            while (place := places[etree.QName(inner).localname])[0]:
                parent, word = place
                outer = maker.element(parent, word)
                position = word.index(etree.QName(inner).localname)
                outer[position] = inner
                inner = outer
            yield name, inner


def broken_rules(schematron: Path, root: etree._Element) -> list[str]:
    """The errors that a Schematron finds; warnings are no refusals."""
    broken = run_schematron(schematron, etree.ElementTree(root)).broken
    return [found.message for found in broken if found.role not in {"warning", "nonfatal", "info"}]


def main() -> int:
    """Print what tei_all refuses; 0 if nothing."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    arguments.add_argument("oracle", type=Path, help="tei_all.rng")
    arguments.add_argument("folder", type=Path, nargs="?", help="editions to try as well")
    arguments.add_argument("--schematron", type=Path, help="tei_all's rules")
    given = arguments.parse_args()
    oracle = etree.RelaxNG(etree.parse(given.oracle))
    ours = etree.RelaxNG(etree.parse(SCHEMA / "teiwright.rng"))
    table = json.loads((SCHEMA / "teiwright.glosses.json").read_text("utf-8"))
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)
    cases = list(documents(table))
    for path in sorted(given.folder.rglob("*.xml")) if given.folder else ():
        cases.append((str(path), etree.parse(path, parser).getroot()))
    refused = unmade = 0
    for name, root in cases:
        text = etree.tostring(root)
        document = etree.fromstring(text, parser)
        theirs = [] if given.schematron is None else broken_rules(given.schematron, document)
        if not ours.validate(document):
            unmade += 1
            print(f"{name}: not accepted by our own law: {ours.error_log[0].message}")
        elif not oracle.validate(document):
            refused += 1
            print(f"{name}: {oracle.error_log[0].message}\n  {text.decode()[:1500]}")
        elif theirs and not broken_rules(SCHEMA / "teiwright.sch", document):
            refused += 1
            print(f"{name}: {theirs[0]}\n  {text.decode()[:1500]}")
    print(f"{len(cases)} documents, {refused} refused by tei_all, {unmade} not made right")
    return 1 if refused or unmade else 0


if __name__ == "__main__":
    sys.exit(main())
