"""Which files hold many texts; told by how they are named."""

from __future__ import annotations

from enum import Enum
from pathlib import Path


class Form(Enum):
    """How many texts, or editions, lie in one file."""

    LINES = "JSON Lines"
    PARQUET = "Parquet"
    TAR = "tar"
    ZIP = "zip"
    CORPUS = "teiCorpus"


_ENDINGS = {
    **{".jsonl": Form.LINES, ".ndjson": Form.LINES, ".jsonl.gz": Form.LINES, ".parquet": Form.PARQUET},
    **{".tar": Form.TAR, ".tar.gz": Form.TAR, ".tgz": Form.TAR, ".tar.bz2": Form.TAR, ".zip": Form.ZIP},
}
ENDINGS = tuple(_ENDINGS)
"""How files of texts are named."""


def form_of(file: Path) -> Form | None:
    """The form of a file of texts; none for anything else."""
    return next((form for ending, form in _ENDINGS.items() if file.name.lower().endswith(ending)), None)


def form_of_editions(file: Path) -> Form | None:
    """The form of a file of editions; XML holds them as one ``teiCorpus``."""
    return Form.CORPUS if file.suffix.lower() == ".xml" else form_of(file)


def folder_of(file: Path) -> Path:
    """Where the texts of a file are unpacked if nobody says: beside it, under its name."""
    ending = max((ending for ending in _ENDINGS if file.name.lower().endswith(ending)), key=len)
    return file.with_name(file.name[: -len(ending)] or "texts")
