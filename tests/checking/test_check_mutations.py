"""Whole editions with one thing changed: the check finds each change, and points at it.

The editions of the tests hold every kind of element that the encoder writes and most that an editor adds;
the editions of the repository are taken as they are.
"""

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from teiwright.checking import check, check_files, own_schema
from teiwright.checking.grammars import relaxng_objections, xsd_objections
from teiwright.diagnostics import Code
from teiwright.model import Edition

HERE = Path(__file__).resolve().parent
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = sorted((HERE / "editions").rglob("*.xml"))
REPOSITORY = sorted((HERE.parents[1] / "tei").rglob("*.xml"))
GRAMMAR = {
    *(Code.ELEMENT_NOT_ALLOWED, Code.ELEMENT_MISSING, Code.ATTRIBUTE_NOT_ALLOWED, Code.ATTRIBUTE_MISSING),
    *(Code.VALUE_NOT_ALLOWED, Code.TEXT_NOT_ALLOWED, Code.WRONG_NAMESPACE),
}


def load(path: Path) -> Edition:
    return Edition(path, etree.parse(path, etree.XMLParser(collect_ids=False, resolve_entities=False)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A copy of the editions, to write mutants beside them."""
    made = tmp_path_factory.mktemp("project") / "tei"
    shutil.copytree(HERE / "editions", made)
    return made


def findings(tree: etree._ElementTree, path: Path) -> tuple:
    tree.write(path, encoding="utf-8")
    return check(load(path)).findings


@pytest.mark.parametrize("path", OURS + REPOSITORY, ids=lambda path: path.stem)
def test_the_editions_are_valid(path):
    assert [str(found) for found in check(load(path)).findings if found.code.severity.value == "error"] == []


def test_the_editions_of_the_repository_go_together():
    assert check_files(map(load, REPOSITORY)).errors == 0


# -- the grammar: one mutant for every element of the editions and every kind of change


def elements(tree: etree._ElementTree) -> list[etree._Element]:
    return [node for node in tree.getroot().iter() if isinstance(node.tag, str)]


def misspell(element: etree._Element) -> None:
    element.tag = f"{element.tag}z"


def add_an_attribute(element: etree._Element) -> None:
    element.set("colour", "red")


def put_a_division_in(element: etree._Element) -> None:
    element.insert(0, etree.Element(f"{TEI}fileDesc"))


CHANGES: list[tuple[Callable[[etree._Element], None], str]] = [
    (misspell, "z"),
    (add_an_attribute, "colour"),
    (put_a_division_in, "fileDesc"),
]


@pytest.mark.parametrize("name", ["letter.xml", "report.xml", "authority/persons.xml", "authority/places.xml"])
@pytest.mark.parametrize(("change", "word"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_change_of_an_element_is_found_where_it_is(folder, name, change, word):
    original = load(folder / name).tree
    places = distinct(original)
    for index in places:
        tree = copy.deepcopy(original)
        element = elements(tree)[index]
        change(element)
        found = [d for d in findings(tree, folder / Path(name).parent / "mutant.xml") if d.code in GRAMMAR]
        assert any(word in d.message for d in found), (element.tag, list(map(str, found)))
        assert not any(d.code in {Code.SCHEMA_BROKEN, Code.OUR_BUG} for d in found)
    assert len(places) > 15


def distinct(tree: etree._ElementTree) -> list[int]:
    """One element of each name under each parent."""
    seen: dict[tuple[object, str], int] = {}
    for index, element in enumerate(elements(tree)):
        parent = element.getparent()
        seen.setdefault((None if parent is None else parent.tag, str(element.tag)), index)
    return list(seen.values())


# -- the rules and the pointers: each broken once, in the letter


def first(tree: etree._ElementTree, path: str) -> etree._Element:
    found = tree.getroot().find("./" + "/".join("" if step == "" else TEI + step for step in path.split("/")))
    assert found is not None
    return found


def without(path: str, attribute: str) -> Callable[[etree._ElementTree], None]:
    def change(tree: etree._ElementTree) -> None:
        del first(tree, path).attrib[attribute]

    return change


def having(path: str, attribute: str, value: str) -> Callable[[etree._ElementTree], None]:
    return lambda tree: first(tree, path).set(attribute, value)


def removed(path: str) -> Callable[[etree._ElementTree], None]:
    def change(tree: etree._ElementTree) -> None:
        element = first(tree, path)
        element.getparent().remove(element)

    return change


def swapped(tree: etree._ElementTree) -> None:
    body = first(tree, "text/body")
    body.insert(0, body[-1])


def text_beside_paragraphs(tree: etree._ElementTree) -> None:
    first(tree, "text/body/div/p/note").text = "Stray"


def a_letter_within(tree: etree._ElementTree) -> None:
    division = etree.SubElement(first(tree, "text/body/div"), f"{TEI}div", type="letter")
    etree.SubElement(division, f"{TEI}p").text = "Text."
    last = first(tree, "text/body/div/list")
    last.addnext(division)


BROKEN = {
    "edition-has-id": lambda tree: tree.getroot().attrib.pop(ID),
    "edition-declares": removed("teiHeader/encodingDesc"),
    "terms-stated": removed("teiHeader/fileDesc/publicationStmt/availability"),
    "main-title": without("teiHeader/fileDesc/titleStmt/title", "type"),
    "enclosure-follows": swapped,
    "page-break-numbered": without("text/body/div/pb", "n"),
    "foot-note-marked": without("text/body/div/p/note", "n"),
    "note-one-form": text_beside_paragraphs,
    "quantity-has-unit": without("text/body/div/p/gap", "unit"),
    "opener-idno-type": having("text/body/div/opener/idno", "type", "ISBN"),
    "date-one-way": having("text/body/div/opener/dateline/date", "to", "1921-05-05"),
    "period-or-limits": lambda tree: [
        first(tree, "teiHeader/profileDesc/creation/date").set("from", "1921-05-01"),
    ],
    "certainty-has-owner": without("text/body/div/list/pb", "resp"),
    "language-declared": having("text/body/div/p/foreign", LANG, "de"),
    "inner-division-is-section": a_letter_within,
}


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_every_rule_bites_in_a_whole_edition(folder, rule):
    tree = load(folder / "letter.xml").tree
    BROKEN[rule](tree)
    messages = [d.message for d in findings(tree, folder / "mutant.xml")]
    assert any(f"(rule `{rule}`)" in message for message in messages), messages


def pointers(tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    for index, element in enumerate(elements(tree)):
        for name in ("target", "ref", "corresp", "who", "resp", "scheme", "source"):
            if (element.get(name) or "https:")[:5] != "https":
                yield index, name


def test_every_pointer_that_is_broken_is_found(folder):
    original = load(folder / "letter.xml").tree
    places = list(pointers(original))
    for index, name in places:
        tree = copy.deepcopy(original)
        element = elements(tree)[index]
        element.set(name, f"{element.get(name)}-gone")
        found = [d for d in findings(tree, folder / "mutant.xml") if d.code is Code.DANGLING_POINTER]
        assert len(found) == 1, (element.tag, name, list(map(str, found)))
        assert f"@{name} of `{etree.QName(element).localname}`" in found[0].message
    assert len(places) >= 15


def test_every_id_that_is_given_twice_is_found(folder):
    original = load(folder / "letter.xml").tree
    named = [index for index, element in enumerate(elements(original)) if element.get(ID)]
    for index in named[1:]:
        tree = copy.deepcopy(original)
        elements(tree)[index].set(ID, elements(tree)[named[0]].get(ID))
        codes = [d.code for d in findings(tree, folder / "mutant.xml")]
        assert codes.count(Code.DUPLICATE_ID) == 1
        assert Code.SCHEMA_BROKEN not in codes


# -- anything


@pytest.fixture(scope="module")
def names() -> list[str]:
    table = json.loads((HERE.parents[1] / "schema" / "teiwright.glosses.json").read_text("utf-8"))
    return sorted(table["elements"])


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_any_shuffled_edition_gets_one_verdict_and_no_unexplained_one(random, names, folder):
    tree = load(folder / "letter.xml").tree
    for _ in range(random.randint(1, 4)):
        one, other = random.choice(elements(tree)[1:]), random.choice(elements(tree)[1:])
        match random.randint(0, 3):
            case 0:
                one.tag = f"{TEI}{random.choice(names)}"
            case 1 if other not in {one, *one.iterancestors()}:
                one.append(other)
            case 2:
                one.attrib.update(other.attrib)
            case _:
                one.text = f"{one.text or ''} {random.choice(['', 'stray', '1941-13', '†'])}"
    mutant = etree.fromstring(etree.tostring(tree), etree.XMLParser(collect_ids=False)).getroottree()
    schema = own_schema()
    relaxng = list(relaxng_objections(schema.file(".rng"), mutant))
    xsd = list(xsd_objections(schema.file(".xsd"), mutant))
    found = check(Edition(folder / "mutant.xml", mutant)).findings
    grammar = [d for d in found if d.code in GRAMMAR | {Code.DUPLICATE_ID}]
    assert bool(relaxng) == bool(xsd) == bool(grammar)
    assert not [str(d) for d in found if d.code is Code.SCHEMA_BROKEN]
