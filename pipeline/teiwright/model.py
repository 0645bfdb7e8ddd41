"""The nouns that travel between the stages: texts, spans, drafts, editions.

Offsets are code points in ``Source.text``, half-open.
A draft's leaves are ranges of the source, so that nothing can be lost or invented unnoticed:
the ``Text`` leaves and the ledger together cover every code point of the source exactly once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright.described import Agent as Agent
from teiwright.described import Bibliography as Bibliography
from teiwright.described import DateValue as DateValue
from teiwright.described import Habit as Habit
from teiwright.described import Licence as Licence
from teiwright.described import Metadata as Metadata
from teiwright.described import Party as Party
from teiwright.described import Statement as Statement
from teiwright.described import Use as Use
from teiwright.written import Written as Written

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.diagnostics import Diagnostic


class Certainty(Enum):
    """How sure a rule is of what it inferred; the values of TEI's ``@cert``."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    __hash__ = object.__hash__
    """Each of them is there once. That of ``Enum`` asks for the name, in Python, and a text has thousands of names."""


class Span(NamedTuple):
    """A half-open range of code points in a source's text. A tuple, since a text has thousands; ``len`` is its length.

    As an empty range it is false.
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """What stands in ``text`` at this range."""
        return text[self.start : self.end]


FORM_FEED = "␌"
"""The sign of the character that ends a page (U+000C), which XML cannot hold; a text has it in its place."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it came, how it was decoded, and what is known of it."""

    path: Path
    text: str
    sha256: str
    encoding: str
    metadata: Metadata


# -- inline items: the leaves of a draft


@dataclass(frozen=True, slots=True)
class Text:
    """A range of the source that is text of the edition as it stands."""

    span: Span


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a new page begins: a mark that the source has, or (``inferred``) a conclusion: no span, or a form feed."""

    span: Span
    n: str | None
    inferred: bool = False
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A callout: ``note`` is an index into ``Draft.notes``, ``mark`` is what was printed."""

    span: Span
    note: int
    mark: str
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a printed line that the edition keeps (in a heading, a dateline, a signature).

    ``inside_word``: a word was broken there with a hyphen, which stays in the text before it.
    """

    span: Span
    inside_word: bool = False


@dataclass(frozen=True, slots=True)
class FormeWork:
    """A running head or a page number of the original: kept, but no part of the sentence around it."""

    content: tuple[Text | LineBreak, ...]
    kind: str


# -- blocks


@dataclass(frozen=True, slots=True)
class Opener:
    """What stands above the body of a document or an enclosure."""

    parts: tuple[OpenerPart, ...]


@dataclass(frozen=True, slots=True)
class FileNumber:
    """The archive's or the printer's number of the document: ``idno type="file"``."""

    content: Content


@dataclass(frozen=True, slots=True)
class DespatchNumber:
    """``No. 5529``: ``idno type="despatch"``."""

    content: Content


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and date of writing; also a line that says when it was received."""

    content: Content


@dataclass(frozen=True, slots=True)
class Salute:
    """A salutation or a valediction; ``run_in`` if the first paragraph goes on in the same line."""

    content: Content
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label that is no heading: ``[Extract]``, ``[Telegram]``, ``[Enclosure 2]``: ``seg type="label"``."""

    content: Content


OpenerPart = FileNumber | DespatchNumber | Dateline | Salute | Label


@dataclass(frozen=True, slots=True)
class Head:
    """The title of the document or of the enclosure."""

    content: Content


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; lists, quotations and tables that belong to its sentence stand inside it.

    ``rend``: ``None``, ``"center"``, ``"flushleft"`` or ``"right"``.
    """

    content: Content
    rend: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list with the label that is printed before it, if any."""

    label: Content | None
    content: Content


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. ``kind``: ``numbered``, ``bulleted``, ``simple``, ``participants``, ``subject`` …"""

    items: tuple[Item | PageBreak, ...]
    kind: str
    head: Content | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set off as a block."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``role`` as in TEI: ``data`` or ``label``."""

    content: Content
    role: str = "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    role: str = "data"


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    rows: tuple[Row | PageBreak, ...]
    head: Content | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """A line of dots or asterisks that stands for text which the original's editor left out."""

    content: Content


@dataclass(frozen=True, slots=True)
class Closer:
    """Valediction, signatures with the titles below them, and a dateline that stands below."""

    salute: Content | None
    signed: tuple[Content, ...]
    dateline: Content | None = None
    around: tuple[tuple[str, Content], ...] = ()
    """What else stands in it, by kind: ``by-order`` (``For the Ambassador:``), ``role``, ``seal``."""


@dataclass(frozen=True, slots=True)
class Postscript:
    """What follows the signature as ``P. S.``, or names below it whom the letter goes to."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of an archive or an office, such as one of declassification."""

    content: Content
    kind: str


@dataclass(frozen=True, slots=True)
class TitlePart:
    """A line or lines of a title page. ``kind``: ``main``, ``sub``, ``imprint``, ``date``, ``notice``, ``copy``."""

    kind: str
    content: Content


@dataclass(frozen=True, slots=True)
class TitlePage:
    """A title page, in its printed order."""

    parts: tuple[TitlePart | PageBreak, ...]


@dataclass(frozen=True, slots=True)
class Verse:
    """A line of verse. ``depth``: how many steps it is set in from the margin of its poem or speech."""

    content: Content
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Stanza:
    """Lines of verse that belong together, or, under a number or a title, several such groups."""

    lines: tuple[Verse | Stanza | PageBreak | FormeWork, ...]
    head: Content | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaks in a play, with directions among it. ``speaker`` is the label that is printed for it."""

    speaker: Content
    blocks: tuple[Block, ...]
    certainty: Certainty | None = None
    """Of the label; ``None`` for one that recurs."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A stage direction that stands by itself. Those within a line are ranges: ``Draft.directions``."""

    content: Content


@dataclass(frozen=True, slots=True)
class CastList:
    """The characters of a play, as it lists them."""

    items: tuple[Content | PageBreak, ...]
    head: Content | None = None


@dataclass(frozen=True, slots=True)
class StrayNotes:
    """Notes whose callout the text does not have, at the place where the source has them."""

    notes: tuple[int, ...]


Inline = Text | PageBreak | NoteCall | LineBreak | FormeWork
Block = (
    Opener
    | Head
    | Paragraph
    | ListBlock
    | Quote
    | Table
    | Omission
    | Closer
    | Postscript
    | Stamp
    | TitlePage
    | Verse
    | Stanza
    | Speech
    | Direction
    | CastList
    | StrayNotes
    | PageBreak
    | FormeWork
)
Content = tuple[Inline | Block, ...]
"""Mixed content in source order: leaves, and the lists, quotations and tables among them."""


@dataclass(frozen=True, slots=True)
class Division:
    """A ``div``. ``kind``: ``document``, ``enclosure``, ``chapter``, ``act``, ``scene``, ``front``, ``distribution`` …

    Divisions are flat and in source order; an enclosure belongs to the document before it, a scene to its act.
    """

    kind: str
    blocks: tuple[Block, ...]


# -- what stands off from the tree


class Place(Enum):
    """Where the source has a note's text; the values are those of TEI's ``@place``."""

    FOOT = "foot"
    END = "end"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Note:
    """A note's text. ``mark`` is the printed callout, ``label`` what precedes the note where it stands.

    ``called`` is false if the text has no callout for it: then ``mark`` is the label.
    """

    mark: str
    label: str
    label_span: Span
    content: Content
    place: Place
    called: bool
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """A range that the source marks typographically. ``style``: ``strikethrough``, ``italic``, ``superscript``."""

    span: Span
    style: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A range that is a date, with its value."""

    span: Span
    value: DateValue
    certainty: Certainty | None = None


class Kind(Enum):
    """Of what a mention is the name; the value is the TEI element."""

    PERSON = "persName"
    PLACE = "placeName"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's or a place's name in the text.

    ``ref`` is an id in the authority file, or ``None``; ``by`` names the recogniser, ``reason`` says why.
    ``role``: ``from`` or ``to`` in a heading, ``signed`` in a signature.
    ``certainty`` is ``None`` for what a person decided; ``who`` is that person, if the decision says.
    """

    span: Span
    kind: Kind
    ref: str | None
    certainty: Certainty | None
    by: str
    reason: str
    role: str | None = None
    who: str | None = None


class Reason(Enum):
    """Why a range of the source is markup, not text of the edition."""

    LAYOUT = "white space that lays the text out"
    PAGE_MARK = "page mark"
    CALLOUT = "callout of a note"
    CALLOUT_SIGN = "sign that raises a callout"
    NOTE_LABEL = "label of a note where it is listed"
    STRIKE_SIGN = "sign that strikes text through"
    EMPHASIS_SIGN = "sign that sets words in italics"
    BULLET = "bullet of a list item"
    LIST_SIGN = "sign that begins a list line"
    CELL_GAP = "tabs between the cells of a table"


class Consumed(NamedTuple):
    """One entry of the ledger: a range that became markup, and why."""

    span: Span
    reason: Reason


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention of plain text that was considered: chosen or not, its score (0 to 1), and why."""

    name: str
    chosen: bool
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Tool:
    """What else than the program itself had a part in a draft: ``sha256`` tells two states of it apart."""

    ident: str
    version: str
    sha256: str
    did: str
    given: tuple[tuple[str, str], ...] = ()
    """Files that it was given beside the text, and a SHA-256 checksum of what of them had a part in it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The structure as understood, still independent of TEI."""

    source: Source
    divisions: tuple[Division, ...]
    notes: tuple[Note, ...]
    ledger: tuple[Consumed, ...]
    styles: tuple[Styled, ...] = ()
    dates: tuple[Dated, ...] = ()
    mentions: tuple[Mention, ...] = ()
    conventions: tuple[Convention, ...] = ()
    tools: tuple[Tool, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    directions: tuple[Span, ...] = ()
    """Stage directions within a line."""


# -- TEI, and what is made of it


@dataclass(frozen=True, slots=True)
class Edition:
    """One TEI document. ``path`` names it in diagnostics and need not exist yet."""

    path: Path
    document: etree._ElementTree | Written
    findings: tuple[Diagnostic, ...] = ()

    @property
    def tree(self) -> etree._ElementTree:
        """The document as a tree; always the same one."""
        return self.document.tree if isinstance(self.document, Written) else self.document


class Piece(NamedTuple):
    """A stretch of a source without white space in it, and what it became in an edition.

    ``tag`` is the number of a tag of the TEI document, in their order from 0: that of the element which it became
    (``became`` says what that is), or, if it is text (``became`` is empty), that behind which the text stands,
    with ``before`` characters that are no white space between. -1 if it has no place in the edition.
    """

    start: int
    end: int
    tag: int
    before: int
    became: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """What a view made of an edition: file names relative to the output folder, and their bytes."""

    view: str
    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PrintLayout:
    """The page of a book, in millimetres; its type, in points. ``fonts`` are families, the first of which is used.

    Pages come in pairs: ``inside`` is where they are bound, and ``outside`` holds the page numbers of the original.
    """

    width: float = 156
    height: float = 234
    inside: float = 24
    outside: float = 28
    top: float = 26
    bottom: float = 26
    size: float = 10.5
    fonts: tuple[str, ...] = ("Libertinus Serif",)
    volume_words: int = 250_000
    hyphenate: bool = True


AS_PRINTED = PrintLayout()
"""The page of a book if the project says nothing of it: 156 by 234 mm, a common format of scholarly books."""
