"""Where a finding is, and that each flaw is found once: what follows is judged as if it had been mended."""

import pickle
from pathlib import Path

import pytest

from teiwright.checking.nearness import nearest
from teiwright.relaxng import Kind, Place, Schema


def guess(word, names):
    return nearest(word, names, 5)


LETTER = """<grammar ns="urn:l"><start><element name="letter">
  <attribute name="id"><data type="ID"/></attribute>
  <optional><attribute name="reply"><data type="IDREF"/></attribute></optional>
  <ref name="from"/><ref name="to"/><optional><ref name="date"/></optional><oneOrMore><ref name="p"/></oneOrMore>
  <zeroOrMore><element name="letter.part"><attribute name="id"><data type="ID"/></attribute>
  <empty/></element></zeroOrMore>
  </element></start>
  <define name="from"><element name="from"><text/></element></define>
  <define name="to"><element name="to"><text/></element></define>
  <define name="date"><element name="date"><attribute name="when"><choice><data type="date"/><data type="gYear"/>
    <value>unknown</value></choice></attribute><text/></element></define>
  <define name="p"><element name="p"><optional><attribute name="rend"/></optional><mixed><zeroOrMore><choice>
    <ref name="p.name"/><element name="pair"><oneOrMore><element name="one"><empty/></element>
    <element name="two"><empty/>
    </element></oneOrMore></element></choice></zeroOrMore></mixed></element></define>
  <define name="p.name"><element name="name"><attribute name="key"/><text/></element></define></grammar>"""
HEAD = "<from>A</from><to>B</to>"


@pytest.fixture
def letter(schema_of) -> Schema:
    return schema_of(LETTER)


def letter_with(content: str, attributes: str = "") -> str:
    return f'<letter xmlns="urn:l" id="a" {attributes}>{content}</letter>'


CASES = {
    "nothing wrong": (HEAD + "<p>C</p>", []),
    "a slip of the hand": (HEAD + "<p>C <nmae>D</nmae></p>", ["unknown_element nmae", "missing_attribute"]),
    "a slip keeps its content": (
        HEAD + '<p><nmae key="" x="">D<p/></nmae></p>',
        ["unknown_element nmae", "unknown_attribute x", "misplaced_element p"],
    ),
    "something unknown hides what it holds": (
        HEAD + '<p>C</p><footer x=""><a/>text</footer>',
        ["unknown_element footer"],
    ),
    "what is known in something unknown is judged": (
        HEAD + "<p>C<footer><name>D</name></footer></p>",
        ["unknown_element footer", "missing_attribute"],
    ),
    "something unknown may be what is missing": (HEAD + "<footer/>", ["unknown_element footer"]),
    "one missing": ("<from>A</from><p>C</p>", ["missing_before p"]),
    "two missing": ("<p>C</p>", ["missing_before p", "missing_before p"]),
    "the wrong order is one flaw": ("<to>B</to><from>A</from><p>C</p>", ["missing_before to"]),
    "missing at the end": (HEAD, ["incomplete"]),
    "what is too much": (HEAD + '<p>C</p><date when="1941">D</date><p>E</p>', ["misplaced_element date"]),
    "what is misplaced is judged": (
        HEAD + '<p>C</p><date when="x">D</date>',
        ["misplaced_element date", "bad_value when"],
    ),
    "an attribute too much and one too few": (
        HEAD + '<p rent=""><name>C</name></p>',
        ["unknown_attribute rent", "missing_attribute"],
    ),
    "a value": (HEAD + '<date when="1941-13">x</date><p>C</p>', ["bad_value when"]),
    "text where none may be, once": (HEAD + "text<p>C</p>more text", ["stray_text text"]),
    "the same in two elements": (HEAD + "text<p>C<pair>x<one/>y<two/></pair></p>", ["stray_text text", "stray_text x"]),
    "a half repetition": (HEAD + "<p><pair><one/><two/><one/></pair></p>", ["incomplete"]),
    "three flaws of one document": (
        "<from/><p><nmae key=''/></p>x",
        ["missing_before p", "unknown_element nmae", "stray_text x"],
    ),
    "another namespace": (HEAD + '<p>C</p><p xmlns="urn:m"><name/></p>', ["unknown_element p"]),
    "an id twice": (HEAD + '<p>C</p><letter.part id="a"/>', ["duplicate_id id"]),
}


@pytest.mark.parametrize(("content", "findings"), CASES.values(), ids=list(CASES))
def test_each_flaw_is_found_once(found_in, letter, content, findings):
    assert found_in(letter, letter_with(content)) == findings


def test_a_reference_to_an_id_that_nothing_has(letter):
    (found,) = letter.validate(letter_with(HEAD + "<p>C</p>", 'reply="gone"').encode())
    assert (found.kind, found.value) == (Kind.DANGLING_ID, "gone")
    assert letter.validate(letter_with(HEAD + "<p>C</p>", 'reply="a"').encode()) == []


def test_the_wrong_root(found_in, letter):
    assert found_in(letter, "<html><p/></html>") == ["unknown_element html"]
    assert found_in(letter, '<p xmlns="urn:l"><name/></p>') == ["misplaced_element p", "missing_attribute"]


def test_attributes_tell_which_of_two_likely_names_was_meant(schema_of):
    schema = schema_of(
        '<element name="doc"><zeroOrMore><choice><element name="cape"><empty/></element>'
        '<element name="case"><attribute name="wide"/></element></choice></zeroOrMore></element>'
    )
    meant = [found.meant for found in schema.validate(b"<doc><cabe/><cabe wide=''/><zzzz/></doc>", guess)]
    assert meant == ["cape", "case", ""]


def test_what_is_expected_is_told(letter):
    (found,) = letter.validate(letter_with("<from/><date when='1941'/><p/>").encode())
    assert found.wanted.names == ("urn:l to",)
    (found,) = letter.validate(letter_with(HEAD + "<date when='x'/><p/>").encode())
    assert (found.wanted.values, found.wanted.types) == (("unknown",), ("date", "gYear"))
    (found,) = letter.validate(letter_with(HEAD + "<p><name/></p>").encode())
    assert (found.path[-1], found.wanted.names) == ("urn:l name", ("key",))


# -- places

PLACES = {
    "a start tag": (HEAD + "\n  “é” <p><name/></p>", Kind.MISSING_ATTRIBUTE, 2, 10, "<name"),
    "a value": (HEAD + "\n<p>é<!-- x --></p>\n<p><name\n n='1' key=''/></p>", Kind.UNKNOWN_ATTRIBUTE, 3, 4, "<name"),
    "an element that ends too early": (HEAD + "\n<p>\n <pair>\n<one/>\n</pair></p>", Kind.INCOMPLETE, 3, 2, "<pair"),
    "text, at its first sign": (HEAD + "\n<p/>\n <!-- x -->\n   é stray", Kind.STRAY_TEXT, 4, 4, "é stray"),
    "text in pieces": (HEAD + "<p/>\n\n  &#x41; stray", Kind.STRAY_TEXT, 3, 3, "&#x41;"),
}


@pytest.mark.parametrize(("content", "kind", "line", "column", "at"), PLACES.values(), ids=list(PLACES))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_place_of_a_finding(letter, content, kind, line, column, at, encoding):
    if encoding != "utf-8":
        content = content.replace("“", "é").replace("”", "é")
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + letter_with(content)
    data = text.encode(encoding)
    (found,) = [each for each in letter.validate(data) if each.kind is kind]
    start = data.index(at.encode("utf-16-le" if encoding == "utf-16" else encoding))
    assert found.place == Place(line, column, start)


def test_a_file_and_its_bytes_give_the_same(letter, tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(letter_with(HEAD + "x<pq/>"), "utf-8")
    assert letter.validate(path) == letter.validate(path.read_bytes()) != []


def test_a_schema_goes_to_other_processes(letter):
    twin = pickle.loads(pickle.dumps(letter))  # noqa: S301 (our own)
    assert twin.validate(letter_with(HEAD).encode()) == letter.validate(letter_with(HEAD).encode())


def test_a_document_that_ends_too_early_is_no_xml(letter):
    found = letter.validate(letter_with(HEAD + "<p>\n<name key=''>").encode()[:-20])
    assert found[-1].kind is Kind.NOT_WELL_FORMED
    assert found[-1].place.line >= 1


def test_a_missing_file_is_an_error(letter):
    with pytest.raises(OSError, match="gone"):
        letter.validate(Path("gone.xml"))
