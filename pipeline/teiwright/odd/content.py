"""Content models and datatypes in Pure ODD (TD, section "Content Models") and in RELAX NG."""

from __future__ import annotations

from typing import NoReturn

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.documents import Document, children, local, rebuilt
from teiwright.odd.prose import prose
from teiwright.odd.specification import (
    EXAMPLES_NAMESPACE,
    ONCE,
    RELAXNG_NAMESPACE,
    TEI_NAMESPACE,
    Alternate,
    AnyElement,
    ClassRef,
    Content,
    DataRef,
    Datatype,
    ElementRef,
    Empty,
    Item,
    MacroRef,
    Occurs,
    RelaxNg,
    Sequence,
    TextNode,
    Values,
)

_TEI = f"{{{TEI_NAMESPACE}}}"
_EXPANSIONS = frozenset(
    {"alternate", "sequence", "sequenceOptional", "sequenceOptionalRepeatable", "sequenceRepeatable"}
)
_LIST_KINDS = frozenset({"open", "semi", "closed"})
MODES = frozenset({"add", "delete", "change", "replace"})
_MOST_REPEATS = 500
"""What is written out of a ``maxOccurs``; more would only make a schema that no validator can hold."""


class ContentReader:
    """Reads the content models of one document."""

    def __init__(self, document: Document, default_exceptions: str, language: str) -> None:
        self._document = document
        self._default_exceptions = default_exceptions
        self._language = language

    def refuse(self, element: etree._Element, message: str, hint: str | None = None) -> NoReturn:
        """Stop at an element."""
        self._document.origin(element).refuse(Code.BROKEN_ODD, message, hint)

    def required(self, element: etree._Element, name: str) -> str:
        """An attribute that must be there."""
        value = element.get(name)
        if not value:
            self.refuse(element, f"`{local(element)}` has no @{name}")
        return value

    def content(self, element: etree._Element) -> tuple[Content, ...] | None:
        """What the ``content`` of a specification says; ``None`` if it has none."""
        content = element.find(f"{_TEI}content")
        return None if content is None else tuple(self._part(child) for child in children(content))

    def _part(self, element: etree._Element) -> Content:  # noqa: PLR0912 (one branch for each kind)
        if etree.QName(element).namespace == RELAXNG_NAMESPACE:
            xml = etree.tostring(rebuilt(element, RELAXNG_NAMESPACE), encoding="unicode")
            return RelaxNg(xml, self._document.origin(element))
        match local(element):
            case "textNode":
                return TextNode()
            case "empty":
                return Empty()
            case "valList":
                return self.values(element)
            case "dataRef":
                return self.data(element)
            case "macroRef":
                return MacroRef(self.required(element, "key"), self._document.origin(element))
            case "elementRef":
                key = self.required(element, "key")
                return ElementRef(key, self.occurs(element), self._document.origin(element))
            case "classRef":
                return self._class(element)
            case "anyElement":
                return self._any(element)
            case "sequence":
                ordered = element.get("preserveOrder", "true") in {"true", "1"}
                return Sequence(tuple(map(self._part, children(element))), self.occurs(element), ordered)
            case "interleave":
                return Sequence(tuple(map(self._part, children(element))), self.occurs(element), ordered=False)
            case "alternate":
                return Alternate(tuple(map(self._part, children(element))), self.occurs(element))
            case other:
                message = f"`{other}` in a content model is not known to this processor"
                return self.refuse(element, message, "use what chapter TD of the Guidelines has in content models")

    def _class(self, element: etree._Element) -> ClassRef:
        expand = element.get("expand", "alternate")
        if expand not in _EXPANSIONS:
            self.refuse(element, f"@expand is `{expand}`", f"use one of {', '.join(sorted(_EXPANSIONS))}")
        return ClassRef(
            self.required(element, "key"),
            self.occurs(element),
            expand,
            tuple(element.get("include", "").split()),
            tuple(element.get("except", "").split()),
            self._document.origin(element),
        )

    def _any(self, element: etree._Element) -> AnyElement:
        require = tuple(element.get("require", "").split())
        exclude = element.get("except", self._default_exceptions)
        return AnyElement(require, tuple(self._name(element, word) for word in exclude.split()), self.occurs(element))

    def _name(self, element: etree._Element, word: str) -> tuple[str, str | None]:
        """A namespace, or one name with its prefix (TD, `anyElement/@except`)."""
        prefix, colon, name = word.partition(":")
        if prefix in element.nsmap and colon and name:
            return element.nsmap[prefix], name
        if prefix == "teix" and name:
            return EXAMPLES_NAMESPACE, name
        return word, None

    def occurs(self, element: etree._Element) -> Occurs:
        """``@minOccurs`` and ``@maxOccurs``."""
        least, most = element.get("minOccurs", "1"), element.get("maxOccurs", "1")
        if not least.isdecimal() or not (most.isdecimal() or most == "unbounded"):
            self.refuse(element, f"from `{least}` to `{most}` times", "write numbers, or `unbounded`")
        lower, upper = int(least), None if most == "unbounded" else int(most)
        if upper is not None and upper < lower:
            self.refuse(element, f"from {least} to {most} times", "@maxOccurs must not be less than @minOccurs")
        if max(lower, upper or 0) > _MOST_REPEATS:
            self.refuse(element, f"from {least} to {most} times", f"no more than {_MOST_REPEATS} can be written out")
        occurs = Occurs(lower, upper)
        return ONCE if occurs.once else occurs

    # -- values

    def values(self, element: etree._Element) -> Values:
        """A ``valList``."""
        mode, kind = element.get("mode", "add"), element.get("type")
        if kind is not None and kind not in _LIST_KINDS:
            self.refuse(element, f"a list of type `{kind}`", "use `open`, `semi` or `closed`")
        if kind is None and mode in {"add", "replace"} and local_parent(element) != "attDef":
            kind = "closed"
        items = tuple(
            Item(self._value(item), prose(item, "desc", self._language) or "", self.mode(item))
            for item in element.iterfind(f"{_TEI}valItem")
        )
        return Values(items, kind, self.mode(element))

    def _value(self, item: etree._Element) -> str:
        """``valItem/@ident``, which may be empty: so may values."""
        ident = item.get("ident")
        return self.required(item, "ident") if ident is None else ident

    def mode(self, element: etree._Element) -> str:
        """``@mode``."""
        mode = element.get("mode", "add")
        if mode not in MODES:
            self.refuse(element, f"@mode is `{mode}`", "use `add`, `delete`, `change` or `replace`")
        return mode

    def data(self, element: etree._Element) -> DataRef:
        """A ``dataRef``."""
        key, name = element.get("key"), element.get("name")
        if element.get("ref"):
            self.refuse(element, "`dataRef/@ref` points to a datatype on the web", "use @name or @key")
        if (key is None) == (name is None):
            self.refuse(element, "`dataRef` needs either @key or @name")
        facets = tuple(
            (self.required(facet, "name"), facet.get("value", "")) for facet in element.iterfind(f"{_TEI}dataFacet")
        )
        return DataRef(key, name, element.get("restriction"), facets, self._document.origin(element))

    def datatype(self, element: etree._Element) -> Datatype | None:
        """The ``datatype`` of an attribute."""
        datatype = element.find(f"{_TEI}datatype")
        if datatype is None:
            return None
        return Datatype(tuple(self._part(child) for child in children(datatype)), self.occurs(datatype))


def local_parent(element: etree._Element) -> str:
    """The name of the element around."""
    parent = element.getparent()
    return "" if parent is None else local(parent)
