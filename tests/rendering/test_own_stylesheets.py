"""What docs/stylesheets.md promises to a project that has stylesheets of its own; its examples are run here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from teiwright.diagnostics import TeiwrightError
from teiwright.rendering import Context, read_stylesheets, render_edition

DOCS = Path(__file__).resolve().parents[2] / "docs" / "stylesheets.md"
EXAMPLE, WHOLE_VIEW, BESIDE = re.findall(r"```xml\n(.*?)```", DOCS.read_text("utf-8"), re.S)
(STYLE,) = re.findall(r"```css\n(.*?)```", DOCS.read_text("utf-8"), re.S)
SHEET = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="urn:x-teiwright:edition"'
    ' xpath-default-namespace="http://www.tei-c.org/ns/1.0">{}</xsl:stylesheet>'
)
PARAGRAPH = SHEET.format(
    '<xsl:template match="p" mode="text"><p xmlns="http://www.w3.org/1999/xhtml">{}</p></xsl:template>'
)


@pytest.fixture
def own(tmp_path):
    """A context with the stylesheets that a test writes."""

    def written(**files: str) -> Context:
        folder = tmp_path / "xslt"
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return Context(stylesheets=read_stylesheets(folder))

    return written


def test_the_worked_example_does_what_it_says(tei, own):
    edition = tei('<div><head>A letter</head><p>The <name type="ship">Maine</name> sank.</p></div>')
    rendition = render_edition(edition, "html", own(html_xsl=EXAMPLE, style_css=STYLE))
    tree = html.fromstring(rendition.files["sample.html"])
    assert rendition.findings == ()
    assert [i.text for i in tree.xpath("//i[@class='ship']")] == ["Maine"]
    assert tree.xpath("string(//h1/preceding-sibling::*[1])") == "⚓"
    assert tree.xpath("string(//footer)") == "Edited by the Naval History Society."
    assert "#14507a" in tree.xpath("string(//style)")


def test_a_whole_view_can_be_replaced(tei, own):
    rendition = render_edition(tei("<p>One<note>two</note>.</p>"), "html", own(html_xsl=WHOLE_VIEW))
    tree = html.fromstring(rendition.files["sample.html"])
    assert rendition.findings == ()
    assert tree.xpath("count(//header|//footer)") == 0
    assert tree.xpath("string(//title)") == "A sample"


def test_what_stands_beside_the_text_stands_where_a_stylesheet_has_it(tei, own):
    edition = tei("<p>One.</p>", header="<sourceDesc><bibl>A &lt;letter&gt;, in Peiping</bibl></sourceDesc>")
    page = render_edition(edition, "html", own(html_xsl=BESIDE)).files["sample.html"]
    (about,) = html.fromstring(page).xpath("//section[@class='about']")
    assert [title.text for title in about.iter("h2")] == ["The source", "All that is known"]
    assert about.xpath("p/text()") == ["A <letter>, in Peiping"]
    assert about.xpath("h3[.='Source']/following-sibling::dl[1]//dd/text()") == ["A <letter>, in Peiping"]
    assert b"<?" not in page


def test_the_book_has_stylesheets_of_its_own_too(tei, own):
    sheet = SHEET.format(
        '<xsl:template match="hi" mode="text" as="xs:string*" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        "<xsl:apply-templates mode='text'/></xsl:template>"
    )
    plain = render_edition(tei("<p>a <hi rend='italic'>b</hi></p>"), "print").files["sample.typ"]
    changed = render_edition(tei("<p>a <hi rend='italic'>b</hi></p>"), "print", own(print_xsl=sheet))
    assert changed.files["sample.typ"] != plain


def test_a_word_that_a_stylesheet_loses_is_found(tei, own):
    rendition = render_edition(tei("<p>One two.</p>"), "html", own(html_xsl=PARAGRAPH.format("")))
    assert [f.code.number for f in rendition.findings] == ["TW705"]


def test_a_stylesheet_includes_files_of_its_folder(tei, own):
    inner = PARAGRAPH.format('<b><xsl:apply-templates mode="text"/></b>')
    context = own(html_xsl=SHEET.format('<xsl:include href="parts/p.xsl"/>'), parts__p_xsl=inner)
    assert b"<b>One.</b>" in render_edition(tei("<p>One.</p>"), "html", context).files["sample.html"]


@pytest.mark.parametrize(
    "href", ["../secret.xsl", "/etc/secret.xsl", "file:///etc/secret.xsl", "http://example.org/a.xsl"]
)
def test_a_stylesheet_includes_no_other_file(tei, own, tmp_path, href):
    (tmp_path / "secret.xsl").write_text(PARAGRAPH.format("secret"))
    context = own(html_xsl=SHEET.format(f'<xsl:include href="{href}"/>'))
    with pytest.raises(TeiwrightError, match="nothing else is read"):
        render_edition(tei("<p>x</p>"), "html", context)


@pytest.mark.parametrize(
    "reach",
    [
        "doc('{}')",
        "unparsed-text('{}')",
        "transform(map{{'stylesheet-location': '{}', 'source-node': .}})?output",
    ],
)
def test_a_stylesheet_reads_no_file(tei, own, tmp_path, reach):
    secret = tmp_path / "secret.xml"
    secret.write_text("<x>SECRET</x>")
    value = reach.format(secret.as_uri())
    rendition = render_edition(
        tei("<p>x</p>"), "html", own(html_xsl=PARAGRAPH.format(f'<xsl:copy-of select="{value}"/>'))
    )
    assert b"SECRET" not in b"".join(rendition.files.values())
    assert [f.code.number for f in rendition.findings] == ["TW704"]


def test_a_stylesheet_writes_no_file(tei, own, tmp_path):
    target = tmp_path / "written.xml"
    sheet = PARAGRAPH.format(f'<xsl:result-document href="{target.as_uri()}"><a/></xsl:result-document>')
    with pytest.raises(TeiwrightError, match="result-document is disabled"):
        render_edition(tei("<p>x</p>"), "html", own(html_xsl=sheet))
    assert not target.exists()


def test_a_stylesheet_knows_nothing_of_its_surroundings(tei, own, monkeypatch):
    monkeypatch.setenv("TEIWRIGHT_SECRET", "SECRET")
    sheet = PARAGRAPH.format("<xsl:value-of select=\"environment-variable('TEIWRIGHT_SECRET')\"/>")
    assert b"SECRET" not in render_edition(tei("<p>x</p>"), "html", own(html_xsl=sheet)).files["sample.html"]


def test_entities_of_a_stylesheet_are_refused(own):
    with pytest.raises(TeiwrightError, match="document type declaration is not read"):
        own(html_xsl='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + SHEET.format(""))


def test_a_flaw_of_a_stylesheet_is_told_with_its_place(tei, own):
    context = own(html_xsl=SHEET.format('\n<xsl:template match="p[[" mode="text"/>'))
    with pytest.raises(TeiwrightError) as raised:
        render_edition(tei("<p>x</p>"), "html", context)
    finding = raised.value.finding
    assert (finding.code.number, Path(finding.where.path).name, finding.where.line) == ("TW713", "html.xsl", 2)


def test_a_style_sheet_cannot_end_its_element(own):
    with pytest.raises(TeiwrightError, match="would end the element"):
        own(style_css="a{}</style><script>")


def in_text(rule: str) -> str:
    return SHEET.format(f'\n<xsl:template match="p" mode="text">{rule}</xsl:template>')


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('<xsl:value-of select="1 div (count(*) - 0)"/>', "Integer division by zero"),
        ('<xsl:message terminate="yes">no</xsl:message>', "terminated by xsl:message"),
    ],
)
def test_where_a_stylesheet_stops_is_told(tei, own, rule, message):
    rendition = render_edition(tei("<p>x</p>"), "html", own(html_xsl=in_text(rule)))
    (finding,) = [f for f in rendition.findings if f.code.number == "TW704"]
    assert message in finding.message
    assert [(Path(place.path).name, place.line) for place in finding.related] == [("html.xsl", 2)]


def test_what_a_stylesheet_says_is_told(tei, own):
    sheet = in_text("<xsl:message>a paragraph: <xsl:value-of select='.'/></xsl:message><xsl:next-match/>")
    (finding,) = render_edition(tei("<p>One.</p>"), "html", own(html_xsl=sheet)).findings
    assert (finding.code.number, finding.message) == ("TW715", "html.xsl says: a paragraph: One.")


NO_NAMESPACE = SHEET.replace(' xpath-default-namespace="http://www.tei-c.org/ns/1.0"', "")


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (
            NO_NAMESPACE.format('<xsl:template match="div/p[@n]" mode="text"/>'),
            "the pattern `p` means an element in no namespace",
        ),
        (in_text("<b><xsl:next-match/></b>"), "`b` is made in no namespace, and is no element of a web page"),
    ],
)
def test_a_stylesheet_that_forgets_a_namespace_is_refused(own, sheet, message):
    with pytest.raises(TeiwrightError, match=message):
        own(html_xsl=sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        NO_NAMESPACE.format('<xsl:template match="Q{http://www.tei-c.org/ns/1.0}p | text() | *" mode="text"/>'),
        NO_NAMESPACE.format('<xsl:mode name="mine"/><xsl:template match="row" mode="mine"><cell/></xsl:template>'),
        in_text("<xsl:variable name='rows'><row/></xsl:variable><xsl:next-match/>"),
    ],
)
def test_a_stylesheet_may_make_trees_of_its_own(own, sheet):
    own(html_xsl=sheet)


def test_a_folder_that_changes_nothing_is_refused(own):
    with pytest.raises(TeiwrightError, match=r"there is no html\.xsl or print\.xsl"):
        own(pdf_xsl=SHEET.format(""))


def test_a_book_that_a_stylesheet_spoils_is_told_of_with_the_line_of_its_source(tei, own):
    pytest.importorskip("typst", exc_type=ImportError)
    rendition = render_edition(
        tei("<p>One.</p>"), "print", own(print_xsl=in_text("<xsl:sequence select=\"'#oops('\"/>"))
    )
    (finding,) = [f for f in rendition.findings if f.code.number == "TW709"]
    assert re.fullmatch(
        r"no PDF was made: unclosed delimiter \(line \d+ of the Typst source: #oops\(.*\)", finding.message
    )
