"""Small collections of letters, and their search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from teiwright.extracted import Entry, Extract, Naming, Passage, Section, Shelf, Site
from teiwright.publishing.searching import search
from teiwright.rendering import Context, frame

SITE = Site("Letters", entries=(Entry("grew", "person", "Joseph C. Grew", "Grew, Joseph C."),))


def letter(identifier: str, *paragraphs: str, names: Iterable[Naming] = (), **facts: str) -> Extract:
    """The extract of a letter; each paragraph on a page of its own, counted from 7."""
    passages, at = [], 0
    for number, words in enumerate(paragraphs):
        passages.append(Passage("paragraph", f"par-{number + 1}", str(7 + number), at, at + len(words)))
        at += len(words) + 2
    known = {"title": f"Letter {identifier}", **facts}
    return Extract(identifier, passages=tuple(passages), text="\n\n".join(paragraphs), names=tuple(names), **known)


LETTERS = (
    letter(
        *("zenda", "The drawbridge is down, and the moat of the castle is dry.", "Café Müller wrote of the Straße."),
        **{"kind": "letter", "when": "1881-05-01", "until": "1881-05-01", "date": "May 1, 1881"},
        names=[Naming("person", "grew", "name-1", "7", 0, 3)],
    ),
    letter(
        *("strelsau", "The castle was quiet.", "A moat was dug; the drawbridge went up."),
        **{"kind": "despatch", "when": "1883", "until": "1884"},
    ),
    letter(
        *("kyoto", "東京に着いた。日本の外務大臣は不在。", "Κύριε, τὸν λόγον. Письмо из Омска."),
        **{"when": "1890", "until": "1890"},
    ),
    letter("bazaar", "</script><img src=x onerror=alert(1)> & the “quoted” \\ words", kind="letter"),
)


@pytest.fixture(scope="session")
def made() -> Callable[..., dict[str, bytes]]:
    """All files of a search."""

    def files(*extracts: Extract, site: Site = SITE) -> dict[str, bytes]:
        context = Context(collection="Letters", home="index.html", sections=(Section("Search", "search/index.html"),))
        return dict(search(Shelf(lambda: iter(extracts)), site, frame(context)))

    return files


@pytest.fixture(scope="session")
def searched(made, tmp_path_factory) -> Path:
    """The search of the letters, on a disk, beside pages for them to lead to."""
    folder = tmp_path_factory.mktemp("edition")
    for name, data in made(*LETTERS).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for extract in LETTERS:
        paragraphs = "".join(f'<p id="{p.anchor}">paragraph</p>' for p in extract.passages)
        (folder / "html" / f"{extract.id}.html").write_text(f"<!DOCTYPE html><title>a letter</title>{paragraphs}")
    return folder / "html"
