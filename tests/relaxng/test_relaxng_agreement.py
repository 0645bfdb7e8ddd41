"""Our validator and libxml2 say the same of many spoilt editions, by our own schema.

The benchmark ``relaxng_mutants.py`` does the same with Jing, and with any schema.
"""

import importlib.util
import random
from pathlib import Path

import pytest
from lxml import etree

from teiwright.relaxng import Schema

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "schema" / "teiwright.rng"
EDITIONS = sorted((ROOT / "tests" / "checking" / "editions").rglob("*.xml")) + sorted((ROOT / "tei").rglob("*.xml"))


@pytest.fixture(scope="module")
def spoiling():
    path = ROOT / "benchmarks" / "relaxng_mutants.py"
    spec = importlib.util.spec_from_file_location("relaxng_mutants", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def judges():
    parser = etree.XMLParser(collect_ids=False)
    ours, theirs = Schema(LAW), etree.RelaxNG(etree.parse(LAW))
    return lambda data: (not ours.validate(data), theirs.validate(etree.fromstring(data, parser)))


def test_the_editions_are_valid(judges):
    assert [path.name for path in EDITIONS if judges(path.read_bytes()) != (True, True)] == []


def test_verdicts_on_mutants(spoiling, judges):
    roots = [etree.parse(path, etree.XMLParser(collect_ids=False)).getroot() for path in EDITIONS]
    chance = random.Random(20)  # noqa: S311 (mutants, no secrets)
    grower = spoiling.Grower(Schema(LAW), chance)
    roots += [grower.document() for _ in range(40)]
    verdicts = [
        (change, judges(etree.tostring(root, encoding="utf-8")))
        for change, root in spoiling.mutants(roots, 1000, chance)
    ]
    assert [(change, both) for change, both in verdicts if both[0] != both[1]] == []
    refused = sum(not ours for _, (ours, _) in verdicts)
    assert 300 < refused < len(verdicts) - 100
