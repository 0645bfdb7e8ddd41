"""Glosses, descriptions and remarks: plain words, in one language, names of elements and attributes in backticks."""

from __future__ import annotations

from lxml import etree

from teiwright.odd.documents import children, local
from teiwright.odd.specification import TEI_NAMESPACE

_TEI = f"{{{TEI_NAMESPACE}}}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CODE = {
    "gi": "`{}`",
    "att": "`@{}`",
    "val": "`{}`",
    "code": "`{}`",
    "ident": "`{}`",
    "tag": "`{}`",
    "q": "‘{}’",
    "soCalled": "‘{}’",
    "mentioned": "‘{}’",
}


def prose(element: etree._Element, name: str, language: str) -> str | None:
    """The child ``name`` in a language; else in none, in English, or the first. ``None`` if there is none."""
    found = element.findall(_TEI + name)
    if not found:
        return None
    by_language = {child.get(_LANGUAGE, ""): child for child in reversed(found)}
    chosen = by_language.get(language, by_language.get("", by_language.get("en", found[0])))
    return words(chosen)


def words(element: etree._Element) -> str:
    """Its text in one line."""
    return " ".join(_text(element).split())


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_marked(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _marked(element: etree._Element) -> str:
    text = " ".join(_text(element).split())
    if local(element) in {"ptr", "egXML", "eg"} or not text:
        return " "
    if local(element) in {"p", "item", "list", "note", "label"}:
        return f" {text} "
    form = _CODE.get(local(element), "{}")
    return form.format(text.replace("`", "") if "`" in form else text) if not list(children(element)) else text
