"""What stops the reading of a file, and the bytes of one that can be read."""

from __future__ import annotations

from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError


def stop(code: Code, where: Location, message: str, hint: str) -> TeiwrightError:
    """The error to raise."""
    return TeiwrightError(Diagnostic(code, where, message, hint))


def bytes_of(path: Path, largest: int) -> bytes:
    """What is in a file; raises if there is none, it cannot be read, or it is larger than ``largest``."""
    where = Location(str(path))
    try:
        if path.is_dir():
            raise stop(Code.NOT_READABLE, where, "this is a folder, not a text", "name the texts in it")
        with path.open("rb") as file:  # as much as is allowed, because a pipe or a device has no size
            data = file.read(largest + 1)
    except FileNotFoundError as error:
        hint = "look for a typing error in the name, and from which folder you started"
        raise stop(Code.NOT_FOUND, where, "there is no such file", hint) from error
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        hint = "look at the permissions of the file and of the folders that it is in"
        raise stop(Code.NOT_READABLE, where, f"the file cannot be read: {why}", hint) from error
    if len(data) > largest:
        message = f"the text has more than {largest:,} bytes, which is as much as is read at once"
        raise stop(Code.TEXT_TOO_LARGE, where, message, "split it into its documents, one text each")
    return data
