"""Each format is read back by a parser of its own kind."""

import json
import re

import pytest
from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.reporting import Format, render_report

FORMATS = [each.value for each in Format]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_is_written_the_same_twice(report, format_):
    assert render_report(report, format_) == render_report(Report.of(reversed(report.findings)), format_)


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - {"json", "github"}))
def test_an_empty_report_is_still_one(empty, format_):
    assert render_report(empty, format_).endswith("\n")


def test_an_unknown_format_is_refused(report):
    with pytest.raises(ValueError, match="html"):
        render_report(report, "html")


# -- text


def test_text_shows_the_line_and_a_caret_under_the_spot(report):
    lines = render_report(report, "text").splitlines()
    at = next(i for i, line in enumerate(lines) if "TW601" in line)
    assert lines[at].endswith("source 1.txt:2:19: error[TW601] the edition lacks `aid` of the source")
    assert lines[at + 1] == "  | the Japanese (大使) aid"
    # two of the characters before it take two places each
    assert lines[at + 2].index("^") == len("  | the Japanese (xxxx) ")
    assert lines[at + 3 : at + 5] == ["  see tei/a.xml:7:3", "  hint: put it back"]


def test_text_ends_with_the_numbers(report):
    assert render_report(report, "text").endswith("\n3 errors, 1 warning\n")


def test_text_of_strangers_cannot_move_the_cursor(report):
    assert not re.search("[\x00-\x09\x0b-\x1f]", render_report(report, "text"))


def test_colour_changes_nothing_but_colour(report):
    coloured = render_report(report, "text", colour=True)
    assert "\x1b[1;31merror[TW601]\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == render_report(report, "text", colour=False)


def test_a_long_line_is_cut_around_the_spot(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("x" * 5000 + "HERE" + "y" * 5000, encoding="utf-8")
    finding = Diagnostic(Code.WORD_MISSING, Location(str(path), 1, 5001), "gone")
    _, line, caret, _ = render_report(Report.of([finding]), "text").splitlines()
    assert line[caret.index("^") :].startswith("HERE")
    assert len(line) < 120


# -- machines


def test_the_line_of_a_file_in_utf_16_can_be_read(tmp_path):
    page = tmp_path / "page.xml"
    page.write_text("<p>\r\n<persname/></p>", "utf-16")
    finding = Diagnostic(Code.ELEMENT_NOT_ALLOWED, Location(str(page), 2, 1), "what?")
    assert "  | <persname/></p>\n  | ^\n" in render_report(Report.of((finding,)), "text")


def test_a_long_report_shows_the_lines_of_its_first_findings_and_says_so(tmp_path):
    page = tmp_path / "page.xml"
    page.write_text("<p/>\n" * 1200, "utf-8")
    findings = [Diagnostic(Code.ELEMENT_NOT_ALLOWED, Location(str(page), line, 1), "what?") for line in range(1, 1201)]
    text = render_report(Report.of(findings), "text")
    assert text.count("| <p/>\n") == 1000
    assert text.count(" what?\n") == 1200
    assert "are shown for 1,000 findings; 200 more, without them:\n" in text


def test_json_has_one_finding_a_line(report):
    found = [json.loads(line) for line in render_report(report, "json").splitlines()]
    assert len(found) == len(report.findings)
    word = next(each for each in found if each["code"] == "TW601")
    assert (word["name"], word["severity"], word["line"], word["column"]) == ("word-missing", "error", 2, 19)
    assert word["related"] == [{"path": "tei/a.xml", "line": 7, "column": 3, "offset": None, "xpath": None}]
    assert [each["message"] for each in found] == [finding.message for finding in report.findings]


def test_sarif_has_rules_places_and_fingerprints(report):
    log = json.loads(render_report(report, "sarif"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']} ") for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    prints = [result["partialFingerprints"]["teiwrightFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_names_files_by_uri(report):
    results = json.loads(render_report(report, "sarif"))["runs"][0]["results"]
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results]
    assert "seeds/a,b%3Ac.txt" in uris
    assert any(uri.startswith("file:///") and uri.endswith("source%201.txt") for uri in uris)


def test_sarif_places_only_what_has_a_place(report):
    results = {each["ruleId"]: each for each in json.loads(render_report(report, "sarif"))["runs"][0]["results"]}
    assert results["TW601"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 19}
    assert results["TW514"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 5}
    assert results["TW514"]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/TEI/text[1]"
    assert "region" not in results["TW101"]["locations"][0]["physicalLocation"]


def test_sarif_fingerprints_stay_when_lines_are_added_above():
    def prints(line):
        report = Report.of([Diagnostic(Code.WORD_MISSING, Location("a.txt", line, 1), "gone") for line in line])
        results = json.loads(render_report(report, "sarif"))["runs"][0]["results"]
        return [each["partialFingerprints"] for each in results]

    assert prints((1, 9)) == prints((5, 13))


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_error(report):
    root = etree.fromstring(render_report(report, "junit").encode())
    assert root.get("tests") == "4"
    assert root.get("failures") == "3"
    assert len(root.findall("testsuite")) == len({finding.where.path for finding in report.findings})
    assert len(root.findall(".//failure")) == report.errors
    messages = {each.get("message") for each in root.iter("failure")}
    assert "the edition lacks `aid` of the source" in messages


def test_junit_holds_what_xml_cannot(report):
    root = etree.fromstring(render_report(report, "junit").encode())
    (output,) = root.findall(".//system-out")
    assert 'a "b" <c> & 100% | `d`: e, f\nsecond line \ufffd\ufffd[31m red' in output.text


def test_junit_without_findings_is_one_test_that_passes(empty):
    root = etree.fromstring(render_report(empty, "junit").encode())
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(root.findall(".//testcase")) == 1


def unescaped(text):
    for code, sign in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_github_annotations_can_be_read_back(report):
    lines = render_report(report, "github").splitlines()
    assert len(lines) == len(report.findings)
    errors_first = sorted(report.findings, key=lambda finding: finding.code.severity.value)
    for line, finding in zip(lines, errors_first, strict=True):
        severity, properties, message = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line).groups()
        read = dict(each.split("=", 1) for each in properties.split(","))
        assert severity == finding.code.severity.value
        assert unescaped(read["file"]) == finding.where.path
        assert read.get("line") == (str(finding.where.line) if finding.where.line else None)
        assert unescaped(message).startswith(finding.message)


def test_a_message_cannot_become_a_command_of_its_own():
    finding = Diagnostic(Code.WORD_MISSING, Location("a.txt"), "x\n::set-output name=a::b\r\n::warning::c")
    assert len(render_report(Report.of([finding]), "github").splitlines()) == 1


def cells(row):
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def test_markdown_tables_have_as_many_cells_in_each_row(report):
    tables = [block.splitlines() for block in render_report(report, "markdown").split("\n\n")[1:]]
    for table in tables:
        assert {len(cells(row)) for row in table} == {len(cells(table[0]))}
    assert ["TW601", "word-missing", "error", "1"] in [cells(row) for row in tables[0]]
    assert len(tables[1]) == 2 + len({finding.where.path for finding in report.findings})


def test_markdown_has_no_markup_of_strangers():
    finding = Diagnostic(Code.WORD_MISSING, Location("a`|b.txt"), "<img src=x> [a](b) **c** `d|e` @f")
    text = render_report(Report.of([finding]), "markdown")
    assert r"\<img src=x\> \[a\](b) \*\*c\*\* `d\|e` \@f" in text
    assert r"`` a`\|b.txt ``" in text


def test_markdown_says_when_there_are_no_findings(empty):
    assert render_report(empty, "markdown") == "No findings.\n"


@pytest.mark.parametrize("format_", ["text", "junit", "markdown"])
def test_where_all_findings_are_known_a_report_does_not_say_that_there_are_none(format_: str) -> None:
    said = render_report(Report(), format_, known=536).lower()

    assert "no new findings" in said
    assert "no findings" not in said
