"""What the stylesheet of a page must know of what is around: the collection, neighbours, downloads (``t:setting``).

It is written as text and parsed at once, which is much faster than to make it element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from lxml import etree

from teiwright.rendering.context import Context, Download
from teiwright.rendering.marking import OURS


def setting(context: Context, known: Mapping[str, str], inside: Iterable[str] = (), up: str = "") -> etree._Element:
    """The element, with ``known`` as its attributes if they have a value, and what is ``inside``.

    ``up`` leads to the documents' pages.
    """
    of_all = {"collection": context.collection or "", "home": (context.home and up + context.home) or ""}
    said = {name: value for name, value in {**of_all, **known}.items() if value}
    sections = (_empty("section", label=one.label, href=up + one.href) for one in context.sections)
    made = _element("setting", {"xmlns:t": OURS[1:-1], **said}, "".join((*sections, *inside)))
    return etree.fromstring(made, _PARSER)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def downloads(offered: Iterable[Download]) -> Iterator[str]:
    """Files that a page offers."""
    return (_empty("download", label=one.label, href=one.href, type=one.type) for one in offered)


def neighbours(context: Context) -> Iterator[str]:
    """The documents before and after."""
    for name, neighbour in (("previous", context.previous), ("next", context.next)):
        if neighbour:
            yield _empty(name, href=quote(f"{neighbour.id}.html"), title=neighbour.title)


def _empty(name: str, /, **attributes: str) -> str:
    return _element(name, attributes, "")


def _element(name: str, attributes: Mapping[str, str], content: str) -> str:
    said = "".join([f" {key}={_quoted(value)}" for key, value in attributes.items()])
    return f"<t:{name}{said}>{content}</t:{name}>" if content else f"<t:{name}{said}/>"


def _quoted(value: str) -> str:
    return quoteattr(value) if _SPECIAL.search(value) else f'"{value}"'


_SPECIAL = re.compile(r'[&<>"\t\r\n]')
