"""What descriptions claim of files, and in what words: every standard is read into the same few kinds of claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from teiwright.diagnostics import Diagnostic, Location


class Digest(NamedTuple):
    """The file at ``path`` has this checksum; ``algorithm`` is one of ``digesting.ALGORITHMS``."""

    path: str
    algorithm: str
    value: str
    by: Location


class Size(NamedTuple):
    """The file has so many bytes."""

    path: str
    value: int
    by: Location


class Presence(NamedTuple):
    """There is such a file."""

    path: str
    by: Location


class MediaType(NamedTuple):
    """The file is of this kind (RFC 6838)."""

    path: str
    value: str
    by: Location


class Bytes(NamedTuple):
    """Some file below ``folder`` has this checksum; the description does not say which."""

    folder: str
    algorithm: str
    value: str
    by: Location


Claim = Digest | Size | Presence | MediaType | Bytes


def parted(statements: Iterable[Claim | Diagnostic]) -> tuple[list[Claim], list[Diagnostic]]:
    """The claims, and the findings."""
    claims: list[Claim] = []
    findings: list[Diagnostic] = []
    for statement in statements:
        if isinstance(statement, Diagnostic):
            findings.append(statement)
        else:
            claims.append(statement)
    return claims, findings
