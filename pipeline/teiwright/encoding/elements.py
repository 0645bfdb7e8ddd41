"""Elements while an edition is written: a name, attributes, and what is in it so far.

Most of the time that a tree of lxml takes is spent in going back and forth between Python and C.
So the edition is written as these, and becomes markup in one step.
It is well-formed because names are our own, tags nest as elements do, and all text is legal and escaped.
What is the same thousands of times, such as the tags of a name or a sentence of the header, is made markup once.
"""

from __future__ import annotations

from teiwright.encoding.vocabulary import Attributes


class Markup(str):
    """Tags, or a whole element: it is written as it is, where all other text is escaped."""

    __slots__ = ()


class Element:
    """One element of TEI. Its name has no prefix, since all are of one namespace; ``xml:id`` has its own."""

    __slots__ = ("attributes", "content", "name")

    def __init__(self, name: str, attributes: Attributes | None = None) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.content: list[str | Element] = []

    def add(self, name: str, attributes: Attributes | None = None) -> Element:
        """A new element at the end of this one."""
        element = Element(name, attributes)
        self.content.append(element)
        return element

    def holds(self, *names: str) -> bool:
        """Whether an element of one of these names stands directly in this one."""
        return any(isinstance(part, Element) and part.name in names for part in self.content)
