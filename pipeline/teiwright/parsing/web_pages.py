"""What a web page sets around the text that was copied from it: links to its other parts, each in a line of its own.

It is no part of the document, but no word of it is left out: it stands in ``front``, or in a ``div`` of its own below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teiwright.model import Block, Division, Omission, Paragraph
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.lines import Line
from teiwright.parsing.units import ListUnit, OmissionUnit, PageUnit, TableUnit, TextUnit, Unit, text_unit

_OF_PAGES_ALONE = frozenset(
    (
        "skip to main content", "skip to content", "skip to navigation", "skip navigation", "jump to navigation",
        "jump to content", "jump to search", "jump to main content", "toggle navigation", "open menu", "main menu",
        "log in", "sign in", "login", "create account", "accept cookies", "back to top", "share this page",
        "you are here", "zum inhalt springen", "zur navigation springen", "aller au contenu",
    )
)  # fmt: skip
"""What no other text has in a line of its own."""
_LABELS = _OF_PAGES_ALONE | frozenset(
    (
        "home", "search", "menu", "about", "about us", "contact", "contact us", "help", "previous", "next", "browse",
        "share", "print", "email", "facebook", "twitter", "youtube", "instagram", "linkedin", "resources", "news",
        "faq", "subscribe", "newsletter", "donate", "privacy", "privacy policy", "cookie policy", "terms of use",
        "terms of service", "terms and conditions", "site map", "sitemap", "accessibility", "feedback", "follow us",
        "navigation", "register", "contents", "download", "cite this page", "read more", "related content",
        "startseite", "suche", "impressum", "datenschutz", "kontakt", "accueil", "recherche", "mentions légales",
    )
)  # fmt: skip
_FEWEST = 3
_LONGEST_LABEL = 24
_LONGEST_NAME = 80
_FARTHEST = 5
"""Names of the site and its parts may stand between two labels."""
_UNITS = 20
_COPYRIGHT = ("©", "copyright ")


def split(leaves: Leaves, units: Sequence[Unit]) -> tuple[list[Division], list[Unit], list[Division]]:
    """What stands above the document, the units of the document itself, and what stands below it."""
    count = _above(units)
    if not count:
        return [], list(units), []
    above, rest = _parted(units, count)
    end = _below(rest)
    below = [_division(leaves, "section", rest[end:])] if end < len(rest) else []
    return [_division(leaves, "front", above)], rest[:end], below


def _above(units: Sequence[Unit]) -> int:
    """How many lines at the beginning are links of a page, with names of its parts among them: to the last label."""
    found: set[str] = set()
    last = 0
    for at, line in enumerate(_lines(units[:_UNITS]), 1):
        if at - last > _FARTHEST or len(line.text) > _LONGEST_NAME:
            break
        if label := _label(line):
            found.add(label)
            last = at
    return last if len(found) >= _FEWEST and not _OF_PAGES_ALONE.isdisjoint(found) else 0


def _lines(units: Sequence[Unit]) -> Iterator[Line]:
    for unit in units:
        if isinstance(unit, TextUnit | ListUnit):
            yield from unit.lines


def _label(line: Line) -> str:
    """The label that a line is, small and without the sign of a list; empty if it is none."""
    if len(line.text) > _LONGEST_LABEL:
        return ""
    words = line.text.casefold().strip("•◦▪*+-–»«›‹→← \xa0")
    return words if words in _LABELS else ""


def _parted(units: Sequence[Unit], count: int) -> tuple[list[Unit], list[Unit]]:
    """The units with the first ``count`` lines, and those with the others; a list is not parted."""
    for index, unit in enumerate(units):
        if count <= 0:
            return list(units[:index]), list(units[index:])
        if isinstance(unit, TextUnit) and count < len(unit.lines):
            first, other = text_unit(unit.lines[:count]), text_unit(unit.lines[count:])
            return [*units[:index], first], [other, *units[index + 1 :]]
        count -= len(unit.lines) if isinstance(unit, TextUnit | ListUnit) else 0
    return list(units), []


def _below(units: Sequence[Unit]) -> int:
    """Where the units begin, at the end, that have labels and a copyright alone."""
    end = len(units)
    while end > 0 and isinstance(unit := units[end - 1], TextUnit | ListUnit) and all(map(_is_of_foot, unit.lines)):
        end -= 1
    return end


def _is_of_foot(line: Line) -> bool:
    return bool(_label(line)) or line.text.casefold().startswith(_COPYRIGHT)


def _division(leaves: Leaves, kind: str, units: Sequence[Unit]) -> Division:
    return Division(kind, tuple(_blocks(leaves, units)))


def _blocks(leaves: Leaves, units: Sequence[Unit]) -> Iterator[Block]:
    for unit in units:
        match unit:
            case TextUnit():
                yield Paragraph(leaves.content(unit.span, keep_lines=True))
            case ListUnit() | TableUnit():
                yield unit.block
            case PageUnit():
                yield from unit.leaves
            case OmissionUnit():
                yield Omission(leaves.content(unit.span))
