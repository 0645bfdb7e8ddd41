"""Does ``compare`` find every flaw? Makes mutants of editions and counts those that pass unnoticed.

    python benchmarks/compare_mutants.py FOLDER [--sources FOLDER] [--every N] [--show]

For each NAME.xml with a NAME.txt it deletes, doubles, changes, joins and moves words in text, notes, labels;
changes marks of notes and pages; drops, moves and exchanges notes; drops page breaks.
A mutant is found if the report has a finding that the edition itself does not have.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from pathlib import Path

from lxml import etree

from teiwright.comparing import compare
from teiwright.model import Edition, Metadata, Source

TEI = "{http://www.tei-c.org/ns/1.0}"
UNSEEN = {TEI + name for name in ("teiHeader", "standOff", "desc", "figDesc", "corr", "reg", "expan")}
Mutant = tuple[str, str, etree._ElementTree]


JOINED = tuple(TEI + name for name in ("persName", "placeName", "date", "hi", "del", "ref", "title", "gloss"))


def text_slots(tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    """Every text node that a reader sees, as the number of its element and ``text`` or ``tail``."""
    for number, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        hidden = any(e.tag in UNSEEN for e in (element, *element.iterancestors()))
        if not hidden and (element.text or "").strip():
            yield number, "text"
        outside = any(e.tag in UNSEEN for e in element.iterancestors())
        if not outside and (element.tail or "").strip():
            yield number, "tail"


def elements(tree: etree._ElementTree) -> list[etree._Element]:
    """Every element and comment, numbered as in a copy."""
    return list(tree.iter())


def one_spaced(text: str) -> str:
    """The text without indents and line ends, which are layout."""
    return re.sub(r"\s+", " ", text)


def tag_mutants(tree: etree._ElementTree) -> Iterator[Mutant]:
    """Remove the space before a tag that parts no words."""
    for number, element in enumerate(tree.iter()):
        previous = element.getprevious() if isinstance(element.tag, str) else None
        if element.tag not in JOINED or hidden(element) or previous is None:
            continue
        if (previous.tail or "").endswith(" ") and previous.tail.strip() and "".join(element.itertext())[:1].strip():
            mutant = copy.deepcopy(tree)
            twin = elements(mutant)[number].getprevious()
            twin.tail = twin.tail.rstrip()
            yield "join at a tag", f"before {element.tag[len(TEI) :]}", mutant


def word_mutants(tree: etree._ElementTree, every: int) -> Iterator[Mutant]:
    """Every Nth word, changed in every way."""
    count = 0
    for number, slot in text_slots(tree):
        words = one_spaced(getattr(elements(tree)[number], slot)).split(" ")
        for at, word in enumerate(words):
            if not word.strip():
                continue
            count += 1
            if count % every:
                continue
            for kind, changed in word_changes(words, at):
                mutant = copy.deepcopy(tree)
                setattr(elements(mutant)[number], slot, changed)
                yield kind, f"{word!r} in {' '.join(words[max(0, at - 2) : at + 3])!r}", mutant


def word_changes(words: list[str], at: int) -> Iterator[tuple[str, str]]:
    """The kinds of changes and the text node's new text."""
    word = words[at]
    before, behind = words[:at], words[at + 1 :]
    middle = len(word) // 2
    other = "x" if word[middle] != "x" else "y"
    yield "delete word", " ".join([*before, *behind] if before or behind else [])
    yield "double word", " ".join([*before, word, word, *behind])
    yield "change character", " ".join([*before, word[:middle] + other + word[middle + 1 :], *behind])
    yield "delete character", " ".join([*before, word[:middle] + word[middle + 1 :], *behind])
    if middle:
        yield "split word", " ".join([*before, word[:middle] + " " + word[middle:], *behind])
    if behind and behind[0].strip() and "\n" not in word + behind[0]:
        yield "join words", " ".join([*before, word + behind[0], *behind[1:]])
    if behind and "".join(behind[0].split()) not in ("", word):
        yield "exchange words", " ".join([*before, behind[0], word, *behind[1:]])
    if len(behind) > 8 and word not in behind[:7]:
        yield "move word", " ".join([*before, *behind[:6], word, *behind[6:]])


def detach(element: etree._Element) -> None:
    """Remove an element but not the text behind it."""
    parent = element.getparent()
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def structure_mutants(tree: etree._ElementTree) -> Iterator[Mutant]:
    """Notes, page breaks, labels and paragraphs dropped, doubled, moved, renumbered."""
    for number, element in enumerate(tree.iter()):
        if hidden(element):
            continue
        if element.tag == TEI + "note" and element.get("rend") != "inline":
            edits: list[tuple[str, Callable[[etree._Element], None]]] = [
                ("drop note", detach),
                ("drop note's text", empty),
                ("double note", double),
            ]
            if element.getparent().tag != TEI + "noteGrp":
                edits.append(("move anchor", move))
            if element.get("n"):
                edits.append(("change note/@n", renumber))
        elif element.tag == TEI + "pb" and element.get("n") and not element.get("resp"):
            edits = [("drop pb", detach), ("change pb/@n", renumber), ("double pb", double), ("move pb", move)]
        elif element.tag in (TEI + "label", TEI + "idno", TEI + "fw", TEI + "p"):
            edits = [(f"drop {element.tag[len(TEI) :]}", detach)] if "".join(element.itertext()).strip() else []
        else:
            continue
        for kind, edit in edits:
            mutant = copy.deepcopy(tree)
            edit(elements(mutant)[number])
            yield kind, f"{element.tag[len(TEI) :]} {dict(element.attrib)}", mutant
    yield from exchanged_notes(tree)


def hidden(element: etree._Element) -> bool:
    """Whether the element is no text of the edition."""
    return any(e.tag in UNSEEN for e in element.iterancestors())


def empty(element: etree._Element) -> None:
    """Remove what is in it."""
    for child in list(element):
        element.remove(child)
    element.text = None


def double(element: etree._Element) -> None:
    """Put a copy before it."""
    twin = copy.deepcopy(element)
    twin.tail = None
    element.addprevious(twin)


def renumber(element: etree._Element) -> None:
    """Give it another ``@n``."""
    n = element.get("n", "")
    element.set("n", str(int(n) + 1) if n.isdecimal() else n + "x" if n[-1:].isalnum() else n + n[-1:])


def move(element: etree._Element) -> None:
    """Behind the next two words of the text that follows it, or before the last two of what precedes."""
    tail = one_spaced(element.tail or "")
    words = tail.split(" ")
    if len(words) > 3:
        head = " ".join(words[:3]) + " "
        rest = " ".join(words[3:])
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + head
        else:
            parent.text = (parent.text or "") + head
        element.tail = rest
        return
    previous, parent = element.getprevious(), element.getparent()
    before = one_spaced((previous.tail if previous is not None else parent.text) or "")
    words = before.split(" ")
    if len(words) > 3:
        if previous is not None:
            previous.tail = " ".join(words[:-2])
        else:
            parent.text = " ".join(words[:-2])
        element.tail = " " + " ".join(words[-2:]) + tail
        return
    element.set("skip", "yes")


def exchanged_notes(tree: etree._ElementTree) -> Iterator[Mutant]:
    """The texts of two notes that follow each other, exchanged."""
    notes = [
        number
        for number, note in enumerate(tree.iter(TEI + "note"))
        if note.get("rend") != "inline" and not hidden(note)
    ]
    for one, two in pairwise(notes):
        mutant = copy.deepcopy(tree)
        all_notes = list(mutant.iter(TEI + "note"))
        a, b = all_notes[one], all_notes[two]
        if "".join(a.itertext()).split() == "".join(b.itertext()).split() or a in b.iterancestors():
            continue
        a_content, b_content = (a.text, list(a)), (b.text, list(b))
        for note, (text, children) in ((a, b_content), (b, a_content)):
            note.text = text
            for child in list(note):
                note.remove(child)
            note.extend(children)
        yield "exchange notes", f"notes {a.get('n')} and {b.get('n')}", mutant


def mutants_of(tree: etree._ElementTree, every: int) -> Iterator[Mutant]:
    """All mutants that differ from the edition, with every Nth word changed in every way."""
    original = etree.tostring(tree, method="c14n")
    for kind, what, mutant in chain(word_mutants(tree, every), tag_mutants(tree), structure_mutants(tree)):
        if not mutant.xpath("//@skip") and etree.tostring(mutant, method="c14n") != original:
            yield kind, what, mutant


def main() -> int:
    """Print a table of mutants and found ones by kind; exit with 1 if one was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path, help="where the .txt files are, if not in FOLDER")
    parser.add_argument("--every", type=int, default=1, help="mutate every Nth word")
    parser.add_argument("--show", action="store_true", help="print each mutant that was missed")
    options = parser.parse_args()
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    started = time.perf_counter()
    for path in sorted(options.folder.glob("*.xml")):
        text = (options.sources or options.folder) / f"{path.stem}.txt"
        if not text.is_file():
            continue
        source = Source(text, text.read_text(encoding="utf-8"), "", "utf-8", Metadata(path.stem))
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
        known = Counter((f.code, f.message) for f in compare(source, Edition(Path("mutant.xml"), tree)).findings)
        for kind, what, mutant in mutants_of(tree, options.every):
            made[kind] += 1
            report = compare(source, Edition(Path("mutant.xml"), mutant))
            if not Counter((f.code, f.message) for f in report.findings) - known:
                missed[kind] += 1
                if options.show:
                    print(f"missed: {path.name}: {kind}: {what}")
    for kind in sorted(made):
        print(f"{kind:20} {made[kind]:7,} made {missed[kind]:6,} missed")
    print(f"{'all':20} {made.total():7,} made {missed.total():6,} missed, {time.perf_counter() - started:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
