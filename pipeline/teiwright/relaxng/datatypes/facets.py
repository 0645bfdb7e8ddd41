"""Parameters of a datatype: the facets of XML Schema that narrow it."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from teiwright.relaxng.datatypes.expressions import Expression, ExpressionError, expression
from teiwright.relaxng.datatypes.times import MOMENTS
from teiwright.relaxng.datatypes.types import BUILT_IN, INTEGERS, Datatype

_LENGTHS = frozenset({"length", "minLength", "maxLength"})
_BOUNDS = frozenset({"minInclusive", "maxInclusive", "minExclusive", "maxExclusive"})
_DIGITS = frozenset({"totalDigits", "fractionDigits"})


class BadFacetError(ValueError):
    """A parameter that the datatype does not have, or whose value is none."""


@dataclass(frozen=True)
class Facets:
    """Names and values, as the schema gives them."""

    datatype: Datatype
    given: tuple[tuple[str, str], ...]

    @cached_property
    def _patterns(self) -> list[Expression]:
        return [expression(text) for name, text in self.given if name == "pattern"]

    @cached_property
    def _lengths(self) -> list[tuple[str, int]]:
        return [(name, int(text)) for name, text in self.given if name in _LENGTHS | _DIGITS]

    @cached_property
    def _bounds(self) -> list[tuple[str, Any]]:
        return [(name, self.datatype.value(text, {})) for name, text in self.given if name in _BOUNDS]

    def allow(self, text: str, value: object) -> bool:
        """Whether a value of the datatype, written so, is within all bounds."""
        if not self.given:
            return True
        plain = self.datatype.normal(text)
        return (
            all(pattern.matches(plain) for pattern in self._patterns)
            and all(_is_long(name, number, value) for name, number in self._lengths)
            and all(_is_within(name, bound, value) for name, bound in self._bounds)
        )


def _is_long(name: str, number: int, value: object) -> bool:
    if isinstance(value, Decimal):
        _, digits, exponent = value.normalize().as_tuple()
        power = exponent if isinstance(exponent, int) else 0
        return max(len(digits) + max(power, 0), -power) <= number if name == "totalDigits" else -power <= number
    size = len(value) if isinstance(value, Sized) else 0
    match name:
        case "length":
            return size == number
        case "minLength":
            return size >= number
        case _:
            return size <= number


def _is_within(name: str, bound: Any, value: Any) -> bool:
    if "NaN" in (bound, value):
        return False
    if isinstance(value, tuple) and isinstance(value[0], bool):
        bound, value = bound[1], value[1]
    match name:
        case "minInclusive":
            return bool(value >= bound)
        case "maxInclusive":
            return bool(value <= bound)
        case "minExclusive":
            return bool(value > bound)
        case _:
            return bool(value < bound)


def facets_of(datatype: Datatype, given: Iterable[tuple[str, str]]) -> Facets:
    """The parameters, looked at once and for all. Raises ``BadFacetError``."""
    facets = Facets(datatype, tuple(given))
    for name, text in facets.given:
        if datatype in BUILT_IN.values():
            raise BadFacetError(f"the datatype `{datatype.name}` of RELAX NG has no parameters")
        if name not in {"pattern", *_of(datatype)}:
            raise BadFacetError(f"the parameter `{name}` is not known for the datatype `{datatype.name}`")
        if name == "pattern":
            try:
                expression(text)
            except ExpressionError as error:
                raise BadFacetError(f"the pattern `{text[:60]}` is wrong: {error}") from error
        elif name in _LENGTHS | _DIGITS:
            if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 10):
                raise BadFacetError(f"`{text[:40]}` is no value of the parameter {name}")
        elif datatype.value(text, {}) is None:
            raise BadFacetError(f"`{text[:40]}` is no value of the parameter {name} of {datatype.name}")
    return facets


def _of(datatype: Datatype) -> frozenset[str]:
    """The facets beside ``pattern`` that a datatype has (XML Schema, part 2, chapter 4.1.5)."""
    name = datatype.name
    if name in INTEGERS or name == "decimal":
        return _BOUNDS | _DIGITS
    if name in MOMENTS or name in {"float", "double", "duration"}:
        return _BOUNDS
    return frozenset() if name == "boolean" else _LENGTHS
