"""IIIF manifests on the disk: which canvas is the picture of which page, and that nothing is guessed or fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from teiwright.model import Edition
from teiwright.rendering import Context, prepare, render_prepared
from teiwright.rendering.manifests import Canvas, canvases_of_pages, read_manifest

GIF = b"GIF89a\x08\0\x09\0" + bytes(20)


def version_2(pictures: dict[str, str]) -> dict[str, Any]:
    canvases = [
        {"@type": "sc:Canvas", "label": label, "images": [{"resource": {"@id": picture}}]}
        for label, picture in pictures.items()
    ]
    return {"@context": "http://iiif.io/api/presentation/2/context.json", "sequences": [{"canvases": canvases}]}


def version_3(pictures: dict[str, str]) -> dict[str, Any]:
    canvases = [
        {"type": "Canvas", "label": {"none": [label]}, "items": [{"items": [{"body": {"id": picture}}]}]}
        for label, picture in pictures.items()
    ]
    return {"@context": "http://iiif.io/api/presentation/3/context.json", "type": "Manifest", "items": canvases}


@pytest.fixture
def shown(tei, tmp_path):
    """The pictures on the page of an edition with these page breaks, and the findings."""

    def made(body: str, manifest: Any, **setting: str) -> tuple[list[tuple[str, bool]], list[str]]:
        project = tmp_path / "project"
        (project / "scans").mkdir(parents=True)
        (project / "scans/sample.json").write_text(manifest if isinstance(manifest, str) else json.dumps(manifest))
        for name in ("1.gif", "2.gif", "leaf three.gif"):
            (project / "scans" / name).write_bytes(GIF)
        edition = Edition(project / "tei/sample.xml", tei(body).tree)
        context = Context(pictures=project, manifests=setting.get("manifests", "scans/{id}.json"))
        prepared = prepare(edition, context)
        tree = html.fromstring(render_prepared(prepared, "html").files["sample.html"].decode())
        links = tree.xpath("//a[@class='facs']")
        return [(a.get("href"), bool(a.xpath("img"))) for a in links], [one.message for one in prepared.findings]

    return made


@pytest.mark.parametrize("version", [version_2, version_3])
def test_a_page_is_shown_beside_the_canvas_that_has_its_number(shown, version):
    manifest = version({"cover": "2.gif", "p. 962": "1.gif", "[963]": "leaf%20three.gif"})
    pictures, findings = shown('<p><pb n="962"/>One <pb n="963"/>two.</p>', manifest)
    assert pictures == [("pictures/sample/1.gif", True), ("pictures/sample/leaf-three.gif", True)]
    assert findings == []


@pytest.mark.parametrize("version", [version_2, version_3])
def test_pictures_of_another_host_are_links_and_are_not_fetched(shown, version):
    manifest = version({"1": "https://example.org/1/full/max/0/default.jpg", "2": "javascript:alert(1)"})
    pictures, findings = shown('<p><pb n="1"/>One <pb n="2"/>two.</p>', manifest)
    assert pictures == [("https://example.org/1/full/max/0/default.jpg", False)]
    assert findings == ["the picture `javascript:alert(1)` lies outside the project; it is not shown"]


def test_what_a_page_break_says_itself_goes_before_the_manifest(shown):
    pictures, findings = shown('<p><pb n="1" facs="../scans/2.gif"/>One.</p>', version_3({"1": "1.gif"}))
    assert (pictures, findings) == ([("pictures/sample/2.gif", True)], [])


def test_a_manifest_for_all_documents_that_is_not_there_is_told(shown):
    pictures, findings = shown('<p><pb n="1"/>One.</p>', version_3({"1": "1.gif"}), manifests="scans/none.json")
    assert (pictures, findings) == ([], ["the manifest `scans/none.json` is not there"])


def test_a_page_that_no_canvas_surely_shows_is_told(shown):
    pictures, findings = shown(
        '<p><pb n="1"/>One <pb n="5"/>two.</p>', version_2({"1": "1.gif", "x": "2.gif", "y": "2.gif"})
    )
    assert pictures == [("pictures/sample/1.gif", True)]
    assert findings == ["the manifest `scans/sample.json` has no canvas that is surely that of page 5"]


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ("no JSON", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        (
            '{"items": [{"items": "x"}, 5, null]}',
            "has no canvas with a picture, in the form of IIIF Presentation 2 or 3",
        ),
        ("[]", "has no canvas with a picture, in the form of IIIF Presentation 2 or 3"),
    ],
)
def test_what_is_no_manifest_is_told_once(shown, manifest, what):
    pictures, findings = shown('<p><pb n="1"/>One <pb n="2"/>two.</p>', manifest)
    assert (pictures, findings) == ([], [f"the manifest `scans/sample.json` {what}"])


def test_no_manifest_outside_the_project_is_read(shown, tmp_path):
    (tmp_path / "outside.json").write_text(json.dumps(version_3({"1": "1.gif"})))
    _, findings = shown('<p><pb n="1"/>One.</p>', "{}", manifests="../outside.json")
    assert findings == ["the manifest `../outside.json` lies outside the project"]


def paired(labels: str, pages: str) -> str:
    canvases = [Canvas("" if label == "-" else label, str(place)) for place, label in enumerate(labels.split())]
    numbers = ["" if page == "-" else page for page in pages.split()]
    found = canvases_of_pages(canvases, numbers)
    return " ".join(found[page].picture if page in found else "-" for page in range(len(numbers)))


@pytest.mark.parametrize(
    ("labels", "pages", "expected", "why"),
    [
        ("i 1 2 3", "2 3", "2 3", "by label"),
        ("- - -", "7 8 9", "0 1 2", "as many canvases as pages: in order"),
        ("- - - -", "7 8 9", "- - -", "one canvas too many, and nobody knows which"),
        ("1 - - 4", "1 2 3 4", "0 1 2 3", "between two that are known, as many as pages"),
        ("1 - 4", "1 2 3 4", "0 - - 2", "between two that are known, too few"),
        ("1 1 2", "1 2", "- 2", "a label that two canvases have says nothing"),
        ("1 2 3", "1 2 1", "0 1 -", "where labels are numbers of pages, another number is another page"),
        ("0 1 2 3", "1 2 1", "- 2 -", "a number that two pages have says nothing"),
        ("3 - 1", "1 2 3", "2 - 0", "where the order is another, only labels count"),
        ("1 2 3 4", "1 -", "0 -", "behind the last that is known, more canvases than pages"),
    ],
)
def test_pages_are_paired_with_canvases_only_where_that_is_certain(labels, pages, expected, why):
    assert paired(labels, pages) == expected, why


def test_of_several_pictures_to_choose_from_the_usual_one_is_taken(tmp_path):
    choice_2 = {"@type": "oa:Choice", "default": {"@id": "usual.jpg"}, "item": [{"@id": "infrared.jpg"}]}
    choice_3 = {"type": "Choice", "items": [{"id": "usual.jpg"}, {"id": "infrared.jpg"}]}
    canvas_2 = {"label": {"@value": "1r", "@language": "en"}, "images": [{"resource": choice_2}]}
    canvas_3 = {"label": {"en": ["1r"]}, "items": [{"items": [{"body": choice_3}]}]}
    for manifest in ({"sequences": [{"canvases": [canvas_2]}]}, {"items": [canvas_3]}):
        path = Path(tmp_path / "manifest.json")
        path.write_text(json.dumps(manifest))
        assert read_manifest(path) == (Canvas("1r", "usual.jpg"),)
