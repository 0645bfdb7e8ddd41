"""Builders: a source and an edition from two short texts, and the makers of mutants."""

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from teiwright.comparing import compare
from teiwright.model import Edition, Metadata, Source

ROOT = Path(__file__).parents[2]


def source_of(text: str) -> Source:
    return Source(Path("source.txt"), text, "", "utf-8", Metadata("source"))


def edition_of(body: str) -> Edition:
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'
    return Edition(Path("edition.xml"), etree.ElementTree(etree.fromstring(tei)))


@pytest.fixture(scope="session")
def source():
    return source_of


@pytest.fixture(scope="session")
def edition():
    return edition_of


@pytest.fixture(scope="session")
def compared():
    return lambda text, body: compare(source_of(text), edition_of(body))


@pytest.fixture(scope="session")
def mutants():
    """The mutants of ``benchmarks/compare_mutants.py``."""
    spec = importlib.util.spec_from_file_location("compare_mutants", ROOT / "benchmarks" / "compare_mutants.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
