"""What the packed model sees in sentences that it was not trained on, and how its file is written."""

from __future__ import annotations

import lzma
from array import array
from time import process_time

import pytest

from teiwright.model import Kind
from teiwright.naming import Authority, Entry, Found, Variant, name, read_script
from teiwright.naming.learned.features import Lexicon
from teiwright.naming.learned.model import LABELS, Model, pack, packed_model, unpack
from teiwright.naming.learned.tokens import runs, tokens_of
from teiwright.naming.recognisers.vetoes import vetoed

SENTENCES = [
    ("Mrs. Lindqvist told Bergström that Göteborg was quiet.", ["Lindqvist", "Bergström"], ["Göteborg"]),
    ("The German and Italian delegations met the Swedish officers.", [], []),
    ("He read it in the Manchester Guardian.", [], []),
    ("The Japanese Army withdrew to Harbin.", [], ["Harbin"]),
    ("A telegram from Chiang Kai-shek to Sir Alexander Cadogan", ["Chiang Kai-shek", "Alexander Cadogan"], []),
    ("Ambassador Kirk<3> Washington agrees.", ["Kirk"], ["Washington"]),
    ("They asked for Centurion tanks and ten Canberra bombers, not for U.S. tanks.", [], ["U.S."]),
    ("In Kuang Hsu, 27th year, he was at Pekin.", [], ["Pekin"]),
    ("He liked Paris society, but not the Paris Conference.", [], ["Paris"]),
    ("They bombed the Ho Chi Minh Trail.", [], ["Ho Chi Minh Trail"]),
    ("He worked for the insurance company Germania in Vienna.", [], ["Vienna"]),
    ("on the Berlin-Lehrte line, at the German-Polish border", [], ["Berlin", "Lehrte"]),
    ("by Kim Chong-p'il and others", ["Kim Chong-p'il"], []),
]


@pytest.mark.parametrize(("text", "persons", "places"), SENTENCES, ids=[case[0][:30] for case in SENTENCES])
def test_a_reader_would_see_these_names(draft_of, text, persons, places):
    draft = draft_of(("p", text))
    found = {kind: [m.span.of(draft.source.text) for m in name(draft).mentions if m.kind is kind] for kind in Kind}
    assert found == {Kind.PERSON: persons, Kind.PLACE: places}


def test_a_word_is_of_one_kind_in_a_document(draft_of):
    """What stands by itself in the second sentence is understood by the first."""
    draft = draft_of(("p", "Mr. Orlando Kestrel spoke first."), ("p", "In 1933 Kestrel was in Lisbon."))
    kinds = {m.span.of(draft.source.text): m.kind for m in name(draft).mentions}
    assert kinds == {"Orlando Kestrel": Kind.PERSON, "Kestrel": Kind.PERSON, "Lisbon": Kind.PLACE}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Gulf of Tonkin, in May", [["Gulf", "of", "Tonkin"], ["May"]]),
        ("James S. Lay, Jr., left", [["James", "S.", "Lay", ",", "Jr."]]),
        ("with Chiang Kai-shek's aid", [["Chiang", "Kai", "-", "shek"]]),
        ("wrote de la Torre", [["de", "la", "Torre"]]),
        ("in the U.S. Senate", [["U.S.", "Senate"]]),
    ],
)
def test_a_name_lies_within_one_run(text, expected):
    words = tokens_of(text).words
    assert [list(words[first:last]) for first, last in runs(words)] == expected


def test_a_model_comes_back_from_its_file_as_it_was():
    lexicon = Lexicon(frozenset({"Anna"}), frozenset({"Kestrel"}), {"the": 4}, {"the": 1})
    following = tuple(tuple(range(len(LABELS))) for _ in LABELS)
    model = Model(
        "test", lexicon, {"a": 0, "ö b": 5}, array("h", [1, -2, 3, 0, 0, 0, 0, 0, 0, 32000]), following, ((9, 998),)
    )
    assert unpack(pack(model)) == model
    assert pack(model) == pack(unpack(pack(model)))


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="not a model"):
        unpack(lzma.compress(b'{"format":"other","labels":[]}\n'))


def test_the_packed_model_is_small_and_soon_read():
    packed_model.cache_clear()
    begun = process_time()
    model = packed_model()
    assert process_time() - begun < 2  # a second on an idle machine
    assert model is not None
    assert len(pack(model)) < 5_000_000


def test_whether_a_name_is_a_persons_the_authority_file_knows_better(draft_of):
    known = Authority((Entry("molotov", Kind.PERSON, (Variant("Molotov", "main"),)),))
    draft = draft_of(("p", "He went from Perm to Molotov, in Molotov, near Molotov."))
    kinds = {m.kind for m in name(draft, known).mentions if m.span.of(draft.source.text) == "Molotov"}
    assert kinds == {Kind.PERSON}


@pytest.mark.parametrize(
    ("form", "is_none"),
    [("Bolsheviki", True), ("Tories", True), ("Kestrel & Hawk Ltd", True), ("Hawk Bros", True), ("Kestrel", False)],
)
def test_what_the_model_takes_for_a_name_is_none_if_it_is_a_party_or_a_firm(draft_of, form, is_none):
    script = read_script(draft_of(("p", f"it was undermined with {form}, they wrote")))
    start = script.text.index(form)
    assert vetoed(script, Found(start, start + len(form), Kind.PERSON, 0.9, "model", "")) is is_none
