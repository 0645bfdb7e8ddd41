"""How a person's name is written: expressions, and where a run of capitalised words stops being a name."""

from __future__ import annotations

import re

from teiwright.naming.words import DEMONYMS, NOT_IN_NAMES

UPPER = "".join(c for c in map(chr, range(0x530)) if c.isupper())
"""Capitals of the Latin, Greek and Cyrillic alphabets; ``re`` has no class for them."""

_PARTICLE = (
    r"(?:de\s+la|de\s+los|de|del|della|di|da|dos|du|d[’']|van\s+der|van\s+den|van|von\s+der|von|zu|ten|ter|"
    r"le|la|el|al|bin|ibn|ben)"
)
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:[{UPPER}][’'])?[{UPPER}]{_LETTER}*(?:[’'](?!s\b){_LETTER}+)*(?:-{_LETTER}+)*"
_INITIALS = rf"(?:[{UPPER}]\.\s*-?){{1,4}}"
ABBREVIATED = r"(?:Wm|Geo|Chas|Jno|Thos|Robt|Jas|Jos|Saml|Alex|Edw|Benj|Danl|Fredk|Ph|Th|Chr|St|Ste)\."
"""Forenames that are printed short."""
_SUFFIX = r"(?:,?\s+(?:Jr|Sr)\b\.?|\s+(?:II|III|IV|VI|VII|VIII)\b|,\s+(?:2d|3d)\b)"
_JOINED = rf"(?:{_PARTICLE}\s+)?{_WORD}"

NAME = (
    rf"(?:{ABBREVIATED}\s+)?(?:{_INITIALS})?(?:{_WORD}\s+(?:{_INITIALS})?){{0,4}}"
    rf"{_JOINED}{_SUFFIX}?(?!\w)"
)
"""One person's name: forenames or initials, particles, a last part, a suffix."""

_PART = re.compile(rf"{_INITIALS}(?=\W|$)|\S+")
_HYPHENATED = re.compile(r"-[^\W\d_]")
_FORENAME = re.compile(r"\w+(?:-\w+)*")
_SUFFIXED = re.compile(rf"{_SUFFIX}$")
_INITIAL = re.compile(rf"(?<!\w)[{UPPER}]\.")
_PARTICLE_BEFORE = re.compile(r"(?<!\w)(?:[Vv][ao]n(?: de[nr])?|[Dd]e(?:l|lla| la)?|[Dd][iu]|[Ll][ae]|[Tt]e[nr])\s$")
_LONGEST_PARTICLE = len("Van den ")
_BARE = ".,;:’'"


def trimmed(text: str, start: int, end: int, stop: frozenset[str] = NOT_IN_NAMES) -> tuple[int, int] | None:
    """Cut a range off before its first word that cannot stand in a name; ``None`` if nothing is left."""
    last, initial = start, False
    for part in _PART.finditer(text, start, end):
        word = part[0].strip(_BARE)
        after_initial, initial = initial, bool(_INITIAL.match(part[0]))
        surname_too = after_initial and word in DEMONYMS  # Jerome T. French is no adjective
        if not initial and not surname_too and (word in stop or (part.start() > start and word in DEMONYMS)):
            break
        last = part.end()
    while last > start and (text[last - 1].isspace() or text[last - 1] in ",;:"):
        last -= 1
    name = text[start:last]
    lonely = not any(len(word.strip(_BARE)) > 1 for word in name.split())
    return None if lonely else (start, last)


def particle_before(before: str) -> int:
    """How many characters at the end of ``before`` are a particle of the surname, as in ``De Gaulle``."""
    match = _PARTICLE_BEFORE.search(before[-_LONGEST_PARTICLE - 2 :])
    return len(match[0]) if match else 0


def without_suffix(name: str) -> str:
    """``James S. Lay, Jr.`` without ``, Jr.``"""
    return _SUFFIXED.sub("", name).rstrip(" ,")


def surname(name: str) -> str:
    """The part that later mentions repeat: the last, or the first before a hyphenated given name.

    ``Chiang Kai-shek`` and ``Su Ping-wen`` put the family first; no English double name has a small letter
    after its hyphen.
    """
    parts = without_suffix(name).split()
    if not parts:
        return ""
    small = _HYPHENATED.search(parts[-1])
    given = len(parts) == 2 and small and parts[-1][small.start() + 1].islower()
    return parts[0] if given else parts[-1]


def forenames(name: str) -> tuple[str, ...]:
    """What stands before the surname, or after it where the family comes first; initials one by one."""
    bare = without_suffix(name)
    rest = bare.replace(surname(name), " ", 1) if bare else ""
    return tuple(_FORENAME.findall(rest))


def has_initial(name: str) -> bool:
    """Whether an initial stands in the name, which office and place names do not have."""
    return bool(_INITIAL.search(name))
