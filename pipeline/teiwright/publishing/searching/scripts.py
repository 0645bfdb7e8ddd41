"""Files of data that a page reads: scripts that hand over one value, since pages on a disk may read nothing else."""

from __future__ import annotations

import json
from typing import Any

LEAF = 12_000
"""About so many bytes a file: a search reads several, and a first one at most 400 kB."""

_FOLDER = 1_000
"""So many numbered files a folder."""

FOLDER = "html/search"


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as the files have it."""


def numbered(kind: str, number: int, part: int = 0) -> str:
    """The name of a data file, without its folder and ending: ``texts/012/012345-1``."""
    return f"{kind}/{number // _FOLDER:03d}/{number:06d}{f'-{part}' if part else ''}"


def script_path(name: str) -> str:
    """Where the file of that name lies in the output folder."""
    return f"{FOLDER}/data/{name}.js"


def script(name: str, value: Any) -> tuple[str, bytes]:
    """A file that hands over a value by its name."""
    return script_of(name, as_json(value))


def script_of(name: str, data: str) -> tuple[str, bytes]:
    """The same of a value as ``as_json`` has it."""
    return script_path(name), f'teiwright("{name}",{data});\n'.encode()
