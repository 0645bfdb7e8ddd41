"""Whatever a draft looks like, its edition is well-formed and has every character of it once, in order."""

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from teiwright.encoding import encode, serialize
from teiwright.encoding.ids import Ids, ids_of_notes
from teiwright.model import (
    Bibliography,
    Cell,
    Certainty,
    Closer,
    Consumed,
    Convention,
    Dated,
    Dateline,
    DateValue,
    DespatchNumber,
    Division,
    Draft,
    FileNumber,
    FormeWork,
    Head,
    Item,
    Kind,
    Label,
    Licence,
    LineBreak,
    ListBlock,
    Mention,
    Metadata,
    Note,
    NoteCall,
    Omission,
    Opener,
    PageBreak,
    Paragraph,
    Party,
    Place,
    Postscript,
    Quote,
    Reason,
    Row,
    Salute,
    Source,
    Span,
    Stamp,
    StrayNotes,
    Styled,
    Table,
    Text,
    TitlePage,
    TitlePart,
)
from teiwright.resources import schema_folder

NS = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
WORDS = (
    *(
        "noon,",
        "the",
        "“Manchukuo”",
        "&",
        "<",
        "]]>",
        "résumé",
        "Sov-",
        "iet",
        "April 11",
        "\U0001f4dc",
        "\x00",
    ),
    *("Japan", "Mr. Togo", "--", "'", '"', "\u00a0", "\ufffe", "満州", "é", "80", "#{}", "\\"),
)
ODD = ("", "x", "two words", "ünï", "&<>", "12", "-", "\x07", "center", "main", "from")


class Scribe:
    """Writes a source text piece by piece and makes the leaves that point into it, at random."""

    def __init__(self, random: Random, notes: int) -> None:
        self.random = random
        self.notes = notes
        self.pieces: list[str] = []
        self.length = 0

    def put(self, text: str) -> Span:
        self.pieces.append(text)
        start, self.length = self.length, self.length + len(text)
        return Span(start, self.length)

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def certainty(self) -> Certainty | None:
        return self.random.choice((None, *Certainty))

    def gap(self) -> None:
        self.put(self.random.choice(("", "", " ", "\n", "\r\n\t", "~~", "  (1) a note\n")))

    def text(self) -> Text:
        words = self.random.choices(WORDS, k=self.random.randrange(1, 5))
        edges = self.random.choices(("", " ", "\n", "\t \r\n"), k=2)
        return Text(self.put(edges[0] + self.random.choice((" ", "  ", "\n")).join(words) + edges[1]))

    def page(self) -> PageBreak:
        self.gap()
        if self.chance(2):
            return PageBreak(self.put(""), None, inferred=True, certainty=self.certainty())
        n = self.random.choice(("77", "77", "78", "xii", "[30]", *ODD))
        return PageBreak(self.put(f"[Page {n}]"), n)

    def leaf(self):
        self.gap()
        match self.random.randrange(9):
            case 0:
                return self.page()
            case 1 if self.notes:
                mark = self.random.choice(("81", "*", "80", "¹²", *ODD))
                return NoteCall(self.put(mark), self.random.randrange(self.notes), mark, self.certainty())
            case 2:
                return LineBreak(self.put("\n"))
            case 3:
                content = tuple(self.random.choice((self.text, self.line_end))() for _ in range(2))
                return FormeWork(content, self.random.choice(ODD))
            case _:
                return self.text()

    def line_end(self) -> LineBreak:
        return LineBreak(self.put("\n"))

    def content(self, depth: int):
        parts = []
        for _ in range(self.random.randrange(5)):
            blocky = depth < 3 and self.chance(5)
            parts.append(self.block(depth + 1) if blocky else self.leaf())
        return tuple(parts)

    def several(self, make, depth: int):
        return tuple(make(depth) for _ in range(self.random.randrange(3)))

    def maybe(self, depth: int):
        return None if self.chance(2) else self.content(depth)

    def item(self, depth: int):
        return self.page() if self.chance(5) else Item(self.maybe(depth), self.content(depth))

    def row(self, depth: int):
        if self.chance(5):
            return self.page()
        return Row(self.several(self.cell, depth), self.random.choice(("data", "label", *ODD)))

    def cell(self, depth: int) -> Cell:
        return Cell(self.content(depth), self.random.choice(("data", "label", *ODD)))

    def part(self, depth: int):
        kind = self.random.choice((FileNumber, DespatchNumber, Dateline, Salute, Label))
        return kind(self.content(depth))

    def title_part(self, depth: int):
        kinds = ("main", "sub", "imprint", "date", "notice", "copy", *ODD)
        return self.page() if self.chance(5) else TitlePart(self.random.choice(kinds), self.content(depth))

    def block(self, depth: int):
        if depth > 4:
            return Paragraph((self.text(),))
        deeper = depth + 1
        kind = self.random.choice(ODD)
        return self.random.choice(
            (
                lambda: Opener(self.several(self.part, deeper)),
                lambda: Head(self.content(deeper)),
                lambda: Paragraph(self.content(deeper), self.random.choice((None, "center", *ODD))),
                lambda: Paragraph(self.content(deeper)),
                lambda: ListBlock(self.several(self.item, deeper), self.random.choice(("numbered", kind)), None),
                lambda: ListBlock(head=self.maybe(deeper), items=self.several(self.item, deeper), kind=kind),
                lambda: Quote(self.several(self.block, deeper)),
                lambda: Table(head=self.maybe(deeper), rows=self.several(self.row, deeper)),
                lambda: Omission(self.content(deeper)),
                lambda: self.closer(deeper),
                lambda: Postscript(self.several(self.block, deeper)),
                lambda: Stamp(self.content(deeper), kind),
                lambda: TitlePage(self.several(self.title_part, deeper)),
                lambda: StrayNotes(tuple(self.random.choices(range(self.notes + 2), k=2))),
                self.page,
                lambda: FormeWork((self.text(),), kind),
            )
        )()

    def closer(self, depth: int) -> Closer:
        salute, signed, dateline = self.maybe(depth), self.several(self.content, depth), self.maybe(depth)
        around = tuple((self.random.choice(("role", "seal", *ODD)), self.content(depth)) for _ in range(2))
        return Closer(salute, signed, dateline, around)

    def division(self) -> Division:
        kinds = ("document", "document", "enclosure", "front", "distribution", "stamps", "postscript", *ODD)
        kind = self.random.choice(kinds)
        return Division(kind, tuple(self.block(0) for _ in range(self.random.randrange(7))))

    def note(self) -> Note:
        mark = self.random.choice(("81", "82", "*", "**", "¹", *ODD))
        place = self.random.choice(tuple(Place))
        return Note(mark, mark, self.put(mark), self.content(1), place, self.chance(2), self.certainty())

    def range(self) -> Span:
        start = self.random.randrange(self.length + 1)
        return Span(start, min(self.length, start + self.random.randrange(40)))

    def draft(self) -> Draft:
        divisions = tuple(self.division() for _ in range(self.random.randrange(4)))
        notes = tuple(self.note() for _ in range(self.notes))
        choose = self.random.choice
        dates = ("1941-04-13", "1941-02-30", "1941", "0000", "", "soon", "1941-12-15T18:00:00Z")
        return Draft(
            Source(Path("some/where.txt"), "".join(self.pieces), "0" * 64, "utf-8", self.metadata(dates)),
            divisions,
            notes,
            tuple(Consumed(self.range(), choose(tuple(Reason))) for _ in range(2)),
            tuple(Styled(self.range(), choose(("strikethrough", *ODD))) for _ in range(self.random.randrange(6))),
            tuple(
                Dated(
                    self.range(),
                    DateValue(when=choose(dates), not_after=choose((None, *dates))),
                    self.certainty(),
                )
                for _ in range(self.random.randrange(4))
            ),
            tuple(
                Mention(
                    *(self.range(), choose(tuple(Kind)), choose((None, *ODD)), choose(tuple(Certainty))),
                    *(choose(ODD), "why", choose((None, "from", "to", "signed"))),
                )
                for _ in range(self.random.randrange(6))
            ),
            (Convention(choose(ODD), self.chance(2), 0.5, choose(ODD)),),
        )

    def metadata(self, dates: tuple[str, ...]) -> Metadata:
        choose = self.random.choice
        maybe = (None, *ODD)
        date = DateValue(when=choose(dates), text=choose(maybe))
        party = Party(choose(maybe), choose(maybe), choose(maybe), choose(maybe))
        return Metadata(
            id=choose(("doc", "grew-256", "teiwright", *ODD)),
            title=choose(maybe),
            subtitle=choose(maybe),
            kind=choose((None, "despatch", "letter", *ODD)),
            language=choose(("en", "de-AT", *ODD)),
            sent=choose(((), (party,), (party, party))),
            received=choose(((), (party,))),
            date=choose((None, date)),
            date_note=choose(maybe),
            origin=Bibliography(
                *(choose(maybe) for _ in range(3)),
                *(choose((None, *dates)), *(choose(maybe) for _ in range(4))),
                *(choose((None, "typescript", "typescript", "printed", *ODD)), choose(maybe)),
            ),
            licence=Licence(choose(maybe), choose(maybe)),
            received_name=choose(maybe),
            changes=choose(((), ((choose(dates), choose(ODD)), ("2026-11-20", "Encoded.")))),
        )


def some_draft(random: Random) -> Draft:
    return Scribe(random, random.randrange(5)).draft()


def bare(text: str) -> str:
    """What XML can hold of a text, without white space."""
    lawful = "".join("\ufffd" if c in "\x00\x07\ufffe" else c for c in text)
    return "".join(c for c in lawful if c not in " \t\r\n")


def words_of(draft: Draft, content) -> str:
    """The characters of the text leaves, in the order in which the draft has them."""
    match content:
        case Text(span):
            return bare(span.of(draft.source.text))
        case tuple() | list():
            return "".join(words_of(draft, part) for part in content)
        case None | PageBreak() | NoteCall() | LineBreak() | StrayNotes() | str() | bool():
            return ""
        case ListBlock(items, _, head):
            return words_of(draft, [head, *items])
        case Table(rows, head):
            return words_of(draft, [head, *rows])
        case Closer(salute, signed, dateline, around):
            parts = [p for p in (salute, *signed, dateline, *(c for _, c in around)) if p is not None]
            return "".join(words_of(draft, p) for p in sorted(parts, key=first_offset))
        case _:
            names = type(content).__match_args__
            return "".join(words_of(draft, getattr(content, name)) for name in names)


def first_offset(content) -> int:
    return next((part.span.start for part in content if isinstance(part, Text)), -1)


def written(element, *, root: bool = True) -> str:
    """The characters of an element without the notes in it."""
    if not root and element.tag in (f"{NS}note", f"{NS}noteGrp"):
        return ""
    if element.tag == f"{NS}ref" and element.get("type") == "note":
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [written(child, root=False), child.tail or ""]
    return bare("".join(parts))


drafts = st.randoms(use_true_random=True).map(some_draft)
often = settings(max_examples=100, deadline=None)


@often
@given(drafts)
def test_an_edition_is_well_formed_and_reads_back_as_it_was_written(draft: Draft) -> None:
    edition = encode(draft)
    data = serialize(edition)
    again = etree.fromstring(data)
    assert etree.tostring(again, method="c14n") == etree.tostring(edition.tree, method="c14n")
    assert serialize(edition) == data  # its tree was asked for, so these are lxml's bytes


@often
@given(drafts)
def test_every_character_of_the_text_is_there_once_in_order(draft: Draft) -> None:
    text = encode(draft).tree.getroot().find(f"{NS}text")
    assert words_of(draft, [d.blocks for d in draft.divisions]) == written(text)


@often
@given(drafts)
def test_every_character_of_a_note_is_in_that_note(draft: Draft) -> None:
    root = encode(draft).tree.getroot()
    written_notes = {note.get(XML_ID): written(note) for note in root.iter(f"{NS}note") if note.get(XML_ID)}
    taken = Ids("teiwright", root.get(XML_ID))
    names = ids_of_notes(draft.notes, taken)
    assert {name: words_of(draft, n.content) for name, n in zip(names, draft.notes, strict=True)} == written_notes


def some_line(random: Random) -> Draft:
    """A paragraph of text and marks, without blocks and running heads, with names and styles over it."""
    scribe = Scribe(random, 2)
    notes = tuple(Note(mark, mark, scribe.put(mark), (scribe.text(),), Place.END, True) for mark in "*1")
    leaves = [scribe.leaf() for _ in range(random.randrange(1, 9))]
    line = tuple(leaf for leaf in leaves if not isinstance(leaf, FormeWork))
    drawn = scribe.draft()
    return replace(drawn, divisions=(Division("document", (Paragraph(line),)),), notes=notes)


def words(text: str) -> list[str]:
    return [word for word in re.split("[ \t\r\n]+", text) if word]


def source_line(draft: Draft) -> str:
    """The text of the only paragraph with what the source has between its leaves, and without the marks."""
    pieces = []
    at = None
    for leaf in draft.divisions[0].blocks[0].content:
        between = "" if at is None else draft.source.text[at : leaf.span.start]
        pieces.append(" " if re.search("[ \t\r\n]", between) else "")
        pieces.append(leaf.span.of(draft.source.text) if isinstance(leaf, Text) else "")
        pieces.append(" " if isinstance(leaf, LineBreak) else "")
        at = leaf.span.end
    return "".join(pieces)


def line_written(element) -> str:
    """The text of a paragraph with its white space, without its notes."""
    parts = ["" if element.tag in (f"{NS}note", f"{NS}ref") else element.text or ""]
    if element.tag not in (f"{NS}note", f"{NS}ref"):
        for child in element:
            parts += [line_written(child), child.tail or ""]
    return "".join(parts)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=True).map(some_line))
def test_words_are_neither_joined_nor_split(draft: Draft) -> None:
    lawful = source_line(draft).translate({0: "\ufffd", 7: "\ufffd", 0xFFFE: "\ufffd"})
    paragraph = encode(draft).tree.getroot().find(f".//{NS}body//{NS}p")
    assert words(lawful) == words(line_written(paragraph))


@pytest.fixture(scope="module")
def law() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(schema_folder() / "teiwright.rng"))


@often
@given(draft=drafts)
def test_an_edition_is_valid_against_our_law(law: etree.RelaxNG, draft: Draft) -> None:
    law.validate(etree.fromstring(serialize(encode(draft))))
    assert [(entry.line, entry.message) for entry in law.error_log] == []


@often
@given(drafts)
def test_identifiers_are_unique_and_pointers_within_the_document_arrive(draft: Draft) -> None:
    root = encode(draft).tree.getroot()
    names = [e.get(XML_ID) for e in root.iter() if e.get(XML_ID)]
    assert sorted(set(names)) == sorted(names)
    pointers = {v for e in root.iter() for k, v in e.attrib.items() if k in ("target", "corresp", "resp")}
    assert {p[1:] for p in pointers if p.startswith("#")} <= set(names)


@often
@given(drafts)
def test_the_same_draft_gives_the_same_bytes(draft: Draft) -> None:
    assert serialize(encode(draft)) == serialize(encode(draft))


@pytest.mark.parametrize("mark", ["p", "item", "cell", "note"])
@given(random=st.randoms(use_true_random=True))
@settings(max_examples=40, deadline=None)
def test_no_paragraph_stands_directly_in_another(mark: str, random: Random) -> None:
    root = encode(some_draft(random)).tree.getroot()
    assert not [p for p in root.iter(f"{NS}p") if p.getparent().tag == f"{NS}p"], mark
