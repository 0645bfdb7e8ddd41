"""Datatypes as simple types of XML Schema."""

from __future__ import annotations

from lxml import etree

from teiwright.odd.specification import Alternate, Content, DataRef, TextNode, Values
from teiwright.odd.values import Held

_XSD = "{http://www.w3.org/2001/XMLSchema}"


def xsd_add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new child in XML Schema's namespace."""
    return etree.SubElement(parent, f"{_XSD}{tag}", attributes)


class SimpleTypes:
    """Writes simple types into one schema, whose own names have a prefix."""

    def __init__(self, root: etree._Element, prefix: str, loose: dict[str, None]) -> None:
        self._root = root
        self._prefix = prefix
        self._loose = loose

    def named(self, name: str, content: tuple[Content, ...]) -> None:
        """A datatype of the schema, at the top level."""
        self._root.append(self.simple(name, *content))

    def simple(self, name: str, *content: Content) -> etree._Element:
        """A named simple type, not yet put anywhere."""
        holder = etree.SubElement(self._root, f"{_XSD}holder")
        self._type(holder, content, name)
        made = holder[0]
        self._root.remove(holder)
        made.set("name", name)
        return made

    def of(self, parent: etree._Element, value: Held) -> None:
        """What an attribute holds: under ``parent``, as a list if there may be several words."""
        if value.occurs.once:
            self._type(parent, value.choices, "")
            return
        # a list of at least so many words: RELAX NG's list
        restriction = xsd_add(xsd_add(parent, "simpleType"), "restriction")
        self._type(xsd_add(xsd_add(restriction, "simpleType"), "list"), value.choices, "")
        xsd_add(restriction, "minLength", value=str(value.occurs.least))
        if value.occurs.most is not None:
            xsd_add(restriction, "maxLength", value=str(value.occurs.most))

    def _type(self, parent: etree._Element, choices: tuple[Content, ...], name: str) -> None:
        match choices:
            case (Alternate(parts, occurs),) if occurs.once:
                self._type(parent, parts, name)
            case (single,):
                self._single(xsd_add(parent, "simpleType"), single, name)
            case _:
                union = xsd_add(xsd_add(parent, "simpleType"), "union")
                for choice in choices:
                    self._type(union, (choice,), name)
                if not choices:
                    union.getparent().remove(union)  # type: ignore[union-attr] # it was made a child just now
                    xsd_add(parent[-1], "restriction", base="xs:string")

    def _single(self, simple: etree._Element, part: Content, name: str) -> None:
        match part:
            case DataRef():
                base = f"{self._prefix}:{part.key}" if part.key is not None else f"xs:{part.name}"
                made = xsd_add(simple, "restriction", base=base)
                for facet, value in part.params:
                    xsd_add(made, facet, value=value)
            case Values(items):
                restriction = xsd_add(simple, "restriction", base="xs:token")
                for item in items:
                    xsd_add(restriction, "enumeration", value=item.ident)
            case _:
                xsd_add(simple, "restriction", base="xs:string")
                if not isinstance(part, TextNode):
                    self._loose[f"{name or 'an attribute'}: the datatype is any text here"] = None
