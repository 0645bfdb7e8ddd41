"""Files at URLs, through fsspec: fetched whole before they are read, and put whole when they are written.

Nothing is asked of a network unless a person names a URL. What is said of one leaves out passwords and signatures.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/]*@")
_QUERY = re.compile(r"\?.*=.*", re.DOTALL)
_PATTERN = re.compile(r"[*?\[]")
_AT_ONCE = 64
"""Files that are asked for together, as each answer takes its time."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address that a person named; as a text it is without what may be secret."""

    address: str = field(repr=False)

    def __str__(self) -> str:
        return _QUERY.sub("?…", _PASSWORD.sub(r"\1@", self.address))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(_QUERY.sub("", self.address).partition("://")[2]).name

    @property
    def folder(self) -> str:
        """What to call the folder in which all of a pattern lie; or a folder itself."""
        plain = _PATTERN.split(str(self), maxsplit=1)
        return plain[0].rpartition("/")[0] if len(plain) > 1 else plain[0].rstrip("/")


def place_of(argument: str) -> Path | Url:
    """What an argument names; a ``file:`` URL is a path like any other."""
    if not _URL.match(argument):
        return Path(argument)
    if not argument.lower().startswith("file://"):
        return Url(argument)
    from urllib.request import url2pathname  # noqa: PLC0415 (with it comes all that opens a network)

    return Path(url2pathname(urlsplit(argument).path))


def fetch(url: Url, folder: Path, endings: tuple[str, ...]) -> tuple[Path, str]:
    """Copy a file into ``folder``, or all files of a folder or a pattern whose names end so; where, and for what.

    Files keep the folders in which they lie below the one that was named. Raises ``TeiwrightError``.
    """
    with _asking(url, Code.NOT_READABLE):
        files, path = _opened(url)
        found = _found(files, path, endings)
        if not found:
            raise _refused(url, Code.NO_SOURCES, f"there is no file here that ends in {' or '.join(endings)}")
        is_one = path in found
        base = "" if is_one else _base(path)
        places = {remote: _place(url, folder, url.name if is_one else remote[len(base) :]) for remote in found}
        left = iter(places.items())
        while some := dict(islice(left, _AT_ONCE)):
            for place in some.values():
                place.parent.mkdir(parents=True, exist_ok=True)
            files.get(list(some), [str(place) for place in some.values()])
        for remote, place in places.items():
            _hold_size(url, place, found[remote])
        return (places[path], str(url)) if is_one else (folder, url.folder)


def put(file: Path, url: Url) -> None:
    """Copy a file to where ``url`` says: whole, or not at all where the store can do that."""
    with _asking(url, Code.NOT_WRITABLE):
        files, path = _opened(url)
        with files.transaction, file.open("rb") as data, files.open(path, "wb") as out:
            shutil.copyfileobj(data, out, 1 << 20)


def _opened(url: Url) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 (an extra)
    except ImportError as error:
        message, hint = "URLs need the package `fsspec`", "run `pip install 'teiwright[remote]'`"
        raise _refused(url, Code.NOT_READABLE, message, hint) from error
    try:
        files, path = url_to_fs(url.address)
    except ImportError as error:  # such as that of gcsfs for gs://
        scheme = url.address.partition(":")[0]
        hint = f"install what fsspec needs for `{scheme}:`, such as `pip install 'fsspec[{scheme}]'`"
        raise _refused(url, Code.NOT_READABLE, f"the package for `{scheme}:` is not there", hint) from error
    except ValueError as error:
        message, hint = "fsspec knows no such kind of URL", "look for a typing error before `://`"
        raise _refused(url, Code.NOT_READABLE, message, hint) from error
    return files, path


def _found(files: Any, path: str, endings: tuple[str, ...]) -> dict[str, int | None]:
    """The files with their sizes, in order."""
    if _PATTERN.search(path) and "://" not in path:  # that of a web address keeps its query
        described = files.glob(path, detail=True)
    else:
        described = {path: files.info(path)}
        if described[path]["type"] == "directory":
            described = files.find(path, detail=True)
            described = {name: what for name, what in described.items() if name.endswith(endings)}
    return {name: what.get("size") for name, what in sorted(described.items()) if what["type"] == "file"}


def _base(path: str) -> str:
    """The folder that was named, or that above the first part which is a pattern."""
    parts = path.rstrip("/").split("/")
    plain = next((number for number, part in enumerate(parts) if _PATTERN.search(part)), len(parts))
    return "".join(f"{part}/" for part in parts[:plain])


def _place(url: Url, folder: Path, name: str) -> Path:
    """Where a file goes; a store may give any name to what is in it."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
        raise _refused(url, Code.UNSAFE_PATH, f"the name `{name}` cannot be that of a file in a folder", "rename it")
    return folder.joinpath(*parts)


def _hold_size(url: Url, place: Path, size: int | None) -> None:
    if size is not None and (came := place.stat().st_size) != size:
        message = f"of `{place.name}` {came:,} bytes came, where {size:,} were announced"
        raise _refused(url, Code.NOT_READABLE, message, "try again")


@contextmanager
def _asking(url: Url, code: Code) -> Iterator[None]:
    """Whatever a store raises becomes a finding. Its words are not told: they may have the secrets of the request."""
    try:
        yield
    except TeiwrightError:
        raise
    except FileNotFoundError as error:
        raise _refused(url, Code.NOT_FOUND, "there is nothing at this address", "look for a typing error") from error
    except PermissionError as error:
        hint = "give the credentials where its own tools look for them, such as in the environment"
        raise _refused(url, code, "the store refuses it", hint) from error
    except Exception as error:
        why = (isinstance(error, OSError) and error.strerror) or type(error).__name__
        what = "written" if code is Code.NOT_WRITABLE else "read"
        raise _refused(url, code, f"this cannot be {what}: {why}", "look at the address and at your access") from error


def _refused(url: Url, code: Code, message: str, hint: str | None = None) -> TeiwrightError:
    return TeiwrightError(Diagnostic(code, Location(str(url)), message, hint))
