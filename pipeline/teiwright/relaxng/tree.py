"""A schema as a tree of RELAX NG's own elements, whichever syntax it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from teiwright.relaxng.errors import SchemaError


@dataclass(slots=True, eq=False)
class Node:
    """One element of RELAX NG. ``namespace`` is the inherited ``ns``, ``library`` the ``datatypeLibrary``."""

    tag: str
    attributes: Mapping[str, str]
    prefixes: Mapping[str, str]
    namespace: str
    library: str
    base: str
    path: Path
    line: int
    column: int
    children: list[Node] = field(default_factory=list)
    text: str = ""
    documentation: str = ""

    def refuse(self, message: str) -> SchemaError:
        """The error that says so of this place."""
        return SchemaError(self.path, self.line, message, self.column)


def target(node: Node) -> Path:
    """The local file that an ``href`` names; schemas are read from disk, never from the network."""
    href = node.attributes.get("href")
    if href is None:
        raise node.refuse(f"`{node.tag}` has no href")
    if "#" in href:
        raise node.refuse("an href must not have a fragment")
    parts = urlsplit(urljoin(node.base, href))
    if parts.scheme != "file" or parts.netloc:
        raise node.refuse(f"`{href[:80]}` is no local file, and schemas are not fetched from the network")
    return Path(unquote(parts.path))
