"""XML as text: what is written is read by other programs, so it is escaped once, here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"\t\n\r]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def escaped(text: str) -> str:
    """As content or as the value of an attribute; a character that XML cannot hold becomes U+FFFD."""
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], _ILLEGAL.sub("\ufffd", text))


def element(name: str, content: str | None = None, attributes: Mapping[str, str | None] = {}) -> str:
    """An element with text; attributes without a value are left out."""
    head = name + "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{head}/>" if content is None else f"<{head}>{escaped(content)}</{name}>"


def around(name: str, children: Iterable[str], attributes: Mapping[str, str | None] = {}) -> str:
    """An element around others, which are XML already."""
    head = name + "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{head}>{''.join(children)}</{name}>"
