"""Identifiers: each once in a document, and the same whenever the document is made again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from teiwright.encoding.vocabulary import name_of
from teiwright.model import Note


class Ids:
    """Hands out identifiers; one that is taken gets ``-2``, ``-3`` …"""

    def __init__(self, *taken: str) -> None:
        self._times = dict.fromkeys(taken, 1)

    def take(self, wanted: str) -> str:
        """``wanted``, or ``wanted`` with the next free number behind it."""
        name = wanted
        while name in self._times:
            self._times[wanted] += 1
            name = f"{wanted}-{self._times[wanted]}"
        self._times[name] = 1
        return name


def ids_of_notes(notes: Iterable[Note], ids: Ids) -> tuple[str, ...]:
    """``fn-81`` for a note whose mark is a number, ``fn-s1``, ``fn-s2`` … in source order for the others."""
    signs = 0
    names = []
    for note in notes:
        mark = unicodedata.normalize("NFKC", note.mark).strip()
        if mark.isdecimal() and mark.isascii():
            names.append(ids.take(f"fn-{mark}"))
        else:
            signs += 1
            names.append(ids.take(f"fn-s{signs}"))
    return tuple(names)


def id_of_page(n: str, ids: Ids) -> str:
    """``pg-77``."""
    return ids.take(name_of(f"pg-{unicodedata.normalize('NFKC', n).strip('[] ')}"))
