"""Persons of whole volumes: ``python benchmarks/linking.py VOLUME.xml ...``.

For each volume of *Foreign Relations of the United States*: how many of the persons that its editors tagged are found,
and how many of those are linked to the right entry of the volume's own list of persons.
Odd documents are asked; what is known of who is named how often comes from the even ones.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpora import Document, documents, plain
from lxml import etree
from names import draft

from teiwright.model import Kind
from teiwright.naming import Authority, Entry, Post, Variant, name

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def listed(path: Path, seen: dict[str, dict[str, set[str]]]) -> Authority:
    """The volume's list of persons, with where the even documents name them."""
    root = etree.parse(path, etree.XMLParser(huge_tree=True, resolve_entities=False)).getroot()
    entries = []
    for item in root.iter(f"{_TEI}item"):
        person = item.find(f".//{_TEI}persName")
        if person is None or person.get(_ID) is None:
            continue
        written = " ".join("".join(map(str, person.itertext())).split()).strip(" ,;")
        description = " ".join("".join(map(str, item.itertext())).split())[len(written) :].strip(" ,;")
        identifier = person.get(_ID)
        forms, ranks = _forms(written)
        variants = [Variant(form, "main") for form in forms]
        variants += [Variant(form, "variant", tuple(sorted(ids))) for form, ids in sorted(seen[identifier].items())]
        posts = tuple(Post(part.strip()) for part in [*ranks, *description.split(";")] if part.strip())
        entries.append(Entry(identifier, Kind.PERSON, tuple(variants), posts))
    return Authority(tuple({entry.id: entry for entry in entries}.values()))


def _forms(written: str) -> tuple[list[str], list[str]]:
    """``Nasser (Nasr, Nassir), Gamal Abdul`` in the order of speech, and the ranks among the forenames."""
    others = [form.strip() for group in re.findall(r"\(([^)]*)\)", written) for form in group.split(",")]
    last, _, first = re.sub(r"\s*\([^)]*\)", "", written).partition(", ")
    first, _, suffix = first.partition(", ")
    ranks = [_RANKS.get(word, word) for word in first.split() if word in _RANKS or word in _RANKS.values()]
    given = " ".join(w for w in first.split() if w not in _RANKS and w not in _RANKS.values() and w not in _TITLES)
    suffix = suffix if re.match(r"(?:Jr|Sr|[IV]+)\b", suffix) else ""
    ending = f", {suffix}" if suffix else ""
    families = [last, *(form for form in others if form and form[0].isupper() and " " not in form)]
    return [f"{given} {family}".strip() + ending for family in families], [" ".join(ranks)] if ranks else []


_RANKS = {
    "Gen.": "General",
    "Maj.": "Major",
    "Lt.": "Lieutenant",
    "Brig.": "Brigadier",
    "Col.": "Colonel",
    "Adm.": "Admiral",
    "Adm": "Admiral",
    "RAdm.": "Admiral",
    "VAdm.": "Admiral",
    "Rear": "Rear",
    "Vice": "Vice",
    "Capt.": "Captain",
    "Cdr.": "Commander",
    "FM": "Marshal",
    "Marshal": "Marshal",
}
_TITLES = frozenset({"Sir", "Lord", "Dr.", "Mrs.", "Miss", "King", "Prince", "Baron", "Count", "USA,", "USN,"})


def main() -> None:
    """Print one line a volume, and all together."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("volumes", type=Path, nargs="+")
    options.add_argument("--limit", type=int, default=10**6, help="at most so many documents of each volume")
    options.add_argument("--errors", action="store_true")
    chosen = options.parse_args()
    total: Counter[str] = Counter()
    for path in chosen.volumes:
        every = list(documents(path))
        authority = listed(path, named(every[1::2]))
        counts: Counter[str] = Counter()
        for document in every[::2][: chosen.limit]:
            _count(document, authority, counts, chosen.errors)
        print(path.stem, _told(counts))
        total += counts
    print("all", _told(total))


def named(even: list[Document]) -> dict[str, dict[str, set[str]]]:
    """The forms by which persons are named, and in which documents."""
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for document in even:
        text, names = plain(document)
        for one in names:
            if one.kind == "person" and one.key.startswith("#"):
                seen[one.key[1:]][text[one.start : one.end]].add(document.id)
    return seen


def _count(document: Document, authority: Authority, counts: Counter[str], errors: bool) -> None:
    text, names = plain(document)
    mentions = {(m.span.start, m.span.end): m for m in name(draft(document.id, text), authority).mentions}
    for one in names:
        if one.kind != "person":
            continue
        counts["tagged"] += 1
        mention = mentions.get((one.start, one.end))
        found = mention is not None and mention.kind is Kind.PERSON
        counts["found"] += found
        if not found and errors:
            around = text[max(0, one.start - 40) : one.end + 30].replace("\n", " ")
            print("missed", document.id, text[one.start : one.end], "…", around, file=sys.stderr)
        if found and one.key.startswith("#") and one.key[1:] in authority.by_id:
            assert mention is not None  # noqa: S101 (found says so)
            counts["linkable"] += 1
            counts["right"] += mention.ref == one.key[1:]
            counts["wrong"] += mention.ref not in {None, one.key[1:]}
            if mention.ref != one.key[1:] and errors:
                print("link", document.id, text[one.start : one.end], mention.ref, one.key, file=sys.stderr)


def _told(counts: Counter[str]) -> str:
    linkable = max(1, counts["linkable"])
    return (
        f"recall {counts['found'] / max(1, counts['tagged']):.3f} of {counts['tagged']}; links right "
        f"{counts['right'] / linkable:.3f}, wrong {counts['wrong'] / linkable:.3f} of {counts['linkable']}"
    )


if __name__ == "__main__":
    main()
