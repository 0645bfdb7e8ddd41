"""A schema from the text of a grammar, and what it finds in a document."""

from collections.abc import Callable, Sequence

import pytest

from teiwright.checking.nearness import nearest
from teiwright.relaxng import Schema

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def guess(word: str, names: Sequence[str]) -> Sequence[str]:
    return nearest(word, names, 5)


@pytest.fixture
def schema_of(tmp_path) -> Callable[..., Schema]:
    """The first element of the text gets RELAX NG's namespace and the datatypes of XML Schema."""

    def make(text: str, **others: str) -> Schema:
        for name, other in {"schema": text, **others}.items():
            end = next(i for i, char in enumerate(other) if char in " />")
            (tmp_path / f"{name}.rng").write_text(f"{other[:end]} {RNG}{other[end:]}", "utf-8")
        return Schema(tmp_path / "schema.rng")

    return make


@pytest.fixture
def found_in(schema_of) -> Callable[..., list[str]]:
    """Kind and subject of each finding."""

    def find(schema: Schema | str, document: str) -> list[str]:
        compiled = schema_of(schema) if isinstance(schema, str) else schema
        findings = compiled.validate(document.encode(), guess)
        return [f"{f.kind.name.lower()} {(f.subject or f.value).rpartition(' ')[2]}".strip() for f in findings]

    return find
