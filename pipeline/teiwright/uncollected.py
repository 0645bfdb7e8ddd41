"""Python's garbage collector waits while many objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage in cycles meanwhile; what nothing refers to goes at once, as ever.

    Each search looks through all that was made so far, and the more there is, the more searches there are: in a text
    of 5 MB a tenth of the time. It is for work that leaves no cycles behind, and then costs no memory.
    Threads may overlap in it: who finds the collector on turns it off, and on again, so that it ends as it was.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
