"""The real command line, as a user runs it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where commands are run."""
    return tmp_path


@pytest.fixture
def teiwright(folder: Path) -> Run:
    """Runs ``teiwright`` with arguments in the folder."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    environment.pop("SOURCE_DATE_EPOCH", None)

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "teiwright", *arguments]
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def digests(folder: Path) -> Callable[[], dict[str, str]]:
    """Every file below the folder, by name and content."""

    def look() -> dict[str, str]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    return look
