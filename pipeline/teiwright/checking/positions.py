"""Where each element stands: line and column of the start of its tag, and a path that a reader can follow.

lxml knows lines only, and counts them wrong beyond 65,535; expat gives both, streaming.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from teiwright.diagnostics import Location

if TYPE_CHECKING:
    from lxml import etree

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def elements_of(root: etree._Element) -> Iterator[etree._Element]:
    """All elements in document order, without comments and processing instructions."""
    return (node for node in root.iter() if isinstance(node.tag, str))


def elements_among(parent: etree._Element) -> Iterator[etree._Element]:
    """The elements directly in one."""
    return (node for node in parent if isinstance(node.tag, str))


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


class Positions:
    """The places in one document. The file is read only when the first place is asked for."""

    def __init__(self, path: Path, tree: etree._ElementTree) -> None:
        self._path = path
        self._root: etree._Element = tree.getroot()
        self._steps = {self._root: f"/{local(self._root)}"}

    @cached_property
    def _starts(self) -> dict[etree._Element, tuple[int, int, int | None]]:
        elements = list(elements_of(self._root))
        try:
            starts = _start_tags(self._path.read_bytes())
        except (OSError, expat.ExpatError, ValueError):
            starts = []
        names = [element.tag for element in elements]
        if [start[0] for start in starts] != names:
            # the tree is not, or no longer, that of the file: better no column than a wrong one
            return {element: (_line(element), 0, None) for element in elements}
        return {element: start[1:] for element, start in zip(elements, starts, strict=True)}

    def at(self, element: etree._Element) -> Location:
        """The place of an element."""
        line, column, offset = self._starts.get(element, (0, 0, None))
        return Location(str(self._path), line, column, self.xpath_of(element), offset)

    def xpath_of(self, element: etree._Element) -> str:
        """``/TEI/text/body/div[2]/p[3]``: names without prefixes, numbers where there are several."""
        steps: list[str] = []
        for node in (element, *element.iterancestors()):
            parent = node.getparent()
            if node not in self._steps and parent is not None:
                self._steps |= _steps_in(parent)  # all at once: a thousand flaws may be side by side
            steps.append(self._steps[node])
        return "".join(reversed(steps))


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _start_tags(data: bytes) -> list[tuple[str, int, int, int]]:
    """Expanded name, line, column and byte of every start tag. Entities are not expanded."""
    parser = expat.ParserCreate(namespace_separator="}")
    found: list[tuple[str, int, int, int]] = []

    def start(name: str, _: dict[str, str]) -> None:
        expanded = f"{{{name}" if "}" in name else name
        found.append((expanded, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, parser.CurrentByteIndex))

    def refuse(*_: object) -> None:
        raise ValueError("entity declarations are not read")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    parser.Parse(data, True)
    return found


def _steps_in(parent: etree._Element) -> dict[etree._Element, str]:
    """For each child its name without prefix, with its number where there are several."""
    children = list(elements_among(parent))
    counts = Counter(child.tag for child in children)
    numbers: Counter[str | bytes | bytearray] = Counter()
    steps = {}
    for child in children:
        numbers[child.tag] += 1
        steps[child] = f"/{local(child)}{f'[{numbers[child.tag]}]' if counts[child.tag] > 1 else ''}"
    return steps
