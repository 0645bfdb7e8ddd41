"""What the project says of its editions, whatever their text."""

from __future__ import annotations

from dataclasses import dataclass

from teiwright.encoding.annotations import Authority
from teiwright.model import Licence

NO_LICENCE = Licence()
USUAL_FILES = Authority()


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes the edition, when, under what terms, and where its authority files are.

    ``date`` is a W3C date. The licence in the metadata of a text goes before this one.
    """

    publisher: str | None = None
    date: str | None = None
    licence: Licence = NO_LICENCE
    authority: Authority = USUAL_FILES
