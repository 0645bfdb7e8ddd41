"""Every command in README.md runs, in the order in which a reader would type them.

Commands stand in ``console`` blocks after ``$ ``; a line that begins with ``> `` goes on with the command above it.
One that ends in ``# exits with N`` must do so. All of them share one shell, in a copy of the project.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

SET_UP = (
    r"git clone ",
    r"(python3? -m )?pip install ",
    r"python3? -m venv ",
    r"(\.|source) \S*bin/activate$",
    r"cd teiwright$",
    r"tox( |$)",
    r"\.ci/run$",
    r"(sudo )?apt(-get)? ",
)
"""Commands that set up what the tests already run in, or that run the tests themselves."""

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXITS = re.compile(r"\s+# exits with (\d+)$")


def commands(text: str) -> list[str]:
    """The commands of all blocks, continued lines joined."""
    found: list[str] = []
    for block in _BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(line[2:])
            elif line.startswith("> ") and found:
                found[-1] += "\n" + line[2:]
    return found


def without_set_up(command: str) -> str:
    """A command, such as ``pip install . && teiwright build``, without the parts that are on the list.

    What a reader runs from ``.venv`` is run from the environment of the tests.
    """
    parts = [part.strip().removeprefix(".venv/bin/") for part in command.split("&&")]
    return " && ".join(part for part in parts if not any(re.match(pattern, part) for pattern in SET_UP))


def script(wanted: list[str]) -> str:
    """A shell script that runs the commands and stops at the first that ends otherwise than it should."""
    lines = []
    for number, command in enumerate(wanted):
        exits = _EXITS.search(command)
        code = exits[1] if exits else "0"
        plain = _EXITS.sub("", command)
        lines += [plain, f'code=$?; [ $code = {code} ] || {{ echo "command {number} ended with $code"; exit 1; }}']
    return "\n".join(lines)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a reader has it after ``git clone``."""
    made = shutil.ignore_patterns(
        ".git", ".tox", ".venv", "node_modules", "out", ".teiwright", "*_cache", "__pycache__"
    )
    return shutil.copytree(ROOT, tmp_path / "teiwright", ignore=made)


def test_every_command_of_the_readme_runs(copy: Path) -> None:
    readme = (ROOT / "README.md").read_text()
    wanted = [left for command in commands(readme) if (left := without_set_up(command))]
    assert any("teiwright build" in command for command in wanted)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    ended = subprocess.run(
        ["bash", "-c", script(wanted)],
        cwd=copy,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    said = f"{ended.stdout[-3000:]}\n{ended.stderr[-3000:]}"
    assert ended.returncode == 0, "\n".join([*(f"{i}: {c}" for i, c in enumerate(wanted)), said])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```console\n$ a\noutput\n$ b\n```\n", ["a", "b"]),
        ("```console\n$ cat > x <<END\n> one\n> END\n```\n", ["cat > x <<END\none\nEND"]),
        ("```python\n$ a\n```\n", []),
    ],
)
def test_commands_are_found(text: str, expected: list[str]) -> None:
    assert commands(text) == expected


@pytest.mark.parametrize("command", ["false", "exit 3", "true # exits with 1", "nonsense"])
def test_a_command_that_ends_otherwise_is_noticed(command: str) -> None:
    assert subprocess.run(["bash", "-c", script([command])], capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("python3 -m venv .venv && .venv/bin/pip install .", ""),
        ("pip install '.[pdf]' && teiwright build", "teiwright build"),
        (".venv/bin/pip install tox && .venv/bin/tox", ""),
        (".venv/bin/teiwright build", "teiwright build"),
        ("teiwright encode toxic.txt", "teiwright encode toxic.txt"),
    ],
)
def test_only_listed_commands_are_skipped(command: str, left: str) -> None:
    assert without_set_up(command) == left
