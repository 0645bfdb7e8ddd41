"""A project whose texts lie in one file."""

from __future__ import annotations

import json
from pathlib import Path

from teiwright.build import build
from teiwright.project import load_project

PROJECT = 'title = "Letters"\ndate = 2020-02-02\nsources = ["letters.jsonl"]\nviews = ["text"]\n'


def test_a_build_unpacks_what_changed_and_makes_no_more_again(tmp_path: Path) -> None:
    records = {f"letter-{number}": f"A letter, the {number}th.\n" for number in range(1, 4)}
    (tmp_path / "teiwright.toml").write_text(PROJECT)
    source = tmp_path / "letters.jsonl"

    def built(also: str = "") -> tuple[tuple[str, ...], list[str]]:
        lines = [json.dumps({"id": name, "text": text}) + "\n" for name, text in records.items()]
        source.write_text("".join(lines) + also)
        done = build(load_project(tmp_path / "teiwright.toml"), 0)
        return done.made, [f"{f.code.number} {Path(f.where.path).name}:{f.where.line}" for f in done.report.findings]

    assert built() == (("letter-1", "letter-2", "letter-3"), [])
    assert (tmp_path / "out" / "text" / "letter-2.txt").is_file()
    assert built() == ((), [])

    records["letter-2"] += "A postscript.\n"

    assert built() == (("letter-2",), [])
    assert built("no record\n") == ((), ["TW111 letters.jsonl:4"])
    assert built("no record\n") == ((), ["TW111 letters.jsonl:4"])

    del records["letter-3"]

    assert built() == ((), ["TW907 letter-3.xml:0"])
    assert not (tmp_path / "letters" / "letter-3.txt").exists()
