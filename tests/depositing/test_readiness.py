"""Before anything is written it is told what the archive needs and nobody says; and nothing is made up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.depositing import Contents, Wish, deposit, read_header
from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.model import Agent, Licence

Unstated = Callable[..., Contents]


def findings(contents: Contents, target: str, folder: Path) -> tuple[Diagnostic, ...]:
    return deposit(contents, folder / "deposit", Wish(target=target)).findings


def without(contents: Contents, **changed: object) -> Contents:
    """As if the header said less."""
    header = replace(contents.headers[0], **changed)  # type: ignore[arg-type]
    return replace(contents, headers=(header,))


@pytest.mark.parametrize("target", ["generic", "zenodo", "roda", "archivematica", "clarin-dspace", "dataverse"])
def test_a_collection_of_which_all_is_said_is_ready_for_every_archive(
    contents: Contents, tmp_path: Path, target: str
) -> None:
    said = replace(contents, statement=replace(contents.statement, identifier="https://doi.org/10.1234/5"))

    assert findings(said, target, tmp_path) == ()


@pytest.mark.parametrize(
    ("target", "key", "nothing"),
    [
        *(("generic", key, None) for key in ("title", "description")),
        ("generic", "licence", Licence()),
        ("zenodo", "creator", None),
        ("roda", "title", None),
        ("archivematica", "description", None),
        *(("clarin-dspace", key, None) for key in ("contact_name", "contact_email", "creator")),
        ("textgrid", "licence", Licence()),
        *(("dataverse", key, None) for key in ("contact_email", "creator")),
        ("dataverse", "subjects", ()),
    ],
)
def test_what_the_archive_needs_and_nobody_says_is_told_with_how_to_say_it(
    unstated: Unstated, tmp_path: Path, target: str, key: str, nothing: object
) -> None:
    contents = without(unstated(**{key: nothing}), licence=Licence())

    found = [finding for finding in findings(contents, target, tmp_path) if finding.code is Code.FIELD_MISSING]

    assert len(found) == 1
    assert found[0].message.startswith(f"{target} needs the ")
    assert f"`{key.replace('_', '-')} = " in (found[0].hint or "")
    assert (found[0].where.path, found[0].where.line) == ("teiwright.toml", 7)
    assert not (tmp_path / "deposit").exists()


@pytest.mark.parametrize(
    ("key", "field", "nothing", "xpath"),
    [
        ("licence", "licence", Licence(), "/TEI/teiHeader/fileDesc/publicationStmt/availability/licence/@target"),
        ("publisher", "publisher", None, "/TEI/teiHeader/fileDesc/publicationStmt/publisher"),
        ("languages", "languages", (), "/TEI/teiHeader/profileDesc/langUsage/language/@ident"),
        ("date", "changes", (), "/TEI/teiHeader/revisionDesc/change/@when"),
    ],
)
def test_where_headers_could_say_it_the_place_in_tei_is_told(
    unstated: Unstated, tmp_path: Path, key: str, field: str, nothing: object, xpath: str
) -> None:
    unsaid = Licence() if key == "licence" else () if key == "languages" else None
    contents = without(unstated(**{key: unsaid}), **{field: nothing})

    found = findings(contents, "clarin-dspace", tmp_path)

    assert any(xpath in (each.hint or "") and each.related[0].xpath == xpath for each in found)


@pytest.mark.parametrize("key", ["publisher", "date", "languages", "version"])
def test_what_the_headers_say_needs_not_be_stated(unstated: Unstated, tmp_path: Path, key: str) -> None:
    contents = unstated(**{key: () if key == "languages" else None})

    assert findings(contents, "zenodo", tmp_path) == ()


def test_a_publisher_of_whom_nobody_said_anything_is_none(made: Path) -> None:
    edition = made / "tei/letter.xml"
    edition.write_text(edition.read_text().replace("The Press", "Not stated"))

    assert read_header(edition).publisher is None


def test_a_program_is_nobody_who_answers_for_an_edition(made: Path) -> None:
    assert [agent.name for agent in read_header(made / "tei/letter.xml").editors] == ["Byron, Ada"]


def test_textgrid_asks_for_the_author_of_the_work(contents: Contents, tmp_path: Path) -> None:
    found = findings(without(contents, authors=()), "textgrid", tmp_path)

    assert "/TEI/teiHeader/fileDesc/titleStmt/author" in (found[0].hint or "")


def test_who_chose_the_authors_as_creators_is_told_where_to_name_them(unstated: Unstated, tmp_path: Path) -> None:
    found = findings(without(unstated(creator="authors"), authors=()), "zenodo", tmp_path)

    assert found[0].hint == "name the author in each document, at `/TEI/teiHeader/fileDesc/titleStmt/author`"


def test_what_the_hint_says_to_write_for_the_creator_is_a_line_of_toml(unstated: Unstated, tmp_path: Path) -> None:
    found = findings(unstated(creator=None), "zenodo", tmp_path)

    first, second = re.findall(r"`(creator = [^`]+)`", found[0].hint or "")
    assert [tomllib.loads(line)["creator"] for line in (first, second)] == ["editors", "authors"]


def test_a_name_that_nobody_took_apart_is_told_and_stays_whole(unstated: Unstated, tmp_path: Path) -> None:
    found = findings(unstated(editors=(Agent("George Atcheson, Jr."),)), "zenodo", tmp_path)

    assert [finding.code for finding in found] == [Code.FIELD_WANTED]
    assert "`George Atcheson, Jr.` stand whole" in found[0].message


def test_a_document_under_another_licence_than_the_package_is_told(unstated: Unstated, tmp_path: Path) -> None:
    found = findings(unstated(licence=Licence("https://example.org/terms")), "generic", tmp_path)

    assert [finding.code for finding in found] == [Code.HEADERS_DISAGREE]
    assert "https://creativecommons.org/licenses/by/4.0/" in found[0].message


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "it has no `teiHeader`"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>", "it is not well-formed"),
        (b"no XML at all", "it is not well-formed"),
        (
            b"<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
            b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>&x;</teiHeader></TEI>",
            "it declares entities",
        ),
    ],
)
def test_a_file_without_a_header_that_can_be_read_is_not_deposited(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "bad.xml").write_bytes(data)

    with pytest.raises(TeiwrightError) as caught:
        read_header(tmp_path / "bad.xml")

    assert caught.value.finding.code is Code.UNREADABLE_HEADER
    assert why in caught.value.finding.message
