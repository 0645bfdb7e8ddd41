"""Shards: a collection divided by the names of its texts, for arrays of jobs that know nothing of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_NAME = re.compile(r"shard-(\d+)-of-(\d+)")


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One of ``count`` shards, counted from 1. Which texts it has is told by their names alone."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """That of its files."""
        return f"shard-{self.number}-of-{self.count}"

    def has(self, text: str) -> bool:
        """Whether a text, by its name, belongs to it."""
        digest = sha256(text.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def shard_of(file: Path) -> Shard | None:
    """The shard whose file it is."""
    match = _NAME.fullmatch(file.stem)
    return Shard(int(match[1]), int(match[2])) if match else None
