"""All files of data, made in one reading of the collection."""

from __future__ import annotations

from teiwright.extracted import Extracts, Files, Site
from teiwright.publishing.data.cmif import letters
from teiwright.publishing.data.package import package
from teiwright.publishing.data.tables import BY_DOCUMENT, ENTRIES, entry_rows
from teiwright.publishing.data.writing import Written

FOLDER = "data/"


def data_files(extracts: Extracts, site: Site) -> Files:
    """The tables in CSV and JSON Lines, ``datapackage.json``, and the letters as CMIF, if there are any."""
    for name, data in _all(extracts, site):
        yield f"{FOLDER}{name}", data


def _all(extracts: Extracts, site: Site) -> Files:
    written = [Written(table) for table in BY_DOCUMENT]
    for extract in extracts():
        for one in written:
            for row in one.table.rows(extract):
                one.add(row)
            yield from one.full()
    entries = Written(ENTRIES)
    for row in entry_rows(site):
        entries.add(row)
    made = [*written, entries] if site.entries else written
    for one in made:
        yield from one.rest()
    yield "datapackage.json", package(site, [(one.table, one.paths) for one in made])
    yield from letters(extracts, site)
