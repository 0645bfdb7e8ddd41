"""What the tests of the check share: editions, and a way to make one around a fragment."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teiwright.model import Edition

HERE = Path(__file__).resolve().parent
TEI = "{http://www.tei-c.org/ns/1.0}"
FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="case" xml:lang="en">
<teiHeader>
<fileDesc>
<titleStmt><title>A case</title><respStmt xml:id="teiwright"><resp>By</resp><name>us</name></respStmt></titleStmt>
<publicationStmt><publisher>Nobody</publisher><availability status="free"><p>Free.</p></availability></publicationStmt>
<sourceDesc><p>Invented.</p></sourceDesc>
</fileDesc>
<encodingDesc><editorialDecl><p>None.</p></editorialDecl></encodingDesc>
<profileDesc><langUsage><language ident="en">English</language></langUsage></profileDesc>
</teiHeader>
<text><body>
{body}
</body></text>
</TEI>
"""
FIRST_LINE = 12
"""The line of the frame on which the body begins."""


def load(path: Path) -> Edition:
    return Edition(path, etree.parse(path, etree.XMLParser(collect_ids=False, resolve_entities=False)))


@pytest.fixture(scope="session")
def editions() -> Path:
    return HERE / "editions"


@pytest.fixture
def edition_of(tmp_path, editions) -> Callable[[str], Edition]:
    """The edition with this body, or this whole document, in a folder with authority files."""

    def make(xml: str) -> Edition:
        authority = tmp_path / "authority"
        if not authority.exists():
            shutil.copytree(editions / "authority", authority)
        whole = xml.startswith(("<TEI", "<html", "<?xml"))
        path = tmp_path / "case.xml"
        path.write_text(xml if whole else FRAME.format(body=xml), "utf-8")
        return load(path)

    return make
