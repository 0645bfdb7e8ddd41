"""Checksums of bytes, each file read once for all that are asked of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

ALGORITHMS: Mapping[str, tuple[Callable[[], Any], int]] = {
    "md5": (partial(hashlib.md5, usedforsecurity=False), 32),
    "sha1": (partial(hashlib.sha1, usedforsecurity=False), 40),
    "sha224": (hashlib.sha224, 56),
    "sha256": (hashlib.sha256, 64),
    "sha384": (hashlib.sha384, 96),
    "sha512": (hashlib.sha512, 128),
    "sha3-256": (hashlib.sha3_256, 64),
    "sha3-512": (hashlib.sha3_512, 128),
    "sha512/256": (partial(hashlib.new, "sha512_256"), 64),
    "blake2b-160": (partial(hashlib.blake2b, digest_size=20), 40),
    "blake2b-256": (partial(hashlib.blake2b, digest_size=32), 64),
    "blake2b-384": (partial(hashlib.blake2b, digest_size=48), 96),
    "blake2b-512": (hashlib.blake2b, 128),
}
"""By name: how each begins, and how many hexadecimal digits it has."""

WEAK = frozenset({"md5", "sha1"})
"""Two files with one checksum can be made at will; RFC 8493, section 2.4, speaks against them."""

_BY_LETTERS = {re.sub(r"[^a-z0-9]", "", name): name for name in ALGORITHMS}
_HEX = re.compile(r"[0-9A-Fa-f]+")


def known(name: str) -> str | None:
    """Our name of an algorithm that standards spell in many ways: ``SHA-256``, ``sha256``."""
    return _BY_LETTERS.get(re.sub(r"[^a-z0-9]", "", name.lower()))


def has_form(algorithm: str, value: str) -> bool:
    """Whether a value can be a checksum of this algorithm at all."""
    return len(value) == ALGORITHMS[algorithm][1] and _HEX.fullmatch(value) is not None


class Facts(NamedTuple):
    """What the bytes of a file themselves say."""

    size: int
    digests: Mapping[str, str]


def measure(chunks: Iterable[bytes], algorithms: Collection[str]) -> Facts:
    """Size and checksums of a stream of bytes."""
    running = {algorithm: ALGORITHMS[algorithm][0]() for algorithm in algorithms}
    size = 0
    for chunk in chunks:
        size += len(chunk)
        for each in running.values():
            each.update(chunk)
    return Facts(size, {algorithm: each.hexdigest() for algorithm, each in running.items()})
