"""A METS document (1.12), as far as it speaks of files: links with checksums, and ids with what points to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from teiwright.verifying.xml_events import Start, events

_METS = "http://www.loc.gov/METS"
_XLINK = "http://www.w3.org/1999/xlink "
_CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS "
_POINTERS = ("ADMID", "DMDID", "FILEID")
_LINKS = frozenset({"mdRef", "FLocat", "mptr"})


class Link(NamedTuple):
    """What leads to a file. ``kind`` is ``file``, ``mdRef`` or ``mptr``; the attributes are without namespaces."""

    kind: str
    href: str
    attributes: Mapping[str, str]
    line: int


class Pointer(NamedTuple):
    """An id that is pointed to, and by which attribute."""

    attribute: str
    target: str
    line: int


@dataclass
class Mets:
    """What one METS file says. Attributes of the root element and of the header are kept by their names."""

    path: str
    root: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] | None = None
    agents: list[Mapping[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    id_lines: dict[str, int] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)
    struct_maps: list[Mapping[str, str]] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    """The file groups by the id of each file in them, and of each group in another."""

    @property
    def is_eark(self) -> bool:
        """Whether it says that it follows the E-ARK profiles, or is silent about its profile."""
        profile = self.root.get("PROFILE", "")
        return not profile or any(word in profile for word in ("earkcsip", "earksip", "E-ARK", "CSIP"))


def read_mets(path: str, data: bytes) -> Mets:
    """Raises ``TeiwrightError`` if it is no well-formed XML, or not safe to read."""
    mets = Mets(path)
    open_elements: list[tuple[str, Mapping[str, str]]] = []
    for event in events(path, data):
        namespace, _, local = event.name.rpartition(" ")
        if not namespace.startswith(_METS):
            continue
        if isinstance(event, Start):
            attributes = {_plain(name): value for name, value in event.attributes.items()}
            open_elements.append((local, attributes))
            _take(mets, local, attributes, event.line, open_elements)
        else:
            open_elements.pop()
    return mets


def _plain(name: str) -> str:
    """``xlink:href`` and ``csip:…`` without their namespaces; no other attribute has the same name."""
    return name.removeprefix(_XLINK).removeprefix(_CSIP)


def _take(
    mets: Mets, local: str, attributes: Mapping[str, str], line: int, above: list[tuple[str, Mapping[str, str]]]
) -> None:
    if identifier := attributes.get("ID"):
        mets.ids[identifier] += 1
        mets.id_lines[identifier] = line
        group = next((held.get("ID", "") for name, held in reversed(above[:-1]) if name == "fileGrp"), "")
        if local in ("file", "fileGrp") and group:
            mets.groups[identifier] = group
    for attribute in _POINTERS:
        for target in attributes.get(attribute, "").split():
            mets.pointers.append(Pointer(attribute, target, line))
    if local == "mets":
        mets.root = attributes
    elif local == "metsHdr":
        mets.header = attributes
    elif local == "agent":
        mets.agents.append(attributes)
    elif local == "structMap":
        mets.struct_maps.append(attributes)
    elif local in _LINKS:
        held = next((held for name, held in reversed(above) if name == "file"), {}) if local == "FLocat" else {}
        kind = "file" if local == "FLocat" else local
        mets.links.append(Link(kind, attributes.get("href", ""), {**held, **attributes, **_id(held)}, line))


def _id(held: Mapping[str, str]) -> dict[str, str]:
    return {"ID": held["ID"]} if "ID" in held else {}
