"""How plain text writes what TEI says in attributes: marks of notes, of pages, of list items.

Each function looks at squeezed text, so that ``[Page 77]`` and ``[ page77 ]`` are one.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_RAISED |= str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = {raised: chr(plain) for plain, raised in _RAISED.items()}
_LEVEL = str.maketrans({chr(raised): plain for raised, plain in _LOWERED.items()})
RAISED_SIGNS = "".join(chr(raised) for raised in _LOWERED)
NOTE_SIGNS = "*†‡§¶‖|#"
_PAGE_WORD = r"(?:[Pp]ages?|PAGE|[Pp]{1,2}\.?|[Pp]gs?\.?|[Ss]\.|[Ss]eite|[Ff]ol(?:io)?s?\.?|[Ff]{1,2}\.?)?"

BULLET = re.compile("[•·‣▪◦∙●○*\uf0b7\uf0a7–—-]")
"""Also the bullets of the fonts Symbol and Wingdings, which a PDF of a word processor gives as private characters."""

STRIKE = "~~"
STYLE_PAIRS = (("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("^{", "}"), ("^", "^"), ("/", "/"))
"""Signs that plain text sets around italic, bold or raised words, opening and closing."""


def level(text: str) -> str:
    """``²⁸`` as ``28``."""
    return text.translate(_LEVEL)


def bare(mark: str) -> str:
    """A mark without white space and without what only encloses it: ``(13)`` as ``13``."""
    inner = "".join(mark.split()).strip("()[]{}^.:\\")
    return level(inner) or "".join(mark.split())


def _core(mark: str) -> str:
    plain = "".join(mark.split())
    forms = [plain, plain.translate(_RAISED), "".join(f"\\{sign}" for sign in plain), bare(plain)]
    return "(?:" + "|".join(re.escape(form) for form in dict.fromkeys(forms)) + ")"


@lru_cache(maxsize=4096)
def callout_pattern(mark: str) -> re.Pattern[str]:
    """A note's callout in running text: bare, raised, in brackets, or in a typewriter's ``^{}``.

    ``opened`` is set if a brace was opened and not closed, as in ``^{8***}`` for two callouts.
    """
    core = _core(mark)
    forms = (
        rf"\[\^{core}\]:?",
        rf"\({core}\)",
        rf"\[{core}\]",
        rf"\^\{{{core}\}}",
        rf"(?P<opened>\^\{{){core}",
        rf"<sup>{core}</sup>",
        rf"\^{core}\^",
        rf"\^{core}",
        core,
    )
    return re.compile("|".join(forms))


@lru_cache(maxsize=4096)
def next_callout_pattern(mark: str) -> re.Pattern[str]:
    """A callout that stands directly behind another one: ``***}`` of ``^{8***}``, ``,2`` of ``1,2``."""
    core = _core(mark)
    return re.compile(rf"[,;]?{core}(?P<closed>\}})|,(?:{core}|\({core}\))")


@lru_cache(maxsize=4096)
def page_pattern(number: str) -> re.Pattern[str]:
    """A page mark between as many brackets on either side, anywhere; a bracket more is text."""
    page = rf"{_PAGE_WORD}{_core(number)}"
    return re.compile("|".join(rf"[\[{{<|(]{{{n}}}{page}[\]}}>|)]{{{n}}}" for n in (3, 2, 1)))


@lru_cache(maxsize=4096)
def page_line_pattern(number: str) -> re.Pattern[str]:
    """A page mark that has a line of its own: ``77``, ``- 77 -``, ``p. 77``, ``=== Page 77 ===``."""
    return re.compile(rf"[-–—~=*|\[(]*{_PAGE_WORD}{_core(number)}[-–—~=*|\]).]*")


@lru_cache(maxsize=4096)
def label_pattern(label: str) -> re.Pattern[str]:
    """An item's label, with or without the signs that set it off: ``1``, ``1.``, ``(1)``, ``1)``."""
    return re.compile(rf"[(\[]?{_core(label)}[)\].:]{{0,2}}")


ANY_PAGE = re.compile(rf"[\[{{<|](?=[^\]]*\d){_PAGE_WORD}(?P<n>\[?[0-9]{{1,5}}[a-z]?\]?)[\]}}>|]")
"""What a reader would take for a page mark, whatever its number."""

ANY_CALLOUT = re.compile(
    rf"\[\^(?P<a>[^\]\s]{{1,12}})\]|\^\{{(?P<b>[^}}\s]{{1,12}})\}}?|\^(?P<c>\w{{1,4}})"
    rf"|(?P<d>[{RAISED_SIGNS}]+|[{re.escape(NOTE_SIGNS)}]+|\d{{1,4}}[a-z]?\b|\((?:\d{{1,3}}|[a-z]|\*+)\)|\[(?:\d{{1,3}}|[a-z]|\*+)\])"
)
"""What a reader would take for a note's mark if it stands alone or sticks to a word."""

LABEL = re.compile(
    r"[ \t\ufeff]*(?P<label>(?:[-•·–—][ \t]+)?(?P<open>(?:\[?(?:[Ff]oot)?[Nn]otes?[ \t]+)?[(\[{<^]{0,2})"
    rf"(?P<core>\d{{1,4}}[a-z]{{0,2}}|[A-Za-z]{{1,2}}|[ivxlc]{{1,7}}|[{re.escape(NOTE_SIGNS)}]{{1,24}}|[{RAISED_SIGNS}]{{1,5}})"
    r"(?P<close>[)\]}>^.:]{0,3}))(?P<space>\s*)"
)
"""What can label a note at the beginning of a line: ``  1. ``, ``(1) ``, ``- (6) ``, ``* ``, ``[^3]: ``."""
