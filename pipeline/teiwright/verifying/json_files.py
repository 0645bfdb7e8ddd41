"""JSON that describes a package: no name twice in one object, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any

from teiwright.diagnostics import Code
from teiwright.verifying.entries import refusal

_LARGEST = 64 << 20
"""Bytes; a crate of 100,000 files has half of that, and what is read from JSON needs many times its size."""


class _TwiceError(ValueError):
    """A name that an object has twice."""


def read_json(path: str, data: bytes) -> Any:
    """Raises ``TeiwrightError`` for what is no JSON (RFC 8259), or could be read in two ways."""
    if len(data) > _LARGEST:
        raise refusal(
            Code.UNSAFE_DESCRIPTION, path, f"the JSON has {len(data):,} bytes, more than are read ({_LARGEST:,})"
        )
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)
    except json.JSONDecodeError as error:
        message = f"the file is no JSON: {error.msg.lower()}"
        raise refusal(Code.BROKEN_DESCRIPTION, path, message, "make the package anew", error.lineno) from error
    except UnicodeDecodeError as error:
        raise refusal(Code.BROKEN_DESCRIPTION, path, "the file is not written in UTF-8") from error
    except _TwiceError as error:
        message = f"an object has the name `{error}` twice, and programs differ in which one they take"
        raise refusal(Code.UNSAFE_DESCRIPTION, path, message, "keep one of the two") from error
    except (RecursionError, ValueError) as error:
        raise refusal(
            Code.UNSAFE_DESCRIPTION, path, "the JSON is nested too deeply, or has an endless number"
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return made


def _refused(name: str) -> Any:
    raise ValueError(name)
