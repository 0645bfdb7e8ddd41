"""Reading a TEI file that may come from a stranger: no entities, no network, limits on size and depth."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import cast

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Edition

LARGEST = 128 * 1024 * 1024
"""Bytes; several times the largest TEI files in common use."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PROLOG = re.compile(r"(?:\ufeff|\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_CROWDED = etree.XPath("//*[@*[2001]]")
_EXTERNAL = r"""(?:\s+(?:SYSTEM|PUBLIC)(?:\s+(?:"[^"]*"|'[^']*'))+)"""
_DOCTYPE = re.compile(rf"<!DOCTYPE\s+[^\s\[>]+(?P<external>{_EXTERNAL})?\s*(?P<end>[\[>])")
_DECLARATION = re.compile(r"<!ENTITY|%[\w:]")
_NO_MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[\w:][\w:.-]*;")
_PLACE = re.compile(r", line \d+, column \d+.*$", re.DOTALL)
_OPTION = re.compile(r", use XML_PARSE_HUGE option")
"""Advice of libxml2 to whoever calls it."""
_LIMITS = ("ERR_ENTITY_LOOP", "ERR_RESOURCE_LIMIT", "ERR_ENTITY_BOUNDARY", "ERR_ENTITY_PROCESSING")
_LIMIT_WORDS = ("Excessive depth", "huge", "Huge", "amplification")
_IN_OUR_WORDS = (
    (
        r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
        r"`</\3>` stands where `<\1>` of line \2 was to be closed",
    ),
    (r"Premature end of data in tag (\S+) line (\d+)", r"the file ends before `<\1>` of line \2 is closed"),
    (r"Start tag expected, '<' not found", "there is text where the first element was expected"),
    (r"AttValue: \" or ' expected", "the value of an attribute stands without quotation marks"),
    (r"StartTag: invalid element name", "a `<` begins no tag"),
    (r"XML declaration allowed only at the start.*", "the XML declaration does not stand at the very beginning"),
    (r"Document is empty", "the file is no XML: it begins with something else"),
    (r"xmlParseEntityRef: no name", "an `&` begins no reference"),
    (r"EntityRef: expecting ';'", "an `&` begins a reference that no `;` ends"),
    (r"Entity '(.+)' not defined", r"the entity `&\1;` is not declared"),
    (r"Extra content at the end of the document", "something stands after the end of the root element"),
    (r"Attribute (\S+) redefined", r"the attribute `\1` comes twice"),
    (r"Namespace prefix (\S+) on (\S+) is not defined", r"the prefix of `<\1:\2>` is not declared"),
    (r"PCDATA invalid Char value (\d+)", r"the control character with the number \1 cannot stand in XML"),
    (
        r"Input is not proper UTF-8.*|Invalid bytes in character encoding",
        "a byte is not of the encoding that the file declares",
    ),
)
_HINTS = {
    "ERR_UNDECLARED_ENTITY": "write the character itself, or as a number such as `&#8217;`",
    "ERR_TAG_NAME_MISMATCH": "close the elements in the order in which they were opened, the last one first",
    "ERR_TAG_NOT_FINISHED": "the file may have been cut off: add the missing end tags",
    "ERR_DOCUMENT_END": "keep one root element and remove what stands after its end tag",
    "ERR_DOCUMENT_EMPTY": 'begin with `<TEI xmlns="http://www.tei-c.org/ns/1.0">`',
    "ERR_NAME_REQUIRED": "write `&amp;` for an ampersand and `&lt;` for a less-than sign that are text",
    "ERR_ENTITYREF_SEMICOL_MISSING": "write `&amp;` for an ampersand that is text",
    "ERR_LT_IN_ATTRIBUTE": "write `&lt;` for a less-than sign in an attribute",
    "ERR_ATTRIBUTE_NOT_STARTED": 'write `name="value"`, with the same quotation mark on both sides',
    "ERR_RESERVED_XML_NAME": "remove what stands before `<?xml`, empty lines, too",
    "ERR_ATTRIBUTE_REDEFINED": "remove or rename one of the two attributes",
    "ERR_INVALID_CHAR": "remove the character: XML forbids it",
    "ERR_INVALID_ENCODING": "save the file as UTF-8, or name its encoding in the XML declaration",
    "ERR_UNSUPPORTED_ENCODING": "save the file as UTF-8",
    "NS_ERR_UNDEFINED_NAMESPACE": "declare the prefix with `xmlns:PREFIX=` on the root element",
}
_WHY = "look at who made the file, and why: no edition needs this"
_HINT = "open the file in an XML editor at this place: every tag must be closed and every attribute quoted"


def load(path: Path) -> Edition:
    """Read any TEI document. Raises ``TeiwrightError`` if it is no well-formed XML, or not safe to read.

    A DTD that the document names is not read, and its name is not kept.
    """
    data = _bytes_of(path)
    if not data.strip():
        raise _not_well_formed(path, 0, 0, "the file is empty, where a TEI document was expected", None)
    data = _without_dtd(path, data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _translated(path, error) from error
    tree = root.getroottree()
    _refuse_entities(path, tree)
    _refuse_crowds(path, tree)
    return Edition(path, tree)


def _bytes_of(path: Path) -> bytes:
    where = Location(str(path))
    try:
        with path.open("rb") as file:  # as much as is allowed, because a pipe or a device has no size
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        hint = "look for a typing error in the name, or for the folder in which you are"
        raise TeiwrightError(Diagnostic(Code.NOT_FOUND, where, "there is no such file", hint)) from error
    except OSError as error:
        why, hint = (
            (error.strerror or "unknown").lower(),
            "look at the permissions of the file and its folders",
        )
        if path.is_dir():
            why, hint = "it is a folder", "name the files in it"
        message = f"the file cannot be read: {why}"
        raise TeiwrightError(Diagnostic(Code.NOT_READABLE, where, message, hint)) from error
    if len(data) > LARGEST:
        message = f"the file has more than {LARGEST:,} bytes, which is as much as is read"
        hint = "split the edition into several files"
        raise TeiwrightError(Diagnostic(Code.UNSAFE_XML, where, message, hint))
    return data


def _without_dtd(path: Path, data: bytes) -> bytes:
    """Look into the document type declaration before any parser does, and blank out the DTD that it names."""
    text = data.decode("utf-16" if data.startswith(_UTF_16) else "latin-1", "replace")
    prolog = _PROLOG.match(text)
    doctype = _DOCTYPE.match(text, prolog.end() if prolog else 0)
    if doctype is None:
        return data
    declaration = _DECLARATION.search(text, doctype.end()) if doctype["end"] == "[" else None
    if declaration:
        line = text.count("\n", 0, declaration.start()) + 1
        raise _unsafe(path, line, "the document type declaration declares entities, which are not read")
    _refuse_references(path, text)
    start, end = doctype.span("external")
    if start < 0 or data.startswith(_UTF_16):
        return data
    return data[:start] + re.sub(rb"[^\n]", b" ", data[start:end]) + data[end:]


def _refuse_references(path: Path, text: str) -> None:
    """A reference to an entity of a DTD would leave a hole in the text, or in an attribute."""
    plain = _NO_MARKUP.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    reference = _REFERENCE.search(plain)
    if reference:
        line = text.count("\n", 0, reference.start()) + 1
        raise _unsafe(path, line, f"the entity reference `{reference[0]}` is not resolved, because no DTD is read")


def _refuse_entities(path: Path, tree: etree._ElementTree) -> None:
    """What the look at the bytes cannot see, because they are in another encoding."""
    dtd = tree.docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[attr-defined]  # the stubs lack it
        raise _unsafe(path, 1, "the document type declaration declares entities, which are not read")


def _refuse_crowds(path: Path, tree: etree._ElementTree) -> None:
    """Of attributes: what looks at each of them beside all others would take hours."""
    for element in cast("list[etree._Element]", _CROWDED(tree)):
        line: object = element.sourceline
        where = Location(str(path), line if isinstance(line, int) else 0)
        raise TeiwrightError(Diagnostic(Code.UNSAFE_XML, where, "an element has more than 2,000 attributes", _WHY))


def _unsafe(path: Path, line: int, message: str) -> TeiwrightError:
    hint = "remove the declarations and write the characters themselves in the place of the references"
    return TeiwrightError(Diagnostic(Code.UNSAFE_XML, Location(str(path), line), message, hint))


def _translated(path: Path, error: etree.XMLSyntaxError) -> TeiwrightError:
    """A finding of libxml2 in our words where they differ from its own."""
    # what is told is not always the last thing that went wrong
    entries = [(entry.type_name, entry.message) for entry in error.error_log]  # type: ignore[attr-defined]  # the same
    told = [kind for kind, words in entries if str(error.msg or "").startswith(words)]
    kind = (told or [kind for kind, _ in entries] or [""])[-1]
    line, column = error.position
    message = _PLACE.sub("", error.msg or "it is no XML")
    if kind in _LIMITS or any(word in message for word in _LIMIT_WORDS):
        where = Location(str(path), line, column)
        why = "elements are nested too deeply" if "depth" in message else "it exceeds what is safe to read"
        return TeiwrightError(Diagnostic(Code.UNSAFE_XML, where, f"{why} ({_OPTION.sub('', message)})", _WHY))
    return _not_well_formed(path, line, column, _in_our_words(message), kind)


def _in_our_words(message: str) -> str:
    for theirs, ours in _IN_OUR_WORDS:
        if found := re.match(theirs, message, re.DOTALL):
            return found.expand(ours)
    return message[:1].lower() + message[1:]


def _not_well_formed(path: Path, line: int, column: int, message: str, kind: str | None) -> TeiwrightError:
    hint = _HINTS.get(kind or "ERR_DOCUMENT_EMPTY", _HINT)
    return TeiwrightError(Diagnostic(Code.NOT_WELL_FORMED, Location(str(path), line, column), message, hint))
