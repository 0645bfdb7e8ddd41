"""The rules of a file, whole: a Schematron schema with what it includes, or the rules inside a RELAX NG or XSD.

What is included lies in the schema's own folder, or where the user trusts it (ISO/IEC 19757-3:2016, 5.4.4).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from lxml import etree

from teiwright.checking.schema import refuse

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
SCH = f"{{{SCHEMATRON}}}"
XSL_NAMESPACE = "http://www.w3.org/1999/XSL/Transform"
XSL = f"{{{XSL_NAMESPACE}}}"
_OLDER = "{http://www.ascc.net/xml/schematron}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BINDINGS_OF_EMBEDDED = "xslt3"
"""A grammar does not say in which XPath its rules are written; those of TEI need 2.0 at least."""
EMBEDDED = "embedded"
"""Marks a schema that was gathered from a grammar, and so may have no phases where others of a run have."""
_FILE = "{urn:teiwright:schematron}file"
"""On what was taken out of another file: which."""
_DEEPEST = 20
_HELD = frozenset(f"{SCH}{name}" for name in ("pattern", "phase", "let", "ns", "diagnostics", "properties"))


def refuse_at(path: Path, element: etree._Element, message: str, hint: str | None) -> NoReturn:
    """Refuse a schema for one of its elements."""
    refuse(*place_of(path, element), message, hint)


def place_of(path: Path, element: etree._Element) -> tuple[Path, int]:
    """The file and the line of an element of the schema ``path``, which may have been included."""
    names = (node.get(_FILE) for node in (element, *element.iterancestors()))
    file = Path(next((name for name in names if name is not None), path))
    line: object = element.sourceline
    return path if file == path.resolve() else file, line if isinstance(line, int) else 0


def read_schematron(path: Path, trusted: Iterable[Path] = ()) -> etree._Element:
    """A Schematron schema with its includes resolved. Raises ``TeiwrightError``."""
    return _reader(path, trusted).whole(path)


def schematron_files(path: Path, trusted: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The files that a Schematron schema consists of."""
    reader = _reader(path, trusted)
    reader.whole(path)
    return tuple(reader.read)


def phases(path: Path, files: Iterable[Path], trusted: Iterable[Path] = ()) -> tuple[str, ...]:
    """The phases of a Schematron schema, or of the rules inside the ``files`` of a grammar."""
    inside = tuple(files)
    schema = embedded_schematron(inside) if inside else read_schematron(path, trusted)
    return () if schema is None else tuple(str(each.get("id")) for each in schema.iterfind(f"{SCH}phase"))


def _reader(path: Path, trusted: Iterable[Path]) -> _Reader:
    return _Reader((path.resolve().parent, *(each.resolve() for each in trusted)))


def embedded_schematron(files: Iterable[Path]) -> etree._Element | None:
    """The rules that stand inside the files of a grammar, as one schema; ``None`` if there are none."""
    # the prefix keeps lxml from taking the default namespace of where the rules stood
    made = etree.Element(f"{SCH}schema", nsmap={"sch": SCHEMATRON}, queryBinding=_BINDINGS_OF_EMBEDDED)
    made.set(EMBEDDED, "true")
    seen: set[bytes] = set()
    for path in files:
        for found in _embedded(_parsed(path), path):
            same = etree.tostring(found, method="c14n", with_tail=False)
            if same not in seen:
                seen.add(same)
                found.set(_FILE, str(path.resolve()))
                made.append(found)
    return made if made.find(f"{SCH}pattern") is not None else None


def _embedded(root: etree._Element, path: Path) -> Iterable[etree._Element]:
    for element in root.iter(f"{SCH}*", f"{XSL}key", f"{XSL}function"):
        parent = element.getparent()
        if parent is None or str(parent.tag).startswith((SCH, XSL)):
            continue
        if element.tag == f"{SCH}rule":
            pattern = etree.Element(f"{SCH}pattern", nsmap={"sch": SCHEMATRON})
            pattern.append(copy.deepcopy(element))
            yield pattern
        elif element.tag in _HELD or str(element.tag).startswith(XSL):
            yield copy.deepcopy(element)
        elif element.tag in {f"{SCH}assert", f"{SCH}report"}:
            refuse_at(path, element, "a test stands outside a rule", "put it into a `rule` with a context")


def _parsed(path: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        refuse(path, 0, f"the rules cannot be read: {(error.strerror or 'unknown').lower()}", "correct the name")
    except etree.XMLSyntaxError as error:
        refuse(path, error.lineno or 0, f"the rules are no well-formed XML: {error.msg}", None)
    for element in root.iter(f"{_OLDER}*"):
        element.tag = str(element.tag).replace(_OLDER, SCH)
    return root


class _Reader:
    """Follows includes, and never out of the folders that it was given."""

    def __init__(self, allowed: tuple[Path, ...]) -> None:
        self._allowed = allowed
        self.read: dict[Path, None] = {}

    def whole(self, path: Path) -> etree._Element:
        root = _parsed(path)
        self.read[path.resolve()] = None
        self._resolve(root, path, (path.resolve(),))
        return root

    def _resolve(self, root: etree._Element, path: Path, above: tuple[Path, ...]) -> None:
        for element in list(root.iter(f"{SCH}include", f"{SCH}extends")):
            href = element.get("href")
            if href is None and element.tag == f"{SCH}include":
                refuse_at(path, element, "`include` has no @href", "name the file")
            if href is None:
                continue
            found = self._fetched(element, href, path, above)
            is_include = element.tag == f"{SCH}include" and found.tag != f"{SCH}schema"
            _replace(element, [found] if is_include else list(found))

    def _fetched(self, element: etree._Element, href: str, path: Path, above: tuple[Path, ...]) -> etree._Element:
        parts = urlsplit(href)
        if parts.scheme not in {"", "file"} or parts.netloc:
            hint = "copy it beside the schema, and name the copy"
            refuse_at(path, element, f"`{href[:80]}` is no local file, and rules are not fetched", hint)
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
        if not any(target.is_relative_to(folder) for folder in self._allowed):
            hint = "move the file, or allow its folder with `--trust FOLDER`"
            refuse_at(path, element, f"`{href[:80]}` leads out of the schema's folder", hint)
        if (target in above and not parts.fragment) or len(above) > _DEEPEST:
            refuse_at(path, element, f"the schema includes itself by way of `{href[:80]}`", "remove the circle")
        if not target.is_file():
            refuse_at(path, element, f"there is no file `{href[:80]}`", "correct the path; it is relative to this file")
        root = _parsed(target)
        for node in root.iter(f"{SCH}*"):
            node.set(_FILE, str(target))
        self.read[target] = None
        found = root if not parts.fragment else _with_id(root, unquote(parts.fragment))
        if found is None:
            refuse_at(path, element, f"`{target.name}` has nothing with the id `{parts.fragment[:80]}`", None)
        self._resolve(found, target, (*above, target))
        return found


def _with_id(root: etree._Element, ident: str) -> etree._Element | None:
    return next((node for node in root.iter(f"{SCH}*") if ident in (node.get("id"), node.get(_XML_ID))), None)


def _replace(element: etree._Element, by: list[etree._Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent.remove(element)
    for number, node in enumerate(by):
        parent.insert(place + number, copy.deepcopy(node))
