"""Many editions in one file."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from teiwright.cli import teiwright

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}"><text><body><p>Dear Ætt</p></body></text></TEI>'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tei").mkdir()
    for name in ("one", "two"):
        (tmp_path / "tei" / f"{name}.xml").write_text(TEI.format(id=f"letter-{name}"))
    (tmp_path / "tei" / "wrong.xml").write_text("<TEI>")
    return lambda *arguments: CliRunner().invoke(teiwright, arguments, standalone_mode=False)


def test_lines_have_a_row_for_each_edition(run: Callable[..., Result], tmp_path: Path) -> None:
    data = (tmp_path / "tei" / "one.xml").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "tei" / "teiwright.sha256").write_text(f"{digest}  one.xml\n{'0' * 64}  two.xml\n")

    run("pack", "tei", "-o", "out.jsonl")
    one, two, wrong = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())

    assert one == {
        "id": "letter-one",
        "path": "tei/one.xml",
        "content": data.decode(),
        "size": len(data),
        "sha256": digest,
        "status": "written",
        "findings": [],
    }
    assert (two["status"], wrong["status"], wrong["content"]) == ("edited", "failed", None)
    assert "tei/wrong.xml" in wrong["findings"][0]


def test_a_table_in_parquet_has_the_same_rows(run: Callable[..., Result], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")

    run("pack", "tei", "-o", "out.parquet")
    run("pack", "tei", "-o", "out.jsonl")

    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert rows == [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("name", ["out.tar", "out.tar.gz", "out.zip", "out.jsonl.gz"])
def test_what_is_packed_twice_is_the_same_file(name: str, run: Callable[..., Result], tmp_path: Path) -> None:
    run("pack", "tei", "-o", name)
    first = (tmp_path / name).read_bytes()
    (tmp_path / "tei" / "one.xml").touch()
    run("pack", "tei", "-o", name)

    assert (tmp_path / name).read_bytes() == first
    match name.rpartition(".")[2]:
        case "zip":
            assert zipfile.ZipFile(name).namelist() == ["one.xml", "two.xml"]
        case "tar":
            with tarfile.open(name) as archive:
                assert archive.getnames() == ["one.xml", "two.xml"]


def test_a_corpus_includes_the_editions_where_they_are(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "tei" / "wrong.xml").unlink()

    run("pack", "tei", "-o", "books/corpus.xml", "--title", "Letters & notes")
    corpus = etree.parse(tmp_path / "books" / "corpus.xml")
    corpus.xinclude()

    ids = [tei.get("{http://www.w3.org/XML/1998/namespace}id") for tei in corpus.iter("{*}TEI")]
    assert ids == ["letter-one", "letter-two"]
    assert corpus.findtext(".//{*}title") == "Letters & notes"


def test_texts_in_one_file_become_editions_in_one_file(run: Callable[..., Result], tmp_path: Path) -> None:
    records = [{"id": "letter-1", "text": "Dear Sir,\n", "title": "One"}, {"id": "letter-2", "text": " \n"}]
    (tmp_path / "letters.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))

    ended = run("encode", "letters.jsonl", "-o", "editions.jsonl")
    one, two = map(json.loads, (tmp_path / "editions.jsonl").read_text().splitlines())

    assert (one["id"], one["path"], one["status"]) == ("letter-1", "letter-1.xml", "written")
    assert "Dear Sir," in one["content"]
    assert (two["status"], two["content"]) == ("failed", None)
    assert "letters.jsonl/letter-2.txt: error[TW105]" in ended.stderr


def test_where_there_is_no_edition_no_file_is_made(run: Callable[..., Result], tmp_path: Path) -> None:
    ended = run("pack", "missing.xml", "-o", "out.zip")

    assert (ended.return_value, "missing.xml: error[TW101]" in ended.stderr) == (2, True)
    assert not (tmp_path / "out.zip").exists()
