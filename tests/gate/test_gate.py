"""The check of many files: which, by which schemas, what is remembered, what is known."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from teiwright.cli import teiwright
from teiwright.cli.outcomes import run

TEI = "http://www.tei-c.org/ns/1.0"
RNG = f"""<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{TEI}"><start><element name="TEI">
<zeroOrMore><ref name="p"/></zeroOrMore></element></start><define name="p"><element name="p">
<optional><attribute name="n" ns=""/></optional><optional><attribute name="xml:id" ns=""/></optional>
<optional><attribute name="corresp" ns=""/></optional><text/></element></define></grammar>"""
GOOD = f'<TEI xmlns="{TEI}">\n<p n="1">One.</p>\n</TEI>\n'
BAD = f'<TEI xmlns="{TEI}">\n<p m="1">One.</p>\n<q>Two.</q>\n</TEI>\n'
SCH = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
<phase id="final"><active pattern="numbered"/></phase>
<pattern id="any"><rule context="t:TEI"><assert test="true()">x</assert></rule></pattern>
<pattern id="numbered"><rule context="t:p"><assert test="@n">a paragraph without a number</assert></rule></pattern>
</schema>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "s.rng").write_text(RNG)
    (tmp_path / "good.xml").write_text(GOOD)
    (tmp_path / "bad.xml").write_text(BAD)
    return tmp_path


class Check:
    """``teiwright check`` in a folder, in this process: the codes that it told, its exit code, all that it said."""

    def __init__(self, folder: Path, cache: Path, monkeypatch, capsys) -> None:
        self.folder, self.cache = folder, cache
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str, stdin: str = "", where: Path | None = None) -> tuple[list[str], int, str]:
        self._monkeypatch.chdir(where or self.folder)
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        ended = run(teiwright, ["check", *arguments, "--format", "json"])
        said = self._capsys.readouterr()
        lines = [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
        return [line["code"] for line in lines], ended, f"{said.out}\n{said.err}"


@pytest.fixture
def check(folder, tmp_path_factory, monkeypatch, capsys):
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("TEIWRIGHT_CACHE", str(cache))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return Check(folder, cache, monkeypatch, capsys)


# -- which files


def test_folders_are_searched_to_the_bottom_but_not_what_is_hidden(check, folder):
    for place in ("a/b", ".git", "out"):
        (folder / place).mkdir(parents=True)
        (folder / place / "bad.xml").write_text(BAD)
    (folder / "bad.xml").unlink()
    codes, _, said = check(".", "--schema", "s.rng")
    assert codes == ["TW505", "TW503"] * 2
    assert "checked 3 files" in said
    assert check(".", "--schema", "s.rng", "--exclude", "a/*", "--exclude", "out/*")[0] == []


def test_patterns_find_files_and_one_that_finds_none_fails(check):
    assert check("b*.xml", "--schema", "s.rng")[:2] == (["TW505", "TW503"], 1)
    assert check("*.tei", "--schema", "s.rng")[:2] == (["TW904"], 2)


def test_standard_input_is_a_file_in_this_folder(check, folder):
    (folder / "other.xml").write_text('<TEI xml:id="there"/>')
    text = GOOD.replace("One.</p>", 'One.</p><p corresp="other.xml#there other.xml#gone"/>')
    codes, code, said = check("-", "--schema", "s.rng", stdin=text)
    assert (codes, code) == (["TW513"], 1)
    assert '"path": "-", "line": 2' in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("gone.xml", "--schema", "s.rng"), "TW101"),
        (("good.xml", "gone.xml", "--schema", "s.rng"), "TW101"),
        (("good.xml", "--schema", "gone.rng"), "TW518"),
        (("good.xml", "--schema", "bad.xml"), "TW518"),
        (("empty", "--schema", "s.rng"), "TW904"),
        (("good.xml", "--schema", "s.rng", "--baseline", "gone.json"), "TW562"),
        (("good.xml", "--schema", "s.rng", "--changed-since", "HEAD"), "TW563"),
        (("good.xml", "--schema", "nothing.sch"), "TW517"),
        (("good.xml", "--schema", "s.rng", "--phase", "final"), "TW518"),
    ],
)
def test_a_run_that_could_not_check_ends_with_two(check, folder, arguments, code):
    (folder / "empty").mkdir()
    (folder / "nothing.sch").write_text(SCH.replace("t:TEI", "t:none").replace("t:p", "t:none"))
    _, ended, said = check(*arguments)
    assert code in said
    assert ended == 2


def test_without_anything_to_check_it_says_how_it_is_used(check):
    _, ended, said = check()
    assert ended == 2
    assert "name files or folders of TEI" in said


def test_one_bad_file_never_ends_the_run(check, folder):
    (folder / "broken.xml").write_text("<TEI><p></TEI>")
    (folder / "bomb.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    codes, ended, _ = check("bomb.xml", "broken.xml", "gone.xml", "bad.xml", "--schema", "s.rng")
    assert sorted(codes) == ["TW101", "TW501", "TW502", "TW503", "TW505"]
    assert ended == 2


# -- which schemas


def model(href: str, kind: str = "http://relaxng.org/ns/structure/1.0", more: str = "") -> str:
    return f'<?xml-model href="{href}" schematypens="{kind}" {more}?>\n'


def test_a_document_names_its_schemas(check, folder):
    (folder / "s.sch").write_text(SCH)
    sch = model("s.sch", "http://purl.oclc.org/dsdl/schematron", 'phase="final"')
    text = GOOD.replace(' n="1"', ' m="1"')
    (folder / "own.xml").write_text(f'<?xml version="1.0"?>\n{model("s.rng")}{sch}{text}')
    assert check("own.xml")[:2] == (["TW505", "TW511"], 1)


RULED = RNG.replace(
    "</grammar>",
    '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="*"><assert test="true()">x</assert></rule>'
    "</pattern></grammar>",
)


def test_a_phase_that_no_schema_of_the_documents_has_is_told_once(check, folder):
    (folder / "s.rng").write_text(RULED)
    for name in ("own.xml", "other.xml"):
        (folder / name).write_text(model("s.rng") + GOOD)
    assert check("own.xml", "other.xml", "--phase", "final")[:2] == (["TW518"], 2)
    assert check("own.xml", "--phase", "#ALL")[:2] == ([], 0)
    (folder / "s.sch").write_text(SCH)
    (folder / "other.xml").write_text(model("s.sch", "http://purl.oclc.org/dsdl/schematron") + GOOD)
    assert check("own.xml", "other.xml", "--phase", "final")[:2] == ([], 0)


def test_a_phase_that_a_document_asks_of_a_grammar_without_phases_is_told_at_its_line(check, folder):
    (folder / "s.rng").write_text(RULED)
    (folder / "own.xml").write_text('<?xml version="1.0"?>\n' + model("s.rng", more='phase="final"') + GOOD)
    codes, ended, said = check("own.xml")
    assert (codes, ended) == (["TW518"], 2)
    assert '"path": "own.xml", "line": 2' in said


def test_a_phase_of_a_schematron_without_phases_is_told_once(check, folder):
    (folder / "s.sch").write_text(SCH.replace('<phase id="final"><active pattern="numbered"/></phase>', ""))
    assert check("good.xml", "--schema", "s.sch", "--phase", "final")[:2] == (["TW518"], 2)


def test_standard_input_names_schemas_of_this_folder_and_a_phase_that_they_lack_is_told(check):
    assert check("-", stdin=model("s.rng") + BAD)[:2] == (["TW505", "TW503"], 1)
    assert check("-", "--phase", "final", stdin=model("s.rng") + GOOD)[:2] == (["TW518"], 2)


def test_a_schema_of_the_command_line_counts_more_than_that_of_a_document(check, folder):
    (folder / "own.xml").write_text(model("gone.rng") + GOOD)
    assert check("own.xml")[:2] == (["TW518"], 2)
    assert check("own.xml", "--schema", "s.rng")[:2] == ([], 0)


@pytest.mark.parametrize("href", ["http://example.org/tei_all.rng", "../elsewhere/s.rng", "/etc/s.rng"])
def test_a_schema_that_is_far_away_is_not_used_and_that_fails(check, folder, href):
    (folder / "own.xml").write_text(model(href) + GOOD)
    assert check("own.xml")[:2] == (["TW560"], 2)


def test_a_far_schema_that_is_named_twice_for_its_rules_is_told_once(check, folder):
    href = "http://example.org/s.rng"
    (folder / "own.xml").write_text(model(href) + model(href, "http://purl.oclc.org/dsdl/schematron") + GOOD)
    assert check("own.xml")[:2] == (["TW560"], 2)


def test_whoever_names_no_schema_is_told_that_our_own_law_was_taken(check, folder):
    said = "bad.xml names no schema, so that our own law was taken"
    assert said in check("bad.xml")[2]
    assert said not in check("bad.xml", "--schema", "s.rng")[2]
    (folder / "teiwright.toml").write_text('editions = "."\n')
    assert said not in check("bad.xml")[2]


def test_a_project_without_editions_says_that_files_are_to_be_named(check, folder):
    (folder / "teiwright.toml").write_text('title = "A"\n')
    _, ended, said = check()
    assert ended == 2
    assert "name files or folders of TEI, or `-` for standard input: the project has no folder" in said


def test_a_schema_outside_the_project_can_be_trusted(check, folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("schemas")
    (place / "s.rng").write_text(RNG)
    (folder / "own.xml").write_text(model(str(place / "s.rng")) + BAD)
    assert check("own.xml", "--trust", str(place))[0] == ["TW505", "TW503"]


def test_the_configuration_has_local_copies_of_schemas(check, folder):
    (folder / "own.xml").write_text(model("http://example.org/tei_all.rng") + BAD)
    (folder / "teiwright.toml").write_text('[check.catalog]\n"http://example.org/tei_all.rng" = "s.rng"\n')
    assert check("own.xml")[0] == ["TW505", "TW503"]


def test_the_configuration_names_schemas_files_and_phase(check, folder):
    (folder / "s.sch").write_text(SCH)
    (folder / "tei").mkdir()
    (folder / "tei" / "a.xml").write_text(GOOD.replace(' n="1"', ""))
    (folder / "teiwright.toml").write_text('[check]\nschemas = ["s.rng", "s.sch"]\nphase = "final"\n')
    assert check()[:2] == (["TW511"], 1)
    assert check("--phase", "#ALL", "--schema", "s.rng")[:2] == ([], 0)


def test_a_wrong_setting_has_a_place(check, folder):
    (folder / "teiwright.toml").write_text('title = "A"\n\n[check]\nschema = "s.rng"\n')
    _, ended, said = check("good.xml")
    assert ended == 2
    assert "teiwright.toml:4:1" in said
    assert "did you mean `schemas`?" in said


def test_references_into_the_authority_files_of_a_project_are_followed(check, folder):
    (folder / "names").mkdir()
    (folder / "names" / "persons.xml").write_text('<TEI xml:id="grew"/>')
    (folder / "project").mkdir()
    text = GOOD.replace('n="1"', 'corresp="../names/persons.xml#{}"')
    (folder / "project" / "a.xml").write_text(text.format("grew"))
    (folder / "project" / "b.xml").write_text(text.format("grey"))
    (folder / "project" / "teiwright.toml").write_text('[authority]\npersons = "../names/persons.xml"\n')
    assert check("project", "--schema", "s.rng")[:2] == (["TW513"], 1)


def test_files_of_one_run_may_point_to_each_other(check, folder):
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    (folder / "a" / "one.xml").write_text(GOOD.replace('n="1"', 'corresp="../b/two.xml#x ../b/two.xml#y"'))
    (folder / "b" / "two.xml").write_text(GOOD.replace('n="1"', 'xml:id="x"'))
    assert check("a/one.xml", "--schema", "s.rng")[0] == ["TW521"]
    assert check("a", "b", "--schema", "s.rng")[0] == ["TW513"]


# -- XSD

XSD = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{TEI}" elementFormDefault="qualified">
<xs:include schemaLocation="part.xsd"/><xs:element name="TEI"><xs:complexType><xs:sequence>
<xs:element ref="t:p" xmlns:t="{TEI}" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""
PART = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{TEI}">
<xs:element name="p"><xs:complexType mixed="true"><xs:attribute name="n" type="xs:integer" use="required"/>
</xs:complexType></xs:element></xs:schema>"""


@pytest.fixture
def xsd(folder):
    (folder / "s.xsd").write_text(XSD)
    (folder / "part.xsd").write_text(PART)
    return folder / "s.xsd"


@pytest.mark.parametrize("engine", ["lxml", "xmlschema"])
@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ('<p n="1">One</p>', []),
        ('<p n="one">One</p>', ["TW507"]),
        ("<p>One</p>", ["TW506"]),
        ('<p n="1" m="2"/>', ["TW505"]),
        ('<p n="1"/><q/>', ["TW503"]),
        ('text<p n="1"/>', ["TW508"]),
        ("", ["TW504"]),
    ],
)
@pytest.mark.usefixtures("xsd")
def test_both_engines_find_the_same_by_an_xsd(check, folder, engine, line, codes):
    (folder / "a.xml").write_text(f'<TEI xmlns="{TEI}">{line}</TEI>')
    assert check("a.xml", "--schema", "s.xsd", "--engine", engine)[0][:1] == codes


@pytest.mark.usefixtures("xsd")
def test_two_engines_tell_one_flaw_once(check):
    alone = check("bad.xml", "--schema", "s.xsd")[0]
    assert check("bad.xml", "--schema", "s.xsd", "--engine", "lxml", "--engine", "xmlschema")[0] == alone


@pytest.mark.usefixtures("xsd")
def test_a_built_xsd_is_kept_where_nobody_else_can_write(check):
    check("good.xml", "--schema", "s.xsd", "--engine", "xmlschema")
    (kept,) = (check.cache / "xsd").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    kept.write_bytes(b"cos\nsystem\n(S'touch harmed'\ntR.")
    kept.chmod(0o666)  # anybody could have written that
    assert check("good.xml", "--schema", "s.xsd", "--engine", "xmlschema", "--no-cache")[1] == 0
    assert not list(Path(check.cache).rglob("harmed"))


@pytest.mark.usefixtures("xsd")
def test_a_cache_that_others_may_write_to_is_not_used(check):
    check.cache.chmod(0o777)
    assert check("good.xml", "--schema", "s.xsd", "--engine", "xmlschema")[1] == 0
    assert list(check.cache.iterdir()) == []


@pytest.mark.parametrize("engine", ["lxml", "xmlschema"])
@pytest.mark.parametrize("location", ["../s.xsd", "/etc/s.xsd", "http://example.org/s.xsd"])
def test_an_xsd_includes_nothing_from_elsewhere(check, folder, engine, location):
    (folder / "s.xsd").write_text(XSD.replace("part.xsd", location))
    assert check("good.xml", "--schema", "s.xsd", "--engine", engine)[:2] == (["TW518"], 2)


# -- what is remembered


def test_what_has_not_changed_is_not_checked_again_and_told_the_same(check):
    first = check("good.xml", "bad.xml", "--schema", "s.rng")
    kept = {path: path.stat().st_mtime_ns for path in (check.cache / "findings").iterdir()}
    assert check("good.xml", "bad.xml", "--schema", "s.rng") == first
    assert {path: path.stat().st_mtime_ns for path in (check.cache / "findings").iterdir()} == kept


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: (folder / "a.xml").write_text(BAD), id="the file"),
        pytest.param(lambda folder: (folder / "part.rng").write_text(RNG.replace('"n"', '"nn"')), id="the schema"),
        pytest.param(lambda folder: (folder / "b.xml").write_text("<TEI/>"), id="what it points to"),
        pytest.param(lambda folder: (folder / "b.xml").unlink(), id="what it points to is gone"),
    ],
)
def test_whatever_a_verdict_depends_on_makes_it_anew(check, folder, change):
    (folder / "part.rng").write_text(RNG)
    (folder / "o.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="part.rng"/></grammar>'
    )
    (folder / "a.xml").write_text(GOOD.replace("<p ", '<p corresp="b.xml#x" '))
    (folder / "b.xml").write_text('<TEI xml:id="x"/>')
    assert check("a.xml", "--schema", "o.rng")[0] == []
    change(folder)
    assert check("a.xml", "--schema", "o.rng")[0] != []


def test_nothing_is_remembered_if_nobody_wants_it(check):
    check("good.xml", "--schema", "s.rng", "--no-cache")
    assert list(check.cache.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"key": 1}', b"\xff"])
def test_a_memory_that_is_damaged_is_made_anew(check, damage):
    first = check("bad.xml", "--schema", "s.rng")
    for path in (check.cache / "findings").iterdir():
        path.write_bytes(damage)
    assert check("bad.xml", "--schema", "s.rng") == first


# -- what is known


def test_only_what_is_new_fails(check, folder):
    assert check("bad.xml", "--schema", "s.rng", "--baseline", "known.json", "--write-baseline")[1] == 0
    known = ("bad.xml", "--schema", "s.rng", "--baseline", "known.json")
    assert check(*known)[:2] == ([], 0)
    moved = BAD.replace("<p m", "\n\n<p n='0'>Before.</p>\n  <p m")
    (folder / "bad.xml").write_text(moved)
    assert check(*known)[:2] == ([], 0)
    (folder / "bad.xml").write_text(moved.replace("<q>Two", "<q>A</q><r/><q>Two"))
    assert check(*known)[:2] == (["TW503", "TW503"], 1)


def test_what_was_corrected_is_said_and_does_not_fail(check, folder):
    check("bad.xml", "--schema", "s.rng", "--baseline", "known.json", "--write-baseline")
    (folder / "bad.xml").write_text(BAD.replace("<q>Two.</q>", ""))
    codes, ended, said = check("bad.xml", "--schema", "s.rng", "--baseline", "known.json", "--strict")
    assert (codes, ended) == (["TW561"], 0)
    assert "1 finding of the baseline is gone" in said


def test_a_baseline_holds_wherever_the_check_is_started(check, folder):
    (folder / "tei").mkdir()
    (folder / "tei" / "bad.xml").write_text(BAD)
    check("tei", "--schema", "s.rng", "--baseline", "known.json", "--write-baseline")
    assert check(".", "--schema", "../s.rng", "--baseline", "../known.json", where=folder / "tei")[:2] == ([], 0)


def test_a_baseline_does_not_hide_that_nothing_was_checked(check, folder):
    (folder / "known.json").write_text('{"form": "teiwright baseline 1", "files": {}}')
    assert check("good.xml", "--schema", "gone.rng", "--baseline", "known.json", "--write-baseline")[1] == 2


def test_a_baseline_that_is_no_json_is_told_with_its_place(check, folder):
    (folder / "known.json").write_text('{"form": "teiwright baseline 1",\n "files": }')
    codes, ended, said = check("good.xml", "--schema", "s.rng", "--baseline", "known.json")
    assert (codes, ended) == ([], 2)
    assert "known.json:2:11: error[TW562] the baseline is no JSON" in said


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not UTF-8")
def test_a_file_whose_name_is_not_utf_8_is_checked_and_remembered(check, folder):
    (folder / "m\udcfcller.xml").write_text(BAD)  # `müller.xml` as Latin-1 has it (PEP 383)
    first = check(".", "--schema", "s.rng", "--exclude", "[bg]*.xml")
    assert (len(first[0]), first[1]) == (2, 1)
    assert check(".", "--schema", "s.rng", "--exclude", "[bg]*.xml")[:2] == first[:2]


def test_a_part_of_an_xml_schema_that_is_not_there_is_told_where_it_is_asked_for(check, folder):
    (folder / "own.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
        '  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>\n</xs:schema>'
    )
    codes, ended, said = check("good.xml", "--schema", "own.xsd")
    assert (codes, ended) == (["TW518"], 2)
    assert '"line": 2' in said
    assert "`xml.xsd`, which the schema takes in, is not there" in said


def test_a_baseline_is_the_same_bytes_each_time(check, folder):
    check(".", "--schema", "s.rng", "--baseline", "one.json", "--write-baseline")
    check(".", "--schema", "s.rng", "--baseline", "two.json", "--write-baseline", "--no-cache")
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()


# -- what changed


@pytest.fixture
def repository(folder):
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=folder,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    (folder / "persons.xml").write_text(GOOD.replace('n="1"', 'xml:id="grew"'))
    (folder / "letter.xml").write_text(GOOD.replace('n="1"', 'corresp="persons.xml#grew"'))
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return git


@pytest.mark.usefixtures("repository")
def test_only_what_changed_is_checked(check, folder):
    assert check(".", "--schema", "s.rng", "--changed-since", "HEAD")[:2] == (["TW564"], 0)
    (folder / "new.xml").write_text(BAD)
    codes, ended, said = check(".", "--schema", "s.rng", "--changed-since", "HEAD")
    assert (codes, ended) == (["TW505", "TW503"], 1)
    assert "checked 1 file" in said


@pytest.mark.usefixtures("repository")
def test_what_points_to_a_changed_file_is_checked_too(check, folder):
    (folder / "persons.xml").write_text(GOOD.replace('n="1"', 'xml:id="grey"'))
    codes, _, said = check(".", "--schema", "s.rng", "--changed-since", "HEAD")
    assert codes == ["TW513"]
    assert "checked 2 files" in said
    (folder / "persons.xml").unlink()
    assert check(".", "--schema", "s.rng", "--changed-since", "HEAD")[0] == ["TW513"]


@pytest.mark.usefixtures("repository")
def test_pointers_are_followed_in_the_whole_repository(check, folder):
    (folder / "letters").mkdir()
    text = GOOD.replace('n="1"', 'corresp="../persons.xml#grew ../persons.xml#grey"')
    (folder / "letters" / "a.xml").write_text(text)
    assert check("letters/a.xml", "--schema", "s.rng")[0] == ["TW513"]


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("revision", ["nonsense", "--output=x", ""])
def test_a_revision_that_is_none_fails(check, folder, revision):
    _, ended, _ = check(".", "--schema", "s.rng", f"--changed-since={revision}")
    assert ended == 2
    assert not (folder / "x").exists()


# -- corrections


def test_corrections_are_shown_and_made_only_when_asked_for(check, folder):
    bad = GOOD.replace("<p n", "<P N").replace("</p>", "</P>")
    (folder / "a.xml").write_text(bad)
    (folder / "a.xml").chmod(0o640)
    _, ended, said = check("a.xml", "--schema", "s.rng", "--fix")
    assert ended == 1
    assert '-<P N="1">One.</P>\n+<p n="1">One.</p>\n' in said
    assert (folder / "a.xml").read_text() == bad
    _, ended, said = check("a.xml", "--schema", "s.rng", "--fix", "--write")
    assert (ended, (folder / "a.xml").read_text()) == (0, GOOD)
    assert "made 2 corrections in 1 file; 0 errors left" in said
    assert (folder / "a.xml").stat().st_mode & 0o777 == 0o640
    assert check("a.xml", "--schema", "s.rng")[:2] == ([], 0)


def test_the_diff_is_one_that_git_takes(check, folder, repository):
    (folder / "a.xml").write_text(GOOD.replace("<p n", "<P n").replace("</p>", "</P>").rstrip("\n"))
    repository("add", "a.xml")
    _, _, said = check("a.xml", "--schema", "s.rng", "--fix")
    (folder / "fix.diff").write_text(said[: said.index("\n\n") + 1])
    repository("apply", "fix.diff")
    assert (folder / "a.xml").read_text() == GOOD.rstrip("\n")


# -- reports


def test_reports_in_several_forms_at_once(check, folder):
    check("bad.xml", "--schema", "s.rng", "--report", "sarif=out/f.sarif", "--report", "markdown=f.md")
    assert len(json.loads((folder / "out" / "f.sarif").read_text())["runs"][0]["results"]) == 2
    assert "TW503" in (folder / "f.md").read_text()


def test_the_report_is_the_same_in_any_number_of_processes(check):
    one = check("bad.xml", "good.xml", "--schema", "s.rng", "--no-cache", "--jobs", "1")
    assert check("bad.xml", "good.xml", "--schema", "s.rng", "--no-cache", "--jobs", "2") == one


def test_a_trusted_folder_that_is_not_there_is_an_error(check):
    codes, ended, said = check("good.xml", "--schema", "s.rng", "--trust", "nowhere")
    assert (codes, ended) == (["TW101"], 2)
    assert "look for a typing error in `--trust`" in said


def test_nobody_reads_that_a_file_was_checked_by_a_schema_that_cannot_be_used(check):
    codes, ended, said = check("good.xml", "--schema", "nowhere.rng")
    assert (codes, ended) == (["TW518"], 2)
    assert "the file could not be checked against nowhere.rng: see the errors above" in said
    assert "could not be checked" not in check("bad.xml", "--schema", "s.rng")[2]


# -- where pointers may lead


@pytest.fixture
def apart(folder):
    """Two documents in two folders that no project holds, one of which points to the other."""
    for name, text in {"x/a.xml": GOOD.replace("<p ", '<p corresp="../y/b.xml#there" '), "y/b.xml": GOOD}.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text.replace("<TEI", '<TEI xml:id="there"', 1) if name == "y/b.xml" else text)
    return folder


def test_documents_that_are_named_one_by_one_may_point_to_each_other(check, apart):
    one, other = str(apart / "x" / "a.xml"), str(apart / "y" / "b.xml")
    schema = ("--schema", str(apart / "s.rng"))
    assert "TW521" in check(one, *schema, where=apart / "x")[0]
    assert check(one, other, *schema, where=apart / "x")[0].count("TW521") == 0


def test_a_link_in_the_same_folder_counts_where_it_leads(check, apart):
    (apart / "x" / "b.xml").symlink_to(apart / "y" / "b.xml")
    schema = ("--schema", str(apart / "s.rng"))
    found = check(str(apart / "x" / "a.xml"), str(apart / "x" / "b.xml"), *schema, where=apart / "x")[0]
    assert found.count("TW521") == 0


def test_a_grammar_may_be_named_as_a_document_too(check, apart):
    schema = str(apart / "s.rng")
    codes, ended, said = check(str(apart / "x" / "a.xml"), schema, "--schema", schema, where=apart / "x")
    assert "checked 2 files" in said
    assert ended == 1
    assert "TW999" not in codes


def test_a_check_by_a_grammar_loads_nothing_that_opens_a_network_or_makes_trees(folder):
    """What a command imports before it begins is half of what one small document costs."""
    program = """import sys
from teiwright.cli import teiwright
from teiwright.cli.outcomes import run
code = run(teiwright, ["check", "--schema", "s.rng", "--no-cache", "good.xml"])
print(code, sorted({"lxml.etree", "saxonche", "socket", "ssl"} & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_long_check_says_while_it_runs_how_many_files_have_errors(check, folder):
    for number in range(99):
        (folder / f"good-{number}.xml").write_text(GOOD)

    _, _, said = check(".", "--schema", "s.rng", "--jobs", "1")

    assert "100 of 101 editions" in said
    assert "1 with errors" in said
