"""What short lines at the end of a letter say: leave taken, names, titles, seals, and what may stand below them."""

from __future__ import annotations

import re

from teiwright.parsing import phrases

_PAPER_IN_CAPITALS = re.compile(r"(?:MEMORANDUM|NOTE|MINUTES|REPORT|LETTER|TELEGRAM|DESPATCH|CIRCULAR|STATEMENT)\b")
_VALEDICTION = re.compile(
    r"(?:I (?:am|remain|beg|avail)\b(?! \w+ing )|I have(?:,| \[| the honou?r| etc| &)"
    r"|We (?:are|have|remain)\b(?! \w+ing )|With (?:my |best |kind |great |warm|(?:the )?assurances?|high)|"
    r"(?:Please (?:to )?)?Accept|Believe me|Very |Most |Respectfully|Sincerely|Faithfully|Cordially|"
    r"Yours\b|Ever your|Your (?:[\w’'-]+,? ){0,4}(?:servants?|friend|child|children|son|daughter|brother|sister|husband"
    r"|wife|mother|father|niece|nephew|uncle|aunt|cousin|pupil|colleague|admirer)\b|"
    r"Your obedient|Awaiting|Assuring|As ever|Affectionately|Warm|Best |Regards|Kindest|In haste|Thanking|"
    r"Hastily|Gratefully|Devotedly|Fraternally|Loyally)",
    re.IGNORECASE,
)
_VALEDICTION_ABROAD = re.compile(
    r"(?:Hochachtungsvoll|Ergebenst|Mit (?:\w+e[rmn] |aller )?(?:Hochachtung|Verehrung|Gr[üu](?:ß|ss)(?:en)?)\b"
    r"|Ihre? (?:\w+ )?(?:ergeben|treu|gehorsam)|(?:Tout|Bien) à (?:vous|toi)\b"
    r"|Votre (?:très |bien |tou(?:t|te) )?(?:humble|dévoué|affectionné|obéissant)"
    r"|Veuillez (?:agréer|recevoir|croire)|(?:Agréez|Recevez),? )",
)
"""How letters take leave in German and French; a German one does so without a comma."""
_FORMULA_ALONE = re.compile(
    r"(?:Yours )?(?:(?:Very|Most) )?(?:Sincerely|Cordially|Respectfully|Faithfully|Hastily|Gratefully|Affectionately"
    r"|Devotedly|Fraternally|Loyally|Truly)(?: yours)?",
    re.IGNORECASE,
)
"""What takes leave even without a comma, as nobody is called so."""
_BY_ORDER = re.compile(
    r"(?:For|By (?:order|direction|command)|In the absence|On behalf|Signed for)\b[^.]{2,90}:|\(For the [^.()]{2,60}\)"
)
_POSTSCRIPT = re.compile(r"P\.\s?(?:P\.\s?|-\s?)?S\b|Nachschrift\b|PS\b|Postscript\b|N\.\s?B\.", re.IGNORECASE)
_NAME_WORD = (
    r"(?:[A-ZÀ-ÞĀ-Ž][\w’'.\[\]-]*|[a-z]{1,3}[A-ZÀ-Þ][\w’'.-]*|[A-Z]\[\w+\]"
    r"|de|da|del|della|di|la|le|van|von|v\.|y|e|of|and|&|der|den|bin|al|el|[JjSs]r\.?)"
)
_SHORTENED = r"(?:[A-Z][A-Za-z]{1,3}: (?=[A-Z]\.))"  # `Rob: S. Hale`, as old print shortens names
_NAME = re.compile(rf"[\[(“\"]?{_SHORTENED}?{_NAME_WORD}(?:,? {_NAME_WORD}){{0,7}}[.,;]?[\])”\"]?[.,]?")
_NAME_WITH_INITIAL = re.compile(
    r"(?:[A-Z][\w’'-]+ (?:[A-Z]\. ?){1,2}|(?:[A-Z]\. ?){1,2}(?:[A-Z][\w’'-]+ )?)[A-Z][\w’'-]+(?:,? [JS]r\.)?[.,]?"
)
_SIGNED = re.compile(r"(?:[(\[]signed[)\]]|/s/|signed:|[(\[]L\. ?S\.[)\]]|\[seal\])[.:]?\s+", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"[a-z]{3}\. [A-Z]")
_ROLE = re.compile(
    r"\b(?:secretary|minister|counselou?r|consul|commander|commanding|chiefs?|director|chargé|ambassador|attaché|general|"
    r"colonel|captain|major|lieutenant|admiral|president|chairman|deputy|assistant|adviser|advisor|officer|governor|"
    r"judge|agent|clerk|envoy|commissioner|representative|manager|editor|army|navy|adjutant|delegate|administrator)\b"
)
_POSSESSIVE = re.compile(r"['’][Ss](?: |$)")
_OPTION = re.compile(
    r"(?:(?:Disa|A)pproved?|(?:Disa|A)greed?|Yes|No|Discuss|Other|(?:See|Speak to|Call) Me)[ _]*\.?"
    r"|(?:Begin|End)(?: of)? (?:Text|Quote|Message|Summary)\.?|(?:Message |Letter )?Unsigned\.?",
    re.IGNORECASE,
)
"""What a memorandum offers for the decision of its reader, below its signature; the bounds of a text in a telegram."""
_ROMAN_HEADING = re.compile(
    r"[IVXL]+\.?|[A-Z]\.?|(?:Foot|End)?Notes:?|(?:Article|Section|Chapter|Part|Annex|Schedule)\b.*", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:The )?(?:Hon(?:orable|\.)|His Excellency|(?:Rear-)?Admiral|General|Colonel|Captain|Major|Mr\.|Messrs\.|Sir)\s"
    r"|An (?:den|die|das|Seine|Ihre|Herrn|Frau)\s|À (?:M\.|Monsieur|Madame|Son)\s|To (?:the|Mr\.|Mrs\.|His|Her|Hon\.)\s"
    r"|The (?:Envoy|Minister|Secretary|Ambassador|Consul|Governor|President)\b"
    r"|.*,? (?:Esq|&c)\b"
)
_ENCLOSED = re.compile(
    r"(?:Incl(?:osure)?s?|Encl(?:osure)?s?|Attachments?|Copies to|Copy to|c\.?c\.?|Distribution)\.? ?:", re.IGNORECASE
)
"""What goes with a letter and to whom copies go, below its signature."""
_CERTIFICATION = re.compile(
    r"(?:This is |I certify|Certified )?(?:\(?an? )?true (?:copy|translation)|Official\b"
    r"|(?:Sworn (?:to|and)|Subscribed and sworn)\b.{0,60}\bbefore me\b",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(
    r"(?:RC|FC|PrC|SC|Tr|Dft|MS|[AT]?[LD]S?|Copy) (?:\([A-Z][A-Za-z:. -]{1,30}\)|in [A-Z][\w’'.-]+ hand)[.,;:]"
)
"""What the editors of papers say of the original: recipient's copy, autograph letter signed, and the library."""
_SEALED = re.compile(r"[(\[](?:seal|L\. ?S)\.?[)\]]\.? +", re.IGNORECASE)
_SEAL = re.compile(r"\[?(?:\[?seal\.?\]?|L\. ?S\.)\]?\.?", re.IGNORECASE)


def is_valediction(text: str) -> bool:
    """Whether a short block takes leave: ``Respectfully yours,``, ``I have, etc.,``."""
    if len(text) > 110 or text.count("\n") > 2:
        return False
    if text[-1:] in ",.]:;—":
        return _VALEDICTION.match(text) is not None or _VALEDICTION_ABROAD.match(text) is not None
    return _FORMULA_ALONE.fullmatch(text) is not None or _VALEDICTION_ABROAD.match(text) is not None


def is_by_order(line: str) -> bool:
    """Whether a line says for whom another signs: ``For the Ambassador:``."""
    return len(line) < 100 and line[-1:] in ":)" and _BY_ORDER.fullmatch(line) is not None


def is_postscript(text: str) -> bool:
    """Whether a block begins a postscript."""
    return _POSTSCRIPT.match(text) is not None


def is_address(text: str) -> bool:
    """Whether short lines name the one to whom a letter goes: ``George Bancroft, Esq., &c., &c.``."""
    short = len(text) < 140 and text.count("\n") <= 4
    return short and _ADDRESS.match(text) is not None and not phrases.is_sentence(text)


def is_certification(text: str) -> bool:
    """Whether a block certifies the copy or the translation above it: ``This is a true translation.``"""
    return len(text) < 120 and _CERTIFICATION.match(text) is not None


def is_enclosed(text: str) -> bool:
    """Whether a block says what goes with a letter, or to whom copies of it go: ``Incl: 2``, ``cc: Files``."""
    return len(text) < 400 and _ENCLOSED.match(text) is not None


def describes_original(text: str) -> bool:
    """Whether a block says in the letters of editors what the original is, and who has it: ``RC (DLC); endorsed …``."""
    return _DESCRIPTION.match(text) is not None


def bears_seal(line: str) -> bool:
    """Whether a line is a name behind its seal: ``(L. S.) R. Denby.``"""
    seal = _SEALED.match(line)
    return seal is not None and is_name(line[seal.end() :])


def is_seal(line: str) -> bool:
    """Whether a line stands for a seal: ``[seal]``, ``[L. S.]``."""
    return _SEAL.fullmatch(line) is not None


def is_name(line: str) -> bool:
    """Whether a line could be a signature: words and initials with capitals, and nothing else.

    A copy says that it is one: ``(Signed)``, ``/s/``; a seal may stand before the name.
    """
    if "(" in line or "[" in line or "/" in line or ":" in line:  # there is one of these in all that says so
        line = _SIGNED.sub("", line)
    if not 1 < len(line) <= 60 or (line[0] == "[" and line[-1] == "]") or not _NAME.fullmatch(line):
        return False
    if line[-1] in '”"' and line[0] not in '“"':
        return False  # it ends a quotation
    if (
        is_option(line)
        or _PAPER_IN_CAPITALS.match(line)
        or _POSSESSIVE.search(line)
        or phrases.is_enclosure_label(line)
    ):
        return False
    return _ROMAN_HEADING.fullmatch(line) is None and not phrases.is_classification(line)


def is_name_with_initial(line: str) -> bool:
    """Whether a line is a surname below initials, with or without a first name: ``Ludwell L. Montague``."""
    return len(line) < 50 and _NAME_WITH_INITIAL.fullmatch(line) is not None


def is_option(line: str) -> bool:
    """Whether a line is offered for a decision or bounds a text, and signs nothing: ``Approve``, ``End Message``."""
    return len(line) < 30 and _OPTION.fullmatch(line) is not None


def is_role(line: str) -> bool:
    """Whether a line below a signature is the signer's title."""
    return len(line) < 110 and _ROLE.search(line.casefold()) is not None and not _NEW_SENTENCE.search(line)
