"""The collection in Dublin Core, as XML for the package and as a table for forms (DCMES 1.1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from teiwright.depositing.description import Description
from teiwright.depositing.guide import plain_cell
from teiwright.depositing.header import Header
from teiwright.depositing.targets import licence_name
from teiwright.depositing.xmltext import HEAD, element

_NAMESPACES = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd"'
)


def dublin_core(known: Description) -> bytes:
    """The package as a whole."""
    lines = "".join(f"  {element(f'dc:{name}', value)}\n" for name, value in _statements(known))
    return f"{HEAD}<oai_dc:dc {_NAMESPACES}>\n{lines}</oai_dc:dc>\n".encode()


def _statements(known: Description) -> Iterator[tuple[str, str]]:
    creators = {agent.name for agent in known.creators}
    stated = (
        *((("title", known.title),)),
        *(("creator", agent.name) for agent in known.creators),
        *(("subject", word) for word in (*known.subjects, *known.keywords)),
        ("description", known.abstract),
        ("publisher", known.publisher),
        *(("contributor", name) for name in _contributors(known) if name not in creators),
        ("date", known.date),
        ("type", "Collection" if known.documents > 1 else "Text"),
        ("format", "application/tei+xml"),
        *(("identifier", value) for value in (known.identifier, known.urn)),
        *(("language", language) for language in known.languages),
        *(("rights", licence.target or licence.text) for licence in known.licences),
    )
    return ((name, value) for name, value in stated if value)


def _contributors(known: Description) -> Iterator[str]:
    yield from (agent.name for agent in known.editors)
    if known.creator_is == "editors":
        yield from (agent.name for agent in known.authors)


_COLUMNS = ("title", "creator", "publisher", "date", "type", "format", "identifier", "language", "rights", "source")


def dublin_core_table(known: Description, headers: Sequence[Header], paths: dict[str, str]) -> bytes:
    """A row for each document, with its file in the package first, as Archivematica's ``metadata.csv`` has it."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["filename", *(f"dc.{column}" for column in _COLUMNS)])
    for header in headers:
        licence = licence_name(header.licence) or " ; ".join(map(licence_name, known.licences))
        creators = header.authors if known.creator_is == "authors" else header.editors or known.creators
        row = (
            header.title,
            " ; ".join(agent.name for agent in creators),
            header.publisher or known.publisher,
            header.written,
            "Text",
            "application/tei+xml",
            header.id,
            " ; ".join(header.languages),
            licence,
            header.source,
        )
        writer.writerow([paths[str(header.path)], *map(plain_cell, row)])
    return table.getvalue().encode()
