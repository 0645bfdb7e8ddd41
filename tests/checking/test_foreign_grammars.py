"""What is said of an edition by a RELAX NG schema of others: what stands there, what is expected, what to do."""

import pytest

from teiwright.checking import check
from teiwright.diagnostics import TeiwrightError

TEI = "http://www.tei-c.org/ns/1.0"
RNG = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{TEI}"
 xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="TEI"><element name="head"><a:documentation>(heading) a title. [4.2.1.]</a:documentation><text/>
</element><ref name="date"/><zeroOrMore><ref name="p"/></zeroOrMore></element></start>
<define name="date"><element name="date"><a:documentation>A day, month or year. In any form.</a:documentation>
<attribute name="when"><choice><data type="date"/><data type="gYear"/><value>unknown</value></choice></attribute>
<optional><attribute name="target"><a:documentation>(address) where it leads.</a:documentation>
<data type="anyURI"/></attribute></optional><text/></element></define>
<define name="p"><element name="p"><a:documentation>(paragraph) marks paragraphs.</a:documentation><mixed><zeroOrMore>
<choice><ref name="date"/><element name="persName"><text/></element>
<element name="list"><oneOrMore><element name="item">
<empty/></element></oneOrMore></element></choice></zeroOrMore></mixed></element></define></grammar>"""
GOOD = '<head>A</head><date when="1941"/>'
CASES = {
    "an unknown element": (
        f"{GOOD}<p><persname/></p>",
        "`persname` is not known to this schema",
        "did you mean `persName`? it is allowed here",
    ),
    "a slip in a name of TEI that this schema does not have": (
        f"{GOOD}<p><floatingtext/></p>",
        "`floatingtext` is not known to this schema",
        "did you mean `floatingText`? it is TEI, but not in this schema; expected here: `date`, `list`, `persName`",
    ),
    "a misplaced element": (
        f"{GOOD}<p><persName><p/></persName></p>",
        "`p` (paragraph) cannot stand in `persName`",
        "move it into `TEI`; nothing is expected here",
    ),
    "in the wrong order": (
        f'{GOOD}<p/><date when="1941"/>',
        "`date` (A day, month or year) cannot stand in `TEI` after `p`",
        "move it before `p`; expected here: `p`",
    ),
    "of TEI, but not of this schema": (
        f"{GOOD}<p><floatingText/></p>",
        "`floatingText` (floating text) is TEI, but not in this schema",
        "expected here: `date`, `list`, `persName`",
    ),
    "a missing element": (
        '<date when="1941"/>',
        "`TEI` lacks `head` (heading) before `date`",
        "add `head`, or move it here if it stands further down",
    ),
    "too early an end": (f"{GOOD}<p><list/></p>", "`list` lacks `item`", "add `item`"),
    "an unknown attribute": (
        '<head>A</head><date when="1941" targte="a"/>',
        "`date` cannot have the attribute `targte`",
        "write `target` (address)",
    ),
    "a misspelt attribute is not missing, too": (
        '<head>A</head><date wen="1941"/>',
        "`date` cannot have the attribute `wen`",
        "write `when`",
    ),
    "a missing attribute": ("<head>A</head><date/>", "`date` has no @when", "add `when`"),
    "a date": (
        '<head>A</head><date when="1941-13-01"/>',
        "@when of `date` is `1941-13-01` (there is no month 13), expected `unknown` or something like `1851` or "
        "`1851-03-02`",
        None,
    ),
    "a value of a list": (
        '<head>A</head><date when="unkown"/>',
        "@when of `date` is `unkown`, expected `unknown` or something like `1851` or `1851-03-02`",
        "write `unknown`",
    ),
    "text": (
        f"{GOOD}stray",
        "the text `stray` stands directly in `TEI`, which holds no text",
        "put it into `p`",
    ),
    "a namespace": (
        f'{GOOD}<p xmlns="urn:x"/>',
        f"`p` is in the namespace `urn:x`, expected in `{TEI}`",
        f'write `xmlns="{TEI}"` on it, or on the root',
    ),
}


@pytest.mark.parametrize(("content", "message", "hint"), CASES.values(), ids=list(CASES))
def test_each_flaw_is_said_once_and_in_these_words(tmp_path, edition_of, content, message, hint):
    schema = tmp_path / "s.rng"
    schema.write_text(RNG, "utf-8")
    (found,) = check(edition_of(f'<TEI xmlns="{TEI}">{content}</TEI>'), schema).findings
    assert (found.message, found.hint) == (message, hint)


def test_an_edition_that_the_schema_allows_has_no_findings(tmp_path, edition_of):
    schema = tmp_path / "s.rng"
    schema.write_text(RNG, "utf-8")
    assert check(edition_of(f'<TEI xmlns="{TEI}">{GOOD}<p>A<persName/></p></TEI>'), schema).findings == ()


def test_a_flaw_of_an_included_schema_is_said_of_its_file(tmp_path, edition_of):
    (tmp_path / "part.rng").write_text(RNG.replace('type="gYear"', 'type="gYaer"'), "utf-8")
    schema = tmp_path / "s.rng"
    schema.write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="part.rng"/></grammar>')
    with pytest.raises(TeiwrightError) as stopped:
        check(edition_of(f'<TEI xmlns="{TEI}"/>'), schema)
    where = stopped.value.finding.where
    assert (where.path, where.line) == (str(tmp_path / "part.rng"), 7)
