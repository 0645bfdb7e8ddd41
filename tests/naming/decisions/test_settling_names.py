"""What was decided stands in the place of what the recognisers proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from teiwright.diagnostics import Code
from teiwright.model import Certainty, Draft, Kind, Metadata, Source
from teiwright.naming import Authority, Entry, Means, Variant, name
from teiwright.naming.decisions import Passages, Verdict, read_decisions
from teiwright.naming.script import read_script
from teiwright.parsing import parse

RULES = Means(model=None, places=None, others=())
"""The rules alone, so that only the decisions are in question."""
TEXT = """The Ambassador in Japan (Grew) to the Secretary of State

Tokyo, January 12, 1933.

Sir: Mr. Hirota called on me today. Mr. Hirota spoke of the Union, and of Port Arthur, which lies south.
The Union of the clubs was spoken of by Mr. Hirota, too. Then Mr. Shaw came, from the Union as well.
"""
GREW = Entry("grew-joseph-c", Kind.PERSON, (Variant("Grew", "short"), Variant("Joseph C. Grew", "full")))
AUTHORITY = Authority((GREW, Entry("tokyo", Kind.PLACE, (Variant("Tokyo", "full"),))))


def draft_of(text: str) -> Draft:
    return parse(Source(Path("d.txt"), text, "", "utf-8", Metadata("d")))


def named(lines: str, text: str = TEXT, path: str = "d.decisions.csv") -> Draft:
    header = "verdict,scope,kind,name,context,nth,becomes,ref,who\n"
    return name(draft_of(text), AUTHORITY, read_decisions(header + lines, Path(path)), RULES)


def forms(draft: Draft, kind: Kind) -> list[str]:
    return [m.span.of(draft.source.text) for m in draft.mentions if m.kind is kind]


def context_of(form: str, which: int = 0) -> str:
    """The cells `context` and `nth`."""
    passages = Passages(read_script(draft_of(TEXT)))
    place = passages.of(form)[which]
    anchor = passages.anchor(place.start, place.end)
    nth = f"{anchor.nth}/{anchor.of}" if anchor.whole else ""
    return f'"{anchor.before} ⟦{form}⟧ {anchor.after}",{nth}'


def test_a_rejected_mention_is_not_tagged_and_the_others_are() -> None:
    assert 3 == forms(named(""), Kind.PERSON).count("Hirota")
    draft = named(f"reject,mention,,Hirota,{context_of('Hirota', 1)}\n")
    assert 2 == forms(draft, Kind.PERSON).count("Hirota")
    assert [] == list(draft.findings)


def test_a_form_rejected_for_the_text_is_tagged_nowhere_in_it() -> None:
    assert "Hirota" not in forms(named("reject,document,,Hirota,\n"), Kind.PERSON)


def test_a_form_rejected_for_the_folder_is_tagged_nowhere() -> None:
    assert "Hirota" not in forms(named("reject,,,Hirota,\n", path="decisions.csv"), Kind.PERSON)


def test_a_form_rejected_as_a_person_may_be_a_place() -> None:
    assert "Tokyo" in forms(named("reject,document,persName,Tokyo,\n"), Kind.PLACE)


def test_an_accepted_form_is_tagged_wherever_it_stands() -> None:
    assert 3 == forms(named("accept,document,placeName,Union,\n"), Kind.PLACE).count("Union")


def test_an_accepted_mention_is_certain_and_says_who_decided() -> None:
    draft = named(f"accept,mention,persName,Shaw,{context_of('Shaw')},,none,MK\n")
    (shaw,) = [m for m in draft.mentions if m.span.of(TEXT) == "Shaw"]
    assert (None, "MK", None) == (shaw.certainty, shaw.who, shaw.ref)


def test_the_narrower_verdict_wins() -> None:
    draft = named(f"accept,mention,placeName,Union,{context_of('Union', 1)}\nreject,document,,Union,\n")
    assert ["Union"] == [form for form in forms(draft, Kind.PLACE) if form == "Union"]


def test_of_two_verdicts_the_later_line_wins() -> None:
    assert "Hirota" in forms(named("reject,document,,Hirota,\naccept,document,persName,Hirota,\n"), Kind.PERSON)


def test_a_retyped_name_is_of_the_other_kind() -> None:
    draft = named("retype,document,placeName,Hirota,\n")
    assert 3 == forms(draft, Kind.PLACE).count("Hirota")
    assert "Hirota" not in forms(draft, Kind.PERSON)


def test_a_relinked_name_points_to_the_entry() -> None:
    draft = named("relink,document,persName,Hirota,,,,grew-joseph-c\n")
    assert {"grew-joseph-c"} == {m.ref for m in draft.mentions if m.span.of(TEXT) == "Hirota"}


def test_a_name_relinked_to_none_keeps_its_tag() -> None:
    refs = {m.ref for m in named("relink,document,persName,Grew,,,,none\n").mentions if m.span.of(TEXT) == "Grew"}
    assert {None} == refs


def test_an_extended_name_takes_in_its_other_words() -> None:
    draft = named("reject,document,,Port Arthur,\nextend,document,placeName,Port,,,Port Arthur\n")
    assert "Port Arthur" in forms(draft, Kind.PLACE)


def test_a_decided_name_drives_out_what_overlaps_it() -> None:
    draft = named("extend,document,placeName,Hirota,,,Mr. Hirota\n")
    assert "Hirota" not in forms(draft, Kind.PERSON)
    assert 3 == forms(draft, Kind.PLACE).count("Mr. Hirota")


def test_a_decision_whose_sentence_is_gone_is_reported() -> None:
    context = context_of("Shaw")
    draft = named(f"accept,mention,persName,Shaw,{context}\n", TEXT.replace("Then Mr. Shaw came, from", "From"))
    assert [Code.ORPHAN_DECISION] == [finding.code for finding in draft.findings]


def test_a_link_to_an_entry_that_is_not_there_is_reported_with_the_one_that_is_near() -> None:
    (finding,) = named("accept,document,persName,Grew,,,,grew-josef-c\n").findings
    assert Code.DECISION_WITHOUT_ENTRY is finding.code
    assert "is `grew-joseph-c` meant?" == finding.hint


def test_a_person_is_not_linked_to_a_place() -> None:
    (finding,) = named("accept,document,persName,Grew,,,,tokyo\n").findings
    assert "`tokyo` is the entry of another kind of the authority files" == finding.message


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_holds_after_the_text_was_edited(verdict: Verdict) -> None:
    rest = {"extend": ",Mr. Shaw", "relink": ",,grew-joseph-c", "retype": ""}.get(verdict.value, "")
    kind = "placeName" if verdict is Verdict.RETYPE else "persName"
    line = f"{verdict.value},mention,{kind},Shaw,{context_of('Shaw')}{rest}\n"
    edited = TEXT.replace("Sir: ", "Sir: As I wrote, ").replace("as well", "too")
    assert not named(line, edited).findings
    assert shown(named(line)) == shown(named(line, edited))


def shown(draft: Draft) -> list[tuple[str, str, str | None, Certainty | None]]:
    return [(m.span.of(draft.source.text), m.kind.value, m.ref, m.certainty) for m in draft.mentions]
