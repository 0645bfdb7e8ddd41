"""One deposit tree: the files as they came, then what describes them, each made of what was written before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teiwright.depositing import crate, mets
from teiwright.depositing.datacite import datacite, has_record
from teiwright.depositing.description import Description
from teiwright.depositing.dublincore import dublin_core
from teiwright.depositing.guide import index_json, index_table, readme, rows
from teiwright.depositing.header import Header
from teiwright.depositing.premis import Done, premis
from teiwright.depositing.receipt import Receipt
from teiwright.depositing.tree import Placed, Role, Written, write, write_placed


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands in the tree: ``files`` all of it, ``content`` what was packed, also what an earlier deposit has."""

    files: tuple[Written, ...]
    content: tuple[Written, ...]
    headers: tuple[Header, ...]
    paths: dict[str, str]

    def under(self, folder: str) -> Iterator[Written]:
        """The files as seen from further above."""
        return (replace(file, path=f"{folder}{file.path}") for file in self.files)


def write_tree(
    root: Path,
    known: Description,
    placed: Sequence[Placed],
    headers: Sequence[Header],
    done: Sequence[Done],
    since: Receipt | None,
) -> Tree:
    """Write the whole tree into ``root``; with ``since`` only those of the files that it does not have."""
    content = [write_placed(root, each) for each in placed]
    kept = content if since is None else list(_changed(root, content, since))
    here = {file.path for file in kept}
    present = [each for each in placed if each.path in here]
    paths = {str(each.file.content): each.path for each in present if each.file.role is Role.TEI}
    described = [header for header in headers if str(header.path) in paths]
    guides = _guides(known, described, present, content, since)
    documented = [*kept, *(_generated(root, f"documentation/{name}", data) for name, data in guides.items())]
    files = sorted(documented, key=lambda file: file.path.encode())
    descriptions = {"dc.xml": dublin_core(known)}
    if has_record(known):
        descriptions["datacite.xml"] = datacite(known)
    metadata = [_generated(root, f"metadata/descriptive/{name}", data) for name, data in descriptions.items()]
    events = premis(known, files, described, done, paths)
    metadata.append(_generated(root, "metadata/preservation/premis.xml", events))
    files = [*files, *metadata]
    files.append(_generated(root, crate.NAME, crate.crate(known, files, described, _sources(present))))
    files.append(_generated(root, mets.NAME, mets.mets(known, files, since is not None)))
    return Tree(tuple(files), tuple(content), tuple(described), paths)


def _generated(root: Path, path: str, data: bytes) -> Written:
    return write(root, path, data, path.rpartition("/")[2])


def _changed(root: Path, content: Iterable[Written], since: Receipt) -> Iterator[Written]:
    for file in content:
        if since.content.get(file.path) == file.sha256:
            (root / file.path).unlink()
        else:
            yield file


def _guides(
    known: Description,
    headers: Sequence[Header],
    present: Sequence[Placed],
    content: Sequence[Written],
    since: Receipt | None,
) -> dict[str, bytes]:
    files: dict[str, list[str]] = {}
    for each in present:
        if each.file.document is not None:
            files.setdefault(each.file.document, []).append(each.path)
    found = rows(headers, files)
    guides = {
        "README.md": readme(known, headers, {each.file.role for each in present}),
        "index.csv": index_table(found),
        "index.json": index_json(found),
    }
    return guides if since is None else {**guides, "changes.csv": _changes(content, since)}


def _changes(content: Sequence[Written], since: Receipt) -> bytes:
    """What came, what is another than before, and what is gone."""
    now = {file.path: file.sha256 for file in content}
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("change", "path", "sha256"))
    for path in sorted({*now, *since.content}):
        if path not in now:
            writer.writerow(("removed", path, ""))
        elif path not in since.content:
            writer.writerow(("added", path, now[path]))
        elif now[path] != since.content[path]:
            writer.writerow(("changed", path, now[path]))
    return table.getvalue().encode()


def _sources(present: Sequence[Placed]) -> dict[str, str]:
    """For the path of each edition that of its text, if both are in the package."""
    texts: dict[str | None, str] = {
        each.file.document: each.path
        for each in present
        if each.file.role is Role.SOURCE and each.file.document is not None and each.path.endswith(".txt")
    }
    editions = ((each.path, each.file.document) for each in present if each.file.role is Role.TEI)
    return {path: texts[document] for path, document in editions if document in texts}
