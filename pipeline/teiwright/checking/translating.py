"""libxml2's messages about an XSD that is not ours, in our words; what is not known stays as said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from teiwright.checking.flaw import Flaw
from teiwright.checking.positions import local
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACED = re.compile(r"\{[^}]*\}")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( ?(.*?) ?\)")
_FORMS: tuple[tuple[re.Pattern[str], Code, str], ...] = tuple(
    (re.compile(pattern), code, words)
    for pattern, code, words in (
        (
            r"Element (\S+): This element is not expected\.(.*)",
            Code.ELEMENT_NOT_ALLOWED,
            "`{0}` cannot stand here",
        ),
        (r"Element (\S+): Missing child element\(s\)\.(.*)", Code.ELEMENT_MISSING, "`{0}` lacks an element"),
        (
            r"Element (\S+), attribute '([^']+)': The attribute '[^']+' is not allowed",
            Code.ATTRIBUTE_NOT_ALLOWED,
            "`{0}` cannot have the attribute `{1}`",
        ),
        (
            r"Element (\S+): The attribute '([^']+)' is required but missing",
            Code.ATTRIBUTE_MISSING,
            "`{0}` has no @{1}",
        ),
        (r"Element (\S+), attribute '([^']+)': (.*)", Code.VALUE_NOT_ALLOWED, "@{1} of `{0}`: {2}"),
        (
            r"Element (\S+): Character content other than whitespace is not allowed",
            Code.TEXT_NOT_ALLOWED,
            "text stands directly in `{0}`",
        ),
    )
)


def from_libxml2(message: str, element: etree._Element) -> Flaw:
    """The flaw that a message tells of."""
    plain = _NAMESPACED.sub("", message)
    expected = _EXPECTED.search(plain)
    hint = f"expected here: {listed(expected[1].split(', '))}" if expected else None
    for pattern, code, words in _FORMS:
        if found := pattern.match(plain):
            said = words.format(*(str(group).strip("'").rstrip(".") for group in found.groups()))
            return Flaw(code, element, said, hint)
    return Flaw(Code.SCHEMA_BROKEN, element, f"the schema refuses `{local(element)}`: {quoted(plain, 200)}")
