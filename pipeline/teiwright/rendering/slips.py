"""Slips that XSLT allows, and by which a project's stylesheet would do nothing, or make what no browser knows.

Both are of namespaces: a pattern such as `name` means an element in none, and TEI has none of these;
an element of the page that is in none is no element of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.rendering.tei import line_of

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_DEFAULT = "xpath-default-namespace"
_OF_PAGES = frozenset({"html.xsl", "epub.xsl"})
_HOLDS_VALUES = frozenset({f"{_XSL}variable", f"{_XSL}param", f"{_XSL}with-param"})
"""What is made in these is no part of a page yet."""


def slip_of(path: Path, root: etree._Element) -> Diagnostic | None:
    """The first slip of a stylesheet, if there is one."""
    return next(_slips(path, root), None)


def _slips(path: Path, root: etree._Element) -> Iterator[Diagnostic]:
    own_modes = {mode.get("name") for mode in root.iter(f"{_XSL}mode")}
    for template in root.iter(f"{_XSL}template"):
        modes = (template.get("mode") or "").split()
        if modes and own_modes.issuperset(modes):  # there it may work on whatever its project makes
            continue
        if (name := _without_namespace(template.get("match") or "")) and not _default_namespace(template):
            message = f"the pattern `{name}` means an element in no namespace, and TEI has none of these"
            hint = f'write `{_DEFAULT}="http://www.tei-c.org/ns/1.0"` on the outermost element'
            yield _told(path, template, message, hint)
        if path.name in _OF_PAGES and (made := _unknown_to_browsers(template)) is not None:
            message = f"`{made.tag}` is made in no namespace, and is no element of a web page"
            yield _told(path, made, message, 'write `xmlns="http://www.w3.org/1999/xhtml"` on the outermost element')


def _told(path: Path, element: etree._Element, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.STYLESHEET_REFUSED, Location(str(path), line_of(element)), message, hint)


def _without_namespace(pattern: str) -> str | None:
    """The first element of a pattern that it names without a prefix."""
    steps = (part.rpartition("/")[2].strip() for part in re.sub(r"\[[^]]*\]", "", pattern).split("|"))
    return next((step for step in steps if re.fullmatch(r"[^\W\d][\w.-]*", step)), None)


def _default_namespace(element: etree._Element) -> str | None:
    around = (element, *element.iterancestors())
    said = (one.get(_DEFAULT if one.tag.startswith(_XSL) else f"{_XSL}{_DEFAULT}") for one in around)
    return next((namespace for namespace in said if namespace is not None), None)


def _unknown_to_browsers(template: etree._Element) -> etree._Element | None:
    made = (one for one in template.iterdescendants(etree.Element) if not one.tag.startswith("{"))
    return next((one for one in made if not any(a.tag in _HOLDS_VALUES for a in one.iterancestors())), None)
