"""A whole edition, header and all, of a draft that has something of everything; ``--renew`` writes it anew."""

from pathlib import Path

import pytest

from teiwright.encoding import Publication, encode, load, serialize
from teiwright.model import (
    Bibliography,
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
    Reason,
    Salute,
    Source,
    Span,
    StrayNotes,
    Styled,
    Text,
)

GOLDEN = Path(__file__).parent / "golden" / "despatch.xml"

LETTER = """861.00/12

The Minister in Siam (Hale) to the Secretary of State 7

No. 41

Bangkok, March 3, 1899.
[Received April 10.]

Sir: I have the honor to report,8 as ~~requested~~ instructed, on [Page 12] the following:

1.
The rail-
way to Korat.
2.
The harbor.*

. . . . . . .

Respectfully yours,

Edward Hale
Minister
[Enclosure]

The Foreign Minister to the Minister

Your note of March 1 has been received.

  1. Drafted by the clerk.
  2. Not printed.
  3. See the map.
  4. A note whose mark was lost.
"""


def span(text: str, *, after: str = "") -> Span:
    start = LETTER.index(text, LETTER.index(after) if after else 0)
    return Span(start, start + len(text))


def text(words: str, *, after: str = "") -> Text:
    return Text(span(words, after=after))


def call(mark: str, note: int, *, after: str, certainty: Certainty | None = None) -> NoteCall:
    return NoteCall(span(mark, after=after), note, mark, certainty)


def line_end(after: str) -> LineBreak:
    end = span(after).end
    return LineBreak(Span(end, end + 1))


def metadata() -> Metadata:
    return Metadata(
        id="hale-despatch-41",
        title="The Minister in Siam (Hale) to the Secretary of State",
        subtitle="No. 41",
        kind="despatch",
        sent=(Party("Edward Hale", "Minister in Siam", ref="hale-edward"),),
        received=(Party(role="Secretary of State"),),
        date_note="The text gives it in its dateline.",
        origin=Bibliography(series="Papers of the Legation", volume="2", page_from="11", form="printed"),
        licence=Licence("https://creativecommons.org/publicdomain/mark/1.0/", "In the public domain."),
        received_name="hale.txt",
        changes=(("2026-11-20", "Encoded from the plain text."), ("2026-11-21", "Read against the print.")),
    )


def document() -> Division:
    opening = (
        Opener((FileNumber((text("861.00/12"),)),)),
        Head((text("The Minister in Siam (Hale) to the Secretary of State"), call("7", 0, after="of State"))),
        Opener(
            (
                DespatchNumber((text("No. 41"),)),
                Dateline((text("Bangkok, March 3, 1899."), line_end("1899."), text("[Received April 10.]"))),
                Salute((text("Sir:"),), run_in=True),
            )
        ),
    )
    items = (
        Item((text("1."),), (text("The rail-\nway to Korat."),)),
        Item((text("2.", after="Korat"),), (text("The harbor."), call("*", 2, after="harbor"))),
    )
    report = Paragraph(
        (
            text(" I have the honor to report,"),
            call("8", 1, after="report,", certainty=Certainty.MEDIUM),
            text(" as "),
            text("requested"),
            text(" instructed, on "),
            PageBreak(span("[Page 12]"), "12"),
            text("the following:"),
            ListBlock(items, "numbered"),
        )
    )
    closing = (
        Omission((text(". . . . . . ."),)),
        Closer(
            (text("Respectfully yours,"),),
            ((text("Edward Hale"), line_end("Edward Hale"), text("Minister", after="Edward Hale")),),
        ),
    )
    return Division("document", (*opening, report, *closing))


def enclosure() -> Division:
    return Division(
        "enclosure",
        (
            Opener((Label((text("[Enclosure]"),)),)),
            Head((text("The Foreign Minister to the Minister"),)),
            Paragraph((text("Your note of March 1 has been received."),)),
            StrayNotes((3,)),
        ),
    )


def notes() -> tuple[Note, ...]:
    listed = (("7", "1.", "Drafted by the clerk."), ("8", "2.", "Not printed."), ("*", "3.", "See the map."))
    called = (
        Note(mark, label, span(f"  {label} ", after="received."), (text(words),), Place.END, True)
        for mark, label, words in listed
    )
    lost = Note("4", "4.", span("  4. "), (text("A note whose mark was lost."),), Place.END, False)
    return (*called, lost)


def draft() -> Draft:
    by_rule = (Certainty.HIGH, "heading", "the heading names its correspondents")
    return Draft(
        Source(Path("hale.txt"), LETTER, "0123456789abcdef" * 4, "utf-8", metadata()),
        (document(), enclosure()),
        notes(),
        (Consumed(span("\n\n"), Reason.LAYOUT), Consumed(span("~~"), Reason.STRIKE_SIGN)),
        (Styled(span("requested"), "strikethrough"),),
        (Dated(span("March 3, 1899"), DateValue(when="1899-03-03")),),
        (
            Mention(span("Siam"), Kind.PLACE, "siam", *by_rule),
            Mention(span("Hale"), Kind.PERSON, "hale-edward", *by_rule, role="from"),
            Mention(span("Bangkok"), Kind.PLACE, "bangkok", Certainty.HIGH, "dateline", "a dateline"),
            Mention(span("Edward Hale"), Kind.PERSON, "hale-edward", Certainty.HIGH, "signature", "signed"),
        ),
        (
            Convention("page marks in brackets", True, 1.0, "1 mark"),
            Convention("notes at the foot of each page", False, 0.0, "none"),
        ),
    )


def test_a_whole_edition_is_as_it_was_reviewed(request: pytest.FixtureRequest) -> None:
    data = serialize(encode(draft(), Publication("A press", "2026-11-20")))
    if request.config.getoption("--renew"):
        GOLDEN.write_bytes(data)
    assert GOLDEN.read_bytes() == data


def test_the_reviewed_edition_is_the_same_when_it_was_read_and_written() -> None:
    assert serialize(load(GOLDEN)) == GOLDEN.read_bytes()
