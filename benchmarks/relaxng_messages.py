"""How long are the messages about spoilt documents, and is the right name suggested for a slip of the hand?

    python benchmarks/relaxng_messages.py SCHEMA [FOLDER...] [--mutants N] [--seed N] [--show N]

Length is that of the message with its hint, of the first finding in each mutant that has one.
A slip is one letter added, left out, changed, or swapped with the next, in a name of an element of four letters or more
(``all`` counts the shorter ones, too); it counts as found if the name it was is the first that the hint suggests.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

from lxml import etree
from relaxng_mutants import Grower, mutants

from teiwright.checking import telling
from teiwright.checking.check import check
from teiwright.checking.schema import ForeignSchema, Language, Manner
from teiwright.diagnostics import Diagnostic
from teiwright.relaxng import Kind, Schema

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(name: str, chance: random.Random) -> str:
    """The name with one slip."""
    at = chance.randrange(len(name))
    match chance.randrange(4):
        case 0:
            return name[:at] + chance.choice(_LETTERS) + name[at:]
        case 1:
            return name[:at] + name[at + 1 :]
        case 2:
            return name[:at] + chance.choice(_LETTERS) + name[at + 1 :]
        case _:
            return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def slips(roots: list[etree._Element], schema: Schema, count: int, chance: random.Random) -> Counter[str]:
    """How many were found."""
    counts: Counter[str] = Counter()
    known = {telling.local(name) for name in schema.names}
    while counts["all"] < count:
        tree = copy.deepcopy(chance.choice(roots))
        element = chance.choice(list(tree.iter("*")))
        name = etree.QName(element)
        wrong = slip(name.localname, chance)
        if wrong in known or not wrong or not re.fullmatch("[A-Za-z][A-Za-z0-9]*", wrong):
            continue
        element.tag = f"{{{name.namespace}}}{wrong}" if name.namespace else wrong
        found = schema.validate(etree.tostring(tree), telling.guess)
        first = next((each for each in found if each.kind is Kind.UNKNOWN_ELEMENT), None)
        hint = "" if first is None else next(iter(telling.told(schema, [first])))[3] or ""
        suggested = re.search("`([^`]*)`", hint)
        is_right = suggested is not None and suggested[1] == name.localname
        counts["all"] += 1
        counts["all right"] += is_right
        if len(name.localname) >= 4:
            counts["of four letters"] += 1
            counts["of four letters right"] += is_right
            if not is_right:
                print(f"  {wrong} for {name.localname}: {hint}")
    return counts


def first_finding(schema: Path, root: etree._Element, folder: Path) -> Diagnostic | None:
    """What the report begins with."""
    path = folder / "mutant.xml"
    path.write_bytes(re.sub(rb"(<[a-zA-Z])", rb"\n\1", etree.tostring(root, encoding="utf-8")).lstrip())
    foreign = ForeignSchema(schema, Language.RELAXNG, manner=Manner(rules=False))
    findings = [each for each in check(path, foreign).findings if each.code.number < "TW510"]
    return findings[0] if findings else None


def main() -> int:
    """Exit with 1 if a figure misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schema", type=Path)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    schema = telling.compiled(options.schema)
    reader = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)
    roots = [etree.parse(path, reader).getroot() for folder in options.folders for path in sorted(folder.glob("*.xml"))]
    grower = Grower(schema, chance)
    roots += [grower.document() for _ in range(40)]
    valid = [root for root in roots if not schema.validate(etree.tostring(root))]
    told: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        for _, root in mutants(valid, options.mutants * 4, chance):
            found = first_finding(options.schema, root, Path(folder))
            if found is not None:
                told.append(found)
            if len(told) == options.mutants:
                break
    for finding in chance.sample(told, min(options.show, len(told))):
        print(finding)
    messages = [len(each.message) for each in told]
    lengths = [len(f"{each.message} {each.hint or ''}".strip()) for each in told]
    median, tenth = statistics.median(lengths), statistics.quantiles(lengths, n=10)[-1]
    print(
        f"{len(told)} findings, message alone: median {statistics.median(messages):.0f} characters, "
        f"90th percentile {statistics.quantiles(messages, n=10)[-1]:.0f}"
    )
    print(f"with its hint: median {median:.0f}, 90th percentile {tenth:.0f}")
    counts = slips(valid, schema, options.mutants // 2, chance)
    share = counts["of four letters right"] / counts["of four letters"]
    print(
        f"slips in names of four letters or more: {share:.1%} right of {counts['of four letters']}; "
        f"in all names: {counts['all right'] / counts['all']:.1%} of {counts['all']}"
    )
    return 0 if median <= 160 and tenth <= 240 and share >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
