"""Files that hold many texts, as folders of texts."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from teiwright.bulk.forms import folder_of
from teiwright.bulk.unpacking import unpack
from teiwright.diagnostics import Diagnostic
from teiwright.reading import read

LETTERS = [
    {"id": "letter-1", "text": "Dear Sir,\n", "title": "To the “Minister”", "date": "1912-03-04"},
    {"id": "letter-2", "text": "My dear Ætt,\n", "sent.name": "A | B", "origin": {"volume": 7}},
]


def lines(file: Path, records: list[Any]) -> Path:
    file.write_text("".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records))
    return file


def zipped(file: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def tarred(file: Path, members: dict[str, str], links: dict[str, str]) -> Path:
    with tarfile.open(file, "w:gz" if file.suffix == ".gz" else "w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data.encode())
            archive.addfile(entry, io.BytesIO(data.encode()))
        for name, target in links.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return file


def unpacked(source: Path) -> dict[str, str]:
    findings = list(unpack(source, folder_of(source)))
    assert [str(finding) for finding in findings] == []
    return content(folder_of(source))


def content(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted(folder.glob("*.t*")) if file.suffix in {".txt", ".toml"}}


def told(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code.number, str(finding.where)) for finding in findings]


def test_a_record_becomes_a_text_with_its_sidecar(tmp_path: Path) -> None:
    unpacked(lines(tmp_path / "letters.jsonl", LETTERS))
    first, second = (read(tmp_path / "letters" / f"letter-{number}.txt") for number in (1, 2))

    assert (first.text, first.metadata.id, first.metadata.title) == ("Dear Sir,\n", "letter-1", "To the “Minister”")
    assert first.metadata.date is not None
    assert first.metadata.date.when == "1912-03-04"
    assert (second.text, second.metadata.origin.volume) == ("My dear Ætt,\n", "7")
    assert [party.name for party in second.metadata.sent] == ["A", "B"]


def test_lines_packed_by_gzip_are_the_same_texts(tmp_path: Path) -> None:
    plain = lines(tmp_path / "plain.jsonl", LETTERS)
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert unpacked(packed) == unpacked(plain)


def test_parquet_has_the_same_texts(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = arrow.Table.from_pylist([dict.fromkeys(("title", "date", "sent.name", "origin")) | row for row in LETTERS])
    parquet.write_table(table, tmp_path / "rows.parquet")

    assert unpacked(tmp_path / "rows.parquet") == unpacked(lines(tmp_path / "letters.jsonl", LETTERS))


@pytest.mark.parametrize("name", ["letters.zip", "letters.tar", "letters.tar.gz"])
def test_an_archive_has_texts_and_sidecars(name: str, tmp_path: Path) -> None:
    members = {"box/letter-1.txt": "Dear Sir,\n", "box/letter-1.toml": 'title = "One"\n', "box/letter-2.txt": "Ætt\n"}
    source = zipped(tmp_path / name, members) if name.endswith("zip") else tarred(tmp_path / name, members, {})

    assert unpacked(source) == {path.removeprefix("box/"): data for path, data in members.items()}


BROKEN = {
    "no JSON": ("Dear Sir", "TW111"),
    "no table": ([1, 2], "TW111"),
    "no text": ({"id": "letter-3", "body": "Dear Sir"}, "TW111"),
    "no id": ({"text": "Dear Sir"}, "TW111"),
    "half a character": ('{"id": "letter-3", "text": "\\ud800"}', "TW111"),
    "an unknown key": ({"id": "letter-3", "text": "Dear Sir", "titel": "One"}, "TW108"),
    "a date that is none": ({"id": "letter-3", "text": "Dear Sir", "date": "March"}, "TW108"),
    "an id that was there": ({"id": "Letter-1", "text": "Dear Sir"}, "TW905"),
    "depth without end": ('{"id": "letter-3", "text": "Dear Sir", "sent": ' + "[" * 100_000, "TW111"),
}


@pytest.mark.parametrize(("record", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_named_and_all_others_are_there(record: Any, code: str, tmp_path: Path) -> None:
    source = lines(tmp_path / "letters.jsonl", [LETTERS[0], record, LETTERS[1]])

    findings = list(unpack(source, tmp_path / "letters"))

    assert told(findings) == [(code, f"{source}:2")]
    assert [name for name in content(tmp_path / "letters") if name.endswith(".txt")] == ["letter-1.txt", "letter-2.txt"]


def test_an_id_that_leads_out_is_changed_and_told(tmp_path: Path) -> None:
    source = lines(tmp_path / "letters.jsonl", [{"id": "../../evil", "text": "Dear Sir,\n"}, {"id": 7, "text": "7\n"}])

    (finding,) = unpack(source, tmp_path / "letters")

    assert finding.code.number == "TW113"
    assert "2 ids" in finding.message
    assert "`../../evil`, now `evil`" in finding.message
    assert set(content(tmp_path / "letters")) == {"evil.txt", "text-7.txt"}


def test_nothing_of_an_archive_is_written_outside_its_folder(tmp_path: Path) -> None:
    within = {"letter-1.txt": "Dear Sir,\n", "../evil.txt": "Evil\n", "/evil.txt": "Evil\n", "scan.jpg": "x"}
    source = tarred(tmp_path / "letters.tar", within, {"passwd.txt": "/etc/passwd"})

    findings = list(unpack(source, tmp_path / "letters"))

    assert {finding.code.number for finding in findings} == {"TW112", "TW752", "TW754"}
    assert content(tmp_path / "letters") == {"letter-1.txt": "Dear Sir,\n"}
    assert {path.name for path in tmp_path.iterdir()} == {"letters.tar", "letters"}


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.jsonl.gz"])
def test_a_bomb_is_not_unpacked(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    if name.endswith("zip"):
        zipped(source, {"bomb.txt": "a" * 30_000_000, "letter-1.txt": "Dear Sir,\n"})
    else:
        source.write_bytes(gzip.compress((b" " * 9_999 + b"\n") * 3_000))

    findings = list(unpack(source, tmp_path / "out"))

    assert "TW760" in {finding.code.number for finding in findings}
    assert sum(len(text) for text in content(tmp_path / "out").values()) < 100


@pytest.mark.parametrize("name", ["letters.tar.gz", "letters.zip", "letters.jsonl.gz"])
def test_a_file_that_breaks_off_is_a_finding_and_removes_nothing(name: str, tmp_path: Path) -> None:
    whole = lines(tmp_path / "letters.jsonl", LETTERS)
    unpacked(whole)
    members = {f"letter-{number}.txt": f"{number} " * 2000 for number in range(1, 9)}
    match name.partition(".")[2]:
        case "zip":
            data = zipped(tmp_path / name, members).read_bytes()
        case "tar.gz":
            data = tarred(tmp_path / name, members, {}).read_bytes()
        case _:
            data = gzip.compress(whole.read_bytes())
    (tmp_path / name).write_bytes(data[: len(data) // 2])

    findings = list(unpack(tmp_path / name, tmp_path / "letters"))

    assert [finding for finding in findings if finding.code.severity.value == "error"]
    assert {"letter-1.txt", "letter-2.txt"} <= set(content(tmp_path / "letters"))


def test_what_is_no_longer_in_the_file_goes_and_what_a_person_changed_stays(tmp_path: Path) -> None:
    third, fourth = {"id": "letter-3", "text": "Sir,\n"}, {"id": "letter-4", "text": "Sir,\n", "title": "Four"}
    source = lines(tmp_path / "letters.jsonl", [*LETTERS, third, fourth])
    unpacked(source)
    for name in ("letter-1.txt", "letter-3.txt"):
        (tmp_path / "letters" / name).write_text("Corrected by hand\n")
    (tmp_path / "letters" / "own.txt").write_text("A text of mine\n")
    lines(source, [{"id": "letter-1", "text": "Dear Madam,\n"}, LETTERS[1]])

    findings = list(unpack(source, tmp_path / "letters"))
    now = content(tmp_path / "letters")

    assert sorted(finding.code.number for finding in findings) == ["TW906", "TW907"]
    assert set(now) == {"letter-1.txt", "letter-2.txt", "letter-2.toml", "letter-3.txt", "own.txt"}
    assert now["letter-1.txt"] == now["letter-3.txt"] == "Corrected by hand\n"
