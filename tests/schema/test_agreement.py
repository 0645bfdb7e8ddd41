"""RELAX NG, XSD and the table of the law say the same of thousands of documents, right ones and wrong ones.

The right ones are made from the grammar: every element, every step of its content model, every value of its
attributes. Each wrong one is one of them with one thing changed.
"""

import copy
from itertools import islice

import pytest
import xmlschema
from lxml import etree

from teiwright.checking.law import Law

TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def judges(law_folder):
    law = Law(law_folder / "teiwright.glosses.json")
    relaxng = etree.RelaxNG(etree.parse(law_folder / "teiwright.rng"))
    xsd = etree.XMLSchema(etree.parse(law_folder / "teiwright.xsd"))

    def verdicts(root: etree._Element) -> dict[str, bool]:
        tree = etree.fromstring(etree.tostring(root), etree.XMLParser(collect_ids=False))
        return {
            "RELAX NG": relaxng.validate(tree),
            "XSD": xsd.validate(tree),
            "table": not any(law.flaws(tree)),
        }

    return verdicts


@pytest.fixture(scope="module")
def documents(containment, table):
    return list(containment.documents(table))


def subject(root: etree._Element, name: str) -> etree._Element:
    return root if etree.QName(root).localname == name else next(root.iter(TEI + name))


def test_all_accept_what_the_grammar_makes(documents, judges):
    refused = [(name, v) for name, root in documents if not all((v := judges(root)).values())]
    assert refused == []
    assert len(documents) > 5000


def test_xmlschema_agrees_with_libxml2_on_the_xsd(documents, law_folder):
    schema = xmlschema.XMLSchema10(str(law_folder / "teiwright.xsd"))
    assert [name for name, root in islice(documents, 0, None, 40) if not schema.is_valid(root)] == []


def test_white_space_in_an_empty_element_is_no_text(documents, judges, table, law_folder):
    schema = xmlschema.XMLSchema10(str(law_folder / "teiwright.xsd"))
    for name, row in table["elements"].items():
        if row["body"] == "nothing":
            root = copy.deepcopy(next(found for known, found in documents if known == name))
            subject(root, name).text = "\n  "
            assert all(judges(root).values()), (name, judges(root))
            assert schema.is_valid(root)


def renamed(root, element, _):
    element.tag = f"{TEI}nonsense"
    return root


def unknown_attribute(root, element, _):
    element.set("nonsense", "1")
    return root


def other_namespace(root, element, _):
    element.tag = element.tag.replace(TEI, "{urn:other}")
    return root


def foreign_child(root, element, _):
    etree.SubElement(element, f"{TEI}titleStmt")
    return root


@pytest.mark.parametrize("change", [renamed, unknown_attribute, other_namespace, foreign_child])
def test_all_refuse_what_is_wrong_everywhere(change, documents, judges, table):
    accepted = []
    for name in sorted(table["elements"]):
        root = copy.deepcopy(next(found for known, found in documents if known == name))
        mutant = change(root, subject(root, name), table["elements"][name])
        if any(judges(mutant).values()):
            accepted.append((name, judges(mutant)))
    assert accepted == []


def test_all_refuse_text_where_only_elements_stand(documents, judges, table):
    accepted = []
    for name, row in table["elements"].items():
        if row["body"] in {"children", "nothing"}:
            root = copy.deepcopy(next(found for known, found in documents if known == name))
            subject(root, name).text = "stray"
            if any(judges(root).values()):
                accepted.append(name)
    assert accepted == []


def test_all_refuse_each_required_attribute_left_out(documents, judges, table, containment):
    accepted = []
    for name, row in table["elements"].items():
        for attribute, spec in row["attributes"].items():
            if spec["required"]:
                root = copy.deepcopy(next(found for known, found in documents if known == name))
                del subject(root, name).attrib[attribute.replace("xml:", containment.XML)]
                if any(judges(root).values()):
                    accepted.append((name, attribute))
    assert accepted == []


BAD = {
    "data.id": ["", "1a", "a b"],
    "data.language": ["", "en_GB", "englishlanguage"],
    "data.pointer": ["", "a<b", "%zz", "a[b", "12:00:00"],
    "data.word": [""],
    "data.label": ["", "  "],
    "data.count": ["", "-1", "two", "1.5"],
    "data.number": ["", "two", "1,5"],
    "data.date": ["", "1941-13", "1941-13-45", "1941-02-30", "41", "May 1941", "1941-04-13T6pm", "1941-4-1"],
    "data.name": ["", "1a", "a b"],
    "data.version": ["", "v1", "1..2"],
    "data.coordinates": ["", "55.75", "555.1 3.4"],
}


def test_all_refuse_values_that_do_not_fit(documents, judges, table, containment):
    accepted = []
    done = set()
    for name, row in table["elements"].items():
        for attribute, spec in row["attributes"].items():
            kind = (attribute, str(spec.get("values")), spec.get("datatype"))
            if kind in done:
                continue
            done.add(kind)
            for value in ["no-such-value", ""] if "values" in spec else BAD[spec["datatype"]]:
                root = copy.deepcopy(next(found for known, found in documents if known == name))
                subject(root, name).set(attribute.replace("xml:", containment.XML), value)
                if any(judges(root).values()):
                    accepted.append((name, attribute, value, judges(root)))
    assert accepted == []
    assert len(done) > 70


def test_all_agree_when_children_are_left_out_doubled_or_swapped(documents, judges, table):
    """Which of these are wrong, only the models know: here the three need just say the same."""
    differ = []
    refused = 0
    for name, row in table["elements"].items():
        if row["body"] != "children":
            continue
        for root in islice((found for known, found in documents if known == name), 0, None, 3):
            for mutant in rearranged(root, name):
                verdicts = judges(mutant)
                refused += not verdicts["table"]
                if len(set(verdicts.values())) > 1:
                    differ.append((name, verdicts, etree.tostring(subject(mutant, name))))
    assert differ == []
    assert refused > 500


def rearranged(root, name):
    for index in range(len(subject(root, name))):
        for change in ("leave out", "double", "swap"):
            mutant = copy.deepcopy(root)
            element = subject(mutant, name)
            child = element[index]
            if change == "leave out":
                element.remove(child)
            elif change == "double":
                twin = copy.deepcopy(child)
                for node in twin.iter():
                    node.attrib.pop("{http://www.w3.org/XML/1998/namespace}id", None)
                child.addnext(twin)
            elif index:
                element.insert(0, child)
            yield mutant
