"""For a person who finds the package in thirty years: ``README.md`` and an index of the documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from teiwright.depositing.description import Description
from teiwright.depositing.header import Header
from teiwright.depositing.targets import licence_name
from teiwright.depositing.tree import Role
from teiwright.model import Licence

_COLUMNS = ("id", "title", "date", "language", "licence", "publisher", "files")
_LISTED = 200
"""How many documents a person still reads through in a README."""

_FOLDERS = {
    Role.TEI: "the editions in TEI P5 (XML), the form that is meant to last",
    Role.SOURCE: "the plain texts from which they were made, with what is known of each",
    Role.HTML: "web pages made from the editions; begin with `index.html`",
    Role.PDF: "the editions as pages for print",
    Role.EPUB: "the editions as e-books (EPUB 3)",
    Role.BOOK: "the whole edition as one book, or in volumes",
    Role.TEXT: "the words of the editions as plain text and as Markdown",
    Role.DOCX: "the editions for word processors, as Office Open XML",
    Role.ODT: "the editions for word processors, as OpenDocument",
    Role.DATA: "names, notes, pages and correspondence as tables (Frictionless data package); offsets count the text",
    Role.SCHEMA: "what such an edition must be: RELAX NG, XML Schema, Schematron and their source",
}

Row = dict[str, str | list[str]]


def rows(headers: Sequence[Header], files: Mapping[str, Sequence[str]]) -> list[Row]:
    """A row for each document; ``files`` has the paths of its files by its id."""
    return [
        {
            "id": header.id,
            "title": header.title or "",
            "date": header.written or "",
            "language": " ".join(header.languages),
            "licence": header.licence.target or "",
            "publisher": header.publisher or "",
            "files": sorted(files.get(header.id, ())),
        }
        for header in headers
    ]


def index_table(found: Sequence[Row]) -> bytes:
    """``index.csv``."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in found:
        cells = {name: cell if isinstance(cell, str) else " ".join(cell) for name, cell in row.items()}
        writer.writerow({name: plain_cell(cell) for name, cell in cells.items()})
    return table.getvalue().encode()


def plain_cell(value: str | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    value = value or ""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value


def index_json(found: Sequence[Row]) -> bytes:
    """``index.json``, a document a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    return f"[\n{lines}\n]\n".encode()


def readme(known: Description, headers: Sequence[Header], roles: set[Role]) -> bytes:
    """What it is, how it is called, under which terms, and where to begin."""
    folders = [f"- `{role.value}/`: {what}" for role, what in _FOLDERS.items() if role in roles]
    documents = [f"- `{header.id}`: {header.title or ''}".rstrip(": ") for header in headers]
    if len(headers) > _LISTED:
        documents = [f"{len(headers)} documents, listed in `documentation/index.csv`."]
    lines = [
        f"# {known.title}",
        "",
        *([known.abstract, ""] if known.abstract else []),
        *_facts(known),
        "",
        "## What is here",
        "",
        *folders,
        "- `documentation/index.csv`, `documentation/index.json`: what each document is, and its files",
        "- `ro-crate-metadata.json` (RO-Crate 1.2), `METS.xml` (E-ARK SIP 2.2.0), `metadata/` (Dublin Core, DataCite,",
        "  PREMIS 3): the same for programs, with a checksum of every file",
        "",
        "## Documents",
        "",
        *documents,
    ]
    return ("\n".join(lines) + "\n").encode()


def _facts(known: Description) -> Iterator[str]:
    stated = (
        ("Identifier", known.identifier or known.urn),
        ("Creator", "; ".join(agent.name for agent in known.creators)),
        ("Publisher", known.publisher),
        ("Date", known.date),
        ("Version", known.version),
        ("Language", ", ".join(known.languages)),
        ("Contact", " ".join(filter(None, (known.contact_name, known.contact_email)))),
        *(("Licence", _terms(licence)) for licence in known.licences),
    )
    return (f"- {name}: {value}" for name, value in stated if value)


def _terms(licence: Licence) -> str:
    name = licence_name(licence)
    more = [words for words in (licence.target, licence.text) if words and words != name]
    return f"{name} ({'; '.join(more)})" if more else name
