"""An edition that was just written is markup; it becomes a tree when somebody asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from teiwright.encoding import encode, serialize
from teiwright.model import Division, Draft, Metadata, Paragraph, Source, Span, Text

TEXT = "“R&D” costs <5 £, \r\n\tand >4\x0c—\x85 𝔸\xa0 ]]>.\n"


@pytest.fixture
def draft() -> Draft:
    source = Source(Path("note.txt"), TEXT, "0" * 64, "utf-8", Metadata(id='a "b" & <d>', title="One\n&\t“two”"))
    paragraph = Paragraph((Text(Span(0, len(TEXT))),))
    return Draft(source, (Division("document", (paragraph,)),), (), ())


def test_the_bytes_are_those_that_lxml_makes_of_the_tree(draft: Draft) -> None:
    asked = encode(draft)
    assert asked.tree is asked.tree

    assert serialize(encode(draft)) == serialize(asked)


def test_what_is_changed_in_the_tree_is_in_the_bytes(draft: Draft) -> None:
    edition = encode(draft)
    edition.tree.getroot().set("n", "changed")

    assert b'n="changed"' in serialize(edition)
