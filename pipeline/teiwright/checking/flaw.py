"""What the parts of the check say to each other: a flaw of an element, before it has a line and a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from teiwright.diagnostics import Code

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding about one element. ``related`` are other elements that it speaks of."""

    code: Code
    element: etree._Element
    message: str
    hint: str | None = None
    related: tuple[etree._Element, ...] = ()
