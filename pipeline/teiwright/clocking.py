"""What the work on a document costs, stage by stage. This is told, and is no part of anything that is made."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from time import thread_time_ns

Costs = MutableMapping[str, int]
"""Microseconds of the processor by the name of a stage."""


@contextmanager
def clocked(costs: Costs, stage: str) -> Iterator[None]:
    """Add what is done within to a stage, also if it fails. Processes that it asks for an answer are not counted."""
    began = thread_time_ns()
    try:
        yield
    finally:
        costs[stage] = costs.get(stage, 0) + (thread_time_ns() - began) // 1000
