"""Whether an edition is what it should be: the law, the rules, the pointers, the order of pages and notes."""

from teiwright.checking.check import (
    DocumentId,
    check,
    check_document,
    check_files,
    document_id,
    equal_ids,
    prepare_schema,
    project_of,
)
from teiwright.checking.rules import has_phases, is_schematron
from teiwright.checking.schema import (
    Engine,
    ForeignSchema,
    Language,
    Manner,
    OwnSchema,
    Schema,
    load_schema,
    own_schema,
)

__all__ = [
    "DocumentId",
    "Engine",
    "ForeignSchema",
    "Language",
    "Manner",
    "OwnSchema",
    "Schema",
    "check",
    "check_document",
    "check_files",
    "document_id",
    "equal_ids",
    "has_phases",
    "is_schematron",
    "load_schema",
    "own_schema",
    "prepare_schema",
    "project_of",
]
