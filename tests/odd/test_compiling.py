"""What the command and the compiled schemas do, beyond what the features state."""

import lzma
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.odd import compile_odd

HERE = Path(__file__).resolve().parent
LETTERS = HERE / "letters.xml"
MODULE = HERE / "features" / "module.odd"
TEI = "http://www.tei-c.org/ns/1.0"


@pytest.fixture
def odd(tmp_path):
    """Write an ODD of these schemas."""

    def write(*schemas: str, name: str = "own.odd") -> Path:
        path = tmp_path / name
        path.write_text(
            f'<TEI xmlns="{TEI}" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><text><body>'
            f"{''.join(schemas)}</body></text></TEI>"
        )
        return path

    return write


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["teiwright", *map(str, arguments)], capture_output=True, text=True, check=False)


def schema(ident: str, parts: str = '<moduleRef key="tei"/><moduleRef key="core"/>') -> str:
    return f'<schemaSpec ident="{ident}" start="letter">{parts}</schemaSpec>'


def test_the_command_writes_all_and_check_uses_them_with_their_glosses_and_rules(tmp_path):
    made = run("odd", MODULE, "-o", tmp_path / "schema", "--p5subset", LETTERS)
    letter = tmp_path / "letter.xml"
    letter.write_text(f'<letter xmlns="{TEI}"><p>a<note><note/></note></p><salute/></letter>')

    found = run("check", letter, "--schema", tmp_path / "schema" / "module.rng")

    assert made.returncode == 0, made.stderr
    assert {path.name for path in (tmp_path / "schema").iterdir()} >= {
        "module.rng",
        "module.xsd",
        "xml.xsd",
        "module.sch",
    }
    assert "`salute` (salutation) cannot stand in `letter`" in found.stdout
    assert "a note in a note" in found.stdout
    assert found.returncode == 1


def test_without_teis_own_specifications_the_command_says_how_to_give_them(tmp_path):
    ended = run("odd", MODULE, "-o", tmp_path)

    assert (ended.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "TW536" in ended.stderr
    assert "--p5subset FILE" in ended.stderr


def test_the_project_file_says_where_they_are(odd, tmp_path):
    (tmp_path / "teiwright.toml").write_text('[odd]\np5subset = "tei/letters.xml"\n')
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "letters.xml").write_bytes(LETTERS.read_bytes())

    ended = run("odd", odd(schema("own")), "-o", tmp_path / "out")

    assert ended.returncode == 0, ended.stderr


def test_a_compressed_source_is_the_same(tmp_path):
    packed = tmp_path / "letters.xml.xz"
    packed.write_bytes(lzma.compress(LETTERS.read_bytes()))

    assert compile_odd(MODULE, packed)[0].files == compile_odd(MODULE, LETTERS)[0].files


def test_each_schema_of_an_odd_has_files_of_its_own(odd):
    path = odd(schema("one"), schema("two", '<moduleRef key="tei"/><moduleRef key="core" except="hi"/>'))

    one, two = compile_odd(path, LETTERS)

    assert ("one.rng" in one.files, "two.rng" in two.files) == (True, True)
    assert set(one.grammar.elements) - set(two.grammar.elements) == {"hi"}


def test_two_schemas_of_one_name_are_refused(odd):
    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(odd(schema("one"), schema("one")), LETTERS)

    assert stopped.value.finding.code is Code.DUPLICATE_SPECIFICATION


def test_a_file_without_schema_is_refused(odd):
    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(odd("<p/>"), LETTERS)

    assert (stopped.value.finding.code, stopped.value.finding.where.line) == (Code.BROKEN_ODD, 1)


def test_entities_are_not_followed(tmp_path):
    path = tmp_path / "bad.odd"
    path.write_text(f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/passwd">]><TEI xmlns="{TEI}"><p>&x;</p></TEI>')

    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(path, LETTERS)

    assert stopped.value.finding.message == "entities are not followed"


def test_a_grammar_that_includes_itself_is_refused(odd, tmp_path):
    (tmp_path / "g.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="g.rng"/></grammar>'
    )
    path = odd(schema("own", '<moduleRef key="tei"/><moduleRef key="core"/><moduleRef url="g.rng"/>'))

    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(path, LETTERS)

    assert stopped.value.finding.code is Code.ODD_CYCLE


def rules(made) -> dict[str, list[str]]:
    root = etree.fromstring(made.files[f"{made.grammar.odd.ident}.sch"])
    sch = "{http://purl.oclc.org/dsdl/schematron}"
    return {p.get("id"): [r.get("context") for r in p.iter(f"{sch}rule")] for p in root.iter(f"{sch}pattern")}


def test_a_test_without_rule_is_about_what_it_is_specified_for(odd):
    test = (
        '<constraintSpec ident="{}" scheme="schematron"><constraint><sch:assert test="."/></constraint>'
        "</constraintSpec>"
    )
    path = odd(
        schema(
            "own",
            '<moduleRef key="tei"/><moduleRef key="core" include="letter p list item note"/>'
            f'<elementSpec ident="p" mode="change">{test.format("of-p")}</elementSpec>'
            f'<classSpec ident="att.typed" type="atts" mode="change">{test.format("of-class")}<attList>'
            f'<attDef ident="subtype" mode="change">{test.format("of-subtype")}</attDef></attList></classSpec>',
        )
    )

    (made,) = compile_odd(path, LETTERS)

    assert rules(made) == {
        "note-not-in-note": ["tei:note"],
        "of-p": ["tei:p"],
        "of-class": ["tei:letter | tei:list | tei:note"],
        "of-subtype": ["tei:letter/@subtype | tei:list/@subtype | tei:note/@subtype"],
    }


def test_a_rule_is_deleted_with_its_element_or_by_name(odd):
    path = odd(
        schema("one", '<moduleRef key="tei"/><moduleRef key="core" except="note"/>'),
        schema(
            "two",
            '<moduleRef key="tei"/><moduleRef key="core"/><elementSpec ident="note" mode="change">'
            '<constraintSpec ident="note-not-in-note" mode="delete"/></elementSpec>',
        ),
    )

    assert [rules(made) for made in compile_odd(path, LETTERS)] == [{}, {}]


def test_descriptions_are_taken_in_the_language_of_the_documentation(odd):
    german = schema("de").replace("<schemaSpec ", '<schemaSpec docLang="de" ')

    english, in_german = compile_odd(odd(schema("en"), german), LETTERS)

    assert english.grammar.elements["p"].spec.desc == "marks a paragraph, with `hi` and `@n`."
    assert in_german.grammar.elements["p"].spec.desc == "ist ein Absatz."


def test_what_the_xsd_says_loosely_stands_at_its_top():
    (made,) = compile_odd(HERE / "features" / "text-in-its-place.odd", LETTERS)

    assert made.loose == ("item: TextNode among elements cannot be said in XSD; the same elements in any order here",)
    assert made.loose[0] in made.files["text-in-its-place.xsd"].decode()


def test_a_model_that_would_be_huge_when_written_out_is_refused_at_once(odd):
    part = '<elementRef key="hi"/>'
    for _ in range(4):
        part = f'<sequence minOccurs="400" maxOccurs="400">{part}</sequence>'
    path = odd(
        schema(
            "own",
            '<moduleRef key="tei"/><moduleRef key="core"/>'
            f'<elementSpec ident="p" mode="change"><content>{part}</content></elementSpec>',
        )
    )

    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(path, LETTERS)

    assert "has more than 100,000 parts when it is written out" in stopped.value.finding.message


def test_macros_that_double_each_other_are_refused_at_once(odd):
    macros = "".join(
        f'<macroSpec ident="m{i}"><content><macroRef key="m{i + 1}"/><macroRef key="m{i + 1}"/></content></macroSpec>'
        for i in range(60)
    )
    path = odd(
        schema(
            "own",
            f'<moduleRef key="tei"/><moduleRef key="core"/>{macros}<macroSpec ident="m60"><content><textNode/>'
            '</content></macroSpec><elementSpec ident="p" mode="change"><content><macroRef key="m0"/></content>'
            "</elementSpec>",
        )
    )

    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(path, LETTERS)

    assert "has more than 100,000 parts when it is written out" in stopped.value.finding.message


def test_a_chain_of_thousands_of_macros_is_refused(odd):
    macros = "".join(
        f'<macroSpec ident="m{i}"><content><macroRef key="m{i + 1}"/></content></macroSpec>' for i in range(3000)
    )
    last = '<macroSpec ident="m3000"><content><textNode/></content></macroSpec>'
    path = odd(schema("own", f'<moduleRef key="tei"/><moduleRef key="core"/>{macros}{last}'))

    with pytest.raises(TeiwrightError) as stopped:
        compile_odd(path, LETTERS)

    assert "nested too deep" in stopped.value.finding.message


def test_the_benchmark_finds_where_two_schemas_differ(tmp_path):
    exemplars = tmp_path / "exemplars"
    exemplars.mkdir()
    (tmp_path / "p5subset.xml").write_bytes(LETTERS.read_bytes())
    for name, published in (("module", "module"), ("start", "replace-element")):
        (exemplars / f"{name}.odd").write_bytes((HERE / "features" / f"{name}.odd").read_bytes())
        (made,) = compile_odd(HERE / "features" / f"{published}.odd", LETTERS)
        (exemplars / f"{name}.rng").write_bytes(made.files[f"{published}.rng"])
    benchmark = HERE.parents[1] / "benchmarks" / "odd_verdicts.py"

    command = [sys.executable, benchmark, tmp_path, "--mutants", "40"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    rows = [line.split() for line in ended.stdout.splitlines()[1:]]
    assert ended.returncode == 1, ended.stderr
    assert [(row[0], row[6] == "0") for row in rows] == [("module", True), ("start", False)]
