"""The benchmark of speed runs on any folder of texts and prints its two tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SPEED = Path(__file__).parent.parent.parent / "benchmarks" / "speed.py"


def test_speed_is_measured_in_proportion_to_lxml(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sir: The negotiations ended at noon.\n\n" * 50)

    ended = subprocess.run([sys.executable, SPEED, tmp_path], capture_output=True, text=True, check=True)

    lines = ended.stdout.splitlines()
    ratios = {line.split("  ")[0]: float(line.split()[-1]) for line in lines[3:9]}
    assert ratios["lxml"] == 1.0
    assert ratios["parse"] > 0
    assert [line.split()[0] for line in lines[-5:-1]] == ["500,000", "1,000,000", "2,500,000", "5,000,000"]


def test_without_texts_it_says_how_it_is_used(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, SPEED, tmp_path], capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "benchmarks/speed.py FOLDER" in ended.stderr
