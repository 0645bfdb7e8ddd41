"""The benchmarks run on any folder of texts and print their tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SPEED = Path(__file__).parent.parent.parent / "benchmarks" / "speed.py"


def test_speed_is_measured_in_proportion_to_lxml(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sir: The negotiations ended at noon.\n\n" * 50)

    ended = subprocess.run([sys.executable, SPEED, tmp_path, "--quick"], capture_output=True, text=True, check=True)

    lines = ended.stdout.splitlines()
    ratios = {line.split("  ")[0]: float(line.split()[-1]) for line in lines[3:9]}
    assert ratios["lxml"] == 1.0
    assert ratios["parse"] > 0
    assert [line.split()[0] for line in lines[-5:-1]] == ["50,000", "100,000", "250,000", "500,000"]


def test_without_texts_it_says_how_it_is_used(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, SPEED, tmp_path], capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "benchmarks/speed.py FOLDER" in ended.stderr


LETTER = """The Minister in Ruritania (Hentzau) to the Secretary of State

Strelsau, May 1, 1933.

Sir: The treaty was signed in July,1 and nobody was surprised by it.2

Rupert Hentzau
  1. Not printed.
  2. See page 12.
"""
PUBLISHED = """<div xmlns="http://www.tei-c.org/ns/1.0"><head>The Minister in Ruritania
(<persName>Hentzau</persName>) to the Secretary of State</head>
<opener><dateline><placeName>Strelsau</placeName>, <date when="1933-05-01">May 1, 1933</date>.</dateline></opener>
<p>Sir: The treaty was signed in July,<note n="1">Not printed.</note> and nobody was surprised by it.</p>
<p>Rupert Hentzau<note n="2">See page 12.</note></p></div>
"""


def measured(benchmark: str, *arguments: object) -> dict[str, list[str]]:
    path = SPEED.with_name(benchmark)
    ended = subprocess.run([sys.executable, path, *arguments], capture_output=True, text=True, check=True)
    return {line[:22].strip(): line[22:].split() for line in ended.stdout.splitlines()}


def published(folder: Path) -> Path:
    (folder / "letter.txt").write_text(LETTER)
    (folder / "letter.xml").write_text(PUBLISHED)
    (folder / "index.tsv").write_text("name\tby\nletter\tstaff\n")
    return folder


def test_accuracy_counts_what_the_publisher_says_too_and_by_groups(tmp_path: Path) -> None:
    rows = measured("accuracy.py", published(tmp_path), "--table", tmp_path / "index.tsv", "--by", "by")

    assert ["1", "1.0000", "1.0000", "1.0000", "1.0000"] == rows["head"]
    assert ["2", "0.5000", "0.5000", "0.5000", "0.5000"] == rows["notes"]
    assert ["1", "1.0000", "1.0000", "1.0000", "1.0000"] == rows["persName in head"]


def test_calibration_counts_the_right_among_what_is_certain(tmp_path: Path) -> None:
    rows = measured("calibration.py", published(tmp_path))

    assert ["1/2", "=", "0.500", "–", "–"] == rows["callout"]
    assert ["1/1", "=", "1.000", "–", "–"] == rows["date in dateline"]
