"""A model is learned from a folder of TEI letters, and the same one each time."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from teiwright.naming import Means, name
from teiwright.naming.learned.model import unpack

TRAIN = Path(__file__).parents[2] / "benchmarks" / "train_names.py"
LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<opener><dateline><placeName>{place}</placeName>, 4 May 1871</dateline></opener>
<p>Yesterday <persName>{person}</persName> came to <placeName>{place}</placeName> with his sister, and we spoke of the
harvest until dark. I am told that <persName>{person}</persName> will go on to <placeName>{other}</placeName> when the
roads are dry, for the rain has been heavy and the mill stands still. Pray write to me at
<placeName>{place}</placeName>.</p></body></text></TEI>"""
PERSONS = ("Quillfeather", "Ambrose Tarn", "Mossgrove", "Hester Vane", "Ulverby", "Jonas Pell", "Wickstead", "Orrin")
PLACES = ("Dunmarrow", "Eskholm", "Tarrenby", "Lower Finch", "Ockley Moor", "Brackwater", "Saltmere", "Hollin")


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for at, person in enumerate(PERSONS):
        for further in range(3):
            text = LETTER.format(person=person, place=PLACES[at], other=PLACES[(at + further + 1) % len(PLACES)])
            (folder / f"letter-{at}-{further}.xml").write_text(text, encoding="utf-8")
    return folder


def trained(letters: Path, out: Path, *more: str) -> bytes:
    options = ["--out", out, "--date", "2026-01-31", "--folds", "1", "--rounds", "30", *more]
    subprocess.run([sys.executable, TRAIN, letters, *options], check=True, capture_output=True)
    return out.read_bytes()


def test_a_project_trains_on_its_own_letters_and_gets_the_same_model_again(letters, tmp_path, draft_of):
    pytest.importorskip("pycrfsuite")
    data = trained(letters, tmp_path / "first.model")
    assert trained(letters, tmp_path / "second.model") == data

    draft = draft_of(("p", "Yesterday Thornquist came to Wendle with his sister."))
    found = name(draft, means=Means(model=unpack(data), others=())).mentions
    assert [(m.span.of(draft.source.text), m.kind.value) for m in found] == [
        ("Thornquist", "persName"),
        ("Wendle", "placeName"),
    ]


def test_words_that_stand_among_like_neighbours_can_be_learned_to_be_alike(letters, tmp_path):
    pytest.importorskip("pycrfsuite")
    pytest.importorskip("numpy")
    for path in sorted(letters.glob("*.xml")):
        for other in ("wheat", "barley"):
            text = path.read_text(encoding="utf-8").replace("harvest until dark", f"price of {other} until dark")
            path.with_stem(f"{path.stem}-{other}").write_text(text, encoding="utf-8")
    groups = unpack(trained(letters, tmp_path / "own.model", "--clusters")).lexicon.clusters
    assert groups["wheat"] == groups["barley"] != groups["yesterday"]
    assert f"groups of {len(groups)} words" in (tmp_path / "own-model.md").read_text(encoding="utf-8")


def test_the_card_says_what_was_read_under_which_licence_and_how_often_the_model_was_right(letters, tmp_path):
    pytest.importorskip("pycrfsuite")
    licence = '<teiHeader><licence target="https://creativecommons.org/licenses/by/4.0/"/></teiHeader>'
    (letters / "later").mkdir()
    for path in sorted(letters.glob("*-2.xml")):
        text = path.read_text(encoding="utf-8").replace("<teiHeader/>", licence)
        (letters / "later" / path.name).write_text(text, encoding="utf-8")
        path.unlink()
    about = tmp_path / "about.tsv"
    about.write_text("folder\twhat\tlicence\n.\tLetters of 1871\tCC0\n", encoding="utf-8")
    out = tmp_path / "own.model"
    options = ["--out", out, "--date", "2026-01-31", "--folds", "2", "--rounds", "5", "--about", about]
    subprocess.run([sys.executable, TRAIN, letters, *options], check=True, capture_output=True)

    card = (tmp_path / "own-model.md").read_text(encoding="utf-8")
    assert card.startswith("# The model of names, 2026-01-31\n")
    assert "| `.` | Letters of 1871 | CC0 | 16 | 16 |" in card
    assert "| `later` |  | https://creativecommons.org/licenses/by/4.0/ | 8 | 8 |" in card
    assert sha256(out.read_bytes()).hexdigest() in card
    assert card.count("| 1 | persons |") == 2
    assert str(tmp_path) not in card
