"""A decision follows its mention through any edit of the text, or says that it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from teiwright.naming.decisions import Anchor, Passages
from teiwright.naming.script import BARRIER, Script

NAMES = ("Grew", "Hirota", "Davies", "Mr. Sato", "Moscow", "Port Arthur")
FORMULA = ["The", "Ambassador", "in", "Japan", "(", "{}", ")", "to", "the", "Secretary", "of", "State"]


@dataclass(frozen=True)
class Mention:
    """A name that is told from all others, wherever it is moved."""

    name: str
    number: int


Token = str | Mention


def script_of(paragraphs: list[list[Token]]) -> tuple[Script, dict[int, tuple[int, int]]]:
    text, places = "", {}
    for paragraph in paragraphs:
        for token in paragraph:
            if isinstance(token, Mention):
                places[token.number] = (len(text), len(text) + len(token.name))
                text += token.name + " "
            else:
                text += token + " "
        text += f"\n{BARRIER}\n"
    return Script(text, (), (0,), (0,), ()), places


def document(random: Random) -> list[list[Token]]:
    """Prose of a few hundred words, the most frequent of them very frequent, and formulas that come again."""
    numbers = iter(range(10_000))
    paragraphs: list[list[Token]] = []
    for _ in range(random.randint(2, 12)):
        paragraph: list[Token] = []
        if random.random() < 0.4:
            paragraph += [Mention(random.choice(NAMES), next(numbers)) if w == "{}" else w for w in FORMULA]
        for _ in range(random.randint(3, 60)):
            rank = int(random.paretovariate(0.7))
            paragraph.append(f"w{rank % 300}")
            if random.random() < 0.08:
                paragraph.append(Mention(random.choice(NAMES), next(numbers)))
        paragraphs.append(paragraph)
    return paragraphs


def edited(paragraphs: list[list[Token]], random: Random) -> list[list[Token]]:
    """Words put in, words (and names) taken out, paragraphs moved and struck out."""
    share = random.choice((0.0, 0.02, 0.1, 0.3))
    changed: list[list[Token]] = []
    for paragraph in paragraphs:
        kept: list[Token] = []
        for token in paragraph:
            if random.random() >= share:
                kept.append(token)
            if random.random() < share:
                kept.append(f"new{random.randint(0, 20)}")
        if random.random() >= share / 2:
            changed.append(kept)
    if random.random() < 0.5:
        random.shuffle(changed)
    return changed


def anchored(script: Script, places: dict[int, tuple[int, int]]) -> dict[int, Anchor]:
    passages = Passages(script)
    return {number: passages.anchor(*place) for number, place in places.items()}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_decision_moves_to_another_mention(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    before = document(random)
    anchors = anchored(*script_of(before))
    script, places = script_of(edited(before, random))
    found = Passages(script).find(list(anchors.values()))
    for number, passage in zip(anchors, found, strict=True):
        if passage is not None:
            assert places.get(number) == (passage.start, passage.end)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_in_a_text_that_was_not_edited_every_decision_is_found(seed: int) -> None:
    script, places = script_of(document(Random(seed)))  # noqa: S311
    anchors = anchored(script, places)
    found = Passages(script).find(list(anchors.values()))
    assert list(places.values()) == [(p.start, p.end) if p else None for p in found]


def test_a_few_changed_words_do_not_lose_a_decision() -> None:
    kept = total = 0
    for seed in range(40):
        random = Random(seed)  # noqa: S311
        before = document(random)
        anchors = anchored(*script_of(before))
        after = [[w for w in p if isinstance(w, Mention) or random.random() >= 0.03] for p in before]
        found = Passages(script_of(after)[0]).find(list(anchors.values()))
        kept += sum(passage is not None for passage in found)
        total += len(found)
    assert kept / total > 0.75


def test_an_anchor_has_more_words_where_a_formula_comes_again() -> None:
    text = "It was said by Grew to all. It was said by Hirota to all. Then it was said by Grew to all, in May."
    script = Script(text, (), (0,), (0,), ())
    one, other = Passages(script).of("Grew")
    assert Passages(script).anchor(one.start, one.end) != Passages(script).anchor(other.start, other.end)
    assert "Hirota" in Passages(script).anchor(one.start, one.end).after
