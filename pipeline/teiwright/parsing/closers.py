"""The end of a document: valediction, signatures with titles, date below, postscript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from teiwright.model import Block, Closer, Content, FormeWork, PageBreak, Paragraph, Postscript, Span
from teiwright.parsing import bodies, phrases, signing
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.lines import Line
from teiwright.parsing.units import ListUnit, PageUnit, TextUnit, Unit, text_unit


@dataclass(frozen=True, slots=True)
class Closing:
    """Units at the end of a document, sorted by what they are."""

    valediction: TextUnit | None = None
    signatures: tuple[TextUnit, ...] = ()
    address: TextUnit | None = None
    dateline: TextUnit | None = None
    postscript: tuple[Unit, ...] = ()
    pages: tuple[PageBreak | FormeWork, ...] = ()
    """The pages that begin below the signatures."""
    pages_above: tuple[tuple[PageBreak | FormeWork, ...], ...] = ()
    """Those that begin directly above each of the signatures, below another one or the valediction."""


_BELOW_SIGNATURES = (
    signing.is_postscript,
    signing.is_certification,
    phrases.is_editorial,
    signing.is_enclosed,
    signing.describes_original,
)
_BULLETS = "•◦▪●‣ \xa0\t"
_SHORT = 40
_FEWEST_LINES_OF_SIGNERS = 4
_MANY_SIGNERS = 1200
_INITIAL = re.compile(r"[A-Z]\.")
_LONE_INITIAL = re.compile(r"[A-Z]\.?")


def is_signature(text: str) -> bool:
    """Whether a block can be a signature: a name, the titles below it, perhaps for whom it is signed."""
    if len(text) > 260:
        return False
    first, *below = text.split("\n")
    if below and (len(below) > 5 or any(signing.is_option(line) for line in below)):
        return False
    if below and first[-1] == "”" and "“" not in first:
        first = first[:-1]  # the one who is quoted signs above the one who quotes
    if below and _INITIAL.fullmatch(first):
        return all(signing.is_role(line) for line in below)
    if signing.is_by_order(first):
        return not signing.is_valediction(first) and (not below or signing.is_name(below[0]))
    if not signing.is_name(first) or signing.is_valediction(first):
        return False
    return not below or all(
        len(line) < 60 or signing.is_name(line) or signing.is_role(line) or signing.is_seal(line) for line in below
    )


def split(units: Sequence[Unit], headings: Sequence[str] = ()) -> tuple[list[Unit], Closing]:
    """The body, and the closing that ends it; the closing is empty if the last block is no signature.

    Whom a heading names may sign where any other word would be doubtful.
    """
    units = _with_signers_apart(units)
    end, postscript = _postscript(units)
    below = end
    end = _below_pages(units, end)
    pages = _leaves_of_pages(units[end:below])
    dateline = _low_dateline(units, end)
    end -= dateline is not None
    address = _address(units, end)
    end -= address is not None
    if postscript and not pages and _is_list_of_signers(units[end - 1]):
        return list(units[:end]), Closing(postscript=postscript)
    signatures = _signatures(units, end, headings)
    if not signatures or signatures[0] == 0:
        return list(units), Closing()  # a signature signs something
    end, valediction = signatures[0], None
    before = _below_pages(units, end) - 1
    if before >= 0 and isinstance(leave := units[before], TextUnit) and signing.is_valediction(leave.text):
        end, valediction = before, leave
    above = tuple(_leaves_of_pages(units[_below_pages(units, at) : at]) if at > end else () for at in signatures)
    signed = tuple(unit for at in signatures if isinstance(unit := units[at], TextUnit))
    return list(units[:end]), Closing(valediction, signed, address, dateline, postscript, pages, above)


def _with_signers_apart(units: Sequence[Unit]) -> Sequence[Unit]:
    """The units, with those at the end parted in which several sign, each with the title below the name."""
    start = len(units)
    while start > 0 and (isinstance(unit := units[start - 1], PageUnit) or _holds_signers(unit)):
        start -= 1
    if start == len(units):
        return units
    return [*units[:start], *(part for unit in units[start:] for part in _signers(unit))]


def _holds_signers(unit: Unit) -> bool:
    """Whether several sign in a unit: each line has a seal, or a title is below each name that has initials."""
    if not isinstance(unit, TextUnit) or len(unit.lines) < 2 or len(unit.text) > _MANY_SIGNERS:
        return False
    if all(signing.bears_seal(line.text) for line in unit.lines):
        return True
    if len(unit.lines) < _FEWEST_LINES_OF_SIGNERS:
        return False
    names = [signing.is_name_with_initial(line.text) for line in unit.lines]
    return names[0] and sum(names) > 1 and not names[-1] and not any(a and b for a, b in pairwise(names))


def _signers(unit: Unit) -> Iterator[Unit]:
    """A unit, or each of those who sign in it."""
    if not isinstance(unit, TextUnit) or not _holds_signers(unit):
        yield unit
        return
    names = (signing.is_name_with_initial, signing.bears_seal)
    starts = [at for at, line in enumerate(unit.lines) if any(is_name(line.text) for is_name in names)]
    for start, end in pairwise([*starts, len(unit.lines)]):
        yield text_unit(unit.lines[start:end])


def _postscript(units: Sequence[Unit]) -> tuple[int, tuple[Unit, ...]]:
    """What follows the signature: a postscript, a certification, an editor's remark; and where it begins."""
    for index in range(max(1, len(units) - 6), len(units)):
        unit = units[index]
        if not isinstance(unit, TextUnit):
            continue
        text = unit.text
        if any(begins(text) for begins in _BELOW_SIGNATURES):
            before = next((u for u in reversed(units[:index]) if not isinstance(u, PageUnit)), None)
            if before is not None and _ends_a_document(before):
                return index, tuple(units[index:])
    return len(units), ()


def _ends_a_document(unit: Unit) -> bool:
    if isinstance(unit, TextUnit) and signing.is_by_order(unit.text):
        return False  # the name is still to come
    ends = (_is_signature_unit, _is_list_of_signers, _is_low_dateline, _is_address_unit)
    return any(is_end(unit) for is_end in ends)


def _below_pages(units: Sequence[Unit], end: int) -> int:
    """Where the pages begin that stand directly above a place, or that place."""
    while end > 0 and isinstance(units[end - 1], PageUnit):
        end -= 1
    return end


def _leaves_of_pages(units: Sequence[Unit]) -> tuple[PageBreak | FormeWork, ...]:
    return tuple(leaf for unit in units if isinstance(unit, PageUnit) for leaf in unit.leaves)


def _low_dateline(units: Sequence[Unit], end: int) -> TextUnit | None:
    """A dateline below the signature."""
    last = units[end - 1] if end > 1 else None
    if isinstance(last, TextUnit) and _is_low_dateline(last) and _is_signature_unit(units[end - 2]):
        return last
    return None


def _address(units: Sequence[Unit], end: int) -> TextUnit | None:
    """To whom the letter goes, below a signature. What could be a signature itself must follow a valediction."""
    if end < 3:
        return None
    taking_leave, signature, last = units[end - 3 : end]
    if not isinstance(last, TextUnit) or not signing.is_address(last.text) or not _is_signature_unit(signature):
        return None
    return last if not is_signature(last.text) or _takes_leave(taking_leave) else None


def is_address_below(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit says to whom the letter goes, and a signature stands above it."""
    return at > 0 and _is_address_unit(units[at]) and _is_signature_unit(units[at - 1])


def _is_low_dateline(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and phrases.is_dateline(unit.text)


def _signatures(units: Sequence[Unit], end: int, headings: Sequence[str]) -> list[int]:
    """The places of the signatures that end at a unit, upward to the first block that is none."""
    found: list[TextUnit] = []
    places: list[int] = []
    while end > 0 and isinstance(unit := units[end - 1], TextUnit):
        lone = _is_lone_word(unit) and _is_doubtful_alone(units, end - 1, found) and not _is_named(unit, headings)
        names = is_signature(unit.text) and not lone and not (found and _is_sentence_above(unit, found[0]))
        names = names or (all(map(_is_role_unit, found)) and _is_initial_below_text(units, end - 1))
        entitles = _is_role_unit(unit) and end > 1 and _signs(units, end - 2)
        if not names and not entitles:
            break
        found.insert(0, unit)
        places.insert(0, end - 1)
        end = _below_pages(units, end - 1)
    return places


def _is_lone_word(unit: TextUnit) -> bool:
    """``Bushire.``, ``Communicate.``: one word with a full stop, not in capitals, is a name only in the right place.

    ``McV.B.`` is no word but initials.
    """
    text = unit.text
    return " " not in text and text.find(".") == len(text) - 1 and not text.isupper()


def _is_named(unit: TextUnit, headings: Sequence[str]) -> bool:
    """Whether a heading has the word of a unit: ``Mr. Sapt to the Regent`` above a letter that ``Sapt.`` signs."""
    word = unit.text.rstrip(".")
    return any(word in heading.replace(",", " ").split() for heading in headings)


def _is_list_of_signers(unit: Unit) -> bool:
    """Whether each item of a list is a name, with titles below it. It stays a list: TEI has none in a signature."""
    if not isinstance(unit, ListUnit) or unit.block.head or unit.block.kind != "bulleted" or len(unit.block.items) < 2:
        return False
    items = [(line.text[:1] in _BULLETS, line.text.lstrip(_BULLETS)) for line in unit.lines]
    return all(signing.is_name(text) or (signing.is_role(text) and not begins) for begins, text in items)


def _is_sentence_above(unit: TextUnit, signature: TextUnit) -> bool:
    """Whether words end with a full stop above a signature without one: ``Observe Presidential Handling.``

    A document has the stop at all its signatures or at none.
    """
    words = unit.text.split()
    is_abbreviated = len(words[-1].strip(".")) < 4 or "." in words[-1][:-1]
    return len(words) > 1 and unit.text.endswith(".") and not is_abbreviated and not signature.text.endswith(".")


def _is_doubtful_alone(units: Sequence[Unit], at: int, below: Sequence[TextUnit]) -> bool:
    """A lone word signs after a valediction, or as the last block below running text."""
    before = units[at - 1] if at else None
    if before is None or _takes_leave(before):
        return False
    return bool(below) or not (isinstance(before, TextUnit) and phrases.is_paragraph(before.text))


def _signs(units: Sequence[Unit], at: int) -> bool:
    return _is_signature_unit(units[at]) or _is_initial_below_text(units, at)


def _is_initial_below_text(units: Sequence[Unit], at: int) -> bool:
    """Whether a capital by itself signs: above anything else it would number a part of the text."""
    unit, before = units[at], units[at - 1] if at else None
    initial = isinstance(unit, TextUnit) and _LONE_INITIAL.fullmatch(unit.text) is not None
    return initial and isinstance(before, TextUnit) and len(before.text) > _SHORT and before.text[-1] in ".?!]”"


def _is_address_unit(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and signing.is_address(unit.text)


def _takes_leave(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and signing.is_valediction(unit.text)


def _is_signature_unit(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and (is_signature(unit.text) or _is_role_unit(unit))


def _is_role_unit(unit: TextUnit) -> bool:
    return len(unit.lines) <= 2 and len(unit.text) < 90 and signing.is_role(unit.text)


def blocks(leaves: Leaves, closing: Closing) -> list[Block]:
    """The closer and the postscript as blocks."""
    found: list[Block] = []
    if closing.signatures:
        salute = closing.valediction
        names = [*map(_names_somebody, closing.signatures)]
        parts: list[tuple[str, Content]] = []
        for index, unit in enumerate(closing.signatures):
            beside_a_name = any(names[:index]) or any(names[index + 1 : index + 3])
            (kind, content), *others = _parts(leaves, unit, beside_a_name=beside_a_name)
            parts += [(kind, (*closing.pages_above[index], *content)), *others]
        dateline = leaves.content(closing.dateline.span, keep_lines=True) if closing.dateline else None
        found.append(
            Closer(
                leaves.content(salute.span) if salute else None,
                tuple(content for kind, content in parts if kind == "signed"),
                None if closing.address else dateline,
                tuple(part for part in parts if part[0] != "signed"),
            )
        )
        if closing.address is not None:
            below = (leaves.content(closing.address.span, keep_lines=True), dateline)
            found.append(Postscript(tuple(Paragraph(content) for content in below if content)))
    found += closing.pages
    if closing.postscript:
        body, signed = split(closing.postscript) if len(closing.postscript) > 1 else (closing.postscript, Closing())
        found.append(Postscript((*bodies.blocks(leaves, body), *blocks(leaves, signed))))
    return found


def _names_somebody(unit: TextUnit) -> bool:
    """Whether a unit of a signature has a name, and is no title by itself."""
    return _LONE_INITIAL.fullmatch(unit.text) is not None or not (_entitles(unit) or signing.is_by_order(unit.text))


def _entitles(unit: TextUnit) -> bool:
    """Whether a unit of a signature begins with a title."""
    first = unit.lines[0].text
    is_title = signing.is_role(first) and not signing.is_by_order(first) and _is_role_unit(unit)
    return is_title or not is_signature(unit.text)


def _parts(leaves: Leaves, unit: TextUnit, *, beside_a_name: bool) -> Iterator[tuple[str, Content]]:
    """A signature's parts by kind; a title directly below a name is part of the signature, a parted one is not.

    A form has the title above the line on which it is signed.
    """
    if _LONE_INITIAL.fullmatch(unit.text):
        yield "signed", leaves.content(unit.span)
        return
    if not is_signature(unit.text) or (beside_a_name and _entitles(unit)):
        yield "role", leaves.content(unit.span, keep_lines=True)
        return
    run: list[Line] = []
    for line in unit.lines:
        kind = "by-order" if signing.is_by_order(line.text) else "seal" if signing.is_seal(line.text) else None
        if kind is None:
            run.append(line)
            continue
        yield from _signed(leaves, run)
        yield kind, leaves.content(line.span)
    yield from _signed(leaves, run)


def _signed(leaves: Leaves, run: list[Line]) -> Iterator[tuple[str, Content]]:
    if run:
        yield "signed", leaves.content(Span(run[0].span.start, run[-1].span.end), keep_lines=True)
    run.clear()
