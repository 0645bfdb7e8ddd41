"""What a header says, as facts with a label, in the order in which all views show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, groupby
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from teiwright.rendering.tei import TEI, XML_ID, children, day_written, plain, safe_address, stated

Group = Literal["Document", "Source", "Edition", "How it was encoded", "Changes"]
_OURS = "urn:x-teiwright:edition"
CITE_AS = "Cite as"
_ORDER: tuple[Group, ...] = ("Document", "Source", "Edition", "How it was encoded", "Changes")


class Fact(NamedTuple):
    """One fact. ``href`` leads to more of it."""

    group: Group
    label: str
    words: str
    href: str = ""


def facts_of(header: etree._Element) -> list[Fact]:
    """All facts of the header of a prepared edition, those of a group together."""
    found: list[Fact] = []
    _collect(header, "teiHeader", found)
    return sorted(found, key=lambda fact: _ORDER.index(fact.group))


def as_elements(facts: Iterable[Fact]) -> list[etree._Element]:
    """As stylesheets have them: ``t:facts`` of a group, ``t:said`` of a label, ``t:fact``."""
    made = [f'<t:all xmlns:t="{_OURS}">']
    for group, of_group in groupby(facts, lambda fact: fact.group):
        made.append(f'<t:facts group="{group}">')
        for label, alike in groupby(of_group, lambda fact: fact.label):
            named = quoteattr(label)
            made.append(f"<t:said label={named}>")
            for fact in alike:
                href = f" href={quoteattr(fact.href)}" if fact.href else ""
                made.append(f'<t:fact group="{group}" label={named}{href}>{escape(fact.words)}</t:fact>')
            made.append("</t:said>")
        made.append("</t:facts>")
    made.append("</t:all>")
    return [*etree.fromstring("".join(made), _PARSER)]  # much faster than element by element


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def document_title(root: etree._Element) -> str:
    """The title that the header calls the main one, else its first, else the document's heading, else its id."""
    titles = [one for one in stated(root)[_TITLES] if one.tag == _TITLE]
    main = (title for title in titles if title.get("type") == "main")
    heads = (head for head in root.iter(*_HEADS) if head.get(_LEVEL) == "1")
    found = (words for title in chain(main, titles, heads) if (words := plain(title)))
    return next(found, "") or root.get(XML_ID) or "Untitled"


_HEADS = (f"{TEI}head", f"{TEI}titlePart")
_LEVEL, _TITLE_OF_DOCUMENT = "{urn:x-teiwright:edition}level", "{urn:x-teiwright:edition}title"
_TITLES, _PUBLISHING, _TITLE, _AUTHOR, _PUBLISHER, _DATE, _IDNO, _NOTE, _RESP, _LABEL, _DESC, _P, _LICENCE = (
    f"{TEI}{name}"
    for name in (
        *("titleStmt", "publicationStmt", "title", "author", "publisher", "date", "idno", "note"),
        *("resp", "label", "desc", "p", "licence"),
    )
)


def _collect(around: etree._Element, known_as: str, found: list[Fact]) -> None:
    """What the elements in a part of the header say; of one that says nothing by itself, what stands in it does."""
    for element in around:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        name = _local(tag)
        rule = _rule(known_as, name)
        if rule is not None:
            if (fact := rule(element)).words:
                found.append(fact)
        elif name == "sourceDesc":
            found += _sources(element)
        elif len(element):
            _collect(element, name, found)
    if known_as == "fileDesc":
        found.append(Fact("Edition", CITE_AS, _cited(around)))


@lru_cache(maxsize=1024)
def _rule(around: str, name: str) -> Callable[[etree._Element], Fact] | None:
    return _RULES.get((around, name)) or _RULES.get(("", name)) or _RULES.get((around, ""))


def _said(group: Group, words: Callable[[etree._Element], str], label: str = "") -> Callable[[etree._Element], Fact]:
    return lambda element: Fact(group, label or _label(element), words(element))


def _title(element: etree._Element) -> Fact:
    return Fact("Document", "Subtitle" if element.get("type") == "sub" else "Title", plain(element))


def _language(element: etree._Element) -> str:
    """Nothing if the header says that nobody said it (``und``)."""
    tag = element.get("ident", "")
    return "" if tag == "und" else plain(element) or tag


def _licence(element: etree._Element) -> Fact:
    """An ``availability`` says what its ``licence`` says, if it has one."""
    licence = next(iter(children(element, _LICENCE)), element)
    target = licence.get("target", "")
    return Fact("Edition", "Licence", plain(licence) or target, safe_address(target))


def _change(element: etree._Element) -> Fact:
    return Fact("Changes", date_words(element) or "Change", plain(element))


def _sources(element: etree._Element) -> Iterator[Fact]:
    """The outermost descriptions of what the edition was made from."""
    around = _name(element)
    for child in element:
        if not isinstance(tag := child.tag, str):
            continue
        name = _local(tag)
        if name in _SOURCES or (around, name) in {("sourceDesc", "p"), ("msContents", "summary")}:
            if words := listed(child):
                yield Fact("Source", "Source" if name == "p" else _label(child), words)
        else:
            yield from _sources(child)


_SOURCES = frozenset({"bibl", "biblStruct", "msIdentifier", "msItem", "physDesc", "history"})


def _responsible(element: etree._Element) -> str:
    said = [plain(one) for one in children(element, _RESP)]
    who = (plain(one) for one in element if isinstance(one.tag, str) and one.tag != _RESP)
    return ": ".join(filter(None, (*said, ", ".join(who))))


def _identifier(element: etree._Element) -> str:
    kind = element.get("type", "local")
    words = plain(element)
    return words and (words if kind == "local" else f"{kind}: {words}")


def _program(element: etree._Element) -> str:
    labels = map(plain, children(element, _LABEL))
    name = next(filter(None, (*labels, element.get("ident", ""))), "")
    version = f" {element.get('version')}" if "version" in element.attrib else ""
    about = (plain(one) for one in element if one.tag in (_DESC, _P))
    return "; ".join((name + version, *about))


def _paragraphs(element: etree._Element) -> str:
    paragraphs = children(element, _P)
    return " ".join(map(plain, paragraphs)) if paragraphs else plain(element)


def _cited(description: etree._Element) -> str:
    """How to cite the edition, of what the header says and nothing else."""
    root = description.getroottree().getroot()
    said = stated(root)
    sub = (plain(one) for one in said[_TITLES] if one.tag == _TITLE and one.get("type") == "sub")
    authors = (plain(one) for one in said[_TITLES] if one.tag == _AUTHOR)
    title = (root.get(_TITLE_OF_DOCUMENT), _first(sub))
    written = day_written(root)
    published = (plain(one) for one in said[_PUBLISHING] if one.tag == _PUBLISHER)
    days = (date_words(one) for one in said[_PUBLISHING] if one.tag == _DATE)
    parts = (
        ", ".join(filter(None, authors)),
        f"“{', '.join(filter(None, title))}”",
        "" if written is None else date_words(written),
        ", ".join(filter(None, (_first(published), _first(days)))),
    )
    return f"{'. '.join(filter(None, parts))}."


def _first(words: Iterable[str]) -> str:
    return next(filter(None, words), "")


def listed(element: etree._Element) -> str:
    """The words of an element whose parts are facts of their own: with commas if nothing else stands between."""
    within = [(child, tag) for child in element if isinstance(tag := child.tag, str)]
    if not within or _has_words_between(element):
        return plain(element)
    parts = ", ".join(filter(None, (_part(child, tag) for child, tag in within if tag != _NOTE)))
    return ". ".join(filter(None, (parts, *(plain(child) for child, tag in within if tag == _NOTE))))


def _has_words_between(element: etree._Element) -> bool:
    texts = (element.text, *(child.tail for child in element))
    return any(text and not text.isspace() for text in texts)


def _part(element: etree._Element, tag: str) -> str:
    if tag == _DATE:
        return date_words(element)
    if tag == _IDNO and element.get("type") == "sha256":
        return f"SHA-256 {plain(element)}"
    return listed(element)


def date_words(date: etree._Element) -> str:
    """The words of a date; if it has none, its values."""
    if date.tag == _DATE and (words := plain(date)):
        return words
    values = (date.get(name) for name in ("when", "from", "to"))
    limits = (f"not {word} {date.get(name)}" for word, name in _LIMITS if name in date.attrib)
    return "–".join(filter(None, values)) or ", ".join(limits)


_LIMITS = (("before", "notBefore"), ("after", "notAfter"))


def _label(element: etree._Element) -> str:
    """The plain English name of what a header element holds."""
    name = _name(element)
    kind = element.get("type") if name in {"bibl", "correspAction"} else None
    return _LABELS.get(f"{name}-{kind}") or _LABELS.get(name) or name[:1].upper() + name[1:]


def _name(element: etree._Element) -> str:
    return _local(str(element.tag))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


_LABELS = {
    **{"bibl-printed": "Printed in", "bibl-text": "Text received", "bibl": "Source"},
    **{"msIdentifier": "Original kept in", "physDesc": "Form", "history": "History", "summary": "Contents"},
    **{"msItem": "Contents"},
    **{"correspAction-sent": "Sent by", "correspAction-received": "Received by"},
    **{"creation": "Written", "abstract": "Abstract", "correction": "Corrections"},
    **{"hyphenation": "Word division", "interpretation": "Interpretation", "normalization": "Normalization"},
    **{"quotation": "Quotation marks", "punctuation": "Punctuation", "segmentation": "Structure"},
    **{"stdVals": "Values", "projectDesc": "Project", "refsDecl": "References", "taxonomy": "Classification"},
    **{"p": "Rules", "editionStmt": "Edition", "seriesStmt": "Series", "extent": "Extent", "note": "Note"},
}

_RULES: Mapping[tuple[str, str], Callable[[etree._Element], Fact]] = {
    ("titleStmt", "title"): _title,
    ("titleStmt", "author"): _said("Document", plain, "Author"),
    ("titleStmt", "editor"): _said("Document", plain, "Editor"),
    ("", "respStmt"): _said("Edition", _responsible, "Responsible"),
    ("publicationStmt", "publisher"): _said("Edition", plain, "Published by"),
    ("publicationStmt", "distributor"): _said("Edition", plain, "Published by"),
    ("publicationStmt", "authority"): _said("Edition", plain, "Published by"),
    ("publicationStmt", "date"): _said("Edition", date_words, "Published"),
    ("publicationStmt", "idno"): _said("Edition", _identifier, "Identifier"),
    ("", "availability"): _licence,
    ("", "editionStmt"): _said("Edition", plain),
    ("", "extent"): _said("Edition", plain),
    ("", "seriesStmt"): _said("Edition", plain),
    ("notesStmt", "note"): _said("Edition", plain),
    ("", "correspAction"): _said("Document", listed),
    ("profileDesc", "creation"): _said("Document", listed),
    ("profileDesc", "abstract"): _said("Document", listed),
    ("langUsage", "language"): _said("Document", _language, "Language"),
    ("keywords", "term"): _said("Document", plain, "Keyword"),
    ("list", "item"): _said("Document", plain, "Keyword"),
    ("", "projectDesc"): _said("How it was encoded", _paragraphs),
    ("", "samplingDecl"): _said("How it was encoded", _paragraphs),
    ("", "refsDecl"): _said("How it was encoded", _paragraphs),
    ("editorialDecl", ""): _said("How it was encoded", _paragraphs),
    ("classDecl", "taxonomy"): _said("How it was encoded", _paragraphs),
    ("appInfo", "application"): _said("How it was encoded", _program, "Program"),
    ("", "change"): _change,
}
"""By the element around and its name; one of them empty where it does not matter."""
