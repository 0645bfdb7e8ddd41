"""Reads authority files: ``listPerson`` and ``listPlace`` of TEI (Guidelines, chapter 14).

The files may come from strangers: no entity is expanded, nothing is fetched, size and depth have limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Kind
from teiwright.naming.authority import Authority, Entry, Post, Variant

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ENTRIES = {f"{_TEI}person": Kind.PERSON, f"{_TEI}place": Kind.PLACE}
_NAMES = {Kind.PERSON: f"{_TEI}persName", Kind.PLACE: f"{_TEI}placeName"}
_POSTS = (f"{_TEI}occupation", f"{_TEI}state")
_MERGED = f"{_TEI}note[@type='merged']"
_LARGEST = 64 * 1024 * 1024
_NAME_START = re.compile(r"\w")
_YEAR = re.compile(r"\d{4}")


def load_authority(paths: Iterable[Path | str]) -> Authority:
    """Read authority files, in the order given; raises ``TeiwrightError`` with file and line."""
    files = [(path, _bytes(path)) for path in dict.fromkeys(map(Path, paths))]
    digests = tuple((path.name, sha256(data).hexdigest()) for path, data in files)
    return replace(_joined((path, _parsed(data, path)) for path, data in files), files=digests)


def parse_authority(data: bytes, path: Path) -> Authority:
    """The authority of a file that is not written yet; ``path`` is named in findings."""
    return _joined([(path, _parsed(data, path))])


def entries_in(path: Path, root: etree._Element) -> tuple[Entry, ...]:
    """The entries of any TEI file that have an id and a name; ``load_authority`` says what is amiss with others."""
    found = []
    for element in root.iter(*_ENTRIES):
        with suppress(TeiwrightError):
            found.append(_entry(path, element))
    return tuple(found)


def _joined(files: Iterable[tuple[Path, etree._Element]]) -> Authority:
    entries: dict[str, Entry] = {}
    for path, root in files:
        for entry, line in _entries(path, root):
            if entry.id in entries:
                raise _error(
                    Code.DUPLICATE_AUTHORITY_ID,
                    path,
                    line,
                    f"`{entry.id}` is the id of an entry that was read before",
                    "give each person and place an id of its own, also across files",
                )
            entries[entry.id] = entry
    return Authority(tuple(entries.values()))


def _entries(path: Path, root: etree._Element) -> Iterator[tuple[Entry, int]]:
    found = False
    for element in root.iter(*_ENTRIES):
        found = True
        if element.find(_MERGED) is None:  # what was merged into another entry keeps nothing but its id
            yield _entry(path, element), _line(element)
    if not found:
        raise _error(
            Code.NO_AUTHORITY_ENTRIES,
            path,
            1,
            f"`{etree.QName(root).localname}` holds no `person` and no `place` of TEI",
            "check that it is a TEI file with `listPerson` or `listPlace`",
        )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise _error(Code.UNSAFE_AUTHORITY, path, 0, "more than 64 MB", "split the file")
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise _error(Code.AUTHORITY_NOT_READABLE, path, 0, reason, "correct the path") from problem


def _parsed(data: bytes, path: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        message = f"not well-formed XML: {(problem.msg or 'no content').split(', line')[0]}"
        raise _error(
            Code.AUTHORITY_NOT_WELL_FORMED, path, problem.lineno or 0, message, "mend the file there"
        ) from problem
    if _declares_entities(root):
        flaw = "its document type declares entities"
        raise _error(Code.UNSAFE_AUTHORITY, path, 0, flaw, "write the characters themselves")
    return root


def _entry(path: Path, element: etree._Element) -> Entry:
    kind = _ENTRIES[element.tag]
    line = _line(element)
    identifier = element.get(_ID)
    if not identifier:
        what = etree.QName(element).localname
        raise _error(
            Code.AUTHORITY_ENTRY_WITHOUT_ID,
            path,
            line,
            f"a `{what}` without `xml:id`",
            "give it one, once and for all",
        )
    variants = tuple(_variants(element, kind))
    if not variants:
        wanted = etree.QName(_NAMES[kind]).localname
        raise _error(
            Code.AUTHORITY_ENTRY_WITHOUT_NAME,
            path,
            line,
            f"`{identifier}` has no `{wanted}`",
            f"add the name as `{wanted}`, and each other form as one more",
        )
    posts = tuple(
        Post(text, post.get("from") or post.get("notBefore"), post.get("to") or post.get("notAfter"))
        for post in element.iterchildren(*_POSTS)
        if (text := _text(post))
    )
    return Entry(identifier, kind, variants, posts, _year(element, "birth"), _year(element, "death"))


def _variants(element: etree._Element, kind: Kind) -> Iterator[Variant]:
    for named in element.iterchildren(_NAMES[kind]):
        text = _text(named)
        if _NAME_START.search(text):
            sources = tuple(pointer.rpartition("#")[2] for pointer in (named.get("source") or "").split())
            begin, end = (_attribute_year(named, *names) for names in (("from", "notBefore"), ("to", "notAfter")))
            yield Variant(text, named.get("type") or "main", sources, begin, end)


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _year(element: etree._Element, event: str) -> int | None:
    """Of a birth that is not certain the first year that is possible, of a death the last."""
    child = element.find(f"{_TEI}{event}")
    return None if child is None else _attribute_year(child, "when", "notBefore" if event == "birth" else "notAfter")


def _attribute_year(element: etree._Element, *names: str) -> int | None:
    match = next((m for name in names if (m := _YEAR.match(element.get(name) or ""))), None)
    return int(match[0]) if match else None


def _declares_entities(root: etree._Element) -> bool:
    subset: Any = root.getroottree().docinfo.internalDTD
    return subset is not None and any(True for _ in subset.iterentities())


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)


def _error(code: Code, path: Path, line: int, message: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(code, Location(str(path), line), message, hint))
