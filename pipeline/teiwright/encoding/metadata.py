"""Small pieces of a header: a line of text, a date, a person, and the heading of the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from teiwright.encoding.annotations import Authority, date_attributes
from teiwright.encoding.vocabulary import Attributes, legal, one_line
from teiwright.model import (
    Block,
    Content,
    Dateline,
    DateValue,
    Draft,
    Head,
    Kind,
    LineBreak,
    Opener,
    OpenerPart,
    Party,
    Text,
    TitlePage,
    TitlePart,
)

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element


def child(parent: Element, name: str, text: str, attributes: Attributes | None = None) -> Element:
    """An element with one line of text."""
    element = parent.add(name, attributes)
    if line := one_line(text):
        element.content.append(line)
    return element


def dated(parent: Element, name: str, value: DateValue | str, text: str | None = None) -> Element:
    """An element with a date in its attributes; its text is ``text``, the date as printed, or its value."""
    date = DateValue(when=value) if isinstance(value, str) else value
    attributes = date_attributes(date)
    shown = text or date.text or (value if isinstance(value, str) else "–".join(attributes.values()))
    return child(parent, name, shown, attributes)


def person(parent: Element, party: Party, authority: Authority) -> None:
    """``persName`` of a party that has a name, with its entry in the authority file."""
    reference = {} if party.ref is None else {"ref": reference_to(authority.of(Kind.PERSON), party.ref)}
    child(parent, "persName", party.name or "", reference)


def reference_to(file: str, entry: str) -> str:
    """A pointer to an entry of an authority file."""
    return f"{file}#{quote(legal(entry).replace(' ', ''))}"


def first_blocks(draft: Draft) -> Iterator[Block]:
    """The blocks of the front and of the first division of the body."""
    for division in draft.divisions:
        yield from division.blocks
        if division.kind == "document":
            return


def opener_parts(draft: Draft) -> Iterator[OpenerPart]:
    """What stands above the first document of a draft."""
    for block in first_blocks(draft):
        if isinstance(block, Opener):
            yield from block.parts


def heading_of(draft: Draft) -> str | None:
    """The title that the text has itself: of its title page, or its first heading; else place and date."""
    for block in first_blocks(draft):
        match block:
            case Head(content):
                return plain(draft, content)
            case TitlePage(parts):
                main = [p.content for p in parts if isinstance(p, TitlePart) and p.kind == "main"]
                if main:
                    return plain(draft, (leaf for content in main for leaf in content))
            case _:
                pass
    datelines = (part for part in opener_parts(draft) if isinstance(part, Dateline))
    return next((plain(draft, dateline.content) for dateline in datelines), None)


def plain(draft: Draft, content: Iterable[Content | object]) -> str:
    """The words of a line, without its marks."""
    words = []
    for leaf in content:
        match leaf:
            case Text(span):
                words.append(span.of(draft.source.text))
            case LineBreak():
                words.append(" ")
            case _:
                pass
    return one_line("".join(words))
