"""Pointers and identifiers: every pointer leads somewhere, every identifier is there once (TEI Guidelines 17)."""

from teiwright.checking.pointers.around import Around
from teiwright.checking.pointers.duplicates import duplicate_ids
from teiwright.checking.pointers.references import Followed, follow

__all__ = ["Around", "Followed", "duplicate_ids", "follow"]
