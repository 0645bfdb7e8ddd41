"""The exit code follows the gravest finding, and whatever happens becomes a message."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from teiwright.cli.outcomes import exit_code, run
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.guarding import guarded

_WHERE = Location("letter.txt", 3, 1)


def found(*codes: Code) -> list[Diagnostic]:
    return [Diagnostic(code, _WHERE, "something") for code in codes]


@pytest.mark.parametrize(
    ("codes", "strict", "expected"),
    [
        ((), False, 0),
        ((Code.NOTE_WITHOUT_CALLOUT,), False, 0),
        ((Code.NOTE_WITHOUT_CALLOUT,), True, 1),
        ((Code.WORD_MISSING,), False, 1),
        ((Code.WORD_MISSING, Code.NOT_FOUND), False, 2),
        ((Code.UNREADABLE_SCHEMA,), False, 2),
        ((Code.SCHEMA_TOO_SLOW,), False, 2),
        ((Code.NOT_FOUND, Code.OUR_BUG), False, 3),
    ],
)
def test_the_gravest_finding_decides(codes: tuple[Code, ...], strict: bool, expected: int) -> None:
    assert exit_code(found(*codes), strict=strict) == expected


def command_that_raises(error: BaseException) -> click.Command:
    @click.command()
    @click.option("--debug", is_flag=True)
    def command(debug: bool) -> None:  # noqa: ARG001 (as of the real command)
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "expected", "phrase"),
    [
        (TeiwrightError(found(Code.NO_PROJECT)[0]), 2, "letter.txt:3:1: error[TW901] something"),
        (TeiwrightError(found(Code.WORD_MISSING)[0]), 1, "error[TW601]"),
        (KeyError("x"), 3, "error[TW999] teiwright itself failed here: KeyError: 'x'"),
        (RecursionError("too deep"), 3, "RecursionError"),
        (OSError(errno.EACCES, "Permission denied", "a/b"), 2, "a/b: error[TW102] the system refuses it: permission"),
        (OSError(errno.ENOSPC, "No space left", "a/b"), 2, "a/b: error[TW908] no space is left on the disk"),
        (OSError(errno.ENOSPC, "No space left"), 2, "error[TW908] no space is left on the disk"),
        (OSError(errno.EBADF, "Bad file descriptor"), 3, "Bad file descriptor"),
        (click.UsageError("wrong"), 2, "wrong"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_whatever_is_raised_becomes_a_message(
    error: BaseException, expected: int, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command_that_raises(error), []) == expected

    said = capsys.readouterr().err
    assert phrase in said
    assert "Traceback" not in said


def test_a_database_that_finds_the_disk_full_is_no_failure_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as database:
        database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError, match="full") as caught:
            database.execute("CREATE TABLE a (b)")

    assert run(command_that_raises(caught.value), []) == 2
    assert "error[TW908] no space is left on the disk" in capsys.readouterr().err


def test_a_traceback_is_printed_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run(command_that_raises(KeyError("x")), ["--debug"])

    assert "Traceback" in capsys.readouterr().err


def test_what_a_file_does_to_the_program_is_a_finding_about_that_file() -> None:
    def work() -> tuple[Diagnostic, ...]:
        raise ValueError("odd\nthing")

    (finding,) = guarded("letter.txt", work)

    assert (finding.code, finding.where.path) == (Code.OUR_BUG, "letter.txt")
    assert "ValueError: odd thing" in finding.message


def test_what_nobody_read_did_not_end_well(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "teiwright", "explain", "TW503"]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(program, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")
