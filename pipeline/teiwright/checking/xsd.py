"""An XSD of others, by xmlschema: slower than libxml2, more exact, and a second opinion.

To build a schema takes xmlschema seconds, up to half a minute, so that what was built is kept, pickled, under a key
of all the schema's files and all versions concerned. A pickle is code: it is read from our own folder alone.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from teiwright.caching import cache_folder, keep, key_of_contents, read_kept
from teiwright.checking.flaw import Flaw
from teiwright.checking.nearness import by_nearness, nearest
from teiwright.checking.positions import local
from teiwright.checking.schema import ForeignSchema, refuse
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code

_XS = "{http://www.w3.org/2001/XMLSchema}"
_FETCHING = tuple(f"{_XS}{name}" for name in ("include", "import", "redefine", "override"))
_MOST_FILES = 1000
_ATTRIBUTE = re.compile(r"attribute (?P<name>[^=\s]+)='(?P<value>.*?)': (?P<why>.*)", re.DOTALL)
_UNKNOWN_ATTRIBUTE = re.compile(r"'(?P<name>[^']+)' attribute not allowed for element")
_NO_ATTRIBUTE = re.compile(r"missing required attribute:? '(?P<name>[^']+)'")
_STRAY_TEXT = "character data between child elements not allowed"


def xsd_files(path: Path, trusted: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The files of a schema, all in its own folder or where the user trusts them. Raises ``TeiwrightError``."""
    allowed = (path.resolve().parent, *(each.resolve() for each in trusted))
    found: dict[Path, None] = {path.resolve(): None}
    waiting = [path.resolve()]
    while waiting:
        here = waiting.pop()
        for location, line in _file(here).fetched:
            target = _target(here, location, line, allowed)
            if target not in found:
                found[target] = None
                waiting.append(target)
        if len(found) > _MOST_FILES:
            refuse(path, 0, f"the schema has more than {_MOST_FILES:,} files", None)
    return tuple(found)


def has_rules(path: Path, namespace: str) -> bool:
    """Whether a file of a schema holds elements of this namespace, in which rules are written."""
    return namespace in _file(path).namespaces


@dataclass(frozen=True, slots=True)
class _File:
    """What a file of a schema fetches, each with its line, and the namespaces of its elements."""

    fetched: tuple[tuple[str, int], ...]
    namespaces: frozenset[str]


def _file(path: Path) -> _File:
    try:
        return _file_as_of(path, path.stat().st_mtime_ns)
    except OSError as error:
        refuse(path, 0, f"the schema cannot be read: {(error.strerror or 'unknown').lower()}", None)


@lru_cache(maxsize=_MOST_FILES)
def _file_as_of(path: Path, _changed: int) -> _File:
    """Read once for all documents."""
    root = _root_of(path)
    lines = ((element.get("schemaLocation"), element.sourceline) for element in root.iterchildren(*_FETCHING))
    fetched = tuple((where, line if isinstance(line, int) else 0) for where, line in lines if where is not None)
    return _File(fetched, frozenset(etree.QName(element).namespace or "" for element in root.iter("*")))


def _root_of(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        return etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        refuse(path, error.lineno or 0, f"the schema is no well-formed XML: {error.msg}", None)


def _target(here: Path, location: str, number: int, allowed: tuple[Path, ...]) -> Path:
    parts = urlsplit(urljoin(here.as_uri(), location.strip()))
    if parts.scheme != "file" or parts.netloc:
        hint = "copy it beside the schema, and name the copy"
        refuse(here, number, f"{quoted(location)} is no local file, and schemas are not fetched", hint)
    target = Path(unquote(parts.path)).resolve()
    if not any(target.is_relative_to(folder) for folder in allowed):
        hint = "move the file, or allow its folder with `--trust FOLDER`"
        refuse(here, number, f"{quoted(location)} leads out of the schema's folder", hint)
    if not target.exists():
        hint = "put it there: a schema needs all its files"
        refuse(here, number, f"{quoted(location)}, which the schema takes in, is not there", hint)
    return target


def built(path: Path, trusted: tuple[Path, ...] = ()) -> Any:
    """The schema as xmlschema has it."""
    return _built(path, xsd_files(path, trusted), path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _built(path: Path, files: tuple[Path, ...], _changed: int) -> Any:
    import elementpath  # noqa: PLC0415 (takes a quarter of a second)
    import xmlschema  # noqa: PLC0415 (the same)

    folder = cache_folder("xsd")
    versions = (xmlschema.__version__, elementpath.__version__, sys.version)
    kept = folder / f"{key_of_contents(files, versions)}.pickle" if folder else None
    if kept is not None and (data := read_kept(kept)) is not None:
        try:
            return pickle.loads(data)  # noqa: S301 (nobody but this user can have written it, see caching)
        except Exception:  # noqa: S110 (whatever is wrong with what was kept, it is made anew)
            pass
    try:
        schema = xmlschema.XMLSchema10(str(path), allow="local", defuse="always")
    except (xmlschema.XMLSchemaException, OSError, ValueError, TypeError, RecursionError) as error:
        refuse(path, 0, f"xmlschema cannot use the schema: {' '.join(str(error).split())[:200]}", None)
    if kept is not None:
        keep(kept, pickle.dumps(schema))
    return schema


def flaws(schema: ForeignSchema, tree: etree._ElementTree) -> Iterator[Flaw]:
    """What xmlschema has against a document, in our words."""
    root = tree.getroot()
    for error in built(schema.path, schema.manner.trusted).iter_errors(tree):
        element = error.elem if isinstance(error.elem, etree._Element) else root
        yield _flaw(error, element, str(error.reason or error.message))


def _flaw(error: Any, element: etree._Element, reason: str) -> Flaw:
    child = getattr(error, "invalid_child", None)
    names = (getattr(each, "name", None) for each in getattr(error, "expected", None) or ())
    expected = [_local(name) for name in names if name]
    if isinstance(child, etree._Element):
        return _unexpected(child, expected)
    here = quoted(local(element))
    if reason.startswith("The content of element") or (getattr(error, "invalid_tag", "") is None and expected):
        hint = f"add {'one of ' * (len(expected) > 1)}{listed(expected)}" if expected else None
        return Flaw(Code.ELEMENT_MISSING, element, f"{here} lacks an element", hint)
    if found := _UNKNOWN_ATTRIBUTE.search(reason):
        message = f"{here} cannot have the attribute {quoted(_local(found['name']))}"
        return Flaw(Code.ATTRIBUTE_NOT_ALLOWED, element, message, "remove it")
    if found := _NO_ATTRIBUTE.search(reason):
        name = _local(found["name"])
        return Flaw(Code.ATTRIBUTE_MISSING, element, f"{here} has no @{name}", f"add `{name}`")
    if found := _ATTRIBUTE.match(reason):
        message = f"@{_local(found['name'])} of {here} is {quoted(found['value'])}: {_plain(found['why'])}"
        return Flaw(Code.VALUE_NOT_ALLOWED, element, message)
    if reason == _STRAY_TEXT:
        return Flaw(Code.TEXT_NOT_ALLOWED, element, f"text stands directly in {here}, which holds no text")
    return Flaw(Code.SCHEMA_BROKEN, element, f"the schema refuses {here}: {_plain(reason)}")


def _unexpected(child: etree._Element, expected: list[str]) -> Flaw:
    name = local(child)
    near = nearest(name, expected)
    hint = f"did you mean `{near[0]}`?" if near else None
    if hint is None and expected:
        hint = f"expected here: {listed(by_nearness(name, expected))}"
    return Flaw(Code.ELEMENT_NOT_ALLOWED, child, f"{quoted(name)} cannot stand here", hint)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _plain(reason: str) -> str:
    return quoted(re.sub(r"\{[^}]*\}", "", reason), 200).strip("`")
