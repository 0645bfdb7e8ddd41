"""What an edition is held against: our own law, or any RELAX NG, XSD or Schematron that a user names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.resources import schema_folder

_CHUNK = 1 << 14
_LARGEST = 64 * 1024 * 1024
_COMPACT = frozenset({".rnc"})
_ROOTS = {
    "{http://relaxng.org/ns/structure/1.0}grammar": "RELAX NG",
    "{http://relaxng.org/ns/structure/1.0}element": "RELAX NG",
    "{http://relaxng.org/ns/structure/1.0}choice": "RELAX NG",
    "{http://relaxng.org/ns/structure/1.0}externalRef": "RELAX NG",
    "{http://www.w3.org/2001/XMLSchema}schema": "XSD",
    "{http://purl.oclc.org/dsdl/schematron}schema": "Schematron",
}


class Engine(Enum):
    """Which of two engines holds a document against an XSD."""

    LIBXML2 = "lxml"
    XMLSCHEMA = "xmlschema"


class Language(Enum):
    """In which language a schema is written."""

    RELAXNG = "RELAX NG"
    XSD = "XSD"
    SCHEMATRON = "Schematron"


@dataclass(frozen=True, slots=True)
class OwnSchema:
    """The law of this project, in the folder where its compiled forms lie."""

    folder: Path

    def file(self, suffix: str) -> Path:
        """``.rng``, ``.xsd``, ``.sch`` or ``.glosses.json``."""
        return self.folder / f"teiwright{suffix}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How schemas of others are used.

    ``phase`` selects Schematron rules, ``rules`` is whether those inside a grammar are tried, ``engines`` is for XSD;
    ``trusted`` are files and folders outside a schema's own that it may include;
    ``keeps`` is whether a large grammar is kept, compiled, from run to run.
    """

    phase: str = "#DEFAULT"
    rules: bool = True
    engines: tuple[Engine, ...] = (Engine.LIBXML2,)
    trusted: tuple[Path, ...] = ()
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class ForeignSchema:
    """One file in one language, by whomever. Rules, and XSD in libxml2, have so many seconds a document."""

    path: Path
    language: Language
    seconds: float = 120.0
    manner: Manner = Manner()


Schema = OwnSchema | ForeignSchema


def own_schema() -> OwnSchema:
    """The law that comes with teiwright."""
    return OwnSchema(schema_folder())


def load_schema(path: Path, manner: Manner | None = None) -> Schema:
    """Say what schema a file holds. Raises ``TeiwrightError`` if it is none."""
    own = own_schema()
    if path.resolve() in {own.file(suffix).resolve() for suffix in (".rng", ".xsd", ".sch", ".odd")}:
        return own
    found = _foreign(path, *_stamp(path))
    return found if manner is None else replace(found, manner=manner)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        refuse(path, 0, f"the schema cannot be read: {(error.strerror or 'unknown').lower()}", "look at its name")
    if not path.is_file():
        refuse(path, 0, "the schema is no file", "name one file: RELAX NG, XSD or Schematron")
    if found.st_size > _LARGEST:
        refuse(path, 0, "the schema has more than 64 MB", "name the schema, not a text")
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _foreign(path: Path, _changed: int, _size: int) -> ForeignSchema:
    if path.suffix in _COMPACT:
        return ForeignSchema(path, Language.RELAXNG)
    if _begins_relaxng(path):
        return ForeignSchema(path, Language.RELAXNG)
    from lxml import etree  # noqa: PLC0415 (RELAX NG does without)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        refuse(path, 0, f"the schema cannot be read: {(error.strerror or 'unknown').lower()}", None)
    except etree.XMLSyntaxError as error:
        refuse(path, error.lineno or 0, f"the schema is no well-formed XML: {error.msg}", None)
    kind = _ROOTS.get(str(root.tag))
    if kind is None:
        local = str(root.tag).rpartition("}")[2]
        hint = "name a RELAX NG, XSD or Schematron file; an ODD is compiled with `teiwright odd`"
        refuse(path, 1, f"`{local}` is no schema", hint)
    return ForeignSchema(path, Language(kind))


def _begins_relaxng(path: Path) -> bool:
    """Whether the first element is one of RELAX NG, whose reader says the rest."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, _attributes: object) -> None:
        found.append(f"{{{name}")
        raise StopIteration

    def refuse_entities(*_: object) -> None:
        raise StopIteration

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse_entities
    with suppress(StopIteration, expat.ExpatError, ValueError, LookupError, OSError), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
    return bool(found) and _ROOTS.get(found[0]) == Language.RELAXNG.value


def refuse(path: Path, line: int, message: str, hint: str | None, column: int = 0) -> NoReturn:
    """A schema that cannot be used is no fault of the edition."""
    raise TeiwrightError(Diagnostic(Code.UNREADABLE_SCHEMA, Location(str(path), line, column), message, hint))
