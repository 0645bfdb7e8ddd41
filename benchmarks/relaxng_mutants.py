"""Does our RELAX NG validator judge as Jing does? Spoils documents, some real, some grown from the schema.

    python benchmarks/relaxng_mutants.py SCHEMA [FOLDER...] [--mutants N] [--seed N] [--show] [--oracle jing|libxml2]

Prints how often both agree on the verdict, and how often the first finding is on the same line;
exits with 1 if a verdict differs, or fewer than 99.5 % of the lines agree.
The oracle is Jing (``apt install jing``), in one run over all mutants, or libxml2.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from teiwright.checking.nearness import nearest
from teiwright.relaxng import Schema
from teiwright.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.patterns import (
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    Text,
    Value,
    Words,
)

VALUES = (
    *("x", "word", "1", "0.5", "en", "true", "http://example.org/a", "#a", "1941", "1941-05-01", "1941-05", "P1D"),
    *("12:00:00", "a b", "m", "unknown", "2.0.0", "1941-05-01T12:00:00", "10", "A4", "UTF-8", "0000", "1/2", "---01"),
)
DEEPEST = 8
SAME_LINE = 0.995
"""The share of first findings that must be on the oracle's line; the others say the same of a neighbour."""


def tag_of(names: NameClass, chance: random.Random) -> str:
    """A name of a name class, as lxml writes it."""
    match names:
        case Name(name):
            return f"{{{name.replace(' ', '}')}" if " " in name else name
        case NameChoice(items):
            return tag_of(chance.choice(items), chance)
        case NsName(namespace):
            return f"{{{namespace}}}any" if namespace else "any"
        case AnyName():
            return "{urn:any}any"


class Grower:
    """Documents from a schema: right ones, as far as values can be guessed."""

    def __init__(self, schema: Schema, chance: random.Random) -> None:
        self._chance = chance
        self._automaton = schema.automaton
        self._ids = 0

    def document(self) -> etree._Element:
        """A document."""
        self._ids = 0
        start = self._automaton.start.pattern
        return self._element(next(self._firsts(start)), None, 0)

    def _firsts(self, pattern: Pattern) -> Iterator[Element]:
        items = list(pattern.items) if isinstance(pattern, Choice) else [pattern]
        yield from (item for item in [self._chance.choice(items)] if isinstance(item, Element))

    def _element(self, element: Element, parent: etree._Element | None, depth: int) -> etree._Element:
        tag = tag_of(element.names, self._chance)
        made = etree.Element(tag, nsmap={None: tag[1:].partition("}")[0]} if tag[0] == "{" else None)
        if parent is not None:
            parent.append(made)
        self._grow(element.content, made, depth + 1)
        return made

    def _grow(self, pattern: Pattern, into: etree._Element, depth: int) -> None:
        chance = self._chance
        match pattern:
            case Element():
                self._element(pattern, into, depth)
            case Attribute():
                into.set(tag_of(pattern.names, chance), self._value(pattern.value))
            case Choice():
                self._grow(self._chosen(pattern, depth), into, depth)
            case Group(items=items):
                for item in items:
                    self._grow(item, into, depth)
            case Interleave(items=items):
                for item in sorted(items, key=lambda _: chance.random()):
                    self._grow(item, into, depth)
            case OneOrMore(item=item):
                for _ in range(1 if depth > DEEPEST else chance.choice((1, 1, 1, 2))):
                    self._grow(item, into, depth)
            case Text():
                self._say(into, "text ")
            case Data() | Value() | Words():
                self._say(into, self._value(pattern))

    def _chosen(self, pattern: Choice, depth: int) -> Pattern:
        chance = self._chance
        nothing = next((item for item in pattern.items if item.nullable and not isinstance(item, OneOrMore)), None)
        easy = nothing is not None and (depth > DEEPEST or chance.random() < 0.85)
        return nothing if easy and nothing is not None else chance.choice(pattern.items)

    @staticmethod
    def _say(into: etree._Element, text: str) -> None:
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text

    def _value(self, pattern: Pattern) -> str:
        match pattern:
            case Value(text=text):
                return text
            case Choice(items=items):
                return self._value(self._chance.choice(items))
            case Group(items=items):
                return " ".join(self._value(item) for item in items)
            case OneOrMore(item=item) | Words(item=item):
                return self._value(item)
            case Data() if pattern.datatype.name == "ID":
                self._ids += 1
                return f"id{self._ids}"
            case Data():
                fitting = [text for text in VALUES if self._automaton.derive.matches(pattern, text, {})]
                return self._chance.choice(fitting or ["x"])
            case _:
                return "text"


# -- changes; each says whether it could be made


def rename(element: etree._Element, names: list[str], chance: random.Random) -> bool:
    """Another element of the document."""
    element.tag = chance.choice(names)
    return True


def misspell(element: etree._Element, _: list[str], chance: random.Random) -> bool:
    """One letter twice."""
    tag = str(element.tag)
    at = chance.randrange(tag.rfind("}") + 1, len(tag))
    element.tag = tag[:at] + tag[at] + tag[at:]
    return True


def move(element: etree._Element, _: list[str], chance: random.Random) -> bool:
    """Anywhere else."""
    others = [node for node in element.getroottree().iter("*") if element not in {node, *node.iterancestors()}]
    if element.getparent() is None or not others:
        return False
    chance.choice(others).insert(0, element)
    return True


def drop(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """With all it holds."""
    parent = element.getparent()
    if parent is None:
        return False
    parent.remove(element)
    return True


def double(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """Once more, without its ids."""
    if element.getparent() is None:
        return False
    twin = copy.deepcopy(element)
    for node in twin.iter("*"):
        node.attrib.pop("{http://www.w3.org/XML/1998/namespace}id", None)
    element.addnext(twin)
    return True


def swap(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """With the next one."""
    after = element.getnext()
    if after is None or not isinstance(after.tag, str):
        return False
    after.addnext(element)
    return True


def say(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """Text in it."""
    element.text = f"{element.text or ''} stray"
    return True


def hush(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """No text in it."""
    element.text = None
    return True


def unwrap(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """What it holds in its place."""
    parent = element.getparent()
    if parent is None:
        return False
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)
    return True


def attribute(element: etree._Element, _: list[str], chance: random.Random) -> bool:
    """One more, one less, another name, another value."""
    name, known = chance.choice(("n", "type", "when", "ref", "place", "colour", "xml")), list(element.attrib)
    value = chance.choice((*VALUES, "", " ", "1941-13-45", "%zz", "a:b:c", "\xa0", "--05", "-1"))
    match chance.randrange(4):
        case 0:
            element.set(name, value)
        case 1 if known:
            element.set(chance.choice(known), value)
        case 2 if known:
            del element.attrib[chance.choice(known)]
        case 3 if known:
            element.set(f"{chance.choice(known)}x", value)
        case _:
            return False
    return True


def elsewhere(element: etree._Element, _: list[str], __: random.Random) -> bool:
    """In another namespace."""
    element.tag = f"{{urn:other}}{etree.QName(element).localname}"
    return True


CHANGES: tuple[Callable[[etree._Element, list[str], random.Random], bool], ...] = (
    *(rename, misspell, move, drop, double, swap, say, hush, unwrap, attribute, attribute, attribute, elsewhere),
)


def mutants(roots: list[etree._Element], count: int, chance: random.Random) -> Iterator[tuple[str, etree._Element]]:
    """Changed documents, and the names of the changes; every twentieth is left as it is."""
    names = sorted({str(node.tag) for root in roots for node in root.iter("*")})
    for number in range(count):
        tree = copy.deepcopy(chance.choice(roots))
        change = chance.choice(CHANGES)
        if number % 20 and not change(chance.choice(list(tree.iter("*"))), names, chance):
            continue
        yield change.__name__ if number % 20 else "nothing", tree


def jing(schema: Path, files: list[Path]) -> dict[str, int]:
    """The line of the first error in each file that has one."""
    command = ["jing", str(schema), *map(str, files)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 (benchmark)
    first: dict[str, int] = {}
    for found in re.finditer(r"^(.+?):(\d+):(\d+): (?:fatal|error)", told, re.M):
        first.setdefault(Path(found[1]).name, int(found[2]))
    return first


def libxml2(schema: Path, files: list[Path]) -> dict[str, int]:
    """The same of libxml2."""
    grammar = etree.RelaxNG(etree.parse(schema))
    first: dict[str, int] = {}
    for path in files:
        if not grammar.validate(etree.parse(path, etree.XMLParser(collect_ids=False))):
            log = list(grammar.error_log)
            first[path.name] = max(min((entry.line for entry in log), default=1), 1)
    return first


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schema", type=Path)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--oracle", choices=("jing", "libxml2"), default="jing")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    schema = Schema(options.schema)
    reader = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)
    roots = [etree.parse(path, reader).getroot() for folder in options.folders for path in sorted(folder.glob("*.xml"))]
    grower = Grower(schema, chance)
    roots += [grower.document() for _ in range(60)]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (change, root) in enumerate(mutants(roots, options.mutants, chance)):
            path = Path(folder) / f"{number:05}-{change}.xml"
            lines = re.sub(rb"(<[a-zA-Z])", rb"\n\1", etree.tostring(root, encoding="utf-8")).lstrip()
            path.write_bytes(lines)
            files.append(path)
        known = (jing if options.oracle == "jing" else libxml2)(options.schema, files)
        return compare(schema, files, known, show=options.show)


def compare(schema: Schema, files: list[Path], known: dict[str, int], *, show: bool) -> int:
    """Hold our verdicts against those of the oracle."""
    counts: Counter[str] = Counter()
    for path in files:
        found = schema.validate(path, lambda word, names: nearest(word, names, 5))
        line = min((finding.seen or finding.place.line for finding in found), default=0)
        theirs = known.get(path.name, 0)
        counts["invalid for the oracle"] += bool(theirs)
        counts["verdict differs"] += bool(found) != bool(theirs)
        counts["same first line"] += bool(found) and line == theirs
        counts["findings"] += len(found)
        if bool(found) != bool(theirs) and show:
            print(
                path.name,
                "line",
                theirs,
                [(f.kind.name, f.place.line, f.path[-1], f.subject, f.value) for f in found[:3]],
            )
            target = Path(tempfile.gettempdir()) / "differs"
            target.mkdir(exist_ok=True)
            (target / path.name).write_bytes(path.read_bytes())
    print(f"{len(files)} mutants; " + "; ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    invalid = counts["invalid for the oracle"]
    share = counts["same first line"] / invalid if invalid else 1.0
    print(f"first finding on the same line: {share:.2%}")
    return 1 if counts["verdict differs"] or share < SAME_LINE else 0


if __name__ == "__main__":
    sys.exit(main())
