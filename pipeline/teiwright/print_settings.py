"""The table ``[print]`` of a project file: the page of PDFs and of the book, and their type."""

from __future__ import annotations

from teiwright.model import AS_PRINTED, PrintLayout
from teiwright.settings import Settings

_SIZES = ("width", "height", "inside", "outside", "top", "bottom", "size")
_LARGEST = 5000
"""Beyond what PDF viewers show (ISO 32000-1, annex C.2: 200 inches), in millimetres."""

_LEAST = 4
"""Millimetres of room for each point of type: below it some word of any text sticks out."""


def read_print(settings: Settings) -> PrintLayout:
    """What ``[print]`` says; all else is as teiwright prints it."""
    settings.allow_only((*_SIZES, "font", "volume-words", "hyphenate"))
    sizes = {key: settings.number(key, getattr(AS_PRINTED, key)) for key in _SIZES}
    for key, value in sizes.items():
        if not 0 < value < _LARGEST:
            raise settings.refusal(key, f"`{key}` is {value:g}", "write a size in millimetres, and type in points")
    for across, sides in (("width", ("inside", "outside")), ("height", ("top", "bottom"))):
        room = sizes[across] - sum(sizes[side] for side in sides)
        if room < sizes["size"] * _LEAST:
            said = next((key for key in (across, *sides, "size") if key in settings), across)
            message = f"the margins leave {room:g} mm for lines of {sizes['size']:g} points, which is too little"
            smaller = ", ".join(f"`{key}`" for key in sides)
            raise settings.refusal(said, message, f"make `{across}` larger, or {smaller} or `size` smaller")
    words = settings.count("volume-words") if "volume-words" in settings else AS_PRINTED.volume_words
    fonts = settings.texts("font") or AS_PRINTED.fonts
    return PrintLayout(**sizes, fonts=fonts, volume_words=words, hyphenate=settings.flag("hyphenate") is not False)
