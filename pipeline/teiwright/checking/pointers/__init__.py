"""Pointers and identifiers: every pointer leads somewhere, every identifier is there once (TEI Guidelines 17)."""

from teiwright.checking.pointers.around import Around
from teiwright.checking.pointers.duplicates import duplicate_ids
from teiwright.checking.pointers.references import consulted, dangling_pointers

__all__ = ["Around", "consulted", "dangling_pointers", "duplicate_ids"]
