"""What a recogniser is: a function that reads a script and yields what it found, with score and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from teiwright.model import Kind
from teiwright.naming.script import Script


@dataclass(frozen=True, slots=True)
class Found:
    """A range of the script that may be a name.

    ``score`` is between 0 and 1; ``role`` as in ``Mention``.
    ``post`` is the title or office printed beside the name (``Lieutenant-General``,
    ``The Ambassador in Japan``): the name is held against dated offices by it.
    """

    start: int
    end: int
    kind: Kind
    score: float
    by: str
    reason: str
    role: str | None = None
    post: str = ""


Recogniser = Callable[[Script], Iterable[Found]]
