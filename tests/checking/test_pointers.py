"""Pointers and identifiers in any TEI: whatever attribute they stand in, however they are written."""

import random
from pathlib import Path

import pytest
from lxml import etree

from teiwright.checking import check
from teiwright.checking.outline import outline_of
from teiwright.checking.pointers import Around, duplicate_ids, follow
from teiwright.checking.pointers.attributes import POINTING, pointers_of
from teiwright.diagnostics import Code
from teiwright.model import Edition

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HERE = Path(__file__).resolve().parent
EDITIONS = [HERE / "editions" / "letter.xml", *sorted((HERE.parents[1] / "tei").glob("*.xml"))]


def marks_of(root):
    return outline_of([*root.iter("*")]).marks


def dangling_pointers(root, around):
    return follow(marks_of(root), around).flaws


@pytest.fixture
def project(tmp_path):
    """A folder of files; returns what is said of the pointers and ids of the first."""

    def make(*, wholes: tuple[str, ...] = (), trusted: tuple[Path, ...] = (), **files: str) -> list[tuple[str, str]]:
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.xml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace("<TEI", f'<TEI xmlns="{TEI}" xmlns:xi="http://www.w3.org/2001/XInclude"', 1))
        first = tmp_path / f"{next(iter(files)).replace('__', '/')}.xml"
        root = etree.parse(first, etree.XMLParser(collect_ids=False)).getroot()
        around = Around(first, tmp_path, frozenset(trusted), tuple(tmp_path / f"{whole}.xml" for whole in wholes))
        marks = marks_of(root)
        flaws = [*duplicate_ids(marks, around), *follow(marks, around).flaws]
        return [(flaw.code.title, flaw.message.rpartition(": ")[2]) for flaw in flaws]

    return make


@pytest.fixture
def hints(tmp_path):
    def make(text: str) -> list[str | None]:
        root = etree.fromstring(text.replace("<TEI", f'<TEI xmlns="{TEI}"', 1))
        return [flaw.hint for flaw in dangling_pointers(root, Around(tmp_path / "a.xml", tmp_path))]

    return make


GONE = ("dangling-pointer", "no element in this file has this xml:id")


# -- which attributes


@pytest.mark.parametrize("attribute", sorted(POINTING - {"from", "to", "scheme", "value"}))
def test_every_attribute_of_tei_that_is_a_pointer_is_followed(project, attribute):
    assert project(a=f'<TEI><p {attribute}="#gone" xml:id="here"/></TEI>') == [GONE]
    assert project(a=f'<TEI><p {attribute}="#here" xml:id="here"/></TEI>') == []


@pytest.mark.parametrize(
    ("element", "attribute"),
    [("app", "from"), ("span", "to"), ("keywords", "scheme"), ("leaf", "value"), ("msItem", "class")],
)
def test_some_are_pointers_in_some_elements_only(project, element, attribute):
    assert project(a=f'<TEI><{element} {attribute}="#gone"/></TEI>') == [GONE]


@pytest.mark.parametrize(
    ("element", "attribute"),
    [("date", "from"), ("gi", "scheme"), ("num", "value"), ("shift", "new"), ("move", "where"), ("attRef", "class")],
)
def test_and_something_else_in_others(project, element, attribute):
    assert project(a=f'<TEI><{element} {attribute}="1933"/></TEI>') == []


def test_examples_of_markup_have_no_pointers(project):
    egxml = '<egXML xmlns="http://www.tei-c.org/ns/Examples"><ref target="#gone"/></egXML>'
    assert project(a=f"<TEI>{egxml}</TEI>") == []


def test_each_of_several_pointers_is_followed(project):
    assert project(a='<TEI><p ana="#a #gone #b #lost"/><p xml:id="a"/><p xml:id="b"/></TEI>') == [GONE, GONE]


# -- private prefixes


PREFIX = '<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="persons.xml#$1"/>'
PERSONS = '<TEI><person xml:id="grew"/></TEI>'


def test_a_prefix_leads_where_its_definition_says(project):
    assert project(a=f'<TEI>{PREFIX}<p ref="psn:grew"/></TEI>', persons=PERSONS) == []
    assert project(a=f'<TEI>{PREFIX}<p ref="psn:drew"/></TEI>', persons=PERSONS) == [
        ("dangling-pointer", "no element in `persons.xml` has this xml:id")
    ]


def test_a_pattern_must_fit_the_whole_of_what_is_behind_the_colon(project):
    assert project(a=f'<TEI>{PREFIX}<p ref="psn:grew1"/></TEI>', persons=PERSONS) == [
        ("dangling-pointer", "the pattern `([a-z]+)` of its prefix does not fit it")
    ]


def test_the_first_pattern_that_fits_counts(project):
    more = '<prefixDef ident="psn" matchPattern="([0-9]+)" replacementPattern="https://example.org/$1"/>'
    assert project(a=f'<TEI>{PREFIX}{more}<p ref="psn:grew psn:42"/></TEI>', persons=PERSONS) == []


def test_a_prefix_without_a_definition_is_told_once(project):
    (found,) = project(a=f'<TEI>{PREFIX}<p ref="pns:a pns:b"/></TEI>')
    assert found[0] == "undeclared-prefix"
    assert found[1].endswith("declares the prefix `pns`, and it was not followed (and so for 1 other pointer)")


def test_the_prefix_that_was_meant_is_named(hints):
    assert hints(f'<TEI>{PREFIX}<p ref="pns:a"/></TEI>') == ["did you mean `psn:`?"]


@pytest.mark.parametrize("address", ["https://example.org/#x", "urn:isbn:1", "mailto:a@b.org", "HTTP://example.org"])
def test_addresses_of_the_internet_are_not_followed(project, address):
    assert project(a=f'<TEI><p ref="{address}"/></TEI>') == []


@pytest.mark.parametrize("pattern", ["(a+)+b", "((a|b)*c)*", "(a|a)*b", "(x", "a" * 500, "a*b*c*d*e*f*"])
def test_a_pattern_that_could_keep_anybody_waiting_is_not_tried(project, pattern):
    definition = f'<prefixDef ident="psn" matchPattern="{pattern}" replacementPattern="#$1"/>'
    (found,) = project(a=f'<TEI>{definition}<p ref="psn:{"a" * 60}"/></TEI>')
    assert found[0] == "prefix-not-understood"


@pytest.mark.parametrize("pattern", ["([a-zA-Z0-9\\-]+)", "(.*)", "([a-z]+)_([0-9]{1,3})", "(\\w+)(?:#(.+))?", "[)+]+"])
def test_patterns_as_editions_have_them_are_tried(project, pattern):
    definition = f'<prefixDef ident="psn" matchPattern="{pattern}" replacementPattern="https://example.org/$1"/>'
    assert [code for code, _ in project(a=f'<TEI>{definition}<p ref="psn:a"/></TEI>')] in ([], ["dangling-pointer"])


# -- xml:base


def test_a_base_says_from_where_pointers_count(project):
    persons = {"lists__persons": PERSONS}
    assert project(a='<TEI><p xml:base="lists/"><name ref="persons.xml#grew"/></p></TEI>', **persons) == []
    assert project(a='<TEI><p xml:base="lists/persons.xml"><name ref="#grew"/></p></TEI>', **persons) == []
    assert project(a='<TEI><p xml:base="https://example.org/x.xml"><name ref="#grew"/></p></TEI>', **persons) == []


def test_bases_add_up(project):
    text = '<TEI xml:base="lists/"><p xml:base="persons.xml"><name ref="#grew"/></p></TEI>'
    assert project(a=text, **{"lists__persons": PERSONS}) == []


# -- files


def test_a_file_that_names_itself_is_itself(project):
    assert project(a='<TEI><p ref="a.xml#x" xml:id="x"/></TEI>') == []


@pytest.mark.parametrize("fragment", ["range(a,b)", "string-range(a,0,3)", "left(a)", "xpath(//p)", "match(a,'x')"])
def test_schemes_of_xpointer_are_understood_as_far_as_they_name_ids(project, fragment):
    assert project(a=f'<TEI><p ref="#{fragment}" xml:id="a"/><p xml:id="b"/></TEI>') == []


def test_an_id_in_a_scheme_of_xpointer_must_be_there(project):
    assert project(a='<TEI><p ref="#range(a,gone)" xml:id="a"/></TEI>') == [GONE]


def test_a_file_that_is_not_there_is_told_once_with_the_number_of_pointers_to_it(project):
    text = '<TEI><p ref="gone.xml#a"/><p ref="gone.xml#b lost.xml"/><p ref="gone.xml#c"/></TEI>'
    assert project(a=text) == [
        ("dangling-pointer", "there is no file `gone.xml` (and so for 2 other pointers)"),
        ("dangling-pointer", "there is no file `lost.xml`"),
    ]


def test_an_image_that_is_not_there_is_a_warning(project):
    text = '<TEI><graphic url="p7.jpg"/><pb facs="p8.jpg"/><pb facs="#z"/></TEI>'
    assert [code for code, _ in project(a=text)] == ["file-missing", "file-missing", "dangling-pointer"]


def test_pointers_out_of_the_project_are_followed_into_what_is_trusted(tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "persons.xml").write_text('<TEI xml:id="grew"/>')
    root = etree.fromstring(f'<TEI xmlns="{TEI}"><p ref="../names/persons.xml#grew ../names/persons.xml#gone"/></TEI>')
    path = tmp_path / "tei" / "a.xml"
    (closed,) = dangling_pointers(root, Around(path, tmp_path / "tei"))
    (open_,) = dangling_pointers(root, Around(path, tmp_path / "tei", frozenset({tmp_path / "names"})))
    assert (closed.code, open_.code) == (Code.POINTER_NOT_FOLLOWED, Code.DANGLING_POINTER)


# -- which was meant


def test_the_nearest_id_is_named(hints):
    assert hints('<TEI><p ref="#pers9" xml:id="pers2"/><p xml:id="place2"/></TEI>') == ["did you mean `#pers2`?"]


def test_an_id_of_a_file_that_the_document_points_to_is_named(tmp_path):
    (tmp_path / "persons.xml").write_text('<TEI xml:id="grew"/>')
    root = etree.fromstring(f'<TEI xmlns="{TEI}"><p ref="persons.xml#grew"/><p ref="#grew"/></TEI>')
    (flaw,) = dangling_pointers(root, Around(tmp_path / "a.xml", tmp_path))
    assert flaw.hint == "did you mean `persons.xml#grew`?"


# -- files that are read as one


INCLUDING = '<TEI><xi:include href="one.xml"/><xi:include href="two.xml"/></TEI>'


def test_ids_of_included_files_belong_to_the_whole(project):
    whole = INCLUDING.replace("</TEI>", '<p ref="#x"/></TEI>')
    assert project(a=whole, one='<TEI xml:id="x"/>', two="<TEI/>") == []


def test_ids_that_two_included_files_share_are_found(project):
    found = project(a=INCLUDING, one='<TEI xml:id="x"/>', two='<TEI xml:id="x"/>')
    assert found == [("duplicate-id", "`x`")]


def test_white_space_around_an_id_is_found_as_some_programs_keep_it(project):
    assert project(a='<TEI xml:id=" x"><p ref="#x"/></TEI>') == [
        ("space-in-id", "@xml:id `x` of `TEI` has white space at its ends")
    ]


def test_ids_that_two_files_share_which_nobody_reads_together_are_no_flaw(project):
    assert project(a='<TEI><p xml:id="x"/></TEI>', b='<TEI><p xml:id="x"/></TEI>') == []


def test_a_part_may_point_to_its_whole_and_to_the_other_parts(project):
    part = '<TEI><p ref="#x #y"/></TEI>'
    files = {"one": part, "two": '<TEI xml:id="x"/>', "a": INCLUDING.replace("<TEI>", '<TEI xml:id="y">')}
    assert project(**files, wholes=("a",)) == []
    assert project(**files) == [GONE, GONE]


def test_an_included_file_that_is_not_there_is_found(project):
    assert project(a=INCLUDING, one="<TEI/>") == [("dangling-pointer", "there is no file `two.xml`")]


def test_files_that_include_each_other_come_to_an_end(project):
    assert project(a='<TEI><xi:include href="b.xml"/></TEI>', b='<TEI><xi:include href="a.xml"/></TEI>') == []


# -- what a verdict depends on


def test_the_files_that_pointers_lead_to_are_known_even_those_that_are_not_there(tmp_path):
    root = etree.fromstring(f'<TEI xmlns="{TEI}"><p ref="b.xml#x #here https://example.org/c.xml gone.xml"/></TEI>')
    found = follow(marks_of(root), Around(tmp_path / "a.xml", tmp_path)).consulted
    assert {path.name for path in found} == {"b.xml", "gone.xml"}


# -- all of them


def test_every_pointer_that_is_cut_is_found():
    """Of 300 mutants, each with one pointer that leads to an id nobody has, all are found, at the right place."""
    rng = random.Random(4)  # noqa: S311 (which mutants, not a secret)
    missed = []
    trees = {path: etree.parse(path, etree.XMLParser(collect_ids=False)) for path in EDITIONS}
    spots = {
        path: [(mark.number, name, pointer) for mark in marks_of(tree)
               for name, pointer in pointers_of(mark) if "#" in pointer]
        for path, tree in trees.items()
    }  # fmt: skip
    for mutant in range(300):
        path = rng.choice(EDITIONS)
        root = etree.fromstring(etree.tostring(trees[path]))
        number, name, pointer = rng.choice(spots[path])
        element = list(root.iter("*"))[number - 1]
        cut = pointer[: rng.randrange(pointer.index("#") + 1, len(pointer))] + rng.choice(["-gone", "9x", "_"])
        element.set(name, element.get(name).replace(pointer, cut))
        found = [flaw for flaw in dangling_pointers(root, Around(path, path.parent)) if flaw.mark.number == number]
        if [flaw.code for flaw in found] != [Code.DANGLING_POINTER]:
            missed.append((mutant, name, cut))
    assert missed == []


def test_every_target_that_is_taken_away_is_missed():
    """Each id that something points to, renamed: every pointer to it is found."""
    for path in EDITIONS:
        root = etree.parse(path, etree.XMLParser(collect_ids=False)).getroot()
        pointed = {}
        for mark in marks_of(root):
            for _, pointer in pointers_of(mark):
                if pointer.startswith("#"):
                    pointed[pointer[1:]] = pointed.get(pointer[1:], 0) + 1
        assert pointed
        for name, count in pointed.items():
            mutant = etree.fromstring(etree.tostring(root))
            next(e for e in mutant.iter("*") if e.get(XML_ID) == name).set(XML_ID, f"{name}-renamed")
            found = [f for f in dangling_pointers(mutant, Around(path, path.parent)) if f.code is Code.DANGLING_POINTER]
            assert len(found) == count


def test_an_id_need_not_be_the_name_of_the_file(tmp_path):
    path = tmp_path / "volume-1.xml"
    path.write_text(f'<TEI xmlns="{TEI}" xml:id="other"/>')
    schema = tmp_path / "any.rng"
    schema.write_text(
        '<element xmlns="http://relaxng.org/ns/structure/1.0" name="TEI" ns="http://www.tei-c.org/ns/1.0">'
        '<attribute name="xml:id" ns=""/></element>'
    )
    assert check(Edition(path, etree.parse(path)), schema).findings == ()


def test_a_document_that_is_read_as_a_stream_has_the_same_pointers(tmp_path):
    (tmp_path / "names.xml").write_text('<TEI xml:id="grew"/>')
    path = tmp_path / "a.xml"
    path.write_text(
        f'<TEI xmlns="{TEI}" xmlns:xi="http://www.w3.org/2001/XInclude">{PREFIX.replace("persons", "names")}'
        '<p ref="psn:grew psn:drew"/><p xml:base="names.xml"><q ref="#grew #gone"/></p>'
        '<xi:include href="lost.xml"/><date from="1933" to="1934"/></TEI>'
    )
    schema = tmp_path / "any.rng"
    schema.write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">'
        "<element><anyName/><zeroOrMore><choice><ref name='any'/><text/><attribute><anyName/></attribute></choice>"
        "</zeroOrMore></element></define></grammar>"
    )
    streamed = check(path, schema).findings
    assert [(d.code.value[0], d.message.partition(" of")[0]) for d in streamed] == [
        (513, "@ref"),
        (513, "@ref"),
        (513, "@href"),
    ]
    root = etree.parse(path).getroot()
    whole = [flaw.message for flaw in dangling_pointers(root, Around(path, tmp_path))]
    assert [d.message for d in streamed] == whole
