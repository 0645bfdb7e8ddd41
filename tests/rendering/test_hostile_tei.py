"""What a stranger's TEI says is text on the page and in the book: never code, never a file, never a request."""

from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html

from teiwright.model import Edition
from teiwright.rendering import VIEWS, conserve, render_edition

MARKUP = [
    '#import "x": *',
    '#eval("1")',
    "*bold* _italic_ $x$ `raw` ```raw```",
    "// comment /* comment */",
    "@reference <label>",
    "\\ backslash \\u{41} \\n",
    "- item",
    "+ item",
    "= heading",
    "== heading",
    "1. item",
    "12. item",
    "/ term: text",
    "https://example.org/a_b*c#d",
    "\"straight\" 'quotes' “curly” ‘quotes’",
    "-- --- ... ~ #[x] ]] [[ {} ;",
    "ends with a backslash \\",
    'ends with a quotation mark "',
    '#"; #panic() ;"',
]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in {"href", "src"}]


def page_of(edition):
    (page,) = render_edition(edition, "html").files.values()
    links = Links()
    links.feed(page.decode())
    return page.decode(), links


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&apos;")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_of_typst_stays_text(tei, text):
    edition = tei(
        f"<div><head>{escaped(text)}</head><p>{escaped(text)}<note n='{escaped(text)}'>{escaped(text)}</note></p></div>"
    )
    rendition = render_edition(edition, "print")
    assert [name for name in rendition.files if name.endswith(".pdf")] == ["sample.pdf"]
    assert [f.code.number for f in rendition.findings] == ["TW708"]
    assert conserve(edition, rendition).findings == ()


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_printed_as_it_stands(tei, text):
    pypdf = pytest.importorskip("pypdf")
    files = render_edition(tei(f"<p>{escaped(text)}</p>"), "print").files
    printed = pypdf.PdfReader(BytesIO(files["sample.pdf"])).pages[0].extract_text()
    assert "".join(text.split()) in "".join(printed.split())


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "http:evil",
        "../../x.html",
        "#nowhere",
    ],
)
@pytest.mark.parametrize("view", VIEWS)
def test_a_dangerous_or_dead_target_is_inert_and_reported(tei, view, target):
    edition = tei(f'<p>see <ref target="{target}">here</ref></p>')
    rendition = render_edition(edition, view)
    assert "TW702" in [f.code.number for f in rendition.findings]
    assert conserve(edition, rendition).findings == ()
    for name, data in rendition.files.items():
        if not name.endswith(".pdf"):
            assert b"alert" not in data
            assert b"evil" not in data
            assert b"etc/passwd" not in data


def test_all_views_tell_of_a_target_in_the_same_words(tei):
    edition = tei('<p>see <ref target="data:text/html,&lt;b&gt;&amp;">here</ref></p>')
    told = {
        finding
        for view in VIEWS
        for finding in render_edition(edition, view).findings
        if finding.code.number == "TW702"
    }
    assert [finding.message for finding in told] == [
        "a reader cannot follow `data:text/html,<b>&`; its text is shown without a link"
    ]


def test_a_good_target_is_a_link(tei):
    _, links = page_of(
        tei('<p xml:id="a">see <ref target="https://example.org/x?a=1">here</ref> and <ref target="#a">there</ref></p>')
    )
    assert "https://example.org/x?a=1" in links.targets
    assert "#a" in links.targets


def test_text_cannot_become_markup_of_a_page(tei):
    hostile = escaped("</style></title><script>alert(1)</script><img src=x onerror=alert(1)>")
    header = f"<publicationStmt><publisher>{hostile}</publisher></publicationStmt>"
    page, links = page_of(
        tei(f'<div type="{hostile}"><head>{hostile}</head><p rend="{hostile}">{hostile}</p></div>', header=header)
    )
    scripts = html.fromstring(page).xpath("//script")
    assert [script.get("type") for script in scripts] == ["application/ld+json"], "data about the page, no script"
    assert "img" not in links.tags
    assert not [name for name in links.attributes if name.startswith("on") or name == "style"]
    assert "<script>alert" not in page


def test_a_page_has_a_policy_that_forbids_scripts_and_other_hosts(tei):
    page, links = page_of(tei("<p>x</p>"))
    (policy,) = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy, "so that `default-src` forbids them"
    assert [t for t in links.targets if t.startswith(("http", "//"))] == []


def test_an_id_cannot_name_a_file_outside_the_folder(tei):
    for view in VIEWS:
        files = render_edition(tei("<p>x</p>", id_="../../outside"), view).files
        assert {name.split(".")[0] for name in files} == {"sample"}


def test_a_doubled_id_is_no_double_on_the_page(tei):
    page, _ = page_of(tei('<p xml:id="a">x</p><p xml:id="a">y</p><p>z<note xml:id="a">n</note></p>'))
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_nesting_without_end_is_refused(tei):
    # lxml itself refuses more than 256 levels unless told otherwise; a tree can be built without it.
    for view in VIEWS:
        rendition = render_edition(tei(f"<p>{'<hi>' * 250}x{'</hi>' * 250}</p>"), view)
        assert ([f.code.number for f in rendition.findings], dict(rendition.files)) == (["TW711"], {})


def test_deep_nesting_is_shown_in_every_view(tei):
    deep = tei(f"<p>{'<hi>' * 110}x{'</hi>' * 110}</p>")
    for view in VIEWS:
        rendition = render_edition(deep, view)
        assert [str(f) for f in rendition.findings if f.code.number != "TW708"] == []
        assert rendition.files


def test_an_external_entity_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&x;</p></body></text></TEI>'
    edition = Edition(
        tmp_path / "x.xml", etree.ElementTree(etree.fromstring(text, etree.XMLParser(resolve_entities=False)))
    )
    for view in VIEWS:
        rendition = render_edition(edition, view)
        assert all(b"SECRET" not in data for data in rendition.files.values())
        assert "TW704" in [f.code.number for f in rendition.findings]


@pytest.mark.parametrize("text", ["<html><body>x</body></html>", "<TEI><text/></TEI>"])
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_no_tei_is_refused(view, text):
    edition = Edition(Path("x.xml"), etree.ElementTree(etree.fromstring(text)))
    rendition = render_edition(edition, view)
    assert dict(rendition.files) == {}
    (finding,) = rendition.findings
    assert str(finding).startswith("x.xml:1: error[TW712] the outermost element is `")
    assert "in no namespace, not `TEI` in `http://www.tei-c.org/ns/1.0`" in finding.message
