"""The closed lists of our law. What a list does not have is left out, or said more generally."""

from __future__ import annotations

from teiwright.encoding.vocabulary import Attributes

ALIGNMENTS = ("center", "flushleft", "right")
AROUND_SIGNATURES = ("by-order", "role", "seal")
DIVISIONS = (
    *(
        "document",
        "despatch",
        "memorandum",
        "telegram",
        "letter",
        "report",
        "enclosure",
        "section",
        "minutes",
    ),
    *("instruction", "circular", "agreement", "article", "note", "front", "distribution", "stamps"),
    *("play", "poem", "act", "scene"),
)
DEPTHS = (None, "indent", "indent2", "indent3")
"""How far a line of verse is set in."""
FORME_WORK = ("header", "footer", "head", "pageNum", "catch", "sig")
LIST_KINDS = (
    *("participants", "subject", "distribution", "gloss"),
    *("to", "from", "through", "copies", "date", "reference"),
)
LIST_SHAPES = ("numbered", "lettered", "bulleted", "simple")
ROLES = ("data", "label")
STYLES = ("italic", "bold", "underline", "smallcaps", "superscript", "subscript", "roman", "spaced")
TITLE_PARTS = ("main", "sub", "short", "alt", "notice", "copy", "desc")


def one_of(value: str, values: tuple[str, ...], otherwise: str) -> str:
    """``value`` if it is in the list."""
    return value if value in values else otherwise


def allowed(name: str, value: str | None, values: tuple[str, ...]) -> Attributes:
    """The attribute with ``value``, or none if the list does not have it."""
    return {name: value} if value is not None and value in values else {}
