"""The check as a whole: places, doubles, schemas of others, schemas that are none, and what strangers may try."""

import gc
import subprocess
import sys
import threading
import time

import pytest
from lxml import etree

from teiwright.checking import ForeignSchema, Language, Manner, check, check_files, load_schema
from teiwright.checking.schematron import run_schematron
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Edition

TEI = "http://www.tei-c.org/ns/1.0"
FIRST_LINE = 12
"""Where the body of a case begins."""
RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
SMALL_RNG = f"""<element xmlns="{RNG}" ns="{TEI}" name="TEI"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <optional><attribute ns="" name="n"><data type="integer"/></attribute></optional>
  <oneOrMore><element name="p"><text/></element></oneOrMore></element>"""
SMALL_XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{TEI}"
  elementFormDefault="qualified"><xs:element name="TEI"><xs:complexType><xs:sequence>
  <xs:element name="p" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="n" type="xs:integer"/></xs:complexType></xs:element></xs:schema>"""


def told(report) -> list[tuple[str, str]]:
    return [(d.code.title, d.message) for d in report.findings]


@pytest.fixture
def schema_file(tmp_path):
    def write(text: str, name: str = "other.rng"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


# -- where


def test_the_place_is_the_start_of_the_tag_in_characters(edition_of):
    edition = edition_of('<div type="letter">\n<!-- <p> -->\n  <p>“café” — <nonsense/></p>\n</div>')
    (found,) = check(edition).findings
    assert (found.where.line, found.where.column) == (14, 15)
    assert found.where.xpath == "/TEI/text/body/div/p/nonsense"


def test_a_tree_that_is_not_that_of_the_file_has_lines_but_no_wrong_columns(edition_of):
    edition = edition_of('<div type="letter"><p>Text.</p></div>')
    paragraph = next(edition.tree.iter(f"{{{TEI}}}p"))
    etree.SubElement(paragraph, f"{{{TEI}}}nonsense")
    (found,) = check(edition).findings
    assert found.where.column == 0


def test_an_edition_that_is_not_written_yet_can_be_checked(edition_of, tmp_path):
    edition = edition_of('<div type="letter"><p>A <nonsense/></p></div>')
    unwritten = Edition(tmp_path / "new.xml", edition.tree)
    (found,) = check(unwritten).findings
    assert found.code is Code.ELEMENT_NOT_ALLOWED


def test_findings_come_in_reading_order_and_each_once(edition_of):
    edition = edition_of(
        '<div type="leter"><p>A<note place="foot">B</note> <ref target="#x">C</ref></p>\n<q>D</q><head>E</head></div>'
    )
    found = check(edition).findings
    assert [d.code.value[0] for d in found] == [507, 511, 513, 503, 503]
    assert [d.where.line for d in found] == [12, 12, 12, 13, 13]


@pytest.mark.parametrize(
    ("early", "late", "message", "hint"),
    [
        ("fileDesc", "encodingDesc", "`fileDesc` (description of the file) stands too late in `teiHeader`", None),
        ("titleStmt", "publicationStmt", "`titleStmt` (title and responsibility) stands too late in `fileDesc`", None),
        ("publicationStmt", "sourceDesc", "`publicationStmt` (publication) stands too late in `fileDesc`", None),
        ("teiHeader", "text", "`teiHeader` (header) stands too late in `TEI`", None),
        (
            "encodingDesc",
            "profileDesc",
            "`encodingDesc` (encoding) cannot stand in `teiHeader` after `profileDesc`",
            "move it before `profileDesc`; expected here: `revisionDesc`",
        ),
    ],
)
def test_two_elements_in_the_wrong_order_are_one_finding(edition_of, early, late, message, hint):
    edition = edition_of('<div type="letter"><p>Text.</p></div>')
    moved = next(edition.tree.iter(f"{{{TEI}}}{early}"))
    moved.getnext().addnext(moved)
    (found,) = check(edition).findings
    assert (found.code, found.message) == (Code.ELEMENT_NOT_ALLOWED, message)
    assert found.hint == (hint or f"move it before `{late}`")
    assert len(found.related) == 1


def test_checking_twice_says_the_same_and_changes_nothing(edition_of):
    edition = edition_of('<div type="letter"><p xml:id="a">A <persname>B</persname></p></div>')
    before = etree.tostring(edition.tree)
    assert check(edition) == check(edition)
    assert etree.tostring(edition.tree) == before


# -- many files


def test_nothing_to_check_is_a_finding(tmp_path):
    assert told(check_files([], project=tmp_path)) == [("nothing-checked", "there was nothing to check")]


def test_two_documents_with_one_id_are_found(edition_of, tmp_path):
    edition = edition_of('<div type="letter"><p>Text.</p></div>')
    twin = Edition(tmp_path / "twin.xml", edition.tree)
    (found,) = check_files([edition, twin]).findings
    assert (found.code, found.where.path, found.related[0].path) == (
        Code.DUPLICATE_ID,
        str(tmp_path / "twin.xml"),
        str(tmp_path / "case.xml"),
    )


def test_pointers_are_followed_in_the_whole_project(edition_of, tmp_path):
    (tmp_path / "teiwright.toml").touch()
    (tmp_path / "tei").mkdir()
    (tmp_path / "notes.xml").write_text('<TEI xml:id="there"/>')
    tree = edition_of('<div type="letter"><p><ref target="../notes.xml#there">A</ref></p></div>').tree
    edition = Edition(tmp_path / "tei" / "case.xml", tree)
    assert told(check(edition)) == []
    (found,) = check(edition, project=tmp_path / "tei").findings
    assert "it leads out of the project's folder" in found.message


# -- schemas of others


@pytest.mark.parametrize(("text", "name"), [(SMALL_RNG, "s.rng"), (SMALL_XSD, "s.xsd")])
def test_any_schema_can_be_given(schema_file, edition_of, text, name):
    path = schema_file(text, name)
    good = edition_of(f'<TEI xmlns="{TEI}" n="1"><p>A</p></TEI>')
    assert told(check(good, path)) == []
    bad = edition_of(f'<TEI xmlns="{TEI}">\n<p>A</p><q>B</q></TEI>')
    assert [(d.code, d.where.line, d.where.column) for d in check(bad, load_schema(path)).findings] == [
        (Code.ELEMENT_NOT_ALLOWED, 2, 9)
    ]
    value = edition_of(f'<TEI xmlns="{TEI}" n="one"><p>A</p></TEI>')
    assert [d.where.line for d in check(value, load_schema(path)).findings][:1] == [1]


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        pytest.param("<TEI/>", "s.rng", "`TEI` is no schema", id="no-schema"),
        pytest.param("<grammar>\n<a></grammar>", "s.rng", "the schema is no well-formed XML", id="not-well-formed"),
        pytest.param("start = text", "s.rnc", "the schema cannot be used: the start of a schema is", id="compact"),
        pytest.param(
            f'<grammar xmlns="{RNG}"><start><ref name="gone"/></start></grammar>',
            "s.rng",
            "the schema cannot be used: `gone` is referred to, but not defined",
            id="dangling-reference",
        ),
        pytest.param(
            f'<schema xmlns="{SCH}" queryBinding="exslt"/>',
            "s.sch",
            "the query binding `exslt` is not known",
            id="binding",
        ),
        pytest.param(
            f'<schema xmlns="{SCH}" queryBinding="xslt3"><pattern><rule context="*"><assert test="1 +">x</assert>'
            "</rule></pattern></schema>",
            "s.sch",
            "the expression `1 +` is wrong: it ends too soon",
            id="bad-xpath",
        ),
        pytest.param(
            f'<schema xmlns="{SCH}"><include href="other.sch"/></schema>',
            "s.sch",
            "there is no file `other.sch`",
            id="include",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_said_of_the_schema(schema_file, edition_of, text, name, message):
    path = schema_file(text, name)
    edition = edition_of('<div type="letter"><p>Text.</p></div>')
    with pytest.raises(TeiwrightError) as stopped:
        check(edition, path)
    finding = stopped.value.finding
    assert (finding.code, finding.where.path) == (Code.UNREADABLE_SCHEMA, str(path))
    assert finding.message.startswith(message)


def test_a_missing_schema_and_a_folder_are_no_schemas(tmp_path):
    for path, message in ((tmp_path / "gone.rng", "the schema cannot be read"), (tmp_path, "the schema is no file")):
        with pytest.raises(TeiwrightError) as stopped:
            load_schema(path)
        assert stopped.value.finding.message.startswith(message)


def test_a_grammar_that_libxml2_never_ends_with_gives_an_answer(schema_file, edition_of):
    # each pattern refers twice to the next: libxml2 walks all 2^40 ways through them
    twice = "".join(
        f'<define name="p{i}"><choice><ref name="p{i + 1}"/><ref name="p{i + 1}"/></choice></define>' for i in range(40)
    )
    path = schema_file(
        f'<grammar xmlns="{RNG}" ns="{TEI}"><start><element name="TEI"><interleave><ref name="p0"/>'
        f'<element name="z"><empty/></element></interleave></element></start>{twice}'
        '<define name="p40"><element name="a"><empty/></element></define></grammar>'
    )
    started = time.process_time()
    assert told(check(edition_of(f'<TEI xmlns="{TEI}"><z/><a/></TEI>'), path)) == []
    assert told(check(edition_of(f'<TEI xmlns="{TEI}"><z/></TEI>'), path)) == [
        ("element-missing", "`TEI` lacks `a`"),
    ]
    assert time.process_time() - started < 5


def test_a_grammar_that_leaves_too_much_open_is_refused(schema_file, edition_of):
    # which groups a document has begun, only its end tells: any of 2^18
    open_ends = "".join(
        f'<group><element name="a"><empty/></element><element name="b{i}"><empty/></element></group>' for i in range(18)
    )
    path = schema_file(f'<element xmlns="{RNG}" ns="{TEI}" name="TEI"><interleave>{open_ends}</interleave></element>')
    edition = edition_of(f'<TEI xmlns="{TEI}">{"<a/>" * 18}</TEI>')
    started = time.process_time()
    with pytest.raises(TeiwrightError) as stopped:
        check(edition, path)
    assert stopped.value.finding.code is Code.UNREADABLE_SCHEMA
    assert "stands in two parts of an interleave" in stopped.value.finding.message
    assert time.process_time() - started < 60


def test_that_rules_inside_an_xsd_are_not_tried_is_said_unless_they_are_left_out(schema_file, edition_of):
    rule = '<s:ns xmlns:s="http://purl.oclc.org/dsdl/schematron"/>'
    rules = f"<xs:annotation><xs:appinfo>{rule}</xs:appinfo></xs:annotation>"
    path = schema_file(SMALL_XSD.replace('"qualified">', f'"qualified">{rules}', 1), "s.xsd")
    edition = edition_of(f'<TEI xmlns="{TEI}"><p>A</p></TEI>')
    assert told(check(edition, path)) == [("rules-not-read", "the rules in `s.xsd` are not read, since it is an XSD")]
    assert told(check(edition, load_schema(path, Manner(rules=False)))) == []


def test_an_xsd_that_never_ends_is_stopped(schema_file, edition_of):
    path = schema_file(SMALL_XSD, "s.xsd")
    edition = edition_of(f'<TEI xmlns="{TEI}"><p>A</p></TEI>')
    with pytest.raises(TeiwrightError) as stopped:
        check(edition, ForeignSchema(path, Language.XSD, seconds=0.0))
    assert stopped.value.finding.code is Code.SCHEMA_TOO_SLOW


# -- Schematron


@pytest.fixture
def broken_rules(schema_file):
    """The rules that a document breaks, of a Schematron with these patterns."""

    def run(patterns: str, document: str) -> list[tuple[str, str, str]]:
        path = schema_file(
            f'<schema xmlns="{SCH}" queryBinding="xslt2"><ns prefix="t" uri="{TEI}"/>{patterns}</schema>'
        )
        tree = etree.fromstring(document.replace("<TEI", f'<TEI xmlns="{TEI}"', 1)).getroottree()
        return [
            (found.rule, found.message, etree.QName(found.element).localname)
            for found in run_schematron(path, tree).broken
        ]

    return run


def test_the_first_rule_that_fits_judges_a_node(broken_rules):
    rules = """<pattern id="x"><rule context="t:p[@n]"><assert test="@n = '1'">one</assert></rule>
      <rule context="t:p"><report test="true()">two</report></rule></pattern>"""
    assert broken_rules(rules, '<TEI><p n="2"/><p/></TEI>') == [("x", "one", "p"), ("x", "two", "p")]


def test_lets_values_names_and_ids(broken_rules):
    rules = """<let name="all" value="count(//t:p)"/><pattern><let name="two" value="2"/>
      <rule context="t:TEI"><let name="sum" value="$all + $two"/>
      <assert id="r" test="false()"><name/> has <value-of select="$sum"/> {braces}</assert></rule></pattern>"""
    assert broken_rules(rules, "<TEI><p/></TEI>") == [("r", "TEI has 3 {braces}", "TEI")]


def test_abstract_rules_and_patterns(broken_rules):
    rules = """<pattern id="shape" abstract="true"><rule context="$what"><assert test="$must">$what</assert></rule>
      </pattern><pattern id="one" is-a="shape"><param name="what" value="t:p"/><param name="must" value="@n"/></pattern>
      <pattern id="two"><rule abstract="true" id="a"><report test="@x">has x</report></rule>
      <rule context="t:q"><extends rule="a"/></rule></pattern>"""
    assert broken_rules(rules, '<TEI><p/><q x="1"/></TEI>') == [("one", "$what", "p"), ("two", "has x", "q")]


def test_attributes_are_judged_on_their_element(broken_rules):
    rules = (
        '<pattern id="x"><rule context="@n"><assert test=". castable as xs:integer">no number</assert></rule></pattern>'
    )
    rules = f'<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>{rules}'
    assert broken_rules(rules, '<TEI><p n="1"/><p><q n="a"/></p></TEI>') == [("x", "no number", "q")]


def test_a_rule_of_role_warning_is_a_warning(schema_file, edition_of):
    path = schema_file(
        f"""<schema xmlns="{SCH}" queryBinding="xslt3"><ns prefix="t" uri="{TEI}"/><pattern id="x">
        <rule context="t:p"><assert role="warning" test="false()" diagnostics="d">doubtful</assert></rule></pattern>
        <diagnostics><diagnostic id="d">look again</diagnostic></diagnostics></schema>""",
        "s.sch",
    )
    edition = edition_of('<div type="letter"><p>Text.</p></div>')
    doubts = [d for d in check(edition, path).findings if d.where.line == FIRST_LINE]
    assert [(d.code, d.message, d.hint) for d in doubts] == [(Code.RULE_DOUBTED, "doubtful (rule `x`)", "look again")]


def test_rules_of_which_none_applies_have_checked_nothing(schema_file, edition_of):
    path = schema_file(
        f'<schema xmlns="{SCH}" queryBinding="xslt3"><pattern><rule context="x"><assert test="1">x</assert></rule>'
        "</pattern></schema>",
        "s.sch",
    )
    found, _ = check(edition_of('<div type="letter"><p>Text.</p></div>'), path).findings
    assert found.code is Code.NOTHING_CHECKED


@pytest.mark.parametrize(
    "expression",
    ["unparsed-text('file:///etc/hostname')", "doc('file:///etc/hostname')", "collection('file:///etc')"],
)
def test_rules_of_strangers_read_no_files(schema_file, edition_of, expression):
    path = schema_file(
        f'<schema xmlns="{SCH}" queryBinding="xslt3"><pattern><rule context="/*"><assert test="false()">'
        f'read: <value-of select="{expression}"/></assert></rule></pattern></schema>',
        "s.sch",
    )
    (found,) = check(edition_of('<div type="letter"><p>Text.</p></div>'), path).findings
    assert found.code is Code.RULE_NOT_TRIED
    assert "read: " not in found.message


# -- speed


def test_from_a_cold_start_five_documents_take_little_more_than_one(editions):
    program = (
        "import sys; from pathlib import Path; from time import process_time; from lxml import etree\n"
        "from teiwright.checking import check; from teiwright.model import Edition\n"
        "parser = etree.XMLParser(collect_ids=False)\n"
        "for name in sys.argv[1:]: check(Edition(Path(name), etree.parse(name, parser))); print(process_time())"
    )
    names = [str(editions / name) for name in ("letter.xml", "report.xml") * 3][:5]
    ended = subprocess.run([sys.executable, "-c", program, *names], check=True, capture_output=True, text=True)
    first, *_, last = map(float, ended.stdout.split())
    assert last < 2 * first  # what all need, such as the schema, is read once


def test_a_pointer_of_any_length_is_a_finding(edition_of):
    edition = edition_of(f'<div type="letter"><p><ref target="{"a" * 5000}.xml#x">here</ref></p></div>')
    (found,) = check(edition).findings
    assert found.code is Code.DANGLING_POINTER
    assert len(found.message) < 300


def test_a_name_of_any_length_is_a_finding(edition_of):
    name = "a" * 40000
    edition = edition_of(f'<div type="letter"><p>A <{name} {name}="{name}"/> B</p></div>')
    found = check(edition).findings
    assert {d.code for d in found} == {Code.ELEMENT_NOT_ALLOWED, Code.UNSAFE_XML}
    assert all(len(str(d)) < 1000 for d in found)


@pytest.mark.parametrize("paragraphs", [1, 6000])
def test_a_document_does_not_choose_its_schema(edition_of, tmp_path, paragraphs):
    """xsi:schemaLocation, with a file that would allow anything."""
    (tmp_path / "any.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{TEI}">'
        '<xs:element name="div"/></xs:schema>'
    )
    edition = edition_of(
        '<div type="letter" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{TEI} {tmp_path}/any.xsd">{"<p>A</p>" * paragraphs}<nonsense/></div>'
    )
    assert [d.code for d in check(edition).findings] == [Code.ATTRIBUTE_NOT_ALLOWED, Code.ELEMENT_NOT_ALLOWED]


def test_no_process_outlives_its_schema(schema_file, edition_of):
    edition = edition_of(f'<TEI xmlns="{TEI}"><p>A</p></TEI>')
    before = threading.active_count()
    for number in range(5):
        check(edition, schema_file(SMALL_XSD, f"{number}.xsd"))
    gc.collect()
    deadline = time.monotonic() + 5
    while threading.active_count() > before + 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    # one thread listens to each process: those of the last two schemas
    assert threading.active_count() <= before + 2


@pytest.mark.parametrize(
    ("fragment", "hint"),
    [
        ("<persname>Hall</persname>", "did you mean `persName` (name of a person)? it is allowed here"),
        ("<emph>me</emph>", "use `hi` (highlighted), which this schema has in its place"),
        ("<clsoer>Yours</clsoer>", "did you mean `closer`? but it is not allowed here"),
        ('<add hadn="#x">me</add>', "use one of `cert`, `place`, `resp`, `xml:id`, `xml:lang`, or remove it"),
        ('<add plcae="above">me</add>', "write `place`: where they were added"),
        ('<gap reason="omited"/>', "write `omitted`"),
        ("<closer>Yours</closer>", "move it into `div`; expected here: "),
    ],
)
def test_the_hint_says_what_to_do(edition_of, fragment, hint):
    (found,) = check(edition_of(f'<div type="letter"><p>To {fragment}.</p></div>')).findings
    assert found.hint is not None
    assert found.hint.startswith(hint)
