"""What ARCHITECTURE.md and CONTRIBUTING.md promise of the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from teiwright.diagnostics import Code

PACKAGE = Path(__file__).parent.parent.parent / "pipeline" / "teiwright"
STAGES = (
    *("reading", "parsing", "naming", "encoding", "checking", "comparing", "rendering"),
    *("depositing", "verifying", "reporting", "publishing"),
)
SHARED = {"teiwright"} | {
    f"teiwright.{name}"
    for name in (
        "model",
        "diagnostics",
        "resources",
        "extracted",
        "digests",
        "relaxng",
        "loading",
        "caching",
        "notebooks",
        "spooling",
        "uncollected",
    )
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_nothing_from_another_stage(stage: str) -> None:
    foreign = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in (PACKAGE / stage).rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] == "teiwright" and name not in SHARED and not f"{name}.".startswith(f"teiwright.{stage}.")
    }

    assert foreign == set()


def test_the_validator_knows_nothing_of_the_rest() -> None:
    foreign = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in (PACKAGE / "relaxng").rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] == "teiwright"
        and not f"{name}.".startswith("teiwright.relaxng.")
        and name != "teiwright.uncollected"
    }

    assert foreign == set()


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]

    assert long == []


def test_every_finding_has_its_page() -> None:
    pages = {path.stem: path.read_text().splitlines()[0] for path in (PACKAGE / "explanations").glob("TW*.md")}

    assert pages == {code.number: f"# {code.number} {code.title}" for code in Code}
