"""Values of which a text has thousands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from teiwright.model import Consumed, Reason, Span

span_of: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""A span of its two ends, in a third of the time of ``Span(start, end)``, which runs through Python."""
consumed_of: Callable[[tuple[Span, Reason]], Consumed] = partial(tuple.__new__, Consumed)
"""The same for an entry of the ledger."""
