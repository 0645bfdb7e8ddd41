"""What `check --fix` corrects, and what it leaves alone."""

import re

import pytest

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.fixing import correct
from teiwright.fixing.tags import tags_of

NAMES = {"TEI", "p", "persName", "date", "ref"}
ATTRIBUTES = {"when", "xml:id", "rendition", "target", "n", "xmlns"}


def check(data: bytes) -> list[Diagnostic]:
    """A judge of a few names, as a schema would be."""
    found = []
    for (line, column), tag in tags_of(data).items():
        name = data[tag.name.start : tag.name.end].decode().rpartition(":")[2]
        values = {key: data[span.start : span.end].decode() for key, span in tag.attributes.items()}

        def add(code: Code, message: str, hint: str | None, line: int = line, column: int = column) -> None:
            found.append(Diagnostic(code, Location("a.xml", line, column), message, hint))

        if not tag.number and values.get("xmlns") != "http://www.tei-c.org/ns/1.0":
            add(Code.WRONG_NAMESPACE, "`TEI` is in no namespace", None)
        if name not in NAMES:
            meant = next((known for known in NAMES if known.lower() == name.lower()), "p")
            add(Code.ELEMENT_NOT_ALLOWED, f"`{name}` is not known", f"did you mean `{meant}`?")
        for key, value in values.items():
            if key not in ATTRIBUTES and not key.startswith("xmlns"):
                meant = next((known for known in ATTRIBUTES if known.lower() == key.lower()), "n")
                add(Code.ATTRIBUTE_NOT_ALLOWED, f"`{name}` cannot have the attribute `{key}`", f"write `{meant}`")
            if key == "when" and not re.fullmatch(r"-?\d{4}-\d\d-\d\d", value):
                add(Code.VALUE_NOT_ALLOWED, f"@when is `{value}`", None)
            if key == "xml:id" and value != value.strip():
                add(Code.SPACE_IN_ID, "white space", None)
    return found


def tei(body: str) -> bytes:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{body}</TEI>'.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("<persname>Hall</persname>", "<persName>Hall</persName>", id="element"),
        pytest.param("<PERSNAME\n n='1'/>", "<persName\n n='1'/>", id="empty element"),
        pytest.param(
            "<persname >a<P>b</P ></persname >", "<persName >a<p>b</p ></persName >", id="elements in another"
        ),
        pytest.param("<p REND='x' Target = \"#a\"/>", "<p REND='x' target = \"#a\"/>", id="attribute"),
        pytest.param('<date when="1933-1-2"/>', '<date when="1933-01-02"/>', id="date"),
        pytest.param("<date when='-0044-3-15'/>", "<date when='-0044-03-15'/>", id="date before Christ"),
        pytest.param('<p xml:id=" a\n"/>', '<p xml:id="a"/>', id="id"),
    ],
)
def test_what_is_certain_is_corrected(before, after):
    assert correct(tei(before), check).data == tei(after)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<perName>Hall</perName>", id="a letter is lacking"),
        pytest.param('<date when="1933-13-2"/>', id="no such month"),
        pytest.param('<date when="1933-2-30"/>', id="no such day"),
        pytest.param('<date when="2-1-1933"/>', id="which is the day?"),
        pytest.param('<date when="33-1-2"/>', id="which century?"),
        pytest.param('<p target="#a" TARGET="#b"/>', id="it is there already"),
        pytest.param("<!-- <persname/> --><p><![CDATA[<persname>]]></p>", id="no markup"),
    ],
)
def test_what_wants_a_person_is_left_alone(text):
    assert correct(tei(text), check).data == tei(text)


@pytest.mark.parametrize(
    "root",
    [
        "<TEI{}>",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0/">',
        '<TEI xmlns="https://tei-c.org/ns/1.0">',
    ],
)
def test_the_namespace_of_the_root_is_corrected(root):
    data = f"{root.format('')}<p/></TEI>".encode()
    assert correct(data, check).data == tei("<p/>")


def test_another_namespace_is_somebody_elses():
    data = b'<TEI xmlns="http://www.music-encoding.org/ns/mei"/>'
    assert correct(data, check).data == data


def test_one_correction_may_lead_to_the_next():
    judge = lambda data: [d for d in check(data) if d.code is Code.ELEMENT_NOT_ALLOWED] or check(data)  # noqa: E731
    made = correct(tei('<persname N="1"/>'), judge)
    assert (made.data, made.count) == (tei('<persName n="1"/>'), 2)


def test_a_correction_that_corrects_nothing_is_taken_back_and_said():
    data = tei("<P/>")
    where = Location("a.xml", 1, data.index(b"<P/>") + 1)

    def never_content(_: bytes) -> list[Diagnostic]:
        return [Diagnostic(Code.ELEMENT_NOT_ALLOWED, where, "`P` cannot stand here", "did you mean `p`, `P`?")]

    made = correct(data, never_content)
    assert (made.data, made.count) == (data, 0)
    assert Code.FIX_NOT_KEPT in {finding.code for finding in made.findings}


def test_all_other_bytes_stay_as_they_are():
    odd = "\ufeff<?xml version='1.0'?>\r\n<!DOCTYPE TEI>\r\n<TEI  xmlns = 'http://www.tei-c.org/ns/1.0'\r\n>"
    data = f"{odd}<p  n='1'   >&#8217; &amp;<?x y?>\t“é”<persname/></p\n></TEI>\r\n<!-- end -->".encode()
    assert correct(data, check).data == data.replace(b"persname", b"persName")


def test_latin_1_stays_latin_1():
    data = b"<?xml version='1.0' encoding='iso-8859-1'?>" + tei("<persname>Jos\u00e9</persname>").decode().encode(
        "latin-1"
    )
    made = correct(data, check).data
    assert made == data.replace(b"persname", b"persName")


def test_utf_16_is_left_to_a_person():
    data = tei("<persname/>").decode().encode("utf-16")
    assert correct(data, lambda _: []).data == data


def test_what_is_no_xml_is_left_alone():
    data = b"<TEI><persname></TEI>"
    assert correct(data, lambda _: []).data == data
