"""Whether an edition is what it should be: the law, the rules, the pointers, the order of pages and notes."""

from teiwright.checking.check import check, check_files
from teiwright.checking.schema import ForeignSchema, Language, OwnSchema, Schema, load_schema, own_schema

__all__ = [
    "ForeignSchema",
    "Language",
    "OwnSchema",
    "Schema",
    "check",
    "check_files",
    "load_schema",
    "own_schema",
]
