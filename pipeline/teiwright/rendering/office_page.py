"""The page of an e-book's text as pandoc should read it for a word processor."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from teiwright.rendering.office_styles import ADDED, style_of

_HTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_STYLE = "data-custom-style"


def office_page(chapter: etree._Element) -> tuple[bytes, tuple[str, ...]]:
    """The page, and the marks of its notes in the order of the text."""
    page = deepcopy(chapter)
    for title in page.findall(f"{_HTML}head/{_HTML}title"):
        title.text = ""
    for kind, plain in (("figure", "div"), ("figcaption", "p")):  # pandoc puts a caption behind its picture
        for element in [*page.iter(f"{_HTML}{kind}")]:
            element.tag = f"{_HTML}{plain}"
    for example in [*page.iter(f"{_HTML}code")]:  # pandoc has no styles within code
        example.tag = f"{_HTML}span"
    _bring_out_inner_notes(page)
    _label_lists(page)
    for element in [*page.iter(f"{_HTML}*")]:
        if element.get("role") == "doc-backlink":
            _remove(element)
        elif "data-made" in element.attrib:
            _mark_added(element)
    for note in page.iter(f"{_HTML}aside"):
        _open_text(note)
    for paragraph in [*page.iter(f"{_HTML}p")]:
        if style := style_of(paragraph.get("class", "")):
            _give_style(paragraph, style)
    calls = [a for a in page.iter(f"{_HTML}a") if a.get(_TYPE) == "noteref"]
    marks = tuple(call.text or "" for call in calls)
    for call in calls:
        call.text = ""
    return etree.tostring(page, encoding="utf-8"), marks


def _give_style(paragraph: etree._Element, style: str) -> None:
    """Pandoc gives the style of a division to the paragraphs in it."""
    around = etree.Element(f"{_HTML}div", {_STYLE: style})
    paragraph.addprevious(around)
    around.tail, paragraph.tail = paragraph.tail, None
    around.append(paragraph)


def _bring_out_inner_notes(page: etree._Element) -> None:
    """Footnotes of word processors hold no footnotes: a note within a note is called behind the outer one.

    So the order of the notes stays that of the text.
    """
    calls = {a.get("href", "")[1:]: a for a in page.iter(f"{_HTML}a") if a.get(_TYPE) == "noteref"}
    for note in reversed([*page.iter(f"{_HTML}aside")]):
        outer = calls.get(note.get("id", ""))
        inner = [a for a in note.iter(f"{_HTML}a") if a.get(_TYPE) == "noteref"]
        for call in reversed(inner):
            if outer is not None:
                _leave_mark(call)
                _insert_behind(outer, call)


def _leave_mark(call: etree._Element) -> None:
    """Where an inner note was called its mark stays, as something added."""
    parent = call.getparent()
    if parent is None:
        return
    mark = etree.Element(f"{_HTML}span", {"data-made": ""})
    mark.text, mark.tail = f"[{call.text}]", call.tail
    call.tail = None
    parent.replace(call, mark)


def _insert_behind(outer: etree._Element, call: etree._Element) -> None:
    call.tail, outer.tail = outer.tail, None
    outer.addnext(call)


def _open_text(note: etree._Element) -> None:
    """The paragraphs of a note without what is around them, so that the first stands in the line of the mark."""
    for around in note.findall(f"{_HTML}div"):
        if not (around.text or "").strip():
            for block in [*around]:
                around.addprevious(block)
            note.remove(around)


def _label_lists(page: etree._Element) -> None:
    """Lists whose labels were printed are paragraphs that begin with them, so that nothing numbers them again."""
    for listed in [*page.iter(f"{_HTML}ul")]:
        if "labelled" not in (listed.get("class") or "").split():
            continue
        listed.tag = f"{_HTML}div"
        for item in listed.findall(f"{_HTML}li"):
            item.tag = f"{_HTML}div"
            held = item.find(f"{_HTML}div")
            if held is not None:
                _join(item, held)


def _join(item: etree._Element, held: etree._Element) -> None:
    """The label in the line of the words that follow it."""
    if not any(child.tag in {f"{_HTML}{n}" for n in ("p", "div", "ul", "blockquote")} for child in held):
        held.tag = f"{_HTML}span"
        item.tag = f"{_HTML}p"
    elif held[0].tag == f"{_HTML}p" and not (held.text or "").strip():
        first = held[0]
        label = item[0]
        label.tail = " " + (first.text or "")
        first.text = None
        first.insert(0, label)


def _mark_added(element: etree._Element) -> None:
    """Give a style to all text in an element, except the marks of notes."""
    del element.attrib["data-made"]
    if element.tag == f"{_HTML}sup":
        element.tag = f"{_HTML}span"
    for one in [*element.iter(f"{_HTML}*")]:
        if one.get(_TYPE) == "noteref":
            continue
        for child in [*one]:
            words, child.tail = _spoken(child.tail), None
            if words:
                child.addnext(_added(words))
        words, one.text = _spoken(one.text), None
        if words:
            one.insert(0, _added(words))


def _spoken(text: str | None) -> str:
    return (text or "").replace("\u2060", "")


def _added(words: str) -> etree._Element:
    span = etree.Element(f"{_HTML}span", {_STYLE: ADDED})
    span.text = words
    return span


def _remove(element: etree._Element) -> None:
    """An element and, if it was alone in it, the paragraph around it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
        outer = parent.getparent()
        if outer is not None and len(parent) == 0 and not (parent.text or "").strip():
            outer.remove(parent)
