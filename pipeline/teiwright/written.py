"""A document as it was just written, which is no tree until somebody asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


class Written:
    """The markup of a document. Most editions are put into a file and read from there, so that their tree is not made.

    Once the tree was asked for, the markup is forgotten: who has a tree can change it.
    """

    __slots__ = ("_markup", "_tree")

    def __init__(self, markup: bytes) -> None:
        self._markup: bytes | None = markup
        self._tree: etree._ElementTree | None = None

    @property
    def markup(self) -> bytes | None:
        """The document, if nobody can have changed it since it was written."""
        return self._markup

    @property
    def tree(self) -> etree._ElementTree:
        """The tree that lxml reads from the markup; its lines are those of the file."""
        if self._tree is None:
            from lxml import etree  # noqa: PLC0415  # who asks for no tree needs no lxml

            parser = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False, huge_tree=True)
            self._tree = etree.fromstring(self._markup or b"", parser).getroottree()
            self._markup = None
        return self._tree
