"""`teiwright.sha256`, the record of what was last written into a folder, also of very many files."""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from teiwright.recording import Record
from teiwright.writing import RECORD, add_to_record, digest_of, read_record, write_record

NAMES = ("letter-1.xml", "Ætt.xml", "two\nlines.xml", "a \\ backslash.xml")
DIGESTS = {name: digest_of(name.encode()) for name in NAMES}


def test_a_record_is_the_same_file_whether_it_was_held_on_disk_or_in_memory(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with closing(Record(tmp_path / "disk")) as record:
        record.update(DIGESTS)
        record.write()
    write_record(tmp_path / "memory", DIGESTS)

    assert (tmp_path / "disk" / RECORD).read_bytes() == (tmp_path / "memory" / RECORD).read_bytes()
    assert read_record(tmp_path / "disk") == DIGESTS


def test_what_a_killed_run_noted_twice_has_the_digest_of_the_file_that_stands_there(tmp_path: Path) -> None:
    letter = tmp_path / "letter.xml"
    letter.write_bytes(b"as it was")
    for data in (b"as it was", b"as it was to be"):
        add_to_record(tmp_path, letter.name, digest_of(data))

    with closing(Record(tmp_path)) as record:
        assert dict(record) == {letter.name: digest_of(b"as it was")} == read_record(tmp_path)


def test_a_file_that_is_taken_from_the_record_is_no_longer_there(tmp_path: Path) -> None:
    with closing(Record(tmp_path)) as record:
        record.update(DIGESTS)
        for name in record:
            del record[name]

        assert not record
        with pytest.raises(KeyError):
            del record["letter-1.xml"]


def test_memory_does_not_grow_with_the_files_of_a_record(tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text("".join(f"{n:064x}  frus1952-54v13p1-d{n}.xml\n" for n in range(4_000)))
    tracemalloc.start()
    with closing(Record(tmp_path)) as record:
        record["one-more.xml"] = digest_of(b"")
        record.write()
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 300_000  # a dict of these takes 900 kB
    assert len(read_record(tmp_path)) == 4_001
