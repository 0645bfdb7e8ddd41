"""A small project: three letters, an authority file, web pages and a deposit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from teiwright.build import Build, build
from teiwright.cli import teiwright
from teiwright.project import load_project

LETTERS = {
    "alpha": "761.94/1\n\nThe Ambassador in Japan (Grew) to the Secretary of State\n\nNo. 1\n\n"
    "Sir: The negotiations ended at noon,8 and the Minister left Tokyo.[Page 12]\n\n"
    "Respectfully yours,\n\nJoseph C. Grew\n  1. Not printed.\n",
    "beta": "A second text, with a page mark [Page 2] in it.\n",
    "gamma": "A third text.\n\nIts second paragraph.\n",
}

_PROJECT = """\
title = "Letters"
publisher = "The Press"
date = 2020-02-02
sources = ["texts"]
views = ["html"]

[authority]
persons = "tei/authority/persons.xml"

[licence]
target = "https://creativecommons.org/publicdomain/mark/1.0/"

[deposit]
name = "letters"
description = "Letters of the Embassy"
languages = ["en"]
"""

_PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Persons</title></titleStmt><publicationStmt><p>None</p></publicationStmt>
<sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="grew"><persName type="preferred">Grew, Joseph C.</persName>
<persName type="variant">Joseph C. Grew</persName></person></listPerson></standOff></TEI>
"""


class Workplace:
    """A project's folder, with what tests ask of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, jobs: int = 0) -> Build:
        """Build it in this process, or with several workers."""
        return build(load_project(self.folder / "teiwright.toml"), jobs)

    def digests(self) -> dict[str, str]:
        """Every file but the build's own memory, by name and content."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        names = ((path, path.relative_to(self.folder).as_posix()) for path in files)
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path, name in names
            if not name.startswith(".teiwright/")
        }

    def edition(self, name: str) -> Path:
        """The edition of a text."""
        return self.folder / "tei" / f"{name}.xml"

    def edit(self, name: str) -> bytes:
        """Change a word of an edition, as a person would; the new content."""
        path = self.edition(name)
        path.write_bytes(path.read_bytes().replace(b"</title>", b", Revised</title>", 1))
        return path.read_bytes()


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """A project that was never built."""
    folder = tmp_path / "letters"
    (folder / "texts").mkdir(parents=True)
    (folder / "tei" / "authority").mkdir(parents=True)
    for name, text in LETTERS.items():
        (folder / "texts" / f"{name}.txt").write_text(text)
    (folder / "teiwright.toml").write_text(_PROJECT)
    (folder / "tei" / "authority" / "persons.xml").write_text(_PERSONS)
    return Workplace(folder)


@pytest.fixture
def command() -> Callable[..., str]:
    """A command of teiwright; what it prints."""

    def run(*arguments: str) -> str:
        ended = CliRunner().invoke(teiwright, arguments, standalone_mode=False)
        assert ended.exception is None, ended.exception
        return ended.output

    return run
