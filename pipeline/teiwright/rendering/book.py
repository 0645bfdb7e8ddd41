"""The whole edition as a printed book: one PDF, or several volumes if it is long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teiwright.diagnostics import Diagnostic
from teiwright.extracted import Entry, Extract, Extracts, Site
from teiwright.model import Edition, Rendition
from teiwright.rendering.conservation import conserve, pdf_differences
from teiwright.rendering.context import Context
from teiwright.rendering.printing import concordance, design, literal, parted_notes
from teiwright.rendering.typesetting import BREAK, last_sheet, typeset

Output = Iterator[tuple[str, bytes] | Diagnostic]


@dataclass(frozen=True, slots=True)
class Part:
    """A document of the book: its edition, the Typst source that the print view makes of it, and what that shows."""

    edition: Edition
    source: str
    findings: tuple[Diagnostic, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Document:
    """What the book says of a document; ``number`` counts them all, over the volumes."""

    number: int
    id: str
    title: str
    date: str
    year: str
    language: str
    words: int
    entries: frozenset[str]


def book_of_all(extracts: Extracts, site: Site, part: Callable[[str], Part], context: Context) -> Output:
    """Set all documents in the order of the collection.

    ``part`` gives one document, and is asked for each once; a volume holds as many as come to the project's
    number of words, so that neither the reader nor the memory is asked for more than one volume at a time.
    """
    volumes = list(_volumes(_documents(extracts), context.layout.volume_words))
    for number, documents in enumerate(volumes, 1):
        name = "book" if len(volumes) == 1 else f"volume-{number}"
        title = None if len(volumes) == 1 else f"Volume {number} of {len(volumes)}"
        yield from _volume(name, title, documents, site, part, context)


def _documents(extracts: Extracts) -> Iterator[_Document]:
    for number, one in enumerate(extracts(), 1):
        entries = frozenset(name.ref for name in one.names if name.ref)
        yield _Document(number, one.id, one.listed_title, one.date, one.when[:4], one.language, _words(one), entries)


def _words(extract: Extract) -> int:
    return extract.text.count(" ") + 1


def _volumes(documents: Iterable[_Document], most: int) -> Iterator[list[_Document]]:
    volume: list[_Document] = []
    size = 0
    for document in documents:
        size += document.words
        if volume and size > most:
            yield volume
            volume, size = [], document.words
        volume.append(document)
    if volume:
        yield volume


def _volume(
    name: str,
    title: str | None,
    documents: Sequence[_Document],
    site: Site,
    part: Callable[[str], Part],
    context: Context,
) -> Output:
    parts = {document.id: part(document.id) for document in documents}
    for one in parts.values():
        yield from one.findings
        yield from conserve(one.edition, Rendition("print", {"book.typ": one.source.encode()})).findings
    body = "".join(_begun(document, parts[document.id], site) for document in documents)
    source = "".join(_source(title, documents, parts, body, site, context))
    editions = {f"{key}.xml": one.edition for key, one in parts.items()}
    pictures = {name: path for one in parts.values() for name, path in one.pictures.items()}
    made = typeset(source, editions, context.fonts, pictures)
    yield f"book/{name}.typ", made.source.encode()
    yield from made.findings
    yield from parted_notes(editions.values(), made.placed)
    if made.pdf is not None:
        first = next(one.sheet for one in made.placed if one.kind == "begin")
        last = last_sheet(made.placed) or first
        yield from pdf_differences(f"{name}.typ", f"{name}.pdf", body, made.pdf, first, last)
        yield f"book/{name}.pdf", made.pdf
        yield f"book/{name}.pages.json", concordance(made.placed)


def _source(
    title: str | None,
    documents: Sequence[_Document],
    parts: Mapping[str, Part],
    body: str,
    site: Site,
    context: Context,
) -> Iterator[str]:
    yield design(context.layout, "book.typ", "volume.typ")
    # Of documents without a date nobody knows whether they fall between the others.
    years = sorted({document.year for document in documents if all(one.year for one in documents)})
    known = {
        "volume": title,
        "publisher": site.publisher,
        "published": site.published[:4],
        "years": years and (years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"),
        "language": site.language.split("-")[0].lower(),
    }
    yield f"\n#show: volume.with(\n  title: {literal(site.title)},\n"
    yield from (f"  {key}: {literal(str(value))},\n" for key, value in known.items() if value)
    yield f"  facts: ({' '.join(f'{literal(fact)},' for fact in _facts(site))}),\n  date: {_day(site.published)},\n)\n"
    yield f"#contents()\n#show: documents.with({literal(site.title)})\n{body}\n#documents-end()\n"
    yield f"#sources(({''.join(_facts_of(document, parts[document.id]) for document in documents)}))\n"
    used = frozenset().union(*(document.entries for document in documents))
    for kind, heading in _REGISTERS.items():
        entries = [entry for entry in site.entries if entry.kind == kind and entry.id in used]
        if entries:
            yield f"#register({literal(heading)}, ({''.join(map(_entry, entries))}))\n"
    yield "#page-map()\n"


_REGISTERS = {"person": "Index of persons", "place": "Index of places", "organization": "Index of organizations"}


def _begun(document: _Document, part: Part, site: Site) -> str:
    """A document as it stands in the book: announced by its number, in its own language."""
    announced = ", ".join(map(literal, (str(document.number), document.title, document.date)))
    body = _BEFORE.sub("", part.source.rsplit("\n#colophon((", 1)[0], count=1).replace(BREAK, "")
    if document.language != site.language:
        body = f"#foreign-block(lang: {literal(document.language.split('-')[0].lower())})[\n{body}\n];"
    return f"\n#document-begins({announced})\n{body}\n"


_BEFORE = re.compile(r"\A.*?\n#show: book\.with\(\n.*?\n\)\n", re.DOTALL)
"""The design and the title; no text of an edition can hold a line end here, so that neither can be feigned."""


def _facts_of(document: _Document, part: Part) -> str:
    _, _, after = part.source.rpartition("\n#colophon((")
    return f"\n ({literal(str(document.number))}, {literal(document.title)}, ({after.split(_END_OF_FACTS, 1)[0]})),"


_END_OF_FACTS = "\n))\n"


def _entry(entry: Entry) -> str:
    about = ", ".join(filter(None, (entry.dates and f"({entry.dates})", entry.note.removesuffix("."))))
    return f"\n  ({literal(entry.id)}, {literal(entry.sort_name)}, {literal(about)}),"


def _facts(site: Site) -> Iterator[str]:
    if site.publisher:
        yield f"Published by {site.publisher}{f', {site.published}' if site.published else ''}."
    if site.licence:
        yield site.licence
    if site.address:
        yield site.address
    yield "The TEI editions from which this book was set are attached to its PDF."


def _day(published: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", published)
    return f"datetime(year: {int(found[1])}, month: {int(found[2])}, day: {int(found[3])})" if found else "none"
