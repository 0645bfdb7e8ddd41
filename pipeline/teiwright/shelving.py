"""The extracts of a collection as a state keeps them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING

from teiwright.extracted import Extract, Shelf, extract_from_json

if TYPE_CHECKING:
    from teiwright.state import State


class KeptShelf(Shelf):
    """The extracts that a state keeps."""

    def __init__(self, state: State) -> None:
        super().__init__(lambda: map(_unfolded, state.extracts()))
        self._state = state

    def digests(self) -> Iterator[str]:
        """As they were worked out when the extracts were made."""
        return self._state.extracts("extract_digest")

    def numbered(self, numbers: Container[int]) -> Iterator[tuple[int, Extract]]:
        """Those that have these numbers; no other is read."""
        for number, name in enumerate(self._state.extracts("name")):
            if number in numbers:
                yield number, _unfolded(self._state.extract(name))

    def searched(self, numbers: Container[int], make: Callable[[Extract], bytes]) -> Iterator[tuple[int, bytes]]:
        """What was made for the search beside them; of what has none, it is made."""
        for number, name in enumerate(self._state.extracts("name")):
            if number in numbers:
                yield number, self._state.extract(name, "searched") or make(_unfolded(self._state.extract(name)))

    def outlines(self) -> Iterator[Extract]:
        """All, as they are kept without their texts."""
        return map(_unfolded, self._state.extracts("outline"))


def _unfolded(data: bytes) -> Extract:
    return extract_from_json(zlib.decompress(data))
