"""How long does ``compare`` take for long texts? Joins a folder's pairs until they are as long as wanted.

    python benchmarks/compare_speed.py FOLDER [--sources FOLDER] [--megabytes 1 5]

Prints the seconds for each length, for equal texts and with one word in a thousand changed.
"""

from __future__ import annotations

import argparse
import copy
import sys
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from lxml import etree

from teiwright.comparing import compare
from teiwright.model import Edition, Metadata, Source

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def joined(pairs: list[tuple[str, etree._ElementTree]], length: int) -> tuple[str, etree._Element]:
    """The texts one after the other, and one TEI document with all their bodies."""
    root = etree.Element(TEI + "TEI")
    texts: list[str] = []
    done = 0
    for text, tree in cycle(pairs):
        if done >= length:
            break
        texts.append(text)
        done += len(text)
        for part in tree.iter(TEI + "front", TEI + "body"):
            twin = copy.deepcopy(part)
            twin.tail = None
            for element in twin.iter():
                element.attrib.pop(XML_ID, None)
            root.append(twin)
    return "\n\n".join(texts), root


def spoilt(root: etree._Element, every: int) -> etree._Element:
    """A copy with every so many words changed."""
    twin = copy.deepcopy(root)
    numbers = count()
    for paragraph in twin.iter(TEI + "p"):
        for element in paragraph.iter():
            element.text = spoilt_text(element.text, numbers, every)
            if element is not paragraph:
                element.tail = spoilt_text(element.tail, numbers, every)
    return twin


def spoilt_text(text: str | None, numbers: Iterator[int], every: int) -> str | None:
    """The text with an ``x`` behind every so many words."""
    if text is None:
        return None
    return " ".join(word + "x" if word.strip() and next(numbers) % every == 0 else word for word in text.split(" "))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path, help="where the .txt files are, if not in FOLDER")
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 5])
    options = parser.parse_args()
    pairs = []
    for path in sorted(options.folder.glob("*.xml")):
        text = (options.sources or options.folder) / f"{path.stem}.txt"
        if text.is_file():
            tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
            pairs.append((text.read_text(encoding="utf-8"), tree))
    if not pairs:
        parser.error(f"no NAME.xml with a NAME.txt in {options.folder}")
    print(f"{'characters':>12} {'words changed':>14} {'findings':>9} {'seconds':>8}")
    for megabytes in options.megabytes:
        text, root = joined(pairs, int(megabytes * 1_000_000))
        source = Source(Path("source.txt"), text, "", "utf-8", Metadata("source"))
        for every in (0, 1000):
            tree = etree.ElementTree(spoilt(root, every) if every else root)
            started = time.perf_counter()
            report = compare(source, Edition(Path("edition.xml"), tree))
            seconds = time.perf_counter() - started
            print(f"{len(text):12,} {'1 in 1000' if every else 'none':>14} {len(report.findings):9,} {seconds:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
