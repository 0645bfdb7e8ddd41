"""Where specifications come from: TEI's own (``p5subset.xml``), or another ODD (``@source``); from the disk alone.

TD, `att.source`: ``@source`` says which version of TEI, or which ODD, a reference is resolved against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.documents import Document, Origin, local, open_document
from teiwright.odd.reading import SPECIFICATIONS, Reader
from teiwright.odd.specification import TEI_NAMESPACE, Odd, Specification

_TEI = f"{{{TEI_NAMESPACE}}}"
_REMOTE = frozenset({"http", "https", "ftp"})


class Library(Mapping[str, Specification]):
    """Specifications by name, read when somebody asks for them."""

    def __init__(self, document: Document, language: str) -> None:
        self._reader = Reader(document, language)
        self._elements: dict[str, etree._Element] = {}
        self._read: dict[str, Specification] = {}
        for element in document.root.iter(*(f"{_TEI}{name}" for name in sorted(SPECIFICATIONS))):
            self._elements.setdefault(element.get("ident", ""), element)

    def __getitem__(self, ident: str) -> Specification:
        if ident not in self._read:
            self._read[ident] = self._reader.specification(self._elements[ident])
        return self._read[ident]

    def __iter__(self) -> Iterator[str]:
        return iter(self._elements)

    def __len__(self) -> int:
        return len(self._elements)

    def __contains__(self, ident: object) -> bool:
        return ident in self._elements

    def modules(self) -> dict[str, list[str]]:
        """The names in each module."""
        found: dict[str, list[str]] = {}
        for ident, element in self._elements.items():
            found.setdefault(element.get("module", ""), []).append(ident)
        return found


class Sources:
    """Opens what an ODD refers to, each file once."""

    def __init__(
        self,
        odd: Path,
        p5subset: Path | None,
        allowed: tuple[Path, ...],
        compile_chained: Callable[[Document, Sources], Odd],
    ) -> None:
        self._p5subset = p5subset
        self._folders = tuple(folder.resolve() for folder in (odd.parent, *allowed))
        self._compile = compile_chained
        self._documents: dict[Path, Document] = {}
        self._libraries: dict[tuple[Path, str], Mapping[str, Specification]] = {}
        self._open: list[Path] = [odd.resolve()]

    def start(self, document: Document) -> None:
        """The ODD itself is one of the documents."""
        self._documents[document.path.resolve()] = document

    def tei(self, origin: Origin, language: str) -> Mapping[str, Specification]:
        """TEI itself."""
        if self._p5subset is None:
            origin.refuse(
                Code.NO_TEI_SOURCE,
                "this refers to TEI's own specifications, and nobody said where they are",
                'give `--p5subset FILE`, or `p5subset = "FILE"` under `[odd]` in teiwright.toml; '
                "the file is part of every TEI release: xml/tei/odd/p5subset.xml",
            )
        return self._library(self._p5subset, language)

    def library(self, source: str | None, origin: Origin, language: str) -> Mapping[str, Specification]:
        """What ``@source`` names."""
        if source is None or is_tei(source):
            return self.tei(origin, language)
        path = self.path(source, origin)
        if path in self._open:
            origin.refuse(Code.ODD_CYCLE, f"`{source}` is made from this ODD itself", "let one of the two stand alone")
        return self._library(path, language)

    def document(self, reference: str, origin: Origin) -> Document:
        """A file that is referred to."""
        return self._opened(self.path(reference, origin))

    def path(self, reference: str, origin: Origin) -> Path:
        """Where a reference points to; refused if that is not on the disk, or not where strangers may point."""
        parts = urlsplit(reference)
        if parts.scheme in _REMOTE or parts.netloc:
            origin.refuse(
                Code.FOREIGN_SOURCE,
                f"`{reference}` is on the web, and nothing is fetched from there",
                "save it beside the ODD and name the file",
            )
        path = (origin.document.path.parent / unquote(parts.path)).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            origin.refuse(
                Code.FOREIGN_SOURCE,
                f"`{reference}` lies outside the folder of the ODD",
                "move it there, or allow its folder with `--allow FOLDER`",
            )
        if not path.is_file():
            origin.refuse(Code.FOREIGN_SOURCE, f"there is no file `{reference}`", "look at its name")
        return path

    def _opened(self, path: Path) -> Document:
        path = path.resolve()
        if path not in self._documents:
            self._documents[path] = open_document(path)
        return self._documents[path]

    def _library(self, path: Path, language: str) -> Mapping[str, Specification]:
        path = path.resolve()
        if (path, language) not in self._libraries:
            self._libraries[path, language] = self._read(path, language)
        return self._libraries[path, language]

    def _read(self, path: Path, language: str) -> Mapping[str, Specification]:
        document = self._opened(path)
        if next(document.root.iter(f"{_TEI}schemaSpec"), None) is None:
            library = Library(document, language)
            if not library:
                root = document.origin(document.root)
                message = f"`{local(document.root)}` holds no specifications"
                root.refuse(Code.NO_TEI_SOURCE, message, "name p5subset.xml, or an ODD")
            return library
        self._open.append(path)
        made = self._compile(document, self)
        self._open.pop()
        return made.specifications


def is_tei(source: str) -> bool:
    """Whether this names TEI's own specifications, which users have as a file."""
    parts = urlsplit(source)
    return source.startswith("tei:") or (parts.scheme in _REMOTE and parts.path.endswith("p5subset.xml"))
