"""libxml2's messages about a schema that is not ours, in our words; what is not known stays as said."""

from __future__ import annotations

import re

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.positions import local
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code

_NAMESPACED = re.compile(r"\{[^}]*\}")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( ?(.*?) ?\)")
_ECHOES = re.compile(
    r"Element \S+ failed to validate (?:attributes|content)"
    r"|Element \S+ has extra content: \S+"
    r"|Extra element \S+ in interleave|Invalid sequence in interleave"
    r"|Expecting (?:an )?element .*, got nothing"
)
_FORMS: tuple[tuple[re.Pattern[str], Code, str], ...] = tuple(
    (re.compile(pattern), code, words)
    for pattern, code, words in (
        (r"Did not expect element (\S+) there", Code.ELEMENT_NOT_ALLOWED, "`{0}` cannot stand here"),
        (
            r"Expecting element (\S+), got (\S+)",
            Code.ELEMENT_NOT_ALLOWED,
            "`{1}` stands here, where `{0}` is expected",
        ),
        (
            r"Element (\S+): This element is not expected\.(.*)",
            Code.ELEMENT_NOT_ALLOWED,
            "`{0}` cannot stand here",
        ),
        (r"Element (\S+): Missing child element\(s\)\.(.*)", Code.ELEMENT_MISSING, "`{0}` lacks an element"),
        (
            r"Invalid attribute (\S+) for element (\S+)",
            Code.ATTRIBUTE_NOT_ALLOWED,
            "@{0} of `{1}` is not allowed, or its value is not",
        ),
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
            r"Did not expect text in element (\S+) content",
            Code.TEXT_NOT_ALLOWED,
            "text stands directly in `{0}`",
        ),
        (
            r"Element (\S+): Character content other than whitespace is not allowed",
            Code.TEXT_NOT_ALLOWED,
            "text stands directly in `{0}`",
        ),
        (
            r"Element (\S+) has wrong namespace: expecting (\S+)",
            Code.WRONG_NAMESPACE,
            "`{0}` is not in the namespace `{1}`",
        ),
    )
)


def from_libxml2(message: str, element: etree._Element) -> Flaw | None:
    """A flaw, or ``None`` for messages that only repeat others."""
    plain = _NAMESPACED.sub("", message)
    if _ECHOES.match(plain):
        return None
    expected = _EXPECTED.search(plain)
    hint = f"expected here: {listed(expected[1].split(', '))}" if expected else None
    for pattern, code, words in _FORMS:
        if found := pattern.match(plain):
            said = words.format(*(str(group).strip("'").rstrip(".") for group in found.groups()))
            return Flaw(code, element, said, hint)
    return Flaw(Code.SCHEMA_BROKEN, element, f"the schema refuses `{local(element)}`: {quoted(plain, 200)}")
