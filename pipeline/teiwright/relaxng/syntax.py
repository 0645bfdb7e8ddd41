"""A schema's XML as a tree of RELAX NG's own elements, with what each inherits from those above it.

Annotations are left out (RELAX NG, 4.1), except the documentation that tells people what an element is.
No entity is expanded, and nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin
from xml.parsers import expat

from teiwright.relaxng.errors import SchemaError
from teiwright.relaxng.names import XML
from teiwright.relaxng.tree import Node

RELAXNG = "http://relaxng.org/ns/structure/1.0"
_DOCUMENTATION = "http://relaxng.org/ns/compatibility/annotations/1.0 documentation"
_LARGEST = 64 * 1024 * 1024
_DEEPEST = 200
COMPACT = ".rnc"
"""How the name of a file in the compact syntax ends."""
_TEXTS = frozenset({"value", "param", "name"})


def read(path: Path, namespace: str, annotations: set[str]) -> Node:
    """The root of a schema file. ``namespace`` is what an including place hands down (4.6 to 4.8).

    ``annotations`` collects the namespaces of elements that are not RELAX NG's.
    """
    try:
        if not path.is_file():
            raise SchemaError(path, 0, "there is no such file")
        if path.stat().st_size > _LARGEST:
            raise SchemaError(path, 0, "the schema has more than 64 MB")
        data = path.read_bytes()
    except OSError as error:
        raise SchemaError(path, 0, (error.strerror or "it cannot be read").lower()) from error
    if path.suffix == COMPACT:
        from teiwright.relaxng.compact import read_compact  # noqa: PLC0415 (few schemas are written so)

        return read_compact(path, data, namespace, annotations)
    return _Reader(path, namespace, annotations).read(data)


class _Reader:
    """Builds the tree from expat's events."""

    def __init__(self, path: Path, namespace: str, annotations: set[str]) -> None:
        self._annotations = annotations
        self._path = path
        self._namespace = namespace
        self._base = path.resolve().as_uri()
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._prefixes: dict[str, str] = {"xml": XML}
        self._shadowed: list[dict[str, str]] = []
        self._declared: dict[str, str] = {}
        self._open: list[Node] = []
        self._foreign: list[str] = []
        self._root: Node | None = None

    def read(self, data: bytes) -> Node:
        parser = self._parser
        parser.buffer_text = True
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            message = f"it is no well-formed XML: {expat.ErrorString(error.code)}"
            raise SchemaError(self._path, error.lineno, message, error.offset + 1) from error
        except (LookupError, ValueError) as error:
            raise SchemaError(self._path, 1, f"its encoding cannot be read: {error}") from error
        if self._root is None:
            raise SchemaError(self._path, 1, "its root is no element of RELAX NG")
        return self._root

    def _entity(self, *_: object) -> None:
        raise SchemaError(self._path, self._parser.CurrentLineNumber, "it declares entities, which are not read")

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix or ""] = uri or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._shadowed.append(self._prefixes)
        if self._declared:
            self._prefixes = {**self._prefixes, **self._declared}
            self._declared = {}
        if len(self._shadowed) > _DEEPEST:
            raise SchemaError(self._path, self._parser.CurrentLineNumber, "it nests deeper than 200 elements")
        namespace, _, tag = name.rpartition(" ")
        if self._open and not self._foreign and self._open[-1].tag in _TEXTS:
            raise self._open[-1].refuse(f"`{self._open[-1].tag}` has an element, where text only is expected")
        if self._foreign or namespace != RELAXNG:
            self._foreign.append(name)
            self._annotations.add(namespace)
            return
        node = self._node(tag, attributes)
        if self._open:
            self._open[-1].children.append(node)
        elif self._root is None:
            self._root = node
        self._open.append(node)

    def _node(self, tag: str, attributes: dict[str, str]) -> Node:
        above = self._open[-1] if self._open else None
        base = above.base if above else self._base
        if xml_base := attributes.get(f"{XML} base"):
            base = urljoin(base, xml_base)
        own = {name: value if name == "ns" else value.strip() for name, value in attributes.items() if " " not in name}
        if len(own) < len(attributes) and any(name.startswith(f"{RELAXNG} ") for name in attributes):
            raise SchemaError(self._path, self._parser.CurrentLineNumber, "an attribute has RELAX NG's own namespace")
        return Node(
            tag,
            own,
            self._prefixes,
            own.get("ns", above.namespace if above else self._namespace),
            own.get("datatypeLibrary", above.library if above else ""),
            base,
            self._path,
            self._parser.CurrentLineNumber,
            self._parser.CurrentColumnNumber + 1,
        )

    def _end(self, _name: str) -> None:
        self._prefixes = self._shadowed.pop()
        if self._foreign:
            self._foreign.pop()
        else:
            self._open.pop()

    def _characters(self, text: str) -> None:
        if not self._open:
            return
        node = self._open[-1]
        if self._foreign == [_DOCUMENTATION]:
            node.documentation += text
        elif not self._foreign:
            node.text += text
