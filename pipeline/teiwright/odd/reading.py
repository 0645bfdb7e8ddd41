"""Specifications, as XML, to values (TEI Guidelines, chapter TD, "Documentation Elements")."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.odd.content import ContentReader
from teiwright.odd.documents import Document, Origin, children, local
from teiwright.odd.prose import prose
from teiwright.odd.specification import (
    SCHEMATRON_NAMESPACE,
    TEI_NAMESPACE,
    XML_NAMESPACE,
    Attribute,
    AttributeList,
    AttributeRef,
    ClassSpec,
    DataSpec,
    ElementSpec,
    Example,
    MacroSpec,
    Membership,
    Rule,
    Specification,
)

_TEI = f"{{{TEI_NAMESPACE}}}"
_OLD_SCHEMATRON = "http://www.ascc.net/xml/schematron"
_SCHEMATRON = frozenset({SCHEMATRON_NAMESPACE, _OLD_SCHEMATRON, "http://www.w3.org/1999/XSL/Transform"})
SPECIFICATIONS = frozenset({"elementSpec", "classSpec", "macroSpec", "dataSpec"})
SCHEMES = frozenset({"schematron", "isoschematron"})
_USAGES = frozenset({"req", "mwa", "rec", "opt"})


class Reader:
    """Reads the specifications of one document, the words in one language where there are several."""

    def __init__(
        self, document: Document, language: str = "en", default_exceptions: str = f"{TEI_NAMESPACE} teix:egXML"
    ) -> None:
        self._document = document
        self._language = language
        self._content = ContentReader(document, default_exceptions, language)
        self.uncompiled: list[Origin] = []
        """Rules in languages other than Schematron."""

    def specification(self, element: etree._Element) -> Specification:
        """A specification, whichever it is."""
        match local(element):
            case "elementSpec":
                return self._element(element)
            case "classSpec":
                return self._class(element)
            case "macroSpec":
                return self._macro(element)
            case _:
                return self._datatype(element)

    def _prose(self, element: etree._Element, name: str) -> str | None:
        return prose(element, name, self._language)

    def _name(self, element: etree._Element) -> str | None:
        name = element.find(f"{_TEI}altIdent")
        return None if name is None or not (name.text or "").strip() else (name.text or "").strip()

    def _ident(self, element: etree._Element) -> str:
        return self._content.required(element, "ident")

    # -- the kinds of specification

    def _element(self, element: etree._Element) -> ElementSpec:
        return ElementSpec(
            ident=self._ident(element),
            mode=self._content.mode(element),
            origin=self._document.origin(element),
            module=element.get("module"),
            name=self._name(element),
            gloss=self._prose(element, "gloss"),
            desc=self._prose(element, "desc"),
            remarks=self._prose(element, "remarks"),
            examples=self._examples(element),
            rules=self.rules(element),
            classes=self._classes(element),
            classes_mode=self._classes_mode(element),
            attributes=self._attributes(element),
            attributes_mode=self._attributes_mode(element),
            namespace=element.get("ns"),
            content=self._content.content(element),
            instead_of=tuple(
                self._content.required(e, "name") for e in element.iterfind(f"{_TEI}equiv") if e.get("filter") is None
            ),
        )

    def _class(self, element: etree._Element) -> ClassSpec:
        kind = element.get("type")
        if kind not in {"atts", "model"} and (kind or self._content.mode(element) in {"add", "replace"}):
            self._content.refuse(element, f"a class of type `{kind or ''}`, expected `atts` or `model`")
        return ClassSpec(
            ident=self._ident(element),
            mode=self._content.mode(element),
            origin=self._document.origin(element),
            module=element.get("module"),
            gloss=self._prose(element, "gloss"),
            desc=self._prose(element, "desc"),
            remarks=self._prose(element, "remarks"),
            examples=self._examples(element),
            rules=self.rules(element),
            classes=self._classes(element),
            classes_mode=self._classes_mode(element),
            attributes=self._attributes(element),
            attributes_mode=self._attributes_mode(element),
            kind=kind,
        )

    def _macro(self, element: etree._Element) -> MacroSpec | DataSpec:
        if element.get("type") == "dt":
            return self._datatype(element)  # how datatypes were written before Pure ODD
        return MacroSpec(
            ident=self._ident(element),
            mode=self._content.mode(element),
            origin=self._document.origin(element),
            module=element.get("module"),
            gloss=self._prose(element, "gloss"),
            desc=self._prose(element, "desc"),
            remarks=self._prose(element, "remarks"),
            examples=self._examples(element),
            rules=self.rules(element),
            content=self._content.content(element),
        )

    def _datatype(self, element: etree._Element) -> DataSpec:
        return DataSpec(
            ident=self._ident(element),
            mode=self._content.mode(element),
            origin=self._document.origin(element),
            module=element.get("module"),
            gloss=self._prose(element, "gloss"),
            desc=self._prose(element, "desc"),
            remarks=self._prose(element, "remarks"),
            examples=self._examples(element),
            rules=self.rules(element),
            content=self._content.content(element),
        )

    def _classes(self, element: etree._Element) -> tuple[Membership, ...] | None:
        classes = element.find(f"{_TEI}classes")
        if classes is None:
            return None
        return tuple(
            Membership(self._content.required(member, "key"), self._content.mode(member), self._document.origin(member))
            for member in classes.iterfind(f"{_TEI}memberOf")
        )

    def _classes_mode(self, element: etree._Element) -> str:
        classes = element.find(f"{_TEI}classes")
        return "replace" if classes is None else classes.get("mode", "replace")

    def _examples(self, element: etree._Element) -> tuple[Example, ...]:
        """Those in the language, or in any if there is none; serialised when somebody reads them."""
        found = element.findall(f"{_TEI}exemplum")
        language = "{http://www.w3.org/XML/1998/namespace}lang"
        own = [e for e in found if e.get(language, self._language) in {self._language, "und", "mul"}]
        return tuple(Example(self._document.origin(example)) for example in own or found[:1])

    def rules(self, element: etree._Element) -> tuple[Rule, ...]:
        """The rules of a specification itself, not those of its attributes."""
        return tuple(rule for spec in element.iterfind(f"{_TEI}constraintSpec") for rule in self.rule(spec))

    def rule(self, spec: etree._Element) -> Iterator[Rule]:
        """A ``constraintSpec``, if it is in Schematron."""
        mode, ident, origin = self._content.mode(spec), self._ident(spec), self._document.origin(spec)
        if mode != "delete" and spec.get("scheme", "schematron") not in SCHEMES:
            self.uncompiled.append(origin)
            return
        parts = [part for part in spec.iterfind(f"{_TEI}constraint/*") if isinstance(part.tag, str)]
        if mode in {"add", "replace"} and not parts:
            self._content.refuse(spec, f"the rule `{ident}` is empty", "write a `constraint` with Schematron in it")
        for part in parts:
            if etree.QName(part).namespace not in _SCHEMATRON:
                self._content.refuse(part, f"the rule `{ident}` holds something else than Schematron")
        xml = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in parts)
        desc = self._prose(spec, "desc") or self._prose(spec, "gloss") or ""
        yield Rule(ident, desc, xml.replace(_OLD_SCHEMATRON, SCHEMATRON_NAMESPACE), mode, origin)

    def declaration(self, element: etree._Element) -> Rule:
        """A ``constraintDecl``: what all rules in Schematron may use, such as prefixes and keys."""
        parts = [part for part in children(element) if etree.QName(part).namespace in _SCHEMATRON]
        if element.get("scheme", "schematron") not in SCHEMES:
            self.uncompiled.append(self._document.origin(element))
            parts = []
        xml = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in parts)
        return Rule("declarations", "", xml, "add", self._document.origin(element))

    # -- attributes

    def _attributes_mode(self, element: etree._Element) -> str:
        """In a ``change``, a list of attributes changes those that are there unless it says otherwise."""
        listed = element.find(f"{_TEI}attList")
        return "change" if listed is None else listed.get("mode", "change")

    def _attributes(self, element: etree._Element) -> AttributeList | None:
        listed = element.findall(f"{_TEI}attList")
        if len(listed) > 1:
            self._content.refuse(listed[1], "a second list of attributes", "put them into one `attList`")
        return self._list(listed[0]) if listed else None

    def _list(self, element: etree._Element) -> AttributeList:
        parts: list[Attribute | AttributeRef | AttributeList] = []
        for child in children(element):
            match local(child):
                case "attDef":
                    parts.append(self._attribute(child))
                case "attRef":
                    owner, name = self._content.required(child, "class"), self._content.required(child, "name")
                    parts.append(AttributeRef(owner, name, self._document.origin(child)))
                case "attList":
                    parts.append(self._list(child))
                case "desc" | "gloss":
                    pass
                case other:
                    self._content.refuse(child, f"`{other}` in a list of attributes, expected `attDef`")
        org = element.get("org", "group")
        if org not in {"group", "choice"}:
            self._content.refuse(element, f"@org is `{org}`", "use `group` or `choice`")
        return AttributeList(tuple(parts), choice=org == "choice")

    def _attribute(self, element: etree._Element) -> Attribute:
        usage, listed = element.get("usage"), element.find(f"{_TEI}valList")
        if usage is not None and usage not in _USAGES:
            self._content.refuse(element, f"@usage is `{usage}`", "use `req`, `mwa`, `rec` or `opt`")
        default = element.find(f"{_TEI}defaultVal")
        return Attribute(
            ident=self._ident(element),
            mode=self._content.mode(element),
            origin=self._document.origin(element),
            name=self._name(element),
            namespace=element.get("ns") or (XML_NAMESPACE if self._ident(element).startswith("xml:") else None),
            gloss=self._prose(element, "gloss"),
            desc=self._prose(element, "desc"),
            usage=usage,
            datatype=self._content.datatype(element),
            values=None if listed is None else self._content.values(listed),
            default=None if default is None else (default.text or "").strip(),
            rules=self.rules(element),
        )
