"""Private prefixes: ``psn:MDH`` means what a ``prefixDef`` of the header makes of it (TEI Guidelines 17.2.3).

Its pattern comes with the document, so that only those are tried that cannot keep anybody waiting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from teiwright.checking.marks import PREFIX_DEF, Mark

_LONGEST = 200
_MOST_REPEATS = 5
_GROUP = re.compile(r"\$(\d)")
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|[()|*+?]|\{\d+(?:,\d*)?\}|.", re.DOTALL)

SCHEMES = frozenset(
    [
        "about",
        "acct",
        "ark",
        "blob",
        "cid",
        "data",
        "dav",
        "dns",
        "doi",
        "file",
        "ftp",
        "ftps",
        "geo",
        "git",
        "go",
        "gopher",
        "hdl",
        "http",
        "https",
        "im",
        "imap",
        "info",
        "irc",
        "isbn",
        "jar",
        "ldap",
        "ldaps",
        "magnet",
        "mailto",
        "mid",
        "news",
        "nfs",
        "nntp",
        "openpgp4fpr",
        "pop",
        "rtsp",
        "sftp",
        "sip",
        "sips",
        "sms",
        "ssh",
        "tag",
        "tei",
        "tel",
        "telnet",
        "urn",
        "view-source",
        "ws",
        "wss",
        "xmpp",
    ]
)
"""Schemes of the Internet in common use (IANA), and ``tei:``, by which ODDs name releases of the Guidelines."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """One ``prefixDef``: a pattern, what takes its place, and where it is declared."""

    pattern: re.Pattern[str] | None
    replacement: str
    mark: Mark

    def address(self, rest: str) -> str | None:
        """What stands for the part behind the colon; ``None`` if the pattern does not fit it."""
        if self.pattern is None or len(rest) > _LONGEST:
            return None
        found = self.pattern.fullmatch(rest)
        if found is None:
            return None
        groups = (found[0], *found.groups(""))
        return _GROUP.sub(lambda n: groups[int(n[1])] if int(n[1]) < len(groups) else "", self.replacement)


def prefixes_in(marks: Iterable[Mark]) -> Mapping[str, list[Prefix]]:
    """The prefixes that a document declares; one may have several patterns, of which the first that fits counts."""
    found: dict[str, list[Prefix]] = {}
    for mark in marks:
        if mark.name == PREFIX_DEF:
            attributes = mark.attributes
            ident, pattern = attributes.get("ident"), attributes.get("matchPattern")
            if ident and pattern is not None:
                made = Prefix(_compiled(pattern), attributes.get("replacementPattern", ""), mark)
                found.setdefault(ident, []).append(made)
    return found


def _compiled(pattern: str) -> re.Pattern[str] | None:
    if len(pattern) > _LONGEST or not _is_harmless(pattern):
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None


def _is_harmless(pattern: str) -> bool:
    """Whether matching ends soon: no group with repeats or choices in it is repeated, and few things are."""
    repeats = 0
    open_groups = [False]
    closed = False
    for piece in (found[0] for found in _PIECE.finditer(pattern)):
        is_repeat = piece in {"*", "+"} or (piece.startswith("{") and piece.endswith("}"))
        if is_repeat and closed:
            return False
        repeats += is_repeat
        if piece.startswith("(") and not piece.startswith("\\"):
            open_groups.append(False)
        elif is_repeat or piece == "|":
            open_groups[-1] = True
        closed = False
        if piece == ")" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1] = open_groups[-1] or closed
    return repeats <= _MOST_REPEATS
