"""Content models and datatypes as patterns of RELAX NG (TD, "Content Models" and "Datatypes")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, assert_never

from lxml import etree

from teiwright.diagnostics import Code
from teiwright.odd.specification import (
    ONCE,
    RELAXNG_NAMESPACE,
    Alternate,
    AnyElement,
    Attribute,
    ClassRef,
    Content,
    DataRef,
    ElementRef,
    Empty,
    MacroRef,
    Occurs,
    RelaxNg,
    Sequence,
    TextNode,
    Values,
)
from teiwright.odd.values import held

if TYPE_CHECKING:
    from teiwright.odd.resolving import Grammar

RNG = f"{{{RELAXNG_NAMESPACE}}}"
_REPEATS = {(0, 1): "optional", (0, None): "zeroOrMore", (1, None): "oneOrMore"}
_EXPANSIONS = {
    "sequenceOptional": Occurs(0, 1),
    "sequenceOptionalRepeatable": Occurs(0, None),
    "sequenceRepeatable": Occurs(1, None),
}


def add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new child in RELAX NG's namespace."""
    return etree.SubElement(parent, f"{RNG}{tag}", attributes)


def repeated(parent: etree._Element, occurs: Occurs) -> list[etree._Element]:
    """Where a pattern must be written, once or several times, so that it may occur so often."""
    if occurs.once:
        return [parent]
    if (occurs.least, occurs.most) in _REPEATS:
        return [add(parent, _REPEATS[occurs.least, occurs.most])]
    if occurs.most == 0:
        add(parent, "empty")
        return []
    holder = add(parent, "group")
    places = [add(holder, "group") for _ in range(occurs.least)]
    if occurs.most is None:
        return [*places, add(holder, "zeroOrMore")]
    for _ in range(occurs.most - occurs.least):
        # one within the other: which of several alike is left out must not be open
        holder = add(add(holder, "optional"), "group")
        places.append(add(holder, "group"))
    return places


class Models:
    """Writes models with the names that patterns have in one schema."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._prefix = grammar.odd.prefix
        self._external = frozenset(name for external in grammar.odd.externals for name in external.names)
        self._any: dict[tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]], str] = {}

    # -- names: USE, section "Names and Documentation in Generated Schemas"

    def element(self, ident: str) -> str:
        """Of an element's pattern."""
        return f"{self._prefix}{ident}"

    def model(self, key: str) -> str:
        """Of a class's."""
        return f"{self._prefix}{key}"

    def macro(self, key: str) -> str:
        """Of a macro's."""
        return f"{self._prefix}{key}"

    def datatype(self, key: str) -> str:
        """Of a datatype's."""
        return f"{self._prefix}{key}"

    def attributes(self, key: str) -> str:
        """Of all that a class of attributes gives."""
        return f"{self._prefix}{key}.attributes"

    def attribute(self, key: str, ident: str) -> str:
        """Of one of them."""
        return f"{self._prefix}{key}.attribute.{ident.replace(':', '')}"

    # -- models

    def write(self, parent: etree._Element, content: tuple[Content, ...]) -> None:
        """A content model, all parts one after the other."""
        if not content:
            add(parent, "empty")
        for part in content:
            self._part(parent, part)

    def _part(self, parent: etree._Element, part: Content) -> None:  # noqa: PLR0912 (one branch for each kind)
        match part:
            case TextNode():
                add(parent, "text")
            case Empty():
                add(parent, "empty")
            case ElementRef(key, occurs):
                for place in repeated(parent, occurs):
                    add(place, "ref", name=self.element(key))
            case MacroRef(key):
                add(parent, "ref", name=self.macro(key))
            case ClassRef():
                self._class(parent, part)
            case DataRef():
                self._data(parent, part)
            case Values():
                self._values(parent, part)
            case Sequence(parts, occurs, ordered):
                self._holder(parent, parts, occurs, "group" if ordered else "interleave")
            case Alternate(parts, occurs):
                self._holder(parent, parts, occurs, "choice")
            case AnyElement():
                self._any_element(parent, part)
            case RelaxNg():
                self._relaxng(parent, part)
            case _ as never:
                assert_never(never)

    def _holder(self, parent: etree._Element, parts: tuple[Content, ...], occurs: Occurs, tag: str) -> None:
        for place in repeated(parent, occurs):
            holder = add(place, tag)
            for part in parts:
                self._part(holder, part)
            if not parts:
                add(holder, "empty")

    def _class(self, parent: etree._Element, ref: ClassRef) -> None:
        for place in repeated(parent, ref.occurs):
            if ref.plain:
                add(place, "ref", name=self.model(ref.key))
                continue
            members = self._grammar.expanded(ref)
            if not members:
                add(place, "empty" if ref.expand.startswith("sequenceOptional") else "notAllowed")
                continue
            holder = add(place, "choice" if ref.expand == "alternate" else "group")
            for member in members:
                for spot in repeated(holder, _EXPANSIONS.get(ref.expand, ONCE)):
                    add(spot, "ref", name=self.element(member))

    def _relaxng(self, parent: etree._Element, part: RelaxNg) -> None:
        """Names of patterns are those of specifications; with suffixes of their own, of what is made of them."""
        made = etree.fromstring(part.xml)
        for ref in made.iter(f"{RNG}ref"):
            name = ref.get("name", "")
            found = self._pattern(name)
            if found is None:
                origin = part.origin or self._grammar.odd.origin
                origin.refuse(
                    Code.UNKNOWN_SPECIFICATION,
                    f"the pattern `{name}` is not defined",
                    "name an element, a class, a macro or a datatype of the schema",
                )
            if isinstance(found, ClassRef):
                holder = etree.Element(f"{RNG}group")
                self._class(holder, found)
                ref.getparent().replace(ref, holder) if ref.getparent() is not None else None  # type: ignore[union-attr] # just asked
                made = holder if made is ref else made
            else:
                ref.set("name", found)
        parent.append(made)

    def _pattern(self, name: str) -> str | ClassRef | None:
        grammar = self._grammar
        key, _, suffix = name.rpartition("_")
        if name in grammar.elements or name in grammar.direct or name in grammar.macros or name in grammar.datatypes:
            return f"{self._prefix}{name}"
        if name in self._external:
            return name
        if key in grammar.direct and (suffix in _EXPANSIONS or suffix in {"sequence", "alternation"}):
            return ClassRef(key, expand="alternate" if suffix == "alternation" else suffix)
        if name.removesuffix(".attributes") in grammar.attribute_classes:
            return f"{self._prefix}{name}"
        return None

    # -- any element

    def _any_element(self, parent: etree._Element, part: AnyElement) -> None:
        name = self._any.setdefault((part.require, part.exclude), f"{self._prefix}anyElement-{len(self._any) + 1}")
        for place in repeated(parent, part.occurs):
            add(place, "ref", name=name)

    def write_any(self, root: etree._Element) -> None:
        """The patterns of elements that may be any."""
        for (require, exclude), name in self._any.items():
            element = add(add(root, "define", name=name), "element")
            if require:
                names = add(element, "choice")
                for namespace in require:
                    add(names, "nsName", ns=namespace)
            else:
                anything = add(element, "anyName")
                if exclude:
                    _exceptions(add(anything, "except"), exclude)
            self._any_attributes(element, require, exclude)
            inner = add(add(element, "zeroOrMore"), "choice")
            add(inner, "text")
            add(inner, "ref", name=name)

    def _any_attributes(
        self, element: etree._Element, require: tuple[str, ...], exclude: tuple[tuple[str, str | None], ...]
    ) -> None:
        """Any; but ids stay ids where elements of the schema may be meant (RELAX NG DTD Compatibility, section 5)."""
        own = self._grammar.odd.namespace
        names = add(add(add(element, "zeroOrMore"), "attribute"), "anyName")
        if own in require or (not require and (own, None) not in exclude):
            add(add(names, "except"), "name").text = "xml:id"
            add(add(add(element, "optional"), "attribute", name="xml:id"), "data", type="ID")

    # -- values

    def value(self, parent: etree._Element, attribute: Attribute) -> None:
        """What an attribute may hold (TD, `attDef`, `datatype`, `valList`)."""
        value = held(attribute)
        if not value.choices:
            add(parent, "text")
            return
        holder = parent if value.occurs.once else add(parent, "list")
        for place in repeated(holder, value.occurs):
            self._choices(place, value.choices)

    def _choices(self, parent: etree._Element, choices: Iterable[Content]) -> None:
        parts = tuple(choices)
        holder = parent if len(parts) == 1 else add(parent, "choice")
        for part in parts:
            self._part(holder, part)

    def _values(self, parent: etree._Element, values: Values) -> None:
        if values.kind == "open":
            add(parent, "text")
            return
        choice = add(parent, "choice")
        for item in values.items:
            add(choice, "value").text = item.ident
        if not values.items:
            add(choice, "notAllowed")

    def _data(self, parent: etree._Element, ref: DataRef) -> None:
        if ref.key is not None and not ref.params:
            add(parent, "ref", name=self.datatype(ref.key))
        elif ref.key is not None:
            content = self._grammar.datatypes[ref.key].content or ()
            holder = add(parent, "choice") if len(content) > 1 else parent
            for part in content:
                self._part(holder, self._restricted(part, ref))
        else:
            data = add(parent, "data", type=str(ref.name))
            for name, value in ref.params:
                add(data, "param", name=name).text = value

    def _restricted(self, part: Content, by: DataRef) -> Content:
        """A datatype that is restricted where it is used: each of its choices, with the further facets."""
        match part:
            case DataRef():
                return DataRef(part.key, part.name, None, (*part.params, *by.params), by.origin)
            case Alternate(parts, occurs):
                return Alternate(tuple(self._restricted(inner, by) for inner in parts), occurs)
            case _:
                origin = by.origin or self._grammar.odd.origin
                return origin.refuse(
                    Code.BROKEN_ODD,
                    f"the datatype `{by.key}` is more than datatypes of XML Schema, and cannot be restricted",
                    "specify another one with `dataSpec`",
                )


def _exceptions(parent: etree._Element, exclude: Iterable[tuple[str, str | None]]) -> None:
    for namespace, name in exclude:
        if name is None:
            add(parent, "nsName", ns=namespace)
        else:
            add(parent, "name", ns=namespace).text = name
