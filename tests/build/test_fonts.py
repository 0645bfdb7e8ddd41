"""A script that the print view's own fonts lack needs a folder of fonts, in a project and without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from teiwright.diagnostics import Code

pytest.importorskip("typst", exc_type=ImportError)

TIFINAGH = "A word in another script: \u2d63\u2d53\u2d54.\n"
WITH_TIFINAGH = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    if not WITH_TIFINAGH.is_file():
        pytest.skip(f"{WITH_TIFINAGH} is not installed")
    (tmp_path / "fonts").mkdir()
    shutil.copy(WITH_TIFINAGH, tmp_path / "fonts")
    return tmp_path / "fonts"


@pytest.mark.usefixtures("fonts")
def test_a_project_names_its_fonts(workplace: Any) -> None:
    folder = workplace.folder
    (folder / "texts" / "delta.txt").write_text(TIFINAGH, "utf-8")
    file = folder / "teiwright.toml"
    file.write_text(file.read_text().replace('views = ["html"]', 'views = ["print"]'))
    without = workplace.build().report.findings
    assert [finding.code for finding in without] == [Code.NO_GLYPH]
    assert not (folder / "out" / "pdf" / "delta.pdf").exists()
    file.write_text(file.read_text().replace("[authority]", 'fonts = "../fonts"\n\n[authority]', 1))

    assert workplace.build().report.findings == ()
    assert (folder / "out" / "pdf" / "delta.pdf").is_file()


@pytest.mark.parametrize(("arguments", "code"), [((), 1), (("--fonts", "fonts"), 0), (("--fonts", "none"), 2)])
@pytest.mark.usefixtures("fonts")
def test_render_takes_a_folder_of_fonts(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    (tmp_path / "letter.txt").write_text(TIFINAGH, "utf-8")

    def run(*words: str) -> int:
        command = [sys.executable, "-m", "teiwright", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert run("encode", "letter.txt", "-o", "tei") == 0

    assert run("render", "tei/letter.xml", "--to", "pdf", "-o", "made", *arguments) == code
    assert (tmp_path / "made" / "letter.pdf").is_file() == (code == 0)
