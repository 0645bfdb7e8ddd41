"""Whether the name after ``-o`` is that of a file or of a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from teiwright.bulk.forms import form_of
from teiwright.cli.outcomes import plain
from teiwright.remote import Url

EDITIONS = (".xml", ".tei")
"""How the names of editions end."""

_FILES = (
    *EDITIONS,
    *(".html", ".htm", ".xhtml", ".pdf", ".typ", ".epub", ".txt", ".md", ".docx", ".odt"),
    *(".rng", ".rnc", ".xsd", ".sch", ".odd"),
    *(".jsonl", ".ndjson", ".json", ".csv", ".parquet", ".zip", ".tar", ".gz", ".tgz", ".bz2"),
)


def folder(hint: str) -> Callable[[click.Context, click.Parameter, Path | None], Path | None]:
    """For an option that names a folder: what is there no folder and is called like a file is refused with a hint."""

    def refuse(_context: click.Context, option: click.Parameter, output: Path | None) -> Path | None:
        if output is not None and is_called_like_a_file(output):
            raise a_folder_is_wanted(output, hint, option.opts[0])
        return output

    return refuse


def is_called_like_a_file(output: Path) -> bool:
    """Whether a folder made under this name would be taken for a file; what is there already is what it is."""
    return not output.exists() and output.name.lower().endswith(_FILES)


def a_folder_is_wanted(output: Path, hint: str, option: str = "-o") -> click.UsageError:
    """What to say then."""
    return click.UsageError(f"`{option}` names a folder here, and `{plain(output)}` is the name of a file; {hint}")


def one_goes_to_one(paths: Sequence[Path | Url], output: Path, endings: tuple[str, ...]) -> bool:
    """Whether what is made of one file goes to one file, because that is so named."""
    match paths:
        case [Path() as path] if path.is_dir() or form_of(path):
            return False
        case [_]:
            return output.name.lower().endswith(endings) and not output.is_dir()
        case _:
            return False
