"""What specifications refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from teiwright.odd.merging import attributes_in
from teiwright.odd.specification import (
    RELAXNG_NAMESPACE,
    Alternate,
    Attribute,
    ClassSpec,
    Content,
    DataRef,
    ElementSpec,
    MacroRef,
    RelaxNg,
    Sequence,
    Specification,
)

_REF = f"{{{RELAXNG_NAMESPACE}}}ref"


def parts_of(content: Iterable[Content]) -> Iterator[Content]:
    """All parts of a content model, the outer before the inner."""
    for part in content:
        yield part
        if isinstance(part, Sequence | Alternate):
            yield from parts_of(part.parts)


def relaxng_names(part: RelaxNg) -> list[str]:
    """The patterns that a model in RELAX NG refers to."""
    return [ref.get("name", "") for ref in etree.fromstring(part.xml).iter(_REF)]


def content_of(spec: Specification) -> Iterator[Content]:
    """What a specification says of content: its own, and that of its attributes."""
    if not isinstance(spec, ClassSpec):
        yield from spec.content or ()
    if isinstance(spec, ElementSpec | ClassSpec):
        for attribute in attributes_in(spec.attributes):
            if isinstance(attribute, Attribute) and attribute.datatype is not None and attribute.mode != "delete":
                yield from attribute.datatype.choices


def data_and_macros(spec: Specification) -> Iterator[str]:
    """The macros and datatypes that a specification refers to, by name."""
    for part in parts_of(content_of(spec)):
        match part:
            case MacroRef(key) | DataRef(key=str(key)):
                yield key
            case RelaxNg():
                yield from relaxng_names(part)
            case _:
                pass
