"""Long texts take time in proportion to their length, and lists of notes that repeat are told apart."""

import importlib.util
import time
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
CHARACTERS = 1_000_000
SECONDS = 30  # it takes less than one; a quadratic step would take hours


def test_a_million_characters_are_compared_in_seconds(source):
    spec = importlib.util.spec_from_file_location("compare_speed", ROOT / "benchmarks" / "compare_speed.py")
    speed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(speed)
    pairs = [
        ((ROOT / "seeds" / f"{path.stem}.txt").read_text(encoding="utf-8"), etree.parse(path))
        for path in sorted((ROOT / "tei").glob("*.xml"))
    ]
    text, root = speed.joined(pairs, CHARACTERS)
    other = speed.spoilt(root, 1000)
    started = time.process_time()
    clean = speed.compare(source(text), speed.Edition(Path("edition.xml"), etree.ElementTree(root)))
    found = speed.compare(source(text), speed.Edition(Path("edition.xml"), etree.ElementTree(other)))
    assert time.process_time() - started < SECONDS
    assert [str(finding) for finding in clean.findings] == []
    # each change adds one letter and is one finding, also where forty notes have the same text
    assert len(found.findings) == len("".join(other.itertext())) - len("".join(root.itertext()))
