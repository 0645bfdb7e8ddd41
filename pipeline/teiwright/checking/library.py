"""A schema as a value of a program: read and compiled once, used for any number of documents."""

from __future__ import annotations

from pathlib import Path

from teiwright.checking import telling
from teiwright.checking.schema import ForeignSchema, Language, Manner, OwnSchema, load_schema, own_schema


class Schema:
    """Our own law, or the schema of a file: RELAX NG in either syntax, XSD, Schematron.

    Raises ``TeiwrightError`` if it cannot be used. To another process it goes as the name of its file.
    """

    def __init__(self, path: Path | str | None = None, manner: Manner | None = None) -> None:
        self._path = None if path is None else Path(path)
        self._manner = manner or Manner()
        self.source: OwnSchema | ForeignSchema = (
            own_schema() if self._path is None else load_schema(self._path, self._manner)
        )
        if isinstance(self.source, ForeignSchema) and self.source.language is Language.RELAXNG:
            telling.compiled(self.source.path, self._manner.trusted, keeps=self._manner.keeps)

    def __reduce__(self) -> tuple[type[Schema], tuple[Path | None, Manner]]:
        return Schema, (self._path, self._manner)

    def __repr__(self) -> str:
        return f"Schema({str(self._path)!r})" if self._path else "Schema()"
