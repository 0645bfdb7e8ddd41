"""What a name cannot mean: for every code a folder of cases; ``bad-`` files begin with the expected message."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from teiwright.cli import main
from teiwright.conversion import Recipe, convert
from teiwright.diagnostics import Code
from teiwright.loading import load
from teiwright.registering import amiss, amiss_in_large
from teiwright.registering.pruning import names_alone

CASES = Path(__file__).resolve().parent / "cases"
AUTHORITY = CASES / "authority.xml"
OWN = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><creation><date when="1862"/></creation>
<particDesc><listPerson><person xml:id="k"><persName>Kestrel</persName><birth notBefore="1870"/></person>
<person><persName>Nobody</persName></person></listPerson></particDesc></profileDesc></teiHeader>
<text><body><p><persName ref="#k">Kestrel</persName>, <persName ref="%00.xml#k">Kestrel</persName></p>
</body></text></TEI>
"""


def cases(kind: str) -> list[Path]:
    return sorted(CASES.glob(f"*/{kind}-*.xml"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture
def beside(tmp_path: Path):
    """The case in a folder with the authority file."""

    def put(case: Path) -> Path:
        shutil.copy(AUTHORITY, tmp_path)
        return Path(shutil.copy(case, tmp_path / "case.xml"))

    return put


@pytest.mark.parametrize("path", cases("bad"), ids=name)
def test_a_link_that_cannot_be_is_told_in_these_words(path, beside):
    expected = path.read_text("utf-8").partition(" -->\n")[0].removeprefix("<!-- ")
    case = beside(path)
    findings = [(f"{finding.code.value[0]}-{finding.code.title}", finding.message) for finding in told(case)]
    assert findings == [(path.parent.name, expected)]


@pytest.mark.parametrize("path", cases("good"), ids=name)
def test_a_link_that_can_be_is_not_told(path, beside):
    assert told(beside(path)) == []


def told(case: Path) -> list:
    return list(amiss(load(case), [case.parent / "authority.xml"]))


@pytest.mark.parametrize("path", cases("bad") + cases("good"), ids=name)
def test_a_large_document_is_judged_by_its_names_alone_as_a_small_one_is(path, beside):
    case = beside(path)
    assert list(amiss_in_large(case, [case.parent / "authority.xml"])) == told(case)


def test_the_text_of_a_large_document_is_not_kept(tmp_path):
    path = tmp_path / "large.xml"
    path.write_text(
        OWN.replace(
            "<p>",
            "<p>Nothing to <hi>keep</hi>.</p><p>But <persName>C</persName>, <persName ref='#x'>A<lb/>B</persName>, ",
        ),
        "utf-8",
    )
    text = names_alone(path).tree.find("{*}text")
    assert "".join(text.itertext()) == "ABKestrelKestrel"
    assert [element.tag.rpartition("}")[2] for element in text.iter()][:6] == [
        *("text", "body", "p", "persName", "lb", "persName"),
    ]


@pytest.mark.parametrize(
    ("header", "ref"),
    [
        ("", 'xml:base="../" ref="authority.xml#hof"'),
        (
            '<prefixDef ident="psn" matchPattern="(\\w+)" replacementPattern="../authority.xml#$1"/>',
            'ref="psn:hof"',
        ),
        ("", 'ref="https://example.org/hof ../authority.xml#hof"'),
    ],
    ids=["by xml:base", "by a prefix", "by the second of two pointers"],
)
def test_a_link_is_followed_as_pointers_are(tmp_path, header, ref):
    (tmp_path / "tei").mkdir()
    shutil.copy(AUTHORITY, tmp_path)
    document = OWN.replace("<profileDesc>", f"<encodingDesc>{header}</encodingDesc><profileDesc>")
    (tmp_path / "tei" / "a.xml").write_text(document.replace('ref="#k"', ref), "utf-8")
    for found in (
        amiss(load(tmp_path / "tei" / "a.xml"), [tmp_path / "authority.xml"]),
        amiss_in_large(tmp_path / "tei" / "a.xml", [tmp_path / "authority.xml"]),
    ):
        assert [finding.code for finding in found] == [Code.NAME_OF_ANOTHER_KIND]


def test_a_file_that_may_not_be_read_is_not_asked(beside):
    assert list(amiss(load(beside(cases("bad")[0])), [])) == []


def test_entries_of_the_document_itself_count_and_the_first_possible_year_of_a_birth(tmp_path):
    (tmp_path / "own.xml").write_text(OWN, "utf-8")
    (finding,) = amiss(load(tmp_path / "own.xml"), [])
    assert (finding.code, finding.where.line) == (Code.DATE_AGAINST_LINK, 4)


ANY = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start>
<define name="any"><element><anyName/><mixed>
<zeroOrMore><attribute><anyName/></attribute></zeroOrMore><zeroOrMore><ref name="any"/></zeroOrMore>
</mixed></element></define></grammar>
"""


@pytest.mark.parametrize("schema", [(), ("--schema", "any.rng")], ids=["by our law", "as a stream"])
def test_check_says_it_of_a_file(schema, beside, monkeypatch, capsys):
    case = beside(CASES / "568-date-against-link" / "bad-before-birth.xml")
    (case.parent / "any.rng").write_text(ANY, "utf-8")
    monkeypatch.chdir(case.parent)
    assert "case.xml:6:8: warning[TW568]" in output_of("case.xml", *schema, capsys=capsys)


def test_check_follows_the_authority_of_a_project_wherever_it_lies(beside, monkeypatch, capsys):
    case = beside(CASES / "568-date-against-link" / "bad-before-birth.xml")
    project = case.parent / "project"
    (project / "tei").mkdir(parents=True)
    (project / "teiwright.toml").write_text('title = "Letters"\n[authority]\npersons = "../authority.xml"\n', "utf-8")
    text = case.read_text("utf-8").replace("authority.xml", "../../authority.xml")
    (project / "tei" / "case.xml").write_text(text, "utf-8")
    monkeypatch.chdir(project)
    assert "TW568" in output_of(capsys=capsys)


def output_of(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(["check", "--no-cache", *arguments])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "given", [("authority.xml", None), (None, "authority.xml"), ("authority.xml", "authority.xml")]
)
def test_one_authority_file_may_hold_persons_and_places(given, tmp_path):
    shutil.copy(AUTHORITY, tmp_path)
    (tmp_path / "letter.txt").write_text("Yesterday Mr. John Kestrel came to Hof.\n", "utf-8")
    recipe = Recipe.of(tmp_path, *(name and tmp_path / name for name in given))
    data = convert(tmp_path / "letter.txt", None, recipe).data.decode()
    assert re.findall(r'ref="([^"]*)"', data) == ["authority.xml#kestrel-john", "authority.xml#hof"]
