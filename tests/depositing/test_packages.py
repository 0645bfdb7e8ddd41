"""A package is sound in others' eyes, says what is known and no more, and each of its parts agrees with the others."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import bagit
import pytest
from lxml import etree

from teiwright.depositing import Contents, Role, Wish, deposit
from teiwright.depositing.header import Change
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Agent, Licence
from teiwright.presenting import FOLDERS
from teiwright.verifying import verify

METS = {"m": "http://www.loc.gov/METS/", "x": "http://www.w3.org/1999/xlink"}
PREMIS = {"p": "http://www.loc.gov/premis/v3"}
Digests = Callable[[Path], dict[str, str]]


def in_mets(tree: Path) -> dict[str, tuple[str, str]]:
    """Size and checksum of each file that METS tells of."""
    root = etree.parse(tree / "METS.xml")
    found = root.xpath("//m:file/m:FLocat | //m:mdRef", namespaces=METS)
    facts = [(each, each if each.get("SIZE") else each.getparent()) for each in found]
    return {each.get(f"{{{METS['x']}}}href"): (facts.get("SIZE"), facts.get("CHECKSUM")) for each, facts in facts}


def in_crate(tree: Path) -> dict[str, tuple[str, str]]:
    graph = json.loads((tree / "ro-crate-metadata.json").read_text())["@graph"]
    return {each["@id"]: (each["contentSize"], each["sha256"]) for each in graph if "sha256" in each}


def in_premis(tree: Path) -> dict[str, tuple[str, str]]:
    objects = etree.parse(tree / "metadata/preservation/premis.xml").xpath("//p:object", namespaces=PREMIS)
    text = lambda each, name: each.findtext(f".//p:{name}", namespaces=PREMIS)  # noqa: E731 (three times the same)
    return {text(o, "objectIdentifierValue"): (text(o, "size"), text(o, "messageDigest")) for o in objects}


def on_disk(tree: Path) -> dict[str, tuple[str, str]]:
    files = (path for path in tree.rglob("*") if path.is_file())
    return {
        path.relative_to(tree).as_posix(): (str(path.stat().st_size), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in files
    }


def entity(tree: Path, identifier: str) -> dict[str, Any]:
    graph = json.loads((tree / "ro-crate-metadata.json").read_text())["@graph"]
    return next(each for each in graph if each["@id"] == identifier)


def test_bagit_python_finds_the_bag_valid(bag: Path) -> None:
    judged = bagit.Bag(str(bag))

    judged.validate()
    assert judged.info["Source-Organization"] == "The Library"
    assert judged.info["External-Description"] == "Letters, and nothing else"
    assert judged.info["Bagging-Date"] == "2020-02-02"
    assert set(judged.algorithms) == {"sha256", "sha512"}


def test_mets_tells_of_every_file_but_itself(tree: Path) -> None:
    there = on_disk(tree)
    del there["METS.xml"]

    assert in_mets(tree) == there


def test_the_crate_tells_of_every_file_but_itself_and_mets(tree: Path) -> None:
    there = on_disk(tree)
    del there["METS.xml"], there["ro-crate-metadata.json"]

    assert in_crate(tree) == there


def test_premis_tells_of_all_that_is_no_description(tree: Path) -> None:
    there = {path: facts for path, facts in on_disk(tree).items() if "/" in path and not path.startswith("metadata/")}

    assert in_premis(tree) == there


def test_the_folder_of_the_package_has_its_id_as_name(tree: Path) -> None:
    assert etree.parse(tree / "METS.xml").getroot().get("OBJID") == tree.name


def test_every_dated_change_is_an_event_oldest_first(tree: Path) -> None:
    events = etree.parse(tree / "metadata/preservation/premis.xml").xpath("//p:event", namespaces=PREMIS)
    parts = ("eventDateTime", "eventDetail")
    told = [[each.findtext(f".//p:{part}", namespaces=PREMIS) for part in parts] for each in events]

    assert told == [
        ["2020-01-01", "Encoded."],
        ["2020-02-01", "Two words corrected."],
        ["2020-02-02T00:00:00Z", "Checked"],
    ]


def test_links_between_pages_and_editions_still_lead_somewhere(tree: Path) -> None:
    page = tree / "representations/html/letter.html"

    assert (page.parent / "../tei/letter.xml").resolve().is_file()


def test_the_crate_says_from_which_text_an_edition_was_made(tree: Path) -> None:
    edition = entity(tree, "representations/tei/letter.xml")

    assert edition["isBasedOn"] == {"@id": "representations/source/letter.txt"}
    assert edition["name"] == "A Letter from Tokyo"


def test_a_person_has_the_name_in_parts_that_the_header_tells_apart(target: Path) -> None:
    record = json.loads((target / "forms/zenodo.json").read_text())["metadata"]

    assert record["creators"] == [
        {
            "person_or_org": {
                "type": "personal",
                "name": "Byron, Ada",
                "family_name": "Byron",
                "given_name": "Ada",
                "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
            }
        }
    ]


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (("en", "en-GB", "ja-Latn", "zh"), ["eng", "jpn", "zho"]),
        (("grc", "gsw-CH"), ["grc", "gsw"]),
        (("und", "mul", "zxx", "xx", "qab", "gem", "sh-Latn"), ["hbs"]),
    ],
)
def test_zenodo_is_told_languages_by_iso_639_3(
    unstated: Callable[..., Contents], tmp_path: Path, tags: tuple[str, ...], told: list[str]
) -> None:
    deposit(unstated(languages=tags), tmp_path / "deposit")

    record = json.loads((tmp_path / "deposit/forms/zenodo.json").read_text())["metadata"]
    assert [each["id"] for each in record.get("languages", ())] == told


def test_who_is_author_and_editor_with_one_orcid_is_one_person_in_the_crate(
    unstated: Callable[..., Contents], tmp_path: Path
) -> None:
    ada = Agent("Byron, Ada", "Byron", "Ada", orcid="0000-0002-1825-0097")
    contents = unstated(creator="authors", editors=(ada,))
    header = replace(contents.headers[0], authors=(ada, replace(ada, affiliation="The Library")))
    deposit(replace(contents, headers=(header,)), tmp_path / "deposit")

    assert verify(tmp_path / "deposit").report.findings == ()


def test_a_title_stands_on_one_line(unstated: Callable[..., Contents], tmp_path: Path) -> None:
    deposit(unstated(title="Letters\nof the\u2028Embassy", publisher="The\nPress"), tmp_path / "deposit")

    readme = (tmp_path / "deposit/README.md").read_text("utf-8").split("\n")
    assert readme[0] == "# Letters of the Embassy"
    assert "- Publisher: The Press" in readme
    record = json.loads((tmp_path / "deposit/forms/zenodo.json").read_text())["metadata"]
    assert record["title"] == "Letters of the Embassy"


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_spreadsheet_takes_a_title_for_a_formula(contents: Contents, tmp_path: Path, first: str) -> None:
    header = replace(contents.headers[0], title=f"{first}1+1", publisher=f"{first}cmd()")
    deposit(replace(contents, headers=(header,)), tmp_path / "deposit")

    for name in ("dublin-core.csv", "index.csv"):
        (path,) = (tmp_path / "deposit").rglob(name)
        (row,) = csv.reader(path.read_text("utf-8").splitlines()[1:])
        assert f"'{first}1+1" in row
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_date_without_a_year_is_not_taken_for_the_date_of_the_edition(
    contents: Contents, unstated: Callable[..., Contents], tmp_path: Path
) -> None:
    undated = unstated(date=None)
    changes = (*contents.headers[0].changes, Change("--12-24", "Read."), Change("23:00:00", "Read again."))
    deposit(replace(undated, headers=(replace(contents.headers[0], changes=changes),)), tmp_path / "deposit")

    record = json.loads((tmp_path / "deposit/forms/zenodo.json").read_text())["metadata"]
    assert record["publication_date"] == "2020-02-01"


def test_a_comma_in_a_name_is_not_taken_for_the_end_of_a_family_name(target: Path) -> None:
    record = (target / "forms/datacite.xml").read_text()

    assert "<contributorName>Joseph C. Grew, Jr.</contributorName></contributor>" in record


def test_the_authors_of_the_texts_are_the_creators_if_the_depositor_says_so(
    unstated: Callable[..., Contents], tmp_path: Path
) -> None:
    deposit(unstated(creator="authors"), tmp_path / "deposit")

    record = (tmp_path / "deposit/forms/datacite.xml").read_text()
    assert "<creatorName>Joseph C. Grew, Jr.</creatorName>" in record
    assert '<contributor contributorType="Editor"><contributorName nameType="Personal">Byron, Ada' in record


def test_without_a_creator_there_is_no_record_of_one(unstated: Callable[..., Contents], tmp_path: Path) -> None:
    deposit(unstated(creator=None), tmp_path / "deposit")

    assert sorted(path.name for path in (tmp_path / "deposit/forms").iterdir()) == ["dublin-core.csv"]
    assert not [*(tmp_path / "deposit").rglob("datacite.xml")]


def test_a_doi_that_is_not_yet_given_is_said_to_come(target: Path) -> None:
    assert '<identifier identifierType="DOI">(:tba)</identifier>' in (target / "forms/datacite.xml").read_text()


def test_a_doi_that_is_known_stands_where_doi_belong(unstated: Callable[..., Contents], tmp_path: Path) -> None:
    deposit(unstated(identifier="https://doi.org/10.5281/zenodo.42"), tmp_path / "deposit")

    forms = tmp_path / "deposit/forms"
    assert '<identifier identifierType="DOI">10.5281/zenodo.42</identifier>' in (forms / "datacite.xml").read_text()
    assert 'doi: "10.5281/zenodo.42"' in (forms / "CITATION.cff").read_text()
    assert "Identifier: https://doi.org/10.5281/zenodo.42" in (tmp_path / "deposit/README.md").read_text()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", 'license: "CC-BY-SA-4.0"'),
        ("https://creativecommons.org/licenses/by/3.0/de/", 'license: "CC-BY-3.0-DE"'),
        ("https://creativecommons.org/licenses/by-nd-nc/1.0/", 'license: "CC-BY-NC-ND-1.0"'),
        ("https://creativecommons.org/licenses/by/4.0/de/", "license-url:"),
        ("https://creativecommons.org/licenses/by/2.1/", "license-url:"),
        ("https://creativecommons.org/licenses/sampling/1.0/", "license-url:"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", 'license: "CC0-1.0"'),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "license-url:"),
        ("https://example.org/our-own-terms", 'license-url: "https://example.org/our-own-terms"'),
    ],
)
def test_a_licence_has_the_identifier_of_spdx_where_there_is_one(
    unstated: Callable[..., Contents], tmp_path: Path, address: str, told: str
) -> None:
    deposit(unstated(licence=Licence(address)), tmp_path / "deposit")

    assert told in (tmp_path / "deposit/forms/CITATION.cff").read_text()


def test_the_table_of_dublin_core_has_a_row_for_each_document(target: Path) -> None:
    (row,) = csv.DictReader((target / "forms/dublin-core.csv").open())

    assert (target / "letters" / row["filename"]).is_file()
    assert row["dc.title"] == "A Letter from Tokyo"
    assert row["dc.date"] == "1933-01-12"
    assert row["dc.rights"] == "CC-BY-4.0"
    assert row["dc.source"] == "The papers of the Embassy"


def test_the_index_says_what_each_document_is(tree: Path) -> None:
    assert json.loads((tree / "documentation/index.json").read_text()) == [
        {
            "id": "letter",
            "title": "A Letter from Tokyo",
            "date": "1933-01-12",
            "language": "en",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "publisher": "The Press",
            "files": [
                "representations/html/letter.html",
                "representations/source/letter.txt",
                "representations/tei/letter.xml",
            ],
        }
    ]


def test_the_zip_unpacks_to_the_same_bag(contents: Contents, digests: Digests, tmp_path: Path) -> None:
    deposit(contents, tmp_path / "deposit", Wish(zip=True))
    with ZipFile(tmp_path / "deposit/letters.zip") as archive:
        archive.extractall(tmp_path / "unpacked")

    assert digests(tmp_path / "unpacked/letters") == digests(tmp_path / "deposit/letters")


def test_a_submission_package_alone_is_the_same_tree_without_the_bag(
    contents: Contents, tree: Path, digests: Digests, tmp_path: Path
) -> None:
    deposit(contents, tmp_path / "deposit", Wish(form="sip", zip=True))

    assert digests(tmp_path / "deposit" / tree.name) == digests(tree)
    assert {name.partition("/")[0] for name in ZipFile(f"{tmp_path}/deposit/{tree.name}.zip").namelist()} == {tree.name}


def test_without_editions_there_is_no_deposit(contents: Contents, tmp_path: Path) -> None:
    with pytest.raises(TeiwrightError) as caught:
        deposit(Contents(contents.statement, (), ()), tmp_path / "deposit")

    assert caught.value.finding.code is Code.NOTHING_TO_DEPOSIT
    assert not (tmp_path / "deposit").exists()


def test_each_view_has_the_folder_in_the_package_to_which_the_web_pages_lead():
    assert {f"representations/{folder}" for folder in FOLDERS.values()} <= {role.value for role in Role}
