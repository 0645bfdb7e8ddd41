"""``datapackage.json``: what the tables are, for programs that read them (Frictionless Data Package, v1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from teiwright.extracted import Site
from teiwright.publishing.data.tables import ENTRIES, Column, Table

_ABOUT = (
    "The collection as tables. Offsets (start, end, called, at) count the code points of the plain text of a document, "
    "text/ID.txt, from 0; start is inside, end is not. In the CSV files a cell that a spreadsheet would take for a "
    "formula has an apostrophe before it; the JSON Lines beside them have the words as they are."
)


def package(site: Site, tables: Sequence[tuple[Table, Sequence[str]]]) -> bytes:
    """The description of tables, each with the paths of its parts."""
    described: dict[str, Any] = {"profile": "tabular-data-package", "title": site.title, "description": _ABOUT}
    if site.address:
        described["homepage"] = site.address
    if site.published:
        described["created"] = f"{site.published[:10]}T00:00:00Z"
    if site.licence:
        key = "path" if site.licence.startswith(("http://", "https://")) else "title"
        described["licenses"] = [{key: site.licence}] if key == "path" else [{"name": "other", key: site.licence}]
    if site.publisher:
        described["contributors"] = [{"title": site.publisher, "role": "publisher"}]
    known = {table.name for table, _ in tables}
    described["resources"] = [_resource(table, list(paths), known) for table, paths in tables]
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, paths: list[str], known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": column.name, "reference": {"resource": column.points_to, "fields": "id"}}
        for column in table.columns
        # Whoever tagged a name may have meant an entry that is not there; so these are no keys.
        if column.points_to in known and column.points_to != ENTRIES.name
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.says,
        "path": paths[0] if len(paths) == 1 else paths,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    # A list is text in CSV, with | between its parts; Frictionless would read an array as JSON.
    kind = "string" if column.kind == "array" else column.kind
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.says}
    return {**field, "constraints": {"required": True}} if column.required else field
