"""What our ODD processor makes of small self-contained ODDs, and what it refuses if XSD must be exact."""

import json

import pytest
from lxml import etree

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.odd import compile_odd

TEI = "http://www.tei-c.org/ns/1.0"


@pytest.fixture
def compiled(tmp_path):
    """Compile an ODD whose ``schemaSpec`` holds these specifications."""

    def compile_(specs: str, start: str = "a") -> dict[str, bytes]:
        path = tmp_path / "small.odd"
        path.write_text(
            f'<TEI xmlns="{TEI}" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><text><body>'
            f'<schemaSpec ident="small" start="{start}">{specs}</schemaSpec></body></text></TEI>'
        )
        (made,) = compile_odd(path, exact=True)
        return dict(made.files)

    return compile_


def element(ident: str, content: str = "<empty/>", rest: str = "") -> str:
    return f'<elementSpec ident="{ident}"><content>{content}</content>{rest}</elementSpec>'


def both_verdicts(files: dict[str, bytes], document: str, folder) -> tuple[bool, bool]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    tree = etree.fromstring(document.replace("<a", f'<a xmlns="{TEI}"', 1))
    relaxng = etree.RelaxNG(etree.parse(folder / "small.rng"))
    xsd = etree.XMLSchema(etree.parse(folder / "small.xsd"))
    return relaxng.validate(tree), xsd.validate(tree)


B_AND_C = element("b") + element("c")
LANGUAGE = '<dataSpec ident="d"><content><dataRef name="token" restriction="[a-z]+"/></content></dataSpec>'


@pytest.mark.parametrize(
    ("specs", "good", "bad"),
    [
        pytest.param(element("a"), ["<a/>", "<a> <!-- c --></a>"], ["<a>text</a>", "<a><a/></a>"], id="empty"),
        pytest.param(element("a", "<textNode/>"), ["<a/>", "<a>text</a>"], ["<a><a/></a>"], id="text"),
        pytest.param(
            element("a", '<sequence><elementRef key="b"/><elementRef key="c" minOccurs="0"/></sequence>') + B_AND_C,
            ["<a><b/></a>", "<a><b/><c/></a>"],
            ["<a/>", "<a><c/></a>", "<a><c/><b/></a>", "<a><b/><c/><c/></a>", "<a>x<b/></a>"],
            id="sequence",
        ),
        pytest.param(
            element("a", '<alternate maxOccurs="unbounded"><elementRef key="b"/><elementRef key="c"/></alternate>')
            + B_AND_C,
            ["<a><b/></a>", "<a><c/><b/><c/></a>"],
            ["<a/>", "<a><a/></a>"],
            id="alternate",
        ),
        pytest.param(
            element("a", '<macroRef key="m"/>')
            + '<macroSpec ident="m"><content><alternate minOccurs="0" maxOccurs="unbounded"><textNode/>'
            '<classRef key="k"/></alternate></content></macroSpec><classSpec ident="k" type="model"/>'
            + element("b", rest='<classes><memberOf key="k"/></classes>'),
            ["<a>x<b/>y</a>", "<a/>"],
            ["<a><a/></a>", "<a><b>x</b></a>"],
            id="macro-and-class",
        ),
        pytest.param(
            element(
                "a",
                rest='<attList><attDef ident="r" usage="req"><valList type="closed"><valItem ident="x y"/>'
                '<valItem ident="z"/></valList></attDef></attList>',
            ),
            ['<a r="z"/>', '<a r=" x  y "/>'],
            ["<a/>", '<a r="x"/>', '<a r=""/>', '<a r="z" s="z"/>'],
            id="closed-list",
        ),
        pytest.param(
            element(
                "a",
                rest='<attList><attDef ident="r"><datatype maxOccurs="unbounded"><dataRef key="d"/></datatype>'
                "</attDef></attList>",
            )
            + LANGUAGE,
            ["<a/>", '<a r="x"/>', '<a r="x yy"/>'],
            ['<a r=""/>', '<a r="x 1"/>'],
            id="several-words",
        ),
        pytest.param(
            element("a", '<valList><valItem ident="x"/><valItem ident="y"/></valList>'),
            ["<a>x</a>", "<a> y </a>"],
            ["<a/>", "<a>z</a>", "<a>x y</a>"],
            id="value-of-a-list",
        ),
        pytest.param(
            element("a", '<dataRef name="token" restriction="[a-z]+"/>'),
            ["<a>x</a>"],
            ["<a/>", "<a>1</a>"],
            id="value-with-pattern",
        ),
        pytest.param(element("a", '<dataRef key="d"/>') + LANGUAGE, ["<a>x</a>"], ["<a/>", "<a>1</a>"], id="value"),
    ],
)
def test_relaxng_and_xsd_say_what_the_odd_says(compiled, tmp_path, specs, good, bad):
    files = compiled(specs)
    assert [both_verdicts(files, document, tmp_path) for document in good] == [(True, True)] * len(good)
    assert [both_verdicts(files, document, tmp_path) for document in bad] == [(False, False)] * len(bad)


@pytest.mark.parametrize(
    ("specs", "message"),
    [
        pytest.param(
            element(
                "a",
                '<sequence><elementRef key="b" minOccurs="0"/><elementRef key="b"/></sequence>',
            )
            + element("b"),
            "the content model of `a` is not deterministic: at one place `b` can be matched in two ways",
            id="two-ways",
        ),
        pytest.param(
            element(
                "a",
                '<sequence maxOccurs="unbounded"><elementRef key="b"/><classRef key="k" minOccurs="0"/></sequence>',
            )
            + '<classSpec ident="k" type="model"/>'
            + element("b", rest='<classes><memberOf key="k"/></classes>'),
            "the content model of `a` is not deterministic: at one place `b` can be matched in two ways",
            id="two-ways-through-a-class",
        ),
        pytest.param(
            element("a", '<sequence><textNode/><elementRef key="b"/></sequence>') + element("b"),
            "`a`: TextNode among elements cannot be said in XSD",
            id="text-in-order",
        ),
        pytest.param(
            element("a", '<elementRef key="b" minOccurs="0"/>')
            + '<classSpec ident="k" type="model"/>'
            + element("b", '<classRef key="k"/>'),
            "`b` holds the class `k`, which has no members",
            id="empty-class",
        ),
        pytest.param(
            element("a", "<anyElement/>"),
            "`a`: AnyElement among elements cannot be said in XSD",
            id="any-element",
        ),
        pytest.param(
            element("a", '<sequence preserveOrder="false"><elementRef key="b"/><elementRef key="c"/></sequence>')
            + B_AND_C,
            "`a`: a sequence in any order cannot be said exactly in XSD",
            id="any-order",
        ),
    ],
)
def test_what_cannot_be_said_exactly_is_refused(compiled, specs, message):
    with pytest.raises(TeiwrightError) as stopped:
        compiled(specs)
    assert (stopped.value.finding.code, stopped.value.finding.message) == (Code.BROKEN_ODD, message)
    assert stopped.value.finding.where.path.endswith("small.odd")


def test_an_odd_that_is_not_well_formed_is_refused_at_its_line(tmp_path):
    (tmp_path / "bad.odd").write_text("<TEI>\n<p></TEI>")
    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(tmp_path / "bad.odd")
    assert (stopped.value.finding.code, stopped.value.finding.where.line) == (Code.BROKEN_ODD, 2)


def test_what_an_element_stands_for_goes_into_the_table(compiled):
    files = compiled('<elementSpec ident="a"><equiv name="b"/><content><empty/></content></elementSpec>')
    assert json.loads(files["small.glosses.json"])["instead"] == {"b": "a"}
