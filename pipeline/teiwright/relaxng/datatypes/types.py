"""Each datatype: how white space counts in it, what is its value, how values compare and how long they are.

Sources: XML Schema, part 2 (second edition), chapter 3; RELAX NG, annex on its built-in library.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from teiwright.relaxng.datatypes import times
from teiwright.relaxng.datatypes.lexical import LANGUAGE, NAME, NCNAME, NMTOKEN, QNAME, Form, is_address, words

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
Prefixes = Mapping[str, str]
Reader = Callable[[str], object]
"""The value that a text stands for, or ``None``; white space is already normalised."""

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/] ?)*(?:= ?){0,2}")
_SPACES = re.compile("[ \t\r\n]+")
_SPACE = re.compile("[ \t\r\n]")


@dataclass(frozen=True, eq=False, slots=True)
class Datatype:
    """``space`` is XSD's ``whiteSpace``; ``sign`` what an example of it looks like, for people."""

    name: str
    space: str
    read: Reader
    sign: str = ""
    needs_prefixes: bool = False

    def value(self, text: str, prefixes: Prefixes) -> object:
        """What a text stands for, or ``None`` if it is no such value."""
        plain = self.normal(text)
        return _qualified(plain, prefixes) if self.needs_prefixes else self.read(plain)

    def normal(self, text: str) -> str:
        """The text with its white space as it counts."""
        match self.space:
            case "collapse":
                return _SPACES.sub(" ", text).strip(" ")
            case "replace":
                return _SPACE.sub(" ", text)
            case _:
                return text


def _qualified(text: str, prefixes: Prefixes) -> object:
    found = QNAME.fullmatch(text)
    if found is None or (found[1] and found[1] not in prefixes):
        return None
    return prefixes.get(found[1] or "", ""), found[2]


def _text(text: str) -> object:
    return text


def _like(form: Form, text: str) -> object:
    return text if form.fullmatch(text) else None


def _several(form: Form, text: str) -> object:
    found = tuple(words(text))
    return found if found and all(form.fullmatch(word) for word in found) else None


def _boolean(text: str) -> object:
    return {"true": 1, "1": 1, "false": 0, "0": 0}.get(text)


def _decimal(text: str) -> object:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _integer(least: int | None, most: int | None, text: str) -> object:
    if not _INTEGER.fullmatch(text):
        return None
    number = Decimal(text)
    return None if (least is not None and number < least) or (most is not None and number > most) else number


def _float(text: str) -> object:
    if not _FLOAT.fullmatch(text):
        return None
    return "NaN" if text == "NaN" else float(text.replace("INF", "inf"))


def _base64(text: str) -> object:
    if not _BASE64.fullmatch(text):
        return None
    try:
        return base64.b64decode(text.replace(" ", ""), validate=True)
    except binascii.Error:
        return None


def _hex(text: str) -> object:
    return bytes.fromhex(text) if re.fullmatch("(?:[0-9A-Fa-f]{2})*", text) else None


def _address(text: str) -> object:
    return text if is_address(text) else None


_BITS = {"long": 64, "int": 32, "short": 16, "byte": 8}
INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()},
    **{f"unsigned{name.title()}": (0, 2**bits - 1) for name, bits in _BITS.items()},
}
_SIGNS = {
    "date": "1851-03-02",
    "gYear": "1851",
    "gYearMonth": "1851-03",
    "gMonthDay": "--03-02",
    "gMonth": "--03",
    "gDay": "---02",
    "time": "13:20:00",
    "dateTime": "1851-03-02T13:20:00",
}
_NAME_SIGNS = {"language": "en-GB"}
_FORMS = {
    "language": LANGUAGE,
    "Name": NAME,
    "NMTOKEN": NMTOKEN,
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), NCNAME),
}


def _types() -> dict[str, Datatype]:
    made = [
        Datatype("string", "preserve", _text),
        Datatype("normalizedString", "replace", _text),
        Datatype("token", "collapse", _text),
        *(
            Datatype(name, "collapse", partial(_like, form), _NAME_SIGNS.get(name, "name-1"))
            for name, form in _FORMS.items()
        ),
        *(
            Datatype(name, "collapse", partial(_several, form))
            for name, form in (("NMTOKENS", NMTOKEN), ("IDREFS", NCNAME), ("ENTITIES", NCNAME))
        ),
        Datatype("anyURI", "collapse", _address, "#name"),
        Datatype("boolean", "collapse", _boolean, "true"),
        Datatype("decimal", "collapse", _decimal, "1.5"),
        *(
            Datatype(name, "collapse", partial(_integer, *bounds), "-12" if bounds[1] in {0, -1} else "12")
            for name, bounds in INTEGERS.items()
        ),
        *(Datatype(name, "collapse", _float, "1.5") for name in ("float", "double")),
        *(Datatype(name, "collapse", partial(times.moment, name), sign) for name, sign in _SIGNS.items()),
        Datatype("duration", "collapse", times.span, "P1Y2M"),
        Datatype("base64Binary", "collapse", _base64),
        Datatype("hexBinary", "collapse", _hex),
        *(Datatype(name, "collapse", _text, needs_prefixes=True) for name in ("QName", "NOTATION")),
    ]
    return {datatype.name: datatype for datatype in made}


BUILT_IN = {name: Datatype(name, space, _text) for name, space in (("string", "preserve"), ("token", "collapse"))}
LIBRARIES: dict[str, dict[str, Datatype]] = {"": BUILT_IN, XSD: _types()}


def find(library: str, name: str) -> Datatype | None:
    """The datatype of a library, or ``None`` if either is not known."""
    # schemas in the wild write the address of the schema language's own namespace, too
    return LIBRARIES.get(XSD if library == "http://www.w3.org/2001/XMLSchema" else library, {}).get(name)
