"""The five editions of the founding texts, made anew, and small editions written in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teiwright.conversion import Recipe, convert
from teiwright.encoding import Publication, load
from teiwright.model import Edition
from teiwright.rendering import Context, Download, prepare, read_authority

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (
    "atcheson-memorandum-1181",
    "davies-despatch-22",
    "grew-despatch-256",
    "grew-despatch-5529",
    "psis-400-16",
)
AUTHORITY = (ROOT / "tei/authority/persons.xml", ROOT / "tei/authority/places.xml")


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(
        collection="Japan and the Soviet Union",
        home="index.html",
        downloads=(Download("TEI", "../tei/{id}.xml", "application/tei+xml"),),
        authority=read_authority(AUTHORITY),
    )


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("tei")
    recipe = Recipe.of(ROOT / "tei", *AUTHORITY, Publication("A publisher", "2026-11-20"))
    made: dict[str, Edition] = {}
    for name in SEEDS:
        path = folder / f"{name}.xml"
        path.write_bytes(convert(ROOT / "seeds" / f"{name}.txt", None, recipe).data)
        made[name] = load(path)
    return made


@pytest.fixture(params=SEEDS)
def founding(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    return editions[request.param]


@pytest.fixture(scope="session")
def tei() -> Callable[..., Edition]:
    """An edition whose body is what a test writes."""

    def made(body: str, *, front: str = "", header: str = "", id_: str = "sample") -> Edition:
        text = (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id_}" xml:lang="en">\n<teiHeader><fileDesc><titleStmt>'
            f"<title>A sample</title></titleStmt>{header}</fileDesc></teiHeader>\n"
            f"<text>{front and f'<front>{front}</front>'}<body>{body}</body></text></TEI>"
        )
        parser = etree.XMLParser(collect_ids=False, resolve_entities=False)
        return Edition(Path("sample.xml"), etree.ElementTree(etree.fromstring(text, parser)))

    return made


@pytest.fixture(scope="session")
def difficult() -> Edition:
    return load(Path(__file__).with_name("difficult.xml"))


@pytest.fixture(scope="session")
def prepared(context: Context) -> Callable[[Edition], etree._Element]:
    """An edition after the first pass."""

    def first_pass(edition: Edition) -> etree._Element:
        root = prepare(edition, context).root
        assert root is not None
        return root

    return first_pass
