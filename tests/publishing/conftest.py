"""Small collections, written as texts in which names stand as ``{words|kind:entry}``, page breaks as ``{pb 7}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from html import escape

import pytest

from teiwright.extracted import CollectionPage, Entry, Extract, Naming, Passage, Section, Shelf, Site
from teiwright.publishing import Setting, publish, sections_of

_MARK = re.compile(r"\{(?:pb (?P<pb>\w+)|(?P<words>[^|}]+)\|(?P<kind>\w+):(?P<ref>[\w-]*))\}")
SITE = Site(
    "Letters",
    publisher="The house",
    published="2026-11-20",
    address="https://example.org/letters/",
    entries=(
        Entry("grew", "person", "Joseph C. Grew", "Grew, Joseph C.", ("Grew",), "1880–1965", "Ambassador."),
        Entry("omsk", "place", "Omsk", "Omsk", latitude=54.99, longitude=73.37),
        Entry("nobody", "person", "Nobody", "Nobody"),
    ),
)


def _document(identifier: str, marked: str, **facts) -> Extract:
    """The extract of a document of one paragraph."""
    text, names, page, at = "", [], "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at, page = mark.end(), mark["pb"] or page
        if words := mark["words"]:
            place = (len(text), len(text) + len(words))
            names.append(Naming(mark["kind"], mark["ref"], f"name-{len(names) + 1}", page, *place))
            text += words
    text += marked[at:]
    known = {"title": f"Letter {identifier}", "language": "en", "opening": text[:40], **facts}
    return Extract(
        identifier, text=text, names=tuple(names), passages=(Passage("paragraph", "p", "", 0, len(text)),), **known
    )


def plain_frame(sections: tuple[Section, ...] = ()) -> Callable[[CollectionPage], bytes]:
    """The least that a page has around it."""

    def framed(page: CollectionPage) -> bytes:
        up = "../" * page.path.count("/")
        ways = "".join(f'<a href="{up}{section.href}">{section.label}</a>' for section in sections)
        head = f"<head><title>{escape(page.title, quote=False)} · Letters</title>{page.head}</head>"
        body = f"<body><nav>{ways}</nav><main>{page.main}</main></body>"
        return f'<!DOCTYPE html><html lang="en">{head}{body}</html>'.encode()

    return framed


def _publish_all(
    documents: list[Extract], site: Site = SITE, published: Container[str] = (), more: tuple[Section, ...] = ()
) -> dict[str, str]:
    """All files that are made of a collection."""

    def extracts() -> Iterator[Extract]:
        return iter(documents)

    sections = (*sections_of(extracts, site), *more)
    made = publish(
        Shelf(extracts),
        site,
        plain_frame(sections),
        Setting(sections, {"TEI": "../tei/{id}.xml"}, {"PDF": "../book/book.pdf"}, published),
    )
    return {path: data.decode() for path, data in made}


@pytest.fixture(scope="session")
def letters() -> list[Extract]:
    return [
        _document(
            "a", "{pb 3}Mr. {Grew|person:grew} went to {Omsk|place:omsk}.", when="1941-04-13", date="April 13, 1941"
        ),
        _document("b", "Neither {Grew|person:grew} nor {Smith|person:} came.", file_numbers=("761.94/1321",)),
        _document("c", "{Smith|person:} wrote.", when="1932", changed="2026-11-21", change="A slip corrected."),
    ]


@pytest.fixture(scope="session")
def site() -> Site:
    return SITE


@pytest.fixture(scope="session")
def document() -> Callable[..., Extract]:
    """Makes the extract of a document of one paragraph."""
    return _document


@pytest.fixture(scope="session")
def publish_all() -> Callable[..., dict[str, str]]:
    """Makes all files of a collection."""
    return _publish_all
