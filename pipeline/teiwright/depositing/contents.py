"""What goes into a deposit besides the files themselves: bag-info, a README and an index."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from teiwright import __version__
from teiwright.depositing.layout import SOFTWARE
from teiwright.model import Edition

_TEI = {"tei": "http://www.tei-c.org/ns/1.0"}
_COLUMNS = ("id", "title", "date", "language", "licence", "publisher", "files")


@dataclass(frozen=True, slots=True)
class BagInfo:
    """The reserved elements of ``bag-info.txt`` that are known (RFC 8493, section 2.2.2)."""

    organization: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    description: str | None = None
    identifier: str | None = None
    date: str | None = None

    def text(self, oxum: str) -> str:
        """The file; what is not known is left out."""
        elements = {
            "Source-Organization": self.organization,
            "Contact-Name": self.contact_name,
            "Contact-Email": self.contact_email,
            "External-Description": self.description,
            "External-Identifier": self.identifier,
            "Bagging-Date": self.date,
            "Payload-Oxum": oxum,
            SOFTWARE: f"teiwright {__version__}",
        }
        return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in elements.items() if value)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is deposited: the editions for the index, and all files by their path in the payload."""

    title: str
    editions: tuple[Edition, ...]
    files: Mapping[str, Path]
    info: BagInfo


def safe_name(name: str) -> str:
    """A name that every archive keeps: ``Núñez to Ünal.txt`` becomes ``Nunez-to-Unal.txt``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:100] or "text"


def describe(contents: Contents) -> dict[str, bytes]:
    """``README.md`` for a person who finds the bag in thirty years, ``index.csv`` and ``index.json``."""
    rows = [_row(edition, contents.files) for edition in contents.editions]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "files": " ".join(row["files"])} for row in rows)
    return {
        "README.md": _readme(contents, rows).encode(),
        "index.csv": table.getvalue().encode(),
        "index.json": (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def _row(edition: Edition, files: Mapping[str, Path]) -> dict[str, str | list[str]]:
    root = edition.tree.getroot()
    stem = edition.path.stem

    def first(path: str) -> str:
        found = root.xpath(f"string(({path})[1])", namespaces=_TEI)
        return " ".join(str(found).split())

    return {
        "id": str(root.get("{http://www.w3.org/XML/1998/namespace}id") or stem),
        "title": first("//tei:titleStmt/tei:title"),
        "date": first("//tei:correspAction[@type='sent']/tei:date/@when | //tei:sourceDesc//tei:date/@when"),
        "language": first("//tei:langUsage/tei:language/@ident"),
        "licence": first("//tei:availability/tei:licence/@target"),
        "publisher": first("//tei:publicationStmt/tei:publisher"),
        "files": sorted(path for path in files if PurePosixPath(path).stem == stem),
    }


_FOLDERS = {
    "tei": "the editions in TEI P5 (XML), the form that is meant to last",
    "sources": "the plain texts from which they were made, with what is known of each",
    "schema": "what such an edition must be: RELAX NG, XML Schema, Schematron and their source",
    "html": "web pages made from the editions; begin with `index.html`",
    "pdf": "the editions as pages for print",
}


_LISTED = 200
"""How many documents a person still reads through in a README."""


def _readme(contents: Contents, rows: list[dict[str, str | list[str]]]) -> str:
    present = {path.partition("/")[0] for path in contents.files}
    folders = [f"- `{name}/`: {what}" for name, what in _FOLDERS.items() if name in present]
    documents = [f"- `{row['id']}`: {row['title']}" for row in rows]
    if len(rows) > _LISTED:
        documents = [f"{len(rows)} documents, listed in `index.csv`."]
    licences = sorted({str(row["licence"]) for row in rows if row["licence"]})
    lines = [
        f"# {contents.title}",
        "",
        *([contents.info.description, ""] if contents.info.description else []),
        *folders,
        "- `index.csv`, `index.json`: what each document is, and its files",
        "",
        "## Documents",
        "",
        *documents,
        "",
        *(["## Terms of use", "", *(f"- {licence}" for licence in licences), ""] if licences else []),
        "The checksums of all files stand in the manifests beside the folder `data` (BagIt, RFC 8493).",
    ]
    return "\n".join(lines) + "\n"
