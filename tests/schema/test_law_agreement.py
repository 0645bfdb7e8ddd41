"""The forms of the law say the same of spoilt documents; where they may differ, the difference has a name."""

import importlib.util
import sys
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@pytest.fixture(scope="module")
def benchmark():
    path = ROOT / "benchmarks" / "law_agreement.py"
    spec = importlib.util.spec_from_file_location("law_agreement", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["law_agreement"] = module  # where a dataclass looks for its module
    spec.loader.exec_module(module)
    return module


def test_four_judges_of_the_grammar_agree_on_every_mutant(benchmark):
    found = benchmark.agreement(250, seed=7, every=5)
    assert found.differing == []
    assert found.refused > 100
    assert found.by_xmlschema >= 40


def verdicts(benchmark, root):
    return dict(benchmark._Judges().grammars(root, xmlschema_too=True))


@pytest.fixture(scope="module")
def original():
    path = ROOT / "tei" / "davies-despatch-22.xml"
    return etree.tostring(etree.parse(path))


def test_attributes_of_xsi_are_the_difference_called_xsi(benchmark, original):
    root = etree.fromstring(original)
    root.set(f"{{{XSI}}}noNamespaceSchemaLocation", "nothing.xsd")
    said = verdicts(benchmark, root)
    assert (said["RELAX NG"], said["table"], said["XSD (xmlschema)"]) == (False, False, True)
    assert benchmark.difference(root) == "xsi"


def test_an_id_that_comes_twice_is_the_difference_called_ids(benchmark, original):
    root = etree.fromstring(original)
    name = "{http://www.w3.org/XML/1998/namespace}id"
    first, second = [element for element in root.iter("*") if element.get(name)][:2]
    second.set(name, first.get(name))
    said = verdicts(benchmark, root)
    assert (said["RELAX NG"], said["table"], said["XSD (xmlschema)"]) == (True, True, False)
    assert benchmark.difference(root) == "ids"


def test_the_names_of_all_differences_are_in_the_readme():
    text = (ROOT / "schema" / "README.md").read_text("utf-8")
    for name in ("xsi", "ids"):
        assert f"- **{name}**:" in text
