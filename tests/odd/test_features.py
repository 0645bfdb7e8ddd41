"""Each feature of ODD is a small ODD in ``features/``, made from ``letters.xml``, with documents right and wrong."""

from pathlib import Path

import pytest
from lxml import etree

from teiwright.odd import compile_odd
from teiwright.relaxng import Schema

HERE = Path(__file__).resolve().parent
FEATURES = sorted((HERE / "features").glob("*.odd"))
TEI = "http://www.tei-c.org/ns/1.0"
EXAMPLES = "http://www.tei-c.org/ns/Examples"


def documents(path: Path) -> list[tuple[bool, bytes]]:
    """The examples of an ODD: whether they are right, and each as a document of its own."""
    root = etree.parse(path, etree.XMLParser(collect_ids=False)).getroot()
    return [
        (
            example.get("valid") == "true",
            etree.tostring(example[0], with_tail=False).replace(EXAMPLES.encode(), TEI.encode()),
        )
        for example in root.iter(f"{{{EXAMPLES}}}egXML")
    ]


@pytest.fixture(params=FEATURES, ids=lambda path: path.stem)
def feature(request, tmp_path):
    (made,) = compile_odd(request.param, HERE / "letters.xml")
    for name, data in made.files.items():
        (tmp_path / name).write_bytes(data)
    return made, documents(request.param), tmp_path / made.grammar.odd.ident


def test_the_schema_judges_as_the_odd_says(feature):
    _, examples, name = feature
    schema = Schema(name.with_suffix(".rng"))

    assert [(right, data) for right, data in examples if right is bool(schema.validate(data))] == []
    assert {right for right, _ in examples} == {True, False}


def test_another_validator_judges_alike(feature):
    _, examples, name = feature
    schema = etree.RelaxNG(etree.parse(name.with_suffix(".rng")))

    assert [data for right, data in examples if schema.validate(etree.fromstring(data)) is not right] == []


def test_the_xsd_accepts_no_less_and_says_where_it_accepts_more(feature):
    made, examples, name = feature
    schema = etree.XMLSchema(etree.parse(name.with_suffix(".xsd")))
    verdicts = [(right, schema.validate(etree.fromstring(data)), data) for right, data in examples]

    assert [data for right, verdict, data in verdicts if right and not verdict] == []
    if not made.loose:
        assert [data for right, verdict, data in verdicts if verdict and not right] == []


def test_nothing_in_a_feature_is_without_effect(feature):
    made, _, _ = feature

    assert made.notes == ()
