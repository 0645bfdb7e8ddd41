"""Where a reference in a description leads: to a file of the package, out of it, or into the network."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from teiwright.verifying.entries import Listing
from teiwright.verifying.naming import leads_out

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


class Inside(NamedTuple):
    """A path in the package; whether there is such a file is not said."""

    path: str


class Outside(NamedTuple):
    """A reference that leads out of the folder that it may speak of, and how."""

    why: str


class Remote(NamedTuple):
    """A reference into the network, or to a name that is no address."""


def follow(reference: str, base: str, root: str, listing: Listing) -> Inside | Outside | Remote:
    """``base`` is the folder of the description, ``root`` the folder that it may not leave; both end in ``/``."""
    plain = reference.partition("#")[0]
    if plain.lower().startswith("file:"):
        plain = re.sub(r"(?i)^file:(//(localhost)?/?)?", "", plain)
    elif _SCHEME.match(plain) and not re.match(r"[A-Za-z]:[\\/]", plain):
        return Remote()
    candidates = list(dict.fromkeys((unquote(plain), plain, reference)))
    for text in candidates:
        normal = _joined(base, text)
        if normal is not None and normal in listing.files and normal.startswith(root):
            return Inside(normal)
    first = candidates[0]
    normal = _joined(base, first)
    if why := leads_out(re.sub(r"\.\./", "", first)):
        return Outside(why)
    if "\\" in first or "\0" in first:
        return Outside("it has a character that no path has")
    if normal is None or not f"{normal}/".startswith(root):
        return Outside("it goes up by `..`")
    return Inside(normal)


def _joined(base: str, path: str) -> str | None:
    """``base`` and a relative path as one plain path, or ``None`` if it goes above the package."""
    if path.startswith("/"):
        return None
    parts: list[str] = []
    for part in f"{base}{path}".split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
