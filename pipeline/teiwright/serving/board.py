"""What pages are told: how often the edition has changed, and what is wrong with its last build."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class Notice:
    """``number`` grows with each notice; ``version`` with each change of the files."""

    number: int = 0
    version: int = 0
    building: bool = False
    trouble: str = ""


class Board:
    """One notice, for any number of readers who wait for the next."""

    def __init__(self) -> None:
        self._notice = Notice()
        self._changed = Condition()

    @property
    def notice(self) -> Notice:
        """What holds now."""
        return self._notice

    def begun(self) -> None:
        """A build has begun."""
        self._put(self._notice.version, building=True, trouble=self._notice.trouble)

    def ended(self, trouble: str, *, changed: bool) -> None:
        """A build has ended; ``trouble`` is what it says of errors, empty if there are none."""
        self._put(self._notice.version + changed, building=False, trouble=trouble)

    def _put(self, version: int, *, building: bool, trouble: str) -> None:
        with self._changed:
            self._notice = Notice(self._notice.number + 1, version, building, trouble)
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> Notice | None:
        """The notice that comes after one, or none if there was none for so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._notice.number > number, seconds)
            return self._notice if self._notice.number > number else None
