"""``compare`` and ``account``: the proof as a report, and as a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from xml.parsers import expat

from lxml import etree

from teiwright.comparing.edition_text import EditionText, EntityError, read_edition
from teiwright.comparing.proving import Proof, prove
from teiwright.comparing.source_text import read_source
from teiwright.comparing.wording import Files, diagnostics
from teiwright.diagnostics import Code, Diagnostic, Lines, Location, Report, TeiwrightError
from teiwright.model import Edition, Source

_LOST = frozenset({Code.WORD_MISSING, Code.NOTE_MISSING, Code.NOTE_MARK_MISSING, Code.PAGE_MARK_MISSING})
_INVENTED = frozenset({Code.WORD_ADDED, Code.NOTE_ADDED, Code.NOTE_MARK_ADDED, Code.PAGE_MARK_ADDED, Code.LABEL_ADDED})
_MOVED = frozenset({Code.TEXT_MOVED, Code.NOTE_MOVED, Code.NOTES_EXCHANGED, Code.PAGE_MARK_MOVED})


@dataclass(frozen=True, slots=True)
class Account:
    """The proof in numbers.

    ``lost``, ``invented``, ``moved`` and ``changed`` count places;
    ``consumed`` counts the source's characters that became markup, by kind;
    with ``edition_characters`` they are all the ink of a source of which nothing was lost or added.
    """

    source_words: int
    edition_words: int
    edition_characters: int
    notes: int
    page_breaks: int
    consumed: Mapping[str, int]
    lost: int
    invented: int
    moved: int
    changed: int

    def __add__(self, other: Account) -> Account:
        """Both texts together."""
        kinds = sorted({*self.consumed, *other.consumed})
        consumed = {kind: self.consumed.get(kind, 0) + other.consumed.get(kind, 0) for kind in kinds}
        names = [each.name for each in fields(self) if each.name != "consumed"]
        return Account(consumed=consumed, **{name: getattr(self, name) + getattr(other, name) for name in names})

    def __str__(self) -> str:
        things = ((self.edition_words, "word"), (self.notes, "note"), (self.page_breaks, "page break"))
        counted = ", ".join(f"{n:,} {what}" if n == 1 else f"{n:,} {what}s" for n, what in things)
        found = f"{self.lost:,} lost, {self.invented:,} invented, {self.moved:,} moved"
        return f"{counted}, {found}" + (f", {self.changed:,} changed" if self.changed else "")


def compare(source: Source, edition: Edition) -> Report:
    """What of the source is missing in the edition, was added, changed or moved; empty if nothing.

    The edition may be any TEI document. What it says in markup is taken as said: a ``note`` stands where
    the source has its mark (``@n``) and has its text elsewhere (TEI Guidelines 3.9), ``pb/@n`` is a page mark
    (3.11.3), ``sic``, ``orig`` and ``abbr`` are what the source has (3.5).
    """
    return compare_and_account(source, edition)[0]


def account(source: Source, edition: Edition) -> Account:
    """The comparison in numbers."""
    return compare_and_account(source, edition)[1]


def compare_and_account(source: Source, edition: Edition) -> tuple[Report, Account]:
    """Both at the cost of one."""
    theirs = read_source(source.text)
    ours = edition_text(edition)
    proof = prove(theirs, ours)
    files = Files(str(source.path), str(edition.path), theirs, Lines(source.text))
    report = Report.of(diagnostics(proof, files))
    return report, _account(source, ours, proof)


def _account(source: Source, edition: EditionText, proof: Proof) -> Account:
    codes = [event.code for event in proof.events] + [note.code for note in proof.notes]
    lost, invented, moved = (sum(code in kind for code in codes) for kind in (_LOST, _INVENTED, _MOVED))
    streams = [edition.main, *(note.stream for note in edition.notes)]
    return Account(
        source_words=len(source.text.split()),
        edition_words=sum(stream.ink.gaps.count(1) for stream in streams),
        edition_characters=sum(len(stream.ink.text) for stream in streams),
        notes=len(edition.notes),
        page_breaks=edition.page_breaks,
        consumed=dict(sorted(proof.consumed.items())),
        lost=lost,
        invented=invented,
        moved=moved,
        changed=len(codes) - lost - invented - moved,
    )


def edition_text(edition: Edition, read: Callable[[bytes], EditionText] = read_edition) -> EditionText:
    """The text with its places on disk if the file has what the edition has; else as lxml writes it."""
    written = etree.tostring(edition.tree, encoding="UTF-8", xml_declaration=True)
    try:
        on_disk = edition.path.read_bytes() if edition.path.is_file() else written
        if on_disk == written or _canonical(on_disk) == etree.tostring(edition.tree, method="c14n"):
            return read(on_disk)
    except (OSError, etree.XMLSyntaxError, expat.ExpatError, EntityError):
        pass
    try:
        return read(written)
    except expat.ExpatError as error:
        where = Location(str(edition.path), error.lineno, error.offset + 1)
        message = f"the edition cannot be read: {expat.ErrorString(error.code)}"
        raise TeiwrightError(Diagnostic(Code.NOT_WELL_FORMED, where, message)) from error
    except EntityError as error:
        where = Location(str(edition.path), error.line)
        message = "the edition declares entities"
        hint = "remove the document type declaration and write the characters themselves"
        raise TeiwrightError(Diagnostic(Code.UNSAFE_XML, where, message, hint)) from error


def _canonical(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)
    return etree.tostring(etree.fromstring(data, parser).getroottree(), method="c14n")
