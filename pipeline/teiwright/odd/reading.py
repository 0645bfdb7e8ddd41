"""Pure ODD, as XML, to values (TEI Guidelines, chapter 23)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, TypeVar

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.odd.specification import (
    ONCE,
    SCHEMATRON_NAMESPACE,
    TEI_NAMESPACE,
    Alternate,
    Attribute,
    ClassRef,
    ClassSpec,
    Content,
    DataRef,
    Datatype,
    ElementRef,
    ElementSpec,
    Empty,
    Macro,
    MacroRef,
    Occurs,
    Odd,
    Rule,
    Sequence,
    TextNode,
    Values,
)

_TEI = f"{{{TEI_NAMESPACE}}}"
_SCH = f"{{{SCHEMATRON_NAMESPACE}}}"
_READ_ELSEWHERE = frozenset({"equiv", "altIdent", "remarks", "exemplum", "listRef", "desc", "gloss"})
_SPECIFICATIONS = frozenset({"elementSpec", "classSpec", "macroSpec", "dataSpec", "constraintSpec"})
_Spec = TypeVar("_Spec", ElementSpec, ClassSpec, Macro, Datatype)


def refuse(path: str, line: int, message: str, hint: str | None = None) -> NoReturn:
    """Stop: an ODD that is misunderstood would make a law that nobody wrote."""
    raise TeiwrightError(Diagnostic(Code.BROKEN_ODD, Location(path, line), message, hint))


def read_odd(path: Path) -> Odd:
    """The specifications of a self-contained ODD."""
    return _Reader(str(path)).odd(_root(path))


def _root(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        return etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        finding = Diagnostic(Code.NOT_FOUND, Location(str(path)), f"no such ODD: {error.strerror}")
        raise TeiwrightError(finding) from error
    except etree.XMLSyntaxError as error:
        refuse(str(path), error.lineno or 0, f"the ODD is no well-formed XML: {error.msg}")


def _words(element: etree._Element, name: str) -> str:
    child = element.find(_TEI + name)
    return "" if child is None else " ".join("".join(map(str, child.itertext())).split())


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


class _Reader:
    """Reads one ODD; holds its path, for what it has to refuse."""

    def __init__(self, path: str) -> None:
        self._path = path

    def odd(self, root: etree._Element) -> Odd:
        schemas = list(root.iter(f"{_TEI}schemaSpec"))
        if len(schemas) != 1:
            refuse(self._path, 0, f"{len(schemas)} elements `schemaSpec`, expected one")
        schema = schemas[0]
        specs = list(self._specifications(schema))
        return Odd(
            path=self._path,
            ident=self._required(schema, "ident"),
            namespace=schema.get("ns", TEI_NAMESPACE),
            start=tuple(schema.get("start", "TEI").split()),
            elements=self._named(specs, "elementSpec", self._element),
            classes=self._named(specs, "classSpec", self._class),
            macros=self._named(specs, "macroSpec", self._macro),
            datatypes=self._named(specs, "dataSpec", self._datatype),
            rules=tuple(self._rule(c) for c in schema.iter(f"{_TEI}constraintSpec")),
        )

    def _refuse(self, element: etree._Element, message: str, hint: str | None = None) -> NoReturn:
        refuse(self._path, _line(element), message, hint)

    def _required(self, element: etree._Element, name: str) -> str:
        value = element.get(name)
        if not value:
            self._refuse(element, f"`{_local(element)}` has no @{name}")
        return value

    def _specifications(self, parent: etree._Element) -> Iterator[etree._Element]:
        for child in _children(parent):
            name = _local(child)
            if name == "specGrp":
                yield from self._specifications(child)
            elif name in _SPECIFICATIONS:
                if child.get("mode", "add") != "add":
                    self._refuse(child, f"`{name}` with @mode, but there is nothing to change", "write it out in full")
                yield child
            elif name not in _READ_ELSEWHERE:
                self._refuse(child, f"`{name}` refers to specifications elsewhere", "write them out in this ODD")

    def _named(
        self, specs: list[etree._Element], name: str, read: Callable[[etree._Element], _Spec]
    ) -> dict[str, _Spec]:
        found: dict[str, _Spec] = {}
        for element in specs:
            if _local(element) == name:
                ident = self._required(element, "ident")
                if ident in found:
                    self._refuse(element, f"`{ident}` is specified twice", "keep one content model per name")
                found[ident] = read(element)
        return found

    # -- the kinds of specification

    def _element(self, element: etree._Element) -> ElementSpec:
        return ElementSpec(
            ident=self._required(element, "ident"),
            gloss=_words(element, "gloss"),
            desc=_words(element, "desc"),
            classes=self._classes(element),
            content=self._content_of(element),
            attributes=self._attributes(element),
            line=_line(element),
            instead_of=tuple(self._required(e, "name") for e in element.iterfind(f"{_TEI}equiv")),
        )

    def _class(self, element: etree._Element) -> ClassSpec:
        kind = self._required(element, "type")
        if kind not in {"atts", "model"}:
            self._refuse(element, f"a class of type `{kind}`, expected `atts` or `model`")
        ident = self._required(element, "ident")
        return ClassSpec(ident, kind, self._classes(element), self._attributes(element), _line(element))

    def _macro(self, element: etree._Element) -> Macro:
        return Macro(self._required(element, "ident"), self._content_of(element), _line(element))

    def _datatype(self, element: etree._Element) -> Datatype:
        choices: list[DataRef] = []
        for part in self._content_of(element):
            for choice in part.parts if isinstance(part, Alternate) else (part,):
                if not isinstance(choice, DataRef) or choice.name is None:
                    self._refuse(element, "a datatype is made of datatypes of XML Schema (`dataRef/@name`)")
                choices.append(choice)
        return Datatype(self._required(element, "ident"), _words(element, "desc"), tuple(choices))

    def _classes(self, element: etree._Element) -> tuple[str, ...]:
        members = element.iterfind(f"{_TEI}classes/{_TEI}memberOf")
        return tuple(self._required(member, "key") for member in members)

    def _rule(self, element: etree._Element) -> Rule:
        ident = self._required(element, "ident")
        if element.get("scheme") != "schematron":
            self._refuse(element, f"the rule `{ident}` is not in Schematron")
        found = [part for part in element.iterfind(f"{_TEI}constraint/*") if isinstance(part.tag, str)]
        if not found or any(not part.tag.startswith(_SCH) for part in found):
            self._refuse(element, f"the rule `{ident}` holds something else than Schematron")
        xml = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in found)
        return Rule(ident, _words(element, "desc"), xml)

    # -- attributes

    def _attributes(self, element: etree._Element) -> tuple[Attribute, ...]:
        listed = element.find(f"{_TEI}attList")
        if listed is None:
            return ()
        for child in _children(listed):
            if _local(child) != "attDef":
                self._refuse(child, f"`{_local(child)}` in a list of attributes, expected `attDef`")
        return tuple(self._attribute(child) for child in _children(listed))

    def _attribute(self, element: etree._Element) -> Attribute:
        ident = self._required(element, "ident")
        datatype, listed = element.find(f"{_TEI}datatype"), element.find(f"{_TEI}valList")
        value: DataRef | Values | None = None
        if listed is not None and listed.get("type") == "closed":
            value = self._values(listed)
        elif datatype is not None and (ref := datatype.find(f"{_TEI}dataRef")) is not None:
            value = self._data(ref)
        many = datatype is not None and datatype.get("maxOccurs", "1") != "1"
        return Attribute(ident, _words(element, "desc"), element.get("usage") == "req", value, many)

    def _values(self, element: etree._Element) -> Values:
        items = [(self._required(item, "ident"), _words(item, "desc")) for item in element.iterfind(f"{_TEI}valItem")]
        if not items:
            self._refuse(element, "a closed list without values")
        return Values(tuple(items))

    def _data(self, element: etree._Element) -> DataRef:
        key, name = element.get("key"), element.get("name")
        if (key is None) == (name is None):
            self._refuse(element, "`dataRef` needs either @key or @name")
        return DataRef(key, name, element.get("restriction"))

    # -- content models

    def _content_of(self, element: etree._Element) -> tuple[Content, ...]:
        content = element.find(f"{_TEI}content")
        return () if content is None else tuple(self._content(child) for child in _children(content))

    def _content(self, element: etree._Element) -> Content:
        match _local(element):
            case "textNode":
                return TextNode()
            case "empty":
                return Empty()
            case "valList":
                return self._values(element)
            case "dataRef":
                return self._data(element)
            case "macroRef":
                return MacroRef(self._required(element, "key"))
            case "elementRef":
                return ElementRef(self._required(element, "key"), self._occurs(element))
            case "classRef":
                self._plain_class(element)
                return ClassRef(self._required(element, "key"), self._occurs(element))
            case "sequence":
                self._ordered(element)
                return Sequence(tuple(map(self._content, _children(element))), self._occurs(element))
            case "alternate":
                return Alternate(tuple(map(self._content, _children(element))), self._occurs(element))
            case other:
                return self._refuse(element, f"`{other}` in a content model is not known to this processor")

    def _plain_class(self, element: etree._Element) -> None:
        for name in ("expand", "include", "except"):
            if element.get(name):
                self._refuse(element, f"`classRef` with @{name}", "write the elements out")

    def _ordered(self, element: etree._Element) -> None:
        if element.get("preserveOrder") == "false":
            self._refuse(element, "a sequence in any order cannot be said exactly in XSD", "write an `alternate`")

    def _occurs(self, element: etree._Element) -> Occurs:
        least, most = element.get("minOccurs", "1"), element.get("maxOccurs", "1")
        if least not in {"0", "1"} or most not in {"1", "unbounded"}:
            self._refuse(element, f"from {least} to {most} times, expected 0 or 1 to 1 or unbounded", "write it out")
        occurs = Occurs(int(least), 1 if most == "1" else None)
        return ONCE if occurs.once else occurs
