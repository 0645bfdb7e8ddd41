"""The five founding texts and their editions, as they are in the repository and as they are made today."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.comparing import account, compare
from teiwright.encoding import encode, load
from teiwright.model import Edition
from teiwright.parsing import parse
from teiwright.reading import read

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
EVERY_WORD, SAMPLE = 41, 250
EVERY_CHARACTER = 97


@pytest.fixture(scope="module", params=SEEDS, ids=lambda path: path.stem)
def pair(request):
    return read(request.param), load(ROOT / "tei" / f"{request.param.stem}.xml")


def test_all_five_are_there():
    assert len(SEEDS) == 5


def test_nothing_is_lost_invented_or_moved(pair):
    assert [str(finding) for finding in compare(*pair).findings] == []


def test_nothing_is_lost_by_parsing_and_encoding(pair):
    source, _ = pair
    edition = Edition(Path("edition.xml"), encode(parse(source)).tree)
    assert [str(finding) for finding in compare(source, edition).findings] == []


def test_every_word_of_the_source_is_counted(pair):
    source, edition = pair
    summary = account(source, edition)
    assert summary.source_words == len(source.text.split())
    assert (summary.lost, summary.invented, summary.moved, summary.changed) == (0, 0, 0, 0)
    assert str(summary).endswith("0 lost, 0 invented, 0 moved")


def test_ink_is_text_or_markup_and_nothing_else(pair):
    source, edition = pair
    ink = len("".join(source.text.replace("\ufeff", "").replace("\u00ad", "").split()))
    summary = account(source, edition)
    assert summary.edition_characters + sum(summary.consumed.values()) == ink


def test_every_mutant_is_found_and_pointed_at(pair, mutants):
    source, edition = pair
    made = list(mutants.mutants_of(edition.tree, EVERY_WORD))
    chosen = random.Random(5529).sample(made, min(SAMPLE, len(made)))  # noqa: S311 (a sample, no secret)
    missed = []
    for kind, what, tree in chosen:
        findings = compare(source, Edition(Path("mutant.xml"), tree)).findings
        pointed = [f for f in findings if f.where.line and f.where.column]
        if not pointed or len(pointed) != len(findings):
            missed.append(f"{kind}: {what}")
    assert missed == []
    assert len(chosen) >= 150


def test_every_character_of_the_source_matters(pair):
    source, edition = pair
    ink = [offset for offset, character in enumerate(source.text) if not character.isspace()]
    missed = []
    for offset in ink[::EVERY_CHARACTER]:
        text = source.text[:offset] + "Ж" + source.text[offset + 1 :]
        if not compare(replace(source, text=text), edition).findings:
            missed.append(source.text[max(0, offset - 20) : offset + 20])
    assert missed == []
