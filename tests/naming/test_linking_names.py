"""To whom a name refers: only to an entry that fits alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teiwright.model import Certainty, DateValue, Kind, Metadata, Party
from teiwright.naming import Authority, Entry, Means, Post, Variant, name

RULES = Means(model=None, places=None, others=())


def linked(draft, authority):
    """What the rules recognise, so that only the links are in question."""
    return name(draft, authority, means=RULES)


def person(identifier, *forms, posts=(), born=None, sources=()):
    variants = tuple(Variant(form, "main", tuple(sources)) for form in forms)
    return Entry(identifier, Kind.PERSON, variants, tuple(posts), born)


def place(identifier, *forms):
    return Entry(identifier, Kind.PLACE, tuple(Variant(form, "main") for form in forms))


GREW = person("grew", "Joseph C. Grew", "Grew", posts=[Post("Ambassador in Japan", "1932", "1941")], born=1880)
ELDER = person("togo-elder", "Heihachiro Togo", "Togo", posts=[Post("Admiral", "1904", "1934")])
YOUNGER = person("togo", "Shigenori Togo", "Togo", posts=[Post("Minister for Foreign Affairs", "1941", "1945")])
NELSON = person("johnson-n", "Nelson T. Johnson", posts=[Post("Minister in China", "1930", "1935")])
CHARLES = person("johnson-c", "Charles Johnson", posts=[Post("Minister in Liberia", "1930", "1935")])
LYNDON = person("johnson-l", "Lyndon B. Johnson", posts=[Post("President", "1963", "1969")])
MOSCOW = place("moscow", "Moscow")
SPRINGFIELDS = (place("springfield-1", "Springfield"), place("springfield-2", "Springfield"))
HEAD = "The Ambassador in Japan (Grew) to the Secretary of State"

CASES = [
    ("signed", "Joseph C. Grew", (GREW,), ["grew"], "the full name"),
    ("signed", "J. C. Grew", (GREW,), ["grew"], "initials that fit"),
    ("signed", "Robert Grew", (GREW,), [None], "another forename"),
    ("p", "Mr. R. Grew said", (GREW,), [None], "another initial"),
    ("head", HEAD, (GREW,), ["grew"], "the office fits"),
    ("head", HEAD.replace("Japan", "Chile"), (GREW,), [None], "the office of someone else"),
    ("p", "Foreign Minister Togo spoke", (ELDER, YOUNGER), ["togo"], "a title that only one has borne"),
    ("p", "Admiral Togo spoke", (ELDER, YOUNGER), ["togo-elder"], "a rank that only one has held"),
    ("p", "Mr. Togo spoke", (ELDER, YOUNGER), [None], "two could be meant"),
    ("p", "Mr. Togo spoke", (YOUNGER,), ["togo"], "the only bearer of the name"),
    ("p", "President Johnson spoke", (NELSON, LYNDON), ["johnson-l"], "an office of one of two"),
    ("p", "Minister Johnson spoke", (NELSON, CHARLES), [None], "an office of both"),
    ("p", "General Grew spoke", (GREW,), ["grew"], "a rank does not contradict an office"),
    ("p", "General Togo spoke", (ELDER,), [None], "a rank contradicts another rank"),
    ("p", "Mr. Matsuoka spoke", (YOUNGER,), [None], "nobody of that name"),
    ("p", "to Moscow and back", (MOSCOW,), ["moscow"], "the only place of that name"),
    ("p", "to Springfield and back", SPRINGFIELDS, [None], "two places of that name"),
    (
        "dateline",
        "Embassy of the United States,\nMoscow, May 5, 1938",
        (MOSCOW,),
        ["moscow"],
        "the place named last",
    ),
]


@pytest.mark.parametrize(("zone", "text", "entries", "refs", "why"), CASES, ids=[case[4] for case in CASES])
def test_links(draft_of, zone, text, entries, refs, why):
    assert [m.ref for m in linked(draft_of((zone, text)), Authority(entries)).mentions] == refs, why


def dated(year):
    return Metadata("text", date=DateValue(when=f"{year}-05-01"))


YEARS = [
    ("Foreign Minister Togo spoke", 1944, "togo", Certainty.HIGH),
    ("Admiral Togo spoke", 1920, "togo-elder", Certainty.HIGH),
    ("Admiral Togo spoke", 1944, None, Certainty.MEDIUM),
]


@pytest.mark.parametrize(("text", "year", "ref", "certainty"), YEARS)
def test_an_office_counts_only_in_its_years(draft_of, text, year, ref, certainty):
    mention = linked(draft_of(("p", text), metadata=dated(year)), Authority((ELDER, YOUNGER))).mentions[0]
    assert (mention.ref, mention.certainty) == (ref, certainty)


def test_nobody_is_meant_before_birth(draft_of):
    known = person("grew", "Joseph C. Grew", born=1880)
    draft = draft_of(("p", "Mr. Grew spoke"), metadata=dated(1872))
    assert [m.ref for m in linked(draft, Authority((known,))).mentions] == [None]


def test_the_dead_are_spoken_of_and_do_not_sign(draft_of):
    known = replace(person("grew", "Joseph C. Grew"), died=1965)
    draft = draft_of(("p", "the papers of Mr. Joseph C. Grew"), ("signed", "Joseph C. Grew"), metadata=dated(1970))
    assert [m.ref for m in linked(draft, Authority((known,))).mentions] == ["grew", None]


@pytest.mark.parametrize(("year", "ref"), [(1912, None), (1920, "city"), (1930, None)])
def test_a_renamed_town_bears_a_name_in_its_years(draft_of, year, ref):
    forms = Variant("Petrograd", "variant", (), 1914, 1924), Variant("Leningrad", "main", (), 1924)
    known = Authority((Entry("city", Kind.PLACE, forms),))
    assert [m.ref for m in linked(draft_of(("p", "to Petrograd"), metadata=dated(year)), known).mentions][:1] == [ref]


def test_a_full_name_is_a_strong_reason_and_initials_a_weaker_one(draft_of):
    mentions = linked(draft_of(("signed", "Joseph C. Grew"), ("signed", "J. C. Grew")), Authority((GREW,))).mentions
    assert [m.certainty for m in mentions] == [Certainty.HIGH, Certainty.MEDIUM]


def test_an_only_bearer_is_a_weaker_reason(draft_of):
    mention = linked(draft_of(("p", "Mr. Togo spoke")), Authority((YOUNGER,))).mentions[0]
    assert mention.certainty is Certainty.MEDIUM


def test_a_form_recorded_for_this_document_is_a_strong_reason(draft_of):
    known = person("togo", "Togo", sources=["text"])
    mention = linked(draft_of(("p", "Mr. Togo spoke")), Authority((known, ELDER))).mentions[0]
    assert (mention.ref, mention.certainty) == ("togo", Certainty.HIGH)


def test_the_metadata_names_the_sender(draft_of):
    metadata = Metadata("text", sent=(Party(ref="togo"),))
    draft = draft_of(("head", "Mr. Togo to Mr. Sato"), metadata=metadata)
    mention = linked(draft, Authority((ELDER, YOUNGER))).mentions[0]
    assert (mention.ref, mention.role) == ("togo", "from")


def test_a_correspondents_surname_means_the_correspondent(draft_of):
    other = person("grew-robert", "Robert Grew")
    draft = draft_of(("head", HEAD), ("p", "So Mr. Grew believes"))
    assert [m.ref for m in linked(draft, Authority((GREW, other))).mentions] == ["grew", "grew"]


def test_every_mention_says_by_whom_and_why(draft_of):
    draft = draft_of(("head", HEAD), ("p", "to Moscow"))
    mentions = linked(draft, Authority((GREW, MOSCOW))).mentions
    assert [m.by for m in mentions] == ["heading", "authority"]
    assert all(m.reason for m in mentions)


PLACES = [
    ("from Moscow-Tokyo", ["Moscow"], "one side of a hyphen"),
    ("Moscow’s policy", ["Moscow"], "the possessive stays outside"),
    ("the Moscow Conference of 1943", [], "a conference"),
    ("the Moscow Times wrote", [], "a newspaper"),
    ("the steamer Moscow sank", [], "a ship"),
    (
        "in North China and in northern China",
        ["North China", "China"],
        "a compass word with a capital belongs",
    ),
    ("in Jehol Province", ["Jehol Province"], "a generic noun with a capital belongs"),
    ("U. S. and U.S. policy", ["U. S.", "U.S."], "spacing does not matter"),
    ("NOTES ON MOSCOW", ["MOSCOW"], "capitals"),
    ("Chinese trade, chinaware, China", ["China"], "neither demonyms nor other words"),
    ("Outer [Page 7] Mongolia", ["Outer [Page 7] Mongolia"], "a page mark inside a name is covered"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PLACES, ids=[case[2] for case in PLACES])
def test_places_of_the_authority_file(draft_of, text, expected, why):
    forms = ("Moscow", "China", "Jehol", "U. S.", "Outer Mongolia")
    known = Authority(tuple(place(form.lower().replace(" ", "-"), form) for form in forms))
    draft = draft_of(("p", text))
    assert [m.span.of(draft.source.text) for m in linked(draft, known).mentions] == expected, why


def test_a_known_surname_that_is_a_common_word_needs_a_title(draft_of):
    draft = draft_of(("p", "It grew. Grew wild. Mr. Grew wrote."))
    assert [m.span.of(draft.source.text) for m in linked(draft, Authority((GREW,))).mentions] == ["Grew"]


OFTEN = person("johnson-u", "U. Alexis Johnson", "Johnson", sources=("a", "b", "c"))
SELDOM = person("johnson-r", "Robert Johnson", "Johnson", sources=("a",))


@pytest.mark.parametrize(
    ("text", "entries", "ref", "why"),
    [
        ("Mr. Johnson left.", (OFTEN, SELDOM), "johnson-u", "a bare surname is whom the project mostly means"),
        ("Mr. R. Johnson left.", (OFTEN, SELDOM), "johnson-r", "an initial is for someone else"),
        ("Mr. Johnson left.", (SELDOM, person("johnson-c", "Charles Johnson")), None, "once is not often"),
    ],
)
def test_the_most_frequent_bearer_is_meant_where_nothing_else_says_who(draft_of, text, entries, ref, why):
    assert [m.ref for m in linked(draft_of(("p", text)), Authority(entries)).mentions] == [ref], why


def test_a_title_in_the_authority_file_stays_outside_the_name(draft_of):
    known = Entry("kestrel", Kind.PERSON, (Variant("Admiral Kestrel", "variant"), Variant("John Kestrel", "main")))
    (mention,) = linked(draft := draft_of(("p", "as Admiral Kestrel told us")), Authority((known,))).mentions
    assert (mention.span.of(draft.source.text), mention.ref) == ("Kestrel", "kestrel")
