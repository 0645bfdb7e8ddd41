"""The law in the repository: its compiled forms are those of the ODD, and its examples hold."""

import copy
import os
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from teiwright.checking.schematron import run_schematron
from teiwright.odd import compile_odd

ROOT = Path(__file__).resolve().parents[2]
ODD = ROOT / "schema" / "teiwright.odd"
TEI = "{http://www.tei-c.org/ns/1.0}"
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def made() -> dict[str, bytes]:
    (law,) = compile_odd(ODD, exact=True)
    return dict(law.files)


def odd() -> etree._Element:
    return etree.parse(ODD, etree.XMLParser(collect_ids=False)).getroot()


def as_tei(example: etree._Element) -> list[etree._Element]:
    """The elements of an example, in TEI's namespace and documents of their own."""
    made = []
    for child in example:
        fragment = etree.fromstring(etree.tostring(child, with_tail=False))
        for node in fragment.iter(f"{EXAMPLES}*"):
            node.tag = node.tag.replace(EXAMPLES, TEI)
        made.append(fragment)
    return made


def element_specs() -> list[etree._Element]:
    return list(odd().iter(f"{TEI}elementSpec"))


def rules() -> list[tuple[str, bool, etree._Element]]:
    return [
        (division.get("n"), example.get("valid") == "true", as_tei(example)[0])
        for division in odd().iter(f"{TEI}div")
        if division.get("n")
        for example in division.iter(f"{EXAMPLES}egXML")
    ]


def test_what_is_committed_is_what_the_odd_makes():
    assert {name: (ROOT / "schema" / name).read_bytes() for name in made()} == made()


def test_other_hash_seeds_make_the_same_bytes(tmp_path):
    for seed in ("1", "2"):
        subprocess.run(
            ["teiwright", "odd", ODD, "-o", tmp_path / seed, "--exact"],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
        )
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_check_says_what_is_out_of_date(tmp_path):
    command = ["teiwright", "odd", str(ODD), "-o", str(tmp_path), "--exact"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert subprocess.run([*command, "--check"], check=False, stdout=subprocess.DEVNULL).returncode == 0
    (tmp_path / "teiwright.rng").write_text("other")
    found = subprocess.run([*command, "--check"], check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout.strip()) == (1, f"{tmp_path / 'teiwright.rng'}: out of date")
    assert (tmp_path / "teiwright.rng").read_text() == "other"


@pytest.mark.parametrize("spec", element_specs(), ids=lambda spec: spec.get("ident"))
def test_every_element_is_glossed(spec):
    for part in ("gloss", "desc"):
        assert spec.findtext(f"{TEI}{part}").strip()
    for described in spec.iter(f"{TEI}attDef", f"{TEI}valItem"):
        assert described.findtext(f"{TEI}desc").strip()


@pytest.fixture(scope="module")
def any_element():
    """The grammar of the law, but beginning with any element."""
    grammar = etree.parse(ROOT / "schema" / "teiwright.rng").getroot()
    start = grammar.find(f"{RNG}start")
    start.clear()
    choice = etree.SubElement(start, f"{RNG}choice")
    for define in grammar.iterfind(f"{RNG}define[{RNG}element]"):
        etree.SubElement(choice, f"{RNG}ref", name=define.get("name"))
    return etree.RelaxNG(etree.fromstring(etree.tostring(grammar)))


@pytest.mark.parametrize("spec", element_specs(), ids=lambda spec: spec.get("ident"))
def test_every_element_has_an_example_that_the_law_accepts(spec, any_element):
    examples = [root for found in spec.iter(f"{EXAMPLES}egXML") for root in as_tei(found)]
    names = {etree.QName(node).localname for root in examples for node in root.iter()}
    assert spec.get("ident") in names
    for root in examples:
        assert any_element.validate(root), (etree.tostring(root), any_element.error_log)


def test_every_rule_has_an_example_on_either_side():
    idents = {spec.get("ident") for spec in odd().iter(f"{TEI}constraintSpec")}
    assert {(name, good) for name, good, _ in rules()} == {(i, good) for i in idents for good in (True, False)}


@pytest.mark.parametrize(
    ("name", "good", "fragment"), rules(), ids=lambda value: value if isinstance(value, str) else None
)
def test_each_rule_accepts_and_refuses_what_its_examples_say(name, good, fragment):
    outcome = run_schematron(ROOT / "schema" / "teiwright.sch", copy.deepcopy(fragment).getroottree())
    broken = [found.rule for found in outcome.broken]
    assert (name in broken) is not good, broken
