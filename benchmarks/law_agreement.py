"""Do the forms of our law agree? Spoils documents, some real, some made from the law, and asks all who judge.

    python benchmarks/law_agreement.py [--mutants N] [--seed N] [--every N] [--show]

The judges: RELAX NG by our own validator, the XSD by libxml2 and, of every Nth mutant, by xmlschema, and the table
that messages are made of. The rules (Schematron) judge what no grammar can; whatever they refuse is counted apart,
and they must be able to try each mutant.
Differences that there may be have names, which ``schema/README.md`` lists; any other ends the run with 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import xmlschema
from lxml import etree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import containment  # noqa: E402 (beside this file)
import relaxng_mutants  # noqa: E402 (the same)

from teiwright.checking.law import Law  # noqa: E402 (after the path is set)
from teiwright.checking.schematron import run_schematron  # noqa: E402 (the same)
from teiwright.relaxng import Kind, Schema  # noqa: E402 (the same)

ROOT = HERE.parent
LAW = ROOT / "schema"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def difference(root: etree._Element) -> str | None:
    """The name of an allowed difference that a document may show."""
    ids = [" ".join(str(e.get(XML_ID)).split()) for e in root.iter("*") if e.get(XML_ID) is not None]
    if any(str(name).startswith(XSI) for element in root.iter("*") for name in element.attrib):
        return "xsi"
    return "ids" if len(set(ids)) < len(ids) else None


@dataclass(frozen=True)
class Agreement:
    """How many documents were judged, how many refused, and who said what where they differ."""

    judged: int
    refused: int
    by_xmlschema: int
    ruled: int
    allowed: Counter[str]
    differing: list[tuple[str, dict[str, bool], bytes]]


def originals() -> list[etree._Element]:
    """Our editions, and a document for each element, attribute and step of a content model."""
    table = json.loads((LAW / "teiwright.glosses.json").read_text("utf-8"))
    parser = etree.XMLParser(collect_ids=False)
    real = [etree.parse(path, parser).getroot() for path in sorted((ROOT / "tei").rglob("*.xml"))]
    small = [etree.fromstring(etree.tostring(root), parser) for root in real if len(list(root.iter())) < 400]
    return [*small, *(root for _, root in islice(containment.documents(table), 0, None, 7))]


def agreement(count: int, seed: int, every: int) -> Agreement:
    """Spoil ``count`` documents and ask everybody."""
    judges = _Judges()
    allowed: Counter[str] = Counter()
    differing: list[tuple[str, dict[str, bool], bytes]] = []
    refused = by_xmlschema = ruled = 0
    chance = random.Random(seed)  # noqa: S311 (which mutants, not a secret)
    made = relaxng_mutants.mutants(originals(), count, chance)
    for number, (how, root) in enumerate(made):
        tree = etree.fromstring(etree.tostring(root), etree.XMLParser(collect_ids=False))
        said = dict(judges.grammars(tree, xmlschema_too=number % every == 0))
        refused += not said["RELAX NG"]
        by_xmlschema += number % every == 0
        if number % every == 0:
            outcome = run_schematron(LAW / "teiwright.sch", tree.getroottree())
            ruled += bool(outcome.broken)
            if outcome.untried:
                differing.append((how, {"Schematron": False}, etree.tostring(tree)))
        if len(set(said.values())) > 1:
            name = difference(tree)
            if name is None:
                differing.append((how, said, etree.tostring(tree)))
            else:
                allowed[name] += 1
    return Agreement(count, refused, by_xmlschema, ruled, allowed, differing)


class _Judges:
    """Those who say whether a document keeps the grammar."""

    def __init__(self) -> None:
        self._relaxng = Schema(LAW / "teiwright.rng")
        self._libxml2 = etree.XMLSchema(etree.parse(LAW / "teiwright.xsd"))
        self._xmlschema = xmlschema.XMLSchema10(str(LAW / "teiwright.xsd"))
        self._table = Law(LAW / "teiwright.glosses.json")

    def grammars(self, root: etree._Element, *, xmlschema_too: bool) -> Iterator[tuple[str, bool]]:
        found = self._relaxng.validate(etree.tostring(root))
        yield "RELAX NG", not [each for each in found if each.kind not in {Kind.DUPLICATE_ID, Kind.DANGLING_ID}]
        yield "XSD (libxml2)", self._libxml2.validate(root)
        yield "table", not any(self._table.flaws(root))
        if xmlschema_too:
            yield "XSD (xmlschema)", self._xmlschema.is_valid(root)


def main() -> int:
    """Print the figures; 1 if there is a difference without a name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mutants", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=5, help="xmlschema and the rules judge every Nth")
    parser.add_argument("--show", action="store_true", help="print what they differ on")
    given = parser.parse_args()
    found = agreement(given.mutants, given.seed, given.every)
    print(f"mutants                          {found.judged:>6}")
    print(f"refused                          {found.refused:>6}")
    print(f"judged by xmlschema and by rules {found.by_xmlschema:>6}, of which the rules refuse {found.ruled}")
    print(f"allowed differences              {sum(found.allowed.values()):>6}  {dict(found.allowed)}")
    print(f"other differences                {len(found.differing):>6}")
    for how, said, text in found.differing if given.show else ():
        print(how, said, text.decode()[:2000], sep="\n  ")
    return 1 if found.differing else 0


if __name__ == "__main__":
    sys.exit(main())
