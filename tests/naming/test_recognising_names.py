"""What is found in a text without any authority file: (where, text, names, why)."""

from __future__ import annotations

import pytest

from teiwright.model import Kind
from teiwright.naming import Means, name

RULES = Means(model=None, places=None, others=())

PERSONS = [
    (
        "note",
        "Notation by the Adviser on Political Relations (Hornbeck): yes",
        ["Hornbeck"],
        "an office's holder",
    ),
    ("note", "Drafted by Barbis and Nes.", ["Barbis", "Nes"], "those who drafted it"),
    ("note", "Drafted in NEA by Atherton; cleared by the Embassy", ["Atherton"], "a bureau before the drafter"),
    ("note", "Drafted by Foreign Office; cleared by NSC", [], "bodies draft, too"),
    ("note", "The Ambassador spoke of the question (Telegram)", [], "a remark after an office"),
    ("p", "the family of Mr. Togo, former Ambassador", ["Togo"], "the title stays outside"),
    ("p", "He sent Lieutenant-General Tatekawa who signed", ["Tatekawa"], "a rank of two words"),
    ("p", "aid to General Chiang Kai-shek would cease", ["Chiang Kai-shek"], "a hyphenated given name"),
    ("p", "a Lieut. Colonel Hamada, an officer", ["Hamada"], "an abbreviated rank"),
    ("p", "Consul General Miyakawa complained", ["Miyakawa"], "`General` belongs to the office"),
    ("p", "the Consul General at Shanghai", [], "an office without a name"),
    ("p", "former Prime Minister Sir Robert Borden spoke", ["Robert Borden"], "several titles"),
    ("p", "Mr. Secretary Hay replied", ["Hay"], "an office between title and name"),
    ("p", "Mr. President and Mr. Secretary", [], "offices are no names"),
    ("p", "Mr. King of Canada", ["King"], "a surname that is also a title"),
    ("p", "Mr. Long and Dr. May left", ["Long", "May"], "common words after a personal title"),
    ("p", "Señor de la Torre’s note", ["de la Torre"], "particles inside, possessive outside"),
    ("p", "When M. Briand told M. Litvinov", ["Briand", "Litvinov"], "Monsieur"),
    ("p", "Mr. Maxwell M. Hamilton at 5 P.M. Tokyo time", ["Maxwell M. Hamilton"], "an `M.` that is none"),
    ("p", "Messrs. Peck and Gauss called", ["Peck", "Gauss"], "two names share a title"),
    ("p", "letters of Generals Dodd, Hull and Clark came", ["Dodd", "Hull", "Clark"], "three names share a rank"),
    ("p", "the Generals Plenipotentiary, and the Secretaries of State", [], "plurals of offices"),
    ("p", "the General Staff and the General Board", [], "bodies, not generals"),
    ("p", "Commander TDC and Chief MAAG agreed", [], "capitals that nobody can speak are a command's"),
    ("p", "Mr. NG and General LEE agreed", ["NG", "LEE"], "but a person may be written in capitals"),
    ("p", "Anna Weiss, née Kern, and Canon Hill came", ["Kern", "Hill"], "a maiden name, a cleric"),
    ("p", "led by SS Hauptsturmführer Brandt, then", ["Brandt"], "a rank of the SS is no steamship's name"),
    ("p", "Later Orsini said he would come", ["Orsini"], "of whom the sentence goes on as `he`"),
    ("p", "If Orsini explained her plan, Orsini agreed", ["Orsini", "Orsini"], "or as `she`; then everywhere"),
    ("p", "Denmark said its part. Denmark made her peace", [], "a state may be `she`"),
    ("p", "The Vicar said he knew, and the Shah said he knew. Shah says he goes, DCM said he stays", [], "a dignity"),
    ("p", "my friend in Brzeg sent his wife; it grew. Grew said he", [], "no subject; a word that is written small"),
    ("p", "talks with ex-Premier Hirota ended", ["Hirota"], "a former office"),
    ("p", "Mr. James S. Lay, Jr., of the Council", ["James S. Lay, Jr."], "`Jr.` belongs to the name"),
    ("p", "Transcribed by Phyllis D. Bernau.", ["Phyllis D. Bernau"], "an initial between two parts"),
    ("p", "Annex B. Soviet proposals", [], "a letter that numbers an annex is no initial"),
    ("p", "the Captain of the S.S. General Meade", [], "a ship"),
    (
        "p",
        "Mr. Chiang Kai-[Page 7] shek",
        ["Chiang Kai-[Page 7] shek"],
        "a page mark inside a name is covered",
    ),
    ("p", "Ambassador [Page 7] Sato spoke", ["Sato"], "a page mark between title and name"),
    ("p", "Ambassador Sato<1> spoke", ["Sato"], "a callout ends a word"),
    ("p", "Ambassador[Page 7] Sato spoke", ["Sato"], "the space belongs to the page mark"),
    ("p", "Ambassador<1>Sato spoke", ["Sato"], "a callout parts two words"),
    ("p", "Mr. French and Jerome T. French left", ["French", "Jerome T. French"], "an adjective that is a surname"),
    ("p", "General {TOP SECRET} Tatekawa", [], "no name reaches over a running head"),
    (
        "head",
        "The Ambassador in Japan (Grew) to the Secretary of State",
        ["Grew"],
        "in parentheses after an office",
    ),
    ("head", "Mr. Squiers to Mr. Hay.", ["Squiers", "Hay"], "the old style of headings"),
    ("head", "No. 91.\nGeneral Schenck to Mr. Fish", ["Schenck", "Fish"], "a number above the heading"),
    (
        "head",
        "Memorandum by Mr. George Atcheson, Jr., of the Division of Far Eastern Affairs",
        ["George Atcheson, Jr."],
        "an author with title and suffix",
    ),
    (
        "head",
        "Memorandum of Conversation, by the Chief of the Division of European Affairs (Moffat)",
        ["Moffat"],
        "an office that holds other capitals",
    ),
    ("head", "Messrs. Lynde & Hough to Mr. Folger.", ["Lynde & Hough", "Folger"], "a firm that writes"),
    ("head", "Yang Ju to Mr. Hay.", ["Yang Ju", "Hay"], "one side is nothing but a name"),
    ("head", "Convention on Traffic, Signed at Washington (Translation)", [], "a remark in parentheses"),
    ("head", "The Department of State to the British Embassy", [], "bodies"),
    (
        "head",
        "Letter From the President to Secretary of Agriculture Freeman",
        ["Freeman"],
        "an office of several words",
    ),
    (
        "head",
        "Memorandum of a Conversation Between the Secretary of State and Eric Johnston, Washington",
        ["Eric Johnston"],
        "one of those who talk",
    ),
    ("head", "Treaty Between the United States and Costa Rica, Signed May 5, 1948", [], "states that agree"),
    ("signed", "Joseph C. Grew", ["Joseph C. Grew"], "the whole line"),
    ("signed", "S. C. Braida,\nUnited States Consul.", ["S. C. Braida"], "the titles below stay outside"),
    (
        "signed",
        "JNO. POPE,\nBrevet Major-General, Commanding.",
        ["JNO. POPE"],
        "capitals and an abbreviated forename",
    ),
    ("signed", "S[tanley] K. H[ornbeck]", ["S[tanley] K. H[ornbeck]"], "supplied letters"),
    ("signed", "James S. Lay, Jr.", ["James S. Lay, Jr."], "the suffix and its full stop"),
    ("signed", "Lieutenant-Colonel", [], "a rank alone"),
    ("signed", "Acting Secretary of State", [], "an office alone"),
    (
        "participants",
        "The President\nAmbassador Duke—U/PR\nJoseph A. Yager, Director, EA\nGeneral Thomas D. White, Chief",
        ["Duke", "Joseph A. Yager", "Thomas D. White"],
        "names, not offices; titles outside",
    ),
    ("participants", "Department of State\nDefense", [], "headings of groups"),
    ("participants", "Sergio Fenoaltea, Italian Embassy", ["Sergio Fenoaltea"], "two words before a post"),
]

PLACES = [
    ("Tokyo, January 12, 1933.\n[Received January 28.]", ["Tokyo"], "the date and the receipt stay outside"),
    (
        "Department of State,\nWashington, March 7, 1882",
        ["Department of State,\nWashington"],
        "over a line end",
    ),
    ("[Washington,] April 9, 1942.", ["Washington"], "brackets stay outside"),
    ("[Washington, undated.]", ["Washington"], "no date at all"),
    (
        "Hudson, Grant County, N. Mex.,\nMarch 27, 1882.",
        ["Hudson, Grant County, N. Mex."],
        "an abbreviation's stop",
    ),
    ("December 20, 1894.", [], "a date alone"),
    ("[Received January 28.]", [], "a receipt alone"),
    ("The Hague, September 16, 1949—6 p. m.", ["The Hague"], "an article that belongs to the name"),
    ("Geneva, 19 May 1934", ["Geneva"], "the day before the month"),
]


def names(draft, kind):
    return [m.span.of(draft.source.text) for m in name(draft, means=RULES).mentions if m.kind is kind]


@pytest.mark.parametrize(("zone", "text", "expected", "why"), PERSONS, ids=[case[3] for case in PERSONS])
def test_persons(draft_of, zone, text, expected, why):
    assert names(draft_of((zone, text)), Kind.PERSON) == expected, why


@pytest.mark.parametrize(("text", "expected", "why"), PLACES, ids=[case[2] for case in PLACES])
def test_places_in_datelines(draft_of, text, expected, why):
    assert names(draft_of(("dateline", text)), Kind.PLACE) == expected, why


def test_the_place_before_a_date_that_ends_a_heading(draft_of):
    draft = draft_of(("head", "Letter From the Secretary (Wright) to the Chief (Ball), Washington, May 18, 1973."))
    assert names(draft, Kind.PLACE) == ["Washington"]


ROLES = [
    ("The Ambassador in Japan (Grew) to the Secretary of State", ["from"]),
    ("The Secretary of State to the Minister in China (Johnson)", ["to"]),
    ("Mr. Squiers to Mr. Hay.", ["from", "to"]),
    (
        "Memorandum by the Chief of the Division (Hamilton) to the Under Secretary of State (Welles)",
        ["from", "to"],
    ),
    ("Memorandum to the Council by the Acting Executive Secretary (Gleason)", ["from"]),
    (
        "Memorandum by the Assistant to the Secretary of State (Bohlen) to the Ambassador (Davies)",
        ["from", "to"],
    ),
    ("Memorandum of Conversation, by the Adviser (Hornbeck)", ["from"]),
    ("Memorandum by the Secretary of State of a Conversation With the British Ambassador (Halifax)", [None]),
]


@pytest.mark.parametrize(("head", "roles"), ROLES, ids=[case[0] for case in ROLES])
def test_who_writes_to_whom(draft_of, head, roles):
    assert [m.role for m in name(draft_of(("head", head)), means=RULES).mentions] == roles


REPETITIONS = [
    (
        "Mr. Matsuoka left. Later Matsuoka’s visit ended.",
        ["Matsuoka", "Matsuoka"],
        "named with a title before",
    ),
    ("Sato saw him. Ambassador Sato left.", ["Sato", "Sato"], "named with a title after"),
    ("Mr. Strom left. It was Carl Strom of Florence.", ["Strom", "Carl Strom"], "the forename belongs to it"),
    ("General de Gaulle left. If De Gaulle stays", ["de Gaulle", "De Gaulle"], "a particle belongs to it"),
    (
        "Mr. Grew wrote. Grew says so. It grew.",
        ["Grew"],
        "a common word at a sentence's beginning proves nothing",
    ),
    (
        "Mr. Grew wrote. Then Mr. Grew and Grew’s wife",
        ["Grew", "Grew", "Grew"],
        "but inside a sentence it does",
    ),
    ("Mr. Kosei left. The Kosei Maru sank.", ["Kosei"], "a ship"),
    ("Mr. Davies left. Davies Street is long.", ["Davies"], "a street"),
    ("Mr. Gibson left. Gibson & Co. and Gibson Brothers, Ltd., paid.", ["Gibson"], "a firm"),
    (
        "Mr. Van Deman wrote. See R.H. Van Deman.",
        ["Van Deman", "R.H. Van Deman"],
        "initials and a particle",
    ),
    ("Matsuoka left.", [], "nothing introduces the name"),
    ("Mr. Grew wrote. Grewsome and MacGrew", ["Grew"], "no part of another word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), REPETITIONS, ids=[case[2] for case in REPETITIONS])
def test_a_known_surname_is_a_person_again(draft_of, text, expected, why):
    assert names(draft_of(("p", text)), Kind.PERSON) == expected, why


def test_a_surname_of_the_heading_is_known_in_the_notes(draft_of):
    head = "The Consul at Geneva (Gilbert) to the Secretary of State"
    draft = draft_of(("head", head), ("note", "Drafted by Gilbert."))
    assert names(draft, Kind.PERSON) == ["Gilbert", "Gilbert"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the return of Kim Chong-p'il, who", ["Kim Chong-p'il"]),
        ("met Chou En-lai’s envoy", ["Chou En-lai"]),
        ("to Syngman Rhee’s Anglo-French friends", []),
        ("a Soviet Moscow-led bloc and a United Nations-type force", []),
    ],
)
def test_a_given_name_of_two_syllables_tells_a_chinese_or_korean_name(draft_of, text, expected):
    assert names(draft_of(("p", text)), Kind.PERSON) == expected
