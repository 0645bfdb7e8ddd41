"""Why a schema cannot be used: something is wrong with it, or it asks for more work than anybody waits for."""

from __future__ import annotations

from pathlib import Path


class SchemaError(Exception):
    """A schema that breaks a rule of RELAX NG, or that cannot be read. ``line``, ``column`` are 0 if there is none."""

    def __init__(self, path: Path, line: int, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column
        self.message = message


class TooComplexError(Exception):
    """More patterns than memory and patience have room for."""
