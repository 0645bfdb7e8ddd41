"""How plays are printed, in English, German, French and Italian: headings, lists of characters, stage directions.

Guidelines 7.1 (front matter), 7.2 (acts, scenes, speeches, directions).
"""

from __future__ import annotations

import re

_ORDINALS = (
    r"first|second|third|fourth|fifth|sixth|last|erster|zweiter|dritter|vierter|f(?:ü|ue)nfter|sechster|siebenter"
    r"|siebter|achter|neunter|zehnter|elfter|letzter|premier|première|deuxième|second(?:e)?|troisième|quatrième"
    r"|cinquième|dernier|dernière|primo|prima|primus|secundus|tertius|quartus|quintus|terzo|quarto|quinto"
)
_NUMBER = rf"(?:\d{{1,2}}|[IVXL]+|[ivxl]+|one|two|three|four|five|six|(?:the )?(?:{_ORDINALS}))"
_ACT = r"(?:act|acte|akt|aufzug|atto|actus)"
_SCENE = r"(?:scene|scène|scena|szene|scenes|auftritt)"
_PROLOGUE = r"(?:the )?(?:prologue|epilogue|induction|vorspiel|nachspiel|prolog|epilog|prélude|épilogue)\b"
_ANY_ACT = rf"(?:{_ACT}[ \t]+{_NUMBER}\b|(?:{_ORDINALS})[ \t]+{_ACT}\b)"
_ANY_SCENE = rf"(?:{_SCENE}[ \t]+{_NUMBER}\b|(?:{_ORDINALS})[ \t]+{_SCENE}\b)"
_REST = r"(?:$|[ \t]*(?:[.,:;—–-]|\n|\[|\().*|[ \t]{2,}.*)"
_HEADING = re.compile(
    rf"(?:the )?(?:(?P<act>{_ANY_ACT})(?P<both>[.,:;]?[ \t]+{_ANY_SCENE})?|(?P<scene>{_ANY_SCENE})|{_PROLOGUE}){_REST}",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_HEADING = 250
_CAST_LIST = (
    r"(?:(?:dramatis )?person(?:ae|æ|en|nages|aggi)|person[as]?s? (?:represented|of the (?:play|drama)|in the play)"
    r"|(?:list of )?characters(?: (?:in|of) the play)?|the cast|cast(?: of characters)?|acteurs|die personen)"
)
_CAST = re.compile(rf"(?:the )?{_CAST_LIST}(?: of the (?:play|drama))?[ \t]*[.:]?", re.IGNORECASE)
_MOVES = re.compile(
    r"[\[(_ ]*(?:(?:re-?)?enters?(?:,|:| again)?[ \t]+"
    r"(?:(?-i:[^\W\d_a-z])|(?:an?|the|two|three|certain|at|from|with|other|several)[ \t])"
    r"|exeunt\b|exit\b(?=[.\])_, ]*$|[ ,.]+(?:(?-i:[^\W\d_a-z])|with|the|at|into|pursued))"
    r"|(?:manent|manet|flourish|alarums?|sennet|tucket|hautboys)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:the )?end(?: of .{1,60})?[.]?|finis[.]?|fin[.]?|ende[.]?|(?:explicit).{0,40}", re.IGNORECASE)
_CURTAIN_FALLS = r"(?:(?:the )?curtain|(?:der )?vorhang|(?:le )?rideau|black-?out|tableau)\b"
_CURTAIN = re.compile(rf"[\[(_ ]*{_CURTAIN_FALLS}.{{0,60}}", re.IGNORECASE)
_SETTING = re.compile(
    r"(?:scene|scène|szene|schauplatz|time|zeit|place|ort|setting)\b[ \t]*(?:$|[.:—–-].*)", re.IGNORECASE | re.DOTALL
)
_SIGN = re.compile(
    rf"\n[ \t]*[\[(_]{{0,2}}(?:the )?(?:(?:re-?)?enters?\b|exit\b|exeunt\b|flourish\b|{_ANY_ACT}|{_ANY_SCENE}"
    rf"|{_PROLOGUE}|{_CAST_LIST}[ \t]*[.:]?[ \t]*\n|{_CURTAIN_FALLS})",
    re.IGNORECASE,
)


_BEGINNINGS = (
    *("Act ", "Acte", "Akt ", "Aufz", "Atto", "Scen", "Scèn", "Szen", "Auft", "Ente", "Exit", "Exeu", "Re-e", "Flou"),
    *("Dram", "Pers", "Char", "Cast", "Acteu", "Curt", "Vorh", "Ride", "Prol", "Epil", "Indu", "Vors", "Erst"),
    *("First A", "First S"),
)
_FIRST_HINT = re.compile(rf"[ \t\[(_]*(?:{'|'.join(form for word in _BEGINNINGS for form in (word, word.upper()))})")
_HINT = re.compile(rf"\n{_FIRST_HINT.pattern}")  # `\n` first: a search for it is fast
"""One of these begins some line of every play; two cases are quicker than a search that knows none."""


def may_be_there(text: str) -> bool:
    """Whether a line of a text begins as only lines of the theatre do, or seems to; it is quickly seen."""
    if _HINT.search(text) is None and _FIRST_HINT.match(text) is None:
        return False
    return _SIGN.search("\n" + text) is not None


def heading(text: str) -> str | None:
    """Of what a line is the heading: ``act``, ``scene`` (also of both in one) or ``prologue``; it is no sentence."""
    if not text or len(text) > _LONGEST_HEADING or not text[0].isupper():
        return None
    match = _HEADING.fullmatch(text)
    if match is None:
        return None
    if match["act"]:
        return "scene" if match["both"] else "act"
    return "scene" if match["scene"] else "prologue"


def is_cast_heading(text: str) -> bool:
    """``Dramatis Personæ``: whether characters are listed below a line."""
    return text[:1].isupper() and _CAST.fullmatch(text) is not None


def moves(text: str) -> bool:
    """Whether a line says who comes and goes, or what is heard: ``Enter Hamlet.``, ``Exeunt.``, ``Flourish.``"""
    return text[:1] in "[(_" + text[:1].upper() and _MOVES.match(text) is not None


def is_direction(text: str) -> bool:
    """Whether a line is a direction by its words alone: who comes and goes, the curtain, or where the scene is."""
    return moves(text) or is_curtain(text) or is_setting(text)


def is_curtain(text: str) -> bool:
    """``The curtain falls.``"""
    return _CURTAIN.fullmatch(text) is not None


def is_setting(text: str) -> bool:
    """``SCENE.—A room in the castle.``"""
    return text[:1].isupper() and _SETTING.fullmatch(text) is not None


def is_heading(text: str) -> bool:
    """Whether words are of the play's own apparatus, and so nobody's name."""
    return heading(text) is not None or is_cast_heading(text) or is_direction(text) or ends(text)


def ends(text: str) -> bool:
    """``THE END``, ``FINIS``."""
    return _ENDS.fullmatch(text) is not None
