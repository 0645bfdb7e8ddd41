"""Which entries of the authority files a document touches: only if one of these changes can the document change.

Naming looks for the forms of entries in the text, and asks for names that it found by other means. An entry of which
no form can stand in the text, and for which nothing was asked, is of no account, also if it is added tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from teiwright.diagnostics import TeiwrightError
from teiwright.digests import key_of

if TYPE_CHECKING:
    from teiwright.naming import Asked, Authority

_WORD = re.compile(r"\w+")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Touch:
    """What tells which entries a document touches: words of its text that can begin a name, what was asked of the
    authority files, and the ids to which its edition points.
    """

    words: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    forms: tuple[tuple[str, ...], ...] = ()
    pointers: tuple[str, ...] = ()


def touch_of(text: str, asked: Asked, edition: etree._Element, named: Iterable[str]) -> Touch:
    """How a document touches the authority files; ``named`` are ids that its metadata and decisions name."""
    return Touch(
        tuple(sorted(_telling(_WORD.findall(text)))),
        tuple(sorted(asked.surnames)),
        tuple(sorted(asked.forms)),
        tuple(sorted({*_pointers(edition), *named})),
    )


def _telling(words: Iterable[str]) -> set[str]:
    """Words that are not written small, as some word of every name is; scripts without case have no others."""
    return {word for word in words if not word[0].islower()}


def _pointers(root: etree._Element) -> Iterator[str]:
    """The ids in pointers to other files, and those of all references."""
    for element in root.iter(etree.Element):
        for name, value in element.items():
            for pointer in str(value).split() if "#" in value else ():
                place, _, identifier = pointer.partition("#")
                if identifier and (place or name == "ref"):
                    yield identifier


@dataclass(frozen=True, slots=True)
class Entries:
    """What documents depend on of the authority files: by entry, a digest of what naming sees, and of all of it."""

    naming: Mapping[str, str]
    whole: Mapping[str, str]
    by_word: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    by_surname: Mapping[str, tuple[str, ...]]
    by_form: Mapping[tuple[str, ...], tuple[str, ...]]

    def for_edition(self, touch: Touch) -> dict[str, str]:
        """The parts of which naming and checking make a document."""
        touched = self._touched(touch)
        pointed = {name: self.naming.get(name, "there" if name in self.whole else "") for name in touch.pointers}
        parts = {**pointed, **{name: self.naming[name] for name in touched}}
        return {_called(name): digest for name, digest in sorted(parts.items())}

    def for_views(self, pointers: Iterable[str]) -> dict[str, str]:
        """The parts of which the views are made: the entries that the edition names."""
        return {_called(name): self.whole.get(name, "") for name in pointers}

    def _touched(self, touch: Touch) -> set[str]:
        words = frozenset(touch.words)
        found = {name for word in ("", *touch.words) for need, name in self.by_word.get(word, ()) if need <= words}
        found.update(name for surname in touch.surnames for name in self.by_surname.get(surname, ()))
        found.update(name for form in touch.forms for name in self.by_form.get(form, ()))
        return found


_ENTRY = "the authority files' entry"


def _called(identifier: str) -> str:
    return f"{_ENTRY} `{identifier}`"


@dataclass(frozen=True)
class Authorities:
    """The authority files of a project, read only if something has to be held against them.

    ``same`` if documents were last held against these very files.
    """

    files: tuple[Path, ...]
    digest: str
    same: bool

    @cached_property
    def _entries(self) -> Entries | None:
        try:
            return read_entries(self.files)
        except TeiwrightError:
            return None  # each document tells of it

    def for_edition(self, touch: Touch) -> dict[str, str]:
        """The parts of which a document is made."""
        return self._entries.for_edition(touch) if self._entries else {_ENTRY: self.digest}

    def for_views(self, pointers: Iterable[str]) -> dict[str, str]:
        """The parts of which its views are made; ``pointers`` are the entries to which the edition points."""
        return self._entries.for_views(pointers) if self._entries else {_ENTRY: self.digest}


def from_authority(parts: Mapping[str, str]) -> dict[str, str]:
    """Those of the parts of something that stem from the authority files."""
    return {what: digest for what, digest in parts.items() if what.startswith(_ENTRY)}


def read_entries(paths: Iterable[Path]) -> Entries:
    """The entries of authority files; raises a ``TeiwrightError`` as naming does."""
    from teiwright.naming import load_authority  # noqa: PLC0415 (only where a document has to be made)

    files = list(paths)
    authority = load_authority(files)
    whole = {name: digest for path in files for name, digest in _digests(path)}
    return _entries(authority, whole)


def _entries(authority: Authority, whole: Mapping[str, str]) -> Entries:
    from teiwright.naming import key, surname, tokens  # noqa: PLC0415 (as above)

    by_word: dict[str, dict[tuple[frozenset[str], str], None]] = {}
    by_surname: dict[str, dict[str, None]] = {}
    by_form: dict[tuple[str, ...], dict[str, None]] = {}
    for entry in authority.entries:
        for variant in entry.variants:
            by_surname.setdefault(surname(variant.text).casefold(), {})[entry.id] = None
            by_form.setdefault(key(variant.text), {})[entry.id] = None
            for form in (variant.text, variant.text.upper()):
                need = frozenset(_telling(token for token in tokens(form) if _WORD.fullmatch(token)))
                by_word.setdefault(max(sorted(need), key=len, default=""), {})[need, entry.id] = None
    return Entries(
        naming={entry.id: key_of(sorted(asdict(entry).items())) for entry in authority.entries},
        whole=whole,
        by_word={word: tuple(needs) for word, needs in by_word.items()},
        by_surname={name: tuple(ids) for name, ids in by_surname.items()},
        by_form={form: tuple(ids) for form, ids in by_form.items()},
    )


def _digests(path: Path) -> Iterator[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    for element in etree.parse(path, parser).iter(etree.Element):
        if identifier := element.get(_XML_ID):
            yield identifier, key_of(etree.tostring(element, method="c14n", with_tail=False))
