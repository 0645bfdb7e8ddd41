"""A document that asks all of a typesetter: 150 notes of 5 to 900 words at every place where a note may stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

NOTES = 150
SHORTEST, LONGEST = 5, 900
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "cha")

GREEK = "τὴν ἀρχὴν ἁπάντων καὶ τέλος"
HEBREW = "בְּרֵאשִׁית ברא אלהים את השמים"
ARABIC = "بسم الله الرحمن الرحيم"
JAPANESE = "東郷外務大臣は、佐藤大使に訓令した。"


def words(number: int, numbers: Iterator[int]) -> str:
    """So many words, none of which comes twice in a document."""
    return " ".join(_word(next(numbers)) for _ in range(number))


def _word(number: int) -> str:
    syllables = []
    while True:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
        if not number:
            return "".join(syllables)


def length(note: int) -> int:
    """Few notes are long: each is longer than the one before by the same share."""
    return round(SHORTEST * (LONGEST / SHORTEST) ** (note / (NOTES - 1)))


def stressful(scripts: tuple[tuple[str, str], ...]) -> str:
    """The body of the document; ``scripts`` are languages and texts in them."""
    numbers = count(16)
    # The long ones are spread among the short: 7 and 150 have no factor in common, so each comes once.
    lengths = iter([length(at * 7 % NOTES) for at in range(NOTES)])
    labels = count(1)

    def note() -> str:
        label, size = next(labels), next(lengths)
        if size < 60:
            return f'<note xml:id="fn-{label}" n="{label}">{words(size, numbers)}.</note>'
        parts = [words(size // 2, numbers), words(size - size // 2, numbers)]
        return f'<note xml:id="fn-{label}" n="{label}">{"".join(f"<p>{part}.</p>" for part in parts)}</note>'

    def said(number: int) -> str:
        return words(number, numbers)

    sections = [_section(at, said, note, scripts) for at in range(NOTES // 10)]
    return "".join(f'<div type="{("letter", "enclosure")[at % 4 == 3]}">{one}</div>' for at, one in enumerate(sections))


def _section(at, said, note, scripts) -> str:
    language, text = scripts[at % len(scripts)]
    rows = "".join(f"<row><cell>{said(3)}</cell><cell>{said(4)}</cell></row>" for _ in range(4))
    inner = f"<list><item>{said(4)}{note()} {said(2)}</item></list>"
    doubtful = f"<choice><sic>{said(1)}</sic><corr>{said(1)}</corr></choice>"
    foreign = f'<foreign xml:lang="{language}">{text}</foreign>'
    return "".join(
        (
            f"<head>{said(5)}{note()} {said(2)}</head>",
            f"<p>{said(30)}, <persName>{said(1)}{note()} {said(1)}</persName> {said(40)} {foreign} {said(5)}.</p>",
            f'<pb n="{at}"/><p>{said(50)}{note()} {said(60)},{note()} {said(3)} <pb n="{at}a"/>{said(40)}.</p>',
            f"<list><label>(1)</label><item>{said(12)}{note()}</item><label>(2)</label><item>{said(6)}{inner}</item></list>",
            f'<table><row role="label"><cell>{said(1)}</cell><cell>{said(1)}</cell></row>{rows}',
            f"<row><cell>{said(3)}{note()}</cell><cell>{said(4)}</cell></row></table>",
            f'<quote rend="blockquote"><p>{said(40)}{note()} {said(10)}.</p></quote>',
            f"<p>{said(80)} {doubtful} {said(9)}{note()} {said(20)}.</p>",
            f"<lg><l>{said(6)}</l><l>{said(5)}{note()}</l></lg>",
            f"<closer><signed>{said(2)}</signed></closer>",
        )
    )
