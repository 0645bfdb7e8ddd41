"""What short lines above the body of a document say: openers, titles, labels. Facts of how letters are printed."""

from __future__ import annotations

import re

from teiwright.parsing.dates import find_dates

_FILE_NUMBER = re.compile(
    r"\[?(?:File\s+)?(?:No\.?\s*)?\d{2,4}[a-zA-Z]?\.[\dA-Z][\w.]*.*/.*|"  # a decimal file: `761.94/1321`
    r".*\b(?:[Ff]iles?|[Ll]ot|Papers|Treaty Series|Conf|Archives|Records?)\b.*\d.*|"
    r"[A-Z][\w./ ]{0,24}/\d[\w–-]*(?:: \w+)?|"
    r"\d[\w.½ –-]{0,30}/[\w½–-]{1,12}\.?(?:: \w+)?"  # `130Hindu/orig.`
)
_COLLECTION = re.compile(
    r"[A-Z][^\n;,?!]{0,60} (?:Papers|Files|Archives|Records|Collection|Library)(?:: (?:Telegram|Letter|Memorandum))?"
    r"|[A-Z][\w .]{2,40} Document No\. \d{1,5}"
)
_ENDS_OF_COLLECTIONS = frozenset("snymr0123456789")
_NUMBERED_TITLE = re.compile(r"\d{1,4}\. [A-Z]")
_FOR_THE_FILES = re.compile(r"\b(?:[Ff]or|FOR) (?:the|THE) (?:[Ff]iles?|FILES?|[Rr]ecord|RECORD)\b")
"""In a heading: a memorandum that goes to nobody."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DESPATCH_NUMBER = re.compile(
    r"\[?(?:(?:Tel(?:egram)?|Despatch|Dispatch|Instruction|Airgram|Circular)\.? )?"
    r"(?:No|Nos|Nr|Nᵒ)\.?[ \xa0]?[A-Z]{0,3}[-– ]?\d[\w–/-]*\.?\]?|[A-Z]{1,2}[-–]\d{1,4}|\d{1,5}",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"[IVXLC]+\.?")
_LONGEST_NUMERAL = 9
_NUMBER_OF_TITLE = re.compile(r"[A-Z]\.|[IVXLC]+\.|No\. \d+\.")
_BRACKETED = re.compile(r"\[[^\[\]]{2,90}\]?\.?")
_ENCLOSURE = re.compile(
    r"\[?(?:sub-?)?(?:en|in)closures?\b[^a-z]*.{0,70}|\[?(?:attachment|annex|appendix|tab|exhibit)\b.{0,40}",
    re.IGNORECASE,
)
_ENCLOSURE_INITIALS = frozenset("[SsEeIiAaTt")
_OF_A_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|has|have|held|that|which|from|to|dated|by|signed|my|your|our|this|done|given"
    r"|issued|published|adopted|delivered|printed)\b"
)
_PAPER = re.compile(
    r"(?:Memorand(?:um|a)|Notes?|Minutes|Protocols?|Decrees?|Extracts?|Reports?|Circulars?|Letters?|Statements?"
    r"|Telegrams?|Despatch|Dispatch|Meetings? (?:of|with)|Conversations? (?:of|with|between)|Treaty|Conventions?"
    r"|Proclamations?|Resolutions?|Orders?|Declarations?)\b"
)
"""The kind of a paper or what it is about, with which its title begins, and no dateline."""
_KIND_OF_PAPER = re.compile(
    r"\(?Telegra(?:mm?|phic)\.?\)?(?: (?:N[ro]\. ?)?\d+)?(?: (?:Konzept|Entzifferung|Abschrift|Ausfertigung))?"
    r"|Abschrift|Entzifferung|Konzept|Privatbrief|Übersetzung|Copie|Traduction"
)
_OF_A_PAPER = re.compile(r" (?:of|by|from|to|on|for|between|respecting|concerning|regarding|issued|addressed)\b")
_FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|will|shall|may)\b")
_BEFORE_A_DATE_IN_WORDS = re.compile(r"\b(?:of|on|for|from|since|until|and|in)[ \n]+$")
"""``Press of May 9, 1936`` names something; in a dateline the date stands by itself."""
_FIELD = re.compile(r"^(?:FROM|TO|SUBJ|SUBJECT|RE|REF|REFERENCE|VIA|THRU|THROUGH|MEMORANDUM FOR) ?:", re.M | re.I)
"""What a line of a memorandum's head begins with."""
_HELD = re.compile(r"[—–-]+\s?(?:Meeting|Conference|Conversation|Session|Luncheon|Dinner)\b", re.IGNORECASE)
"""Behind a date and a dash: what was held on that day."""
LONGEST_DATELINE = 220
_STOP = re.compile(r"[a-z]{3}[.;:] ")
_CAPITAL_WORD = re.compile(r"\s\W*[A-Z\d]")
_RECEIVED = re.compile(
    r"[\[(]?\s*(?:Rec(?:eive|’|')?d|Received|Ankunft|Angekommen|Eingegangen|Aufgegeben|Reçue?)\b.*|\(?Kuang Hsu.*",
    re.IGNORECASE,
)
_SUMMARY = ("[Here", "[Omitted")
_UNDATED = re.compile(r"\[?(?:.{0,40}, ?)?\[?undated\.?\]?\.?", re.IGNORECASE)
_SALUTATION_WORD = (
    r"(?:(?:M[Yy] )?(?:[Dd]ear(?:est)?|DEAR(?:EST)?)\b(?: [^\s:,—.]+\.?){0,6}"
    r"|(?:Dear )?(?:Sir[es]?|SIR[ES]?|Madam|MADAM|Gentlemen|GENTLEMEN|Excellency|EXCELLENCY|M[Yy] L(?:ord|ORD)"
    r"|Monsieur(?: (?:le|l['’])\s?\w+){0,2})"
    r"|(?:Your|YOUR|Most) (?:Excellency|Majesty|Highness|EXCELLENCY|MAJESTY|HIGHNESS)"
    r"|Your (?:Excellencies|Majesties|Highnesses)(?:,? and Your \w+)?"
    r"|(?:Mr|Mrs|MR|Dr)\.? [A-Z][\w’]+(?: [A-Z][\w’]+){0,2}|General|Messieurs|Señor(?: [A-Z]\w+)?)"
)
_CORRESPONDENCE = re.compile(r"[A-ZÀ-Þ][^\n;:!?]{2,80} to [^\n;:!?]{2,80}")
_SALUTATION_INITIALS = frozenset("MDdSGEY")
_RUN_IN = re.compile(rf"{_SALUTATION_WORD}[ \xa0]?(?::[ \xa0]?[—–-]?|[,.]?(?:[—–]|--))(?=[ \xa0]*\S)")
_SALUTATION = re.compile(rf"{_SALUTATION_WORD}[ \xa0]?[:,—]{{0,2}}")
_ADDRESSEE = re.compile(r"(?:To |The )?[A-Z][^\n]{1,60}(?:\n[^\n]{1,60}){0,4}:")
_SALUTATION_ABROAD = re.compile(
    r"(?:(?:Mon |Ma )?[Cc]h(?:er|ère|ers|ères) \w[^,:!\n]{0,40}"
    r"|(?:Monsieur|Madame|Messieurs|Mesdames|Mademoiselle)[^,:!\n]{0,40}"
    r"|(?:(?:Sehr |Hoch)?(?:[Gg]e|[Vv]er)ehrte(?:ste)?[rs]?|(?:Mein )?[Ll]iebe[rs]?) \w[^,:\n]{0,50}) ?[,:!]"
)
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \xa0]+\S")
_SECRECY = (
    r"(?:top|strictly|limited|secret|confidential|restricted|unclassified|official|use|eyes|only|priority|urgent|"
    r"niact|nodis|exdis|limdis|personal|immediate|rush|us|control|security|information|distribution|"
    r"streng|ganz|geheim|vertraulich|dringend|très|confidentiel|secrète?)"
)
_SECRECY_MARK = re.compile(rf"{_SECRECY}(?:[\s,;—/.-]+(?:and )?{_SECRECY}){{0,5}}\.?", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE = re.compile(r"([A-Za-z]{3,})[.?!] [A-Z]")
_ABBREVIATIONS = {
    "Messrs", "Mrs", "Capt", "Lieut", "Gen", "Col", "Maj", "Brig", "Sgt", "Adm", "Gov", "Hon", "Rev", "Sen", "Rep",
    "Prof", "Esq", "Inc", "Ltd", "Dept", "Nos", "Vol", "Art", "Sec", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Oct",
    "Nov", "Dec", "Geo", "Chas", "Wm", "Jno", "Thos", "Fred", "Robt", "Mass", "Conn", "Penn", "Tenn", "Minn", "Wash",
}  # fmt: skip
_MASTHEAD = re.compile(
    r"\bvol(?:ume|\.)? ?[IVXLC\d]+\b|\bprice\b[:, ]*(?:[\d$£]|\w+[ -](?:cent|penn|pence|sou|pfennig|shilling|dollar))"
    r"|\b(?:\d+|one|two|three|five|half)[ -]?(?:cents?|penn(?:y|ies)|pence|pfennigs?)\b",
    re.IGNORECASE,
)
_CLASSIFICATION = re.compile(
    r"(?:top[ -]secret|secret|confidential|restricted|strictly confidential|unclassified|eyes only|"
    r"limited official use|priority|urgent|niact|nodis|exdis|limdis|exempt|personal|immediate|us urgent)"
    r"(?:[\s,;—/.-]+\w+){0,5}\.?",
    re.IGNORECASE,
)


def is_file_number(text: str) -> bool:
    """Whether a line names the file, lot or collection in which the original lies."""
    if len(text) >= 110 or "\n" in text or _NUMBERED_TITLE.match(text) or _FOR_THE_FILES.search(text):
        return False
    return _FILE_NUMBER.fullmatch(text) is not None


def is_collection(text: str) -> bool:
    """Whether a line can name the papers in which the original lies: ``Helsing Papers``. A title may say so, too."""
    return len(text) < 70 and text[-1] in _ENDS_OF_COLLECTIONS and _COLLECTION.fullmatch(text) is not None


def is_despatch_number(text: str) -> bool:
    """Whether a line is the sender's running number: ``No. 5529``, ``No. 120.]``."""
    return len(text) < 50 and _DESPATCH_NUMBER.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def is_numbered_title(text: str) -> bool:
    """Whether a number or a letter has a line of its own above a title: ``A.`` above ``Rules of the commission.``"""
    number, _, title = text.partition("\n")
    return len(number) < _LONGEST_NUMERAL and _NUMBER_OF_TITLE.fullmatch(number) is not None and 0 < len(title) <= 120


def is_numeral(text: str) -> bool:
    """Whether a line is a roman number: ``XII.``"""
    return len(text) <= _LONGEST_NUMERAL and _NUMERAL.fullmatch(text) is not None


def is_bracketed_label(text: str) -> bool:
    """Whether a line is a label that the editor put in brackets: ``[Telegram]``, ``[Extract]``."""
    if text[:1] != "[" or is_summary(text) or text.endswith("not declassified]"):
        return False
    return _BRACKETED.fullmatch(text) is not None and not find_dates(text) and not _UNDATED.fullmatch(text)


def is_enclosure_label(text: str) -> bool:
    """Whether a line announces an enclosure, an attachment, an annex, in brackets or by itself."""
    if text[0] not in _ENCLOSURE_INITIALS:
        return False
    end = text.find("\n")
    first = text if end < 0 else text[:end]
    if first.startswith("["):
        return len(first) < 110 and _ENCLOSURE.fullmatch(first) is not None
    return len(first) < 30 and _ENCLOSURE.fullmatch(first) is not None and not first.endswith((",", ";", ":"))


def is_received(line: str) -> bool:
    """Whether a line says when the document was received."""
    return len(line) < 90 and _RECEIVED.fullmatch(line) is not None


def is_dateline(text: str) -> bool:
    """Whether lines give place and date of writing and nothing else. The head of a newspaper gives its price, too."""
    if len(text) > LONGEST_DATELINE or text.count("\n") > 4:
        return False
    if "undated" in text.lower() and _UNDATED.fullmatch(text.replace("\n", " ")):
        return True
    found = find_dates(text)
    if not found:
        return False
    if text[-1] == ":" or _PAPER.match(text) or _MASTHEAD.search(text):
        return False
    if _BEFORE_A_DATE_IN_WORDS.search(text, 0, found[0].start) or (":" in text and _FIELD.search(text)):
        return False
    before = text[: found[0].start].strip(" ,\n[(")
    after = text[found[-1].end :].strip(" .,\n])")
    if _HELD.match(after):
        return False
    lines_after = [line for line in after.split("\n") if line.strip()]
    begins_as_place = not before or before[0].isupper() or before.endswith("not declassified]")
    place_like = len(before) <= 120 and begins_as_place and ";" not in before and not _STOP.search(before)
    sentence = _OF_A_SENTENCE.search(before.lower() if before.isupper() else before)
    rest_is_short = all(len(line) < 30 or is_received(line) for line in lines_after)
    return place_like and not sentence and rest_is_short


def run_in_salutation(text: str) -> int:
    """How many characters at the head of a paragraph are its salutation: ``Sir:`` gives 4; else 0."""
    match = _RUN_IN.match(text) if text[:1] in _SALUTATION_INITIALS else None
    return len(match.group().rstrip()) if match and match.end() < 70 else 0


def is_salutation(text: str) -> bool:
    """Whether a line of its own greets the reader."""
    if len(text) >= 70 or text[-1:] not in ":,—!":
        return False
    return _SALUTATION.fullmatch(text) is not None or _SALUTATION_ABROAD.fullmatch(text) is not None


def is_addressee(text: str) -> bool:
    """Whether short lines name whom a letter goes to, ending in a colon."""
    return len(text) < 160 and text.count("\n") >= 1 and _ADDRESSEE.fullmatch(text) is not None


def is_kind_of_paper(text: str) -> bool:
    """Whether a line below a heading says in which form it was sent: ``Telegramm 174``, ``(Telegraphic.)``."""
    return len(text) < 40 and _KIND_OF_PAPER.fullmatch(text) is not None


def is_summary(text: str) -> bool:
    """Whether a block begins as an editor's summary does of what is left out: ``[Here follows …]``."""
    return text.startswith(_SUMMARY)


def is_editorial(text: str) -> bool:
    """Whether a block is an editor's remark in brackets."""
    return text[:1] == "[" and text.rstrip("0123456789*†‡ ").endswith((".]", "]")) and len(text) > 60


def is_classification(text: str) -> bool:
    """Whether a line is a mark of secrecy or precedence."""
    return len(text) < 60 and _CLASSIFICATION.fullmatch(text) is not None


def is_secrecy_mark(line: str) -> bool:
    """Whether a line has marks of secrecy or precedence and no other word: ``secret priority``."""
    return len(line) < 60 and _SECRECY_MARK.fullmatch(line) is not None


def is_subtitle(text: str) -> bool:
    """Whether a line below a heading adds to it in parentheses: ``(April-May, 1945)``."""
    return len(text) < 70 and text[0] == "(" and text[-1] == ")" and "\n" not in text and not is_received(text)


def is_paragraph(text: str) -> bool:
    """Whether a block is running text rather than a title, a number or a date."""
    return len(text) > 180 or any(match.group(1) not in _ABBREVIATIONS for match in _SENTENCE.finditer(text))


def is_counted(text: str) -> bool:
    """Whether a paragraph begins with its number or letter: ``b. Acceptance of``, ``(2) To send``."""
    return _COUNTED.match(text) is not None


def is_sentence(text: str) -> bool:
    """Whether most longer words of a line are written small, as in a sentence and not in a heading."""
    if text[-1] == "." and len(text.split()) > 2 and not _CAPITAL_WORD.search(text):
        return True
    words = _LONG_WORD.findall(text)
    return len(words) > 2 and sum(word[0].isupper() for word in words[1:]) < 0.4 * (len(words) - 1)


def is_title_of_paper(text: str) -> bool:
    """Whether a line says which paper follows: ``Memorandum of an interview with the ministers, January 15, 1884.``"""
    kind = _PAPER.match(text)
    is_one = kind is not None and _OF_A_PAPER.match(text, kind.end()) is not None
    return is_one and not _FINITE.search(text) and not is_paragraph(text)


def is_correspondence(text: str) -> bool:
    """Whether a line names who writes to whom: ``Mr. Dayton to M. Drouyn de l’Huys.``"""
    return _CORRESPONDENCE.fullmatch(text) is not None and not is_sentence(text)


def is_title(text: str) -> bool:
    """Whether a short block without the end of a sentence can be a title inside a document.

    A stop before a callout that no note answers is a stop.
    """
    if len(text) > 120 or text.count("\n") > 2 or text[0] in '“"(':
        return False
    return (text.rstrip("*†‡§¶")[-1:] or text[-1]) not in '.,;:?!—”"'
