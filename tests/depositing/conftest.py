"""A small collection, and the deposit that is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.depositing import Contents, Done, File, Role, deposit, read_header
from teiwright.model import Licence, Statement

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter" xml:lang="en"><teiHeader>
<fileDesc><titleStmt><title type="main">A Letter from Tokyo</title><title type="sub">No. 1</title>
<author><persName>Joseph C. Grew, Jr.</persName></author>
<editor><persName ref="https://orcid.org/0000-0002-1825-0097">
<forename>Ada</forename> <surname>Byron</surname></persName></editor>
<respStmt><resp>Encoded</resp><name type="software">a program</name></respStmt></titleStmt>
<editionStmt><edition n="1.2"/></editionStmt>
<publicationStmt><publisher>The Press</publisher><date when="2020-02-02"/>
<availability><licence target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt>
<sourceDesc><bibl>The papers of <title>the Embassy</title></bibl></sourceDesc>
</fileDesc><profileDesc><creation><date when="1933-01-12"/></creation>
<langUsage><language ident="en"/></langUsage></profileDesc>
<revisionDesc><change when="2020-02-01" who="#byron">Two words corrected.</change>
<change when="2020-01-01">Encoded.</change></revisionDesc></teiHeader>
<text><body><p>Dear Sir,</p></body></text></TEI>"""

STATEMENT = Statement(
    name="letters",
    place="teiwright.toml",
    line=7,
    title="Letters",
    description="Letters,\nand nothing else",
    date="2020-02-02",
    publisher="The Press",
    organization="The Library",
    licence=Licence("https://creativecommons.org/licenses/by/4.0/"),
    creator="editors",
    subjects=("Arts and Humanities",),
    keywords=("letters",),
    contact_name="Ada Byron",
    contact_email="ada@example.org",
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The files of which the deposit is made."""
    folder = tmp_path / "made"
    texts = {"tei/letter.xml": TEI, "sources/letter.txt": "Dear Sir,\n", "html/letter.html": "<p>Dear Sir,</p>"}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def contents(made: Path) -> Contents:
    header = read_header(made / "tei/letter.xml")
    files = (
        File(Role.TEI, "letter.xml", made / "tei/letter.xml", "letter", header.sha256),
        File(Role.SOURCE, "letter.txt", made / "sources/letter.txt", "letter"),
        File(Role.HTML, "letter.html", made / "html/letter.html", "letter"),
        File(Role.SCHEMA, "letter.rng", b"<grammar xmlns='http://relaxng.org/ns/structure/1.0'/>"),
    )
    return Contents(STATEMENT, (header,), files, (Done("validation", "Checked", "no errors"),))


@pytest.fixture
def target(contents: Contents, tmp_path: Path) -> Path:
    """The folder of a deposit."""
    folder = tmp_path / "out" / "deposit"
    assert deposit(contents, folder).findings == ()
    return folder


@pytest.fixture
def bag(target: Path) -> Path:
    return target / "letters"


@pytest.fixture
def tree(bag: Path) -> Path:
    """The root of the package itself, which is an RO-Crate and an E-ARK SIP."""
    (found,) = (bag / "data").iterdir()
    return found


@pytest.fixture
def digests() -> Callable[[Path], dict[str, str]]:
    """What stands in a folder, by name and content."""

    def of(folder: Path) -> dict[str, str]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    return of


@pytest.fixture
def unstated(contents: Contents) -> Callable[..., Contents]:
    """The collection with some of what is stated of it changed."""

    def of(**changed: object) -> Contents:
        return replace(contents, statement=replace(contents.statement, **changed))  # type: ignore[arg-type]

    return of
