"""Names were learned from English texts; what is found in others is of low certainty, and a note says so."""

from __future__ import annotations

import pytest

from teiwright.diagnostics import Code
from teiwright.model import Certainty, Metadata
from teiwright.naming import Means, load_authority, name

RULES = Means(model=None, places=None, others=())
GERMAN = (
    "Ihr gütiges Schreiben habe ich richtig empfangen und danke auf das verbindlichste. Die beiden Bände der Chronik "
    "sind mir ein wahrer Schatz, und ich lese jeden Abend in ihnen. Gestern sprach Mr. Rassendyll bei mir vor, doch "
    "war ich nicht zu Hause. Ich bitte Sie, mir mit nächster Post die anderen Bände zu senden."
)
ENGLISH = (
    "The report of the Marshal has come to the knowledge of the Legation, and the bridge that was damaged by the "
    "floods of last autumn will be repaired with the money which the Company has asked for. Yesterday Mr. Rassendyll "
    "called, but I was not at home. I beg you to send me the other volumes with the next post."
)
TELEGRAM = (
    "Your 214 received. Marshal reports bridge damaged by floods and repair impossible before spring. Company asks "
    "money. Mr. Rassendyll called yesterday with proposal to lend half of sum. Suggest reply that matter is under "
    "consideration with Treasury, and request instructions to Minister by Thursday."
)


def certainty_and_codes(draft):
    made = name(draft, means=RULES)
    (mention,) = made.mentions
    return mention.certainty, [finding.code for finding in made.findings]


@pytest.mark.parametrize("text", [ENGLISH, TELEGRAM])
def test_english_is_english_in_telegrams_too(draft_of, text):
    assert certainty_and_codes(draft_of(("p", text))) == (Certainty.MEDIUM, [])


@pytest.mark.parametrize("language", ["und", "de", "de-CH"])
def test_names_in_german_are_of_low_certainty(draft_of, language):
    draft = draft_of(("p", GERMAN), metadata=Metadata("text", language=language))
    assert certainty_and_codes(draft) == (Certainty.LOW, [Code.NAMES_IN_ANOTHER_LANGUAGE])


def test_a_person_knows_better_that_a_text_is_english(draft_of):
    draft = draft_of(("p", GERMAN), metadata=Metadata("text", language="en-GB"))
    assert certainty_and_codes(draft) == (Certainty.MEDIUM, [])


def test_a_few_words_have_no_language(draft_of):
    assert certainty_and_codes(draft_of(("p", "Dank! Mr. Rassendyll kommt morgen."))) == (Certainty.MEDIUM, [])


def test_an_entry_of_the_authority_file_holds_in_every_language(draft_of, tmp_path):
    persons = tmp_path / "persons.xml"
    persons.write_text(
        '<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="rassendyll">'
        "<persName><forename>Rudolf</forename> <surname>Rassendyll</surname></persName></person></listPerson>"
    )
    draft = draft_of(("p", GERMAN.replace("Mr. Rassendyll", "Rudolf Rassendyll")))
    made = name(draft, load_authority([persons]), means=RULES)
    assert [(m.ref, m.certainty) for m in made.mentions] == [("rassendyll", Certainty.HIGH)]
    assert not made.findings
