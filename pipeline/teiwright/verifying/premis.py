"""A PREMIS document (2 or 3), as far as it speaks of files and of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from teiwright.verifying.xml_events import Start, events

_NAMESPACES = ("http://www.loc.gov/premis/v3", "info:lc/xmlns/premis-v2")
_TYPE = "http://www.w3.org/2001/XMLSchema-instance type"
_OWN = {"objectIdentifierValue": "object", "eventIdentifierValue": "event", "agentIdentifierValue": "agent"}
_LINKING = {
    "linkingObjectIdentifierValue": "object",
    "linkingEventIdentifierValue": "event",
    "linkingAgentIdentifierValue": "agent",
    "relatedObjectIdentifierValue": "object",
    "relatedEventIdentifierValue": "event",
}


class Named(NamedTuple):
    """An identifier of an object, event or agent, where it is given or pointed to."""

    kind: str
    value: str
    line: int


@dataclass
class Object:
    """One ``object``; ``category`` is ``file``, ``representation``, ``bitstream`` or ``intellectualEntity``."""

    category: str
    line: int
    identifiers: list[str] = field(default_factory=list)
    digests: list[tuple[str, str, int]] = field(default_factory=list)
    size: int | None = None
    location: str | None = None
    media_type: str | None = None


@dataclass
class Premis:
    """What one PREMIS file says."""

    path: str
    objects: list[Object] = field(default_factory=list)
    own: list[Named] = field(default_factory=list)
    linking: list[Named] = field(default_factory=list)


def read_premis(path: str, data: bytes) -> Premis | None:
    """``None`` for XML that is no PREMIS. Raises ``TeiwrightError`` if it is not well-formed, or not safe."""
    premis = Premis(path)
    current: Object | None = None
    algorithm = ""
    is_premis = None
    for name, value, start in _fields(path, data):
        if is_premis is None:
            is_premis = name is not None
        if name is None:
            continue
        if start is not None:
            if name == "object":
                category = start.attributes.get(_TYPE, "").rpartition(":")[2]
                current = Object(category, start.line)
                premis.objects.append(current)
            continue
        text, line = value
        if name == "object":
            current = None
        elif name in _LINKING:
            premis.linking.append(Named(_LINKING[name], text, line))
        elif name in _OWN:
            premis.own.append(Named(_OWN[name], text, line))
        if name == "messageDigestAlgorithm":
            algorithm = text
        if current is not None:
            _take(current, name, text, line, algorithm)
    return premis if is_premis else None


def _fields(path: str, data: bytes) -> Iterator[tuple[str | None, tuple[str, int], Start | None]]:
    for event in events(path, data):
        namespace, _, local = event.name.rpartition(" ")
        name = local if namespace in _NAMESPACES else None
        if isinstance(event, Start):
            yield name, ("", event.line), event
        else:
            yield name, (event.text, event.line), None


def _take(current: Object, name: str, text: str, line: int, algorithm: str) -> None:
    match name:
        case "objectIdentifierValue":
            current.identifiers.append(text)
        case "messageDigest":
            current.digests.append((algorithm, text, line))
        case "size" if text.isdigit():
            current.size = int(text)
        case "contentLocationValue":
            current.location = text
        case "formatName" if "/" in text:
            current.media_type = text
        case _:
            pass
