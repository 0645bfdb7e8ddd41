"""Conservation: every word of an edition is in its rendition once, in its order, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.model import Edition, Rendition
from teiwright.rendering.ebook_words import words_of_ebook
from teiwright.rendering.words import Stream, Text, words_of_html, words_of_tei, words_of_typst

Word = tuple[str, int]
_SHOWN = 12


def conserve(edition: Edition, rendition: Rendition) -> Report:
    """Compare the words of an edition with those of its page, its Typst source or its e-book.

    Not counted as words of the edition: the header, and what describes a gap or a picture.
    """
    findings: list[Diagnostic] = []
    expected = words_of_tei(edition.tree.getroot())
    for name, data in sorted(rendition.files.items()):
        if name.endswith(".html"):
            findings += _differences(edition, name, expected, words_of_html(data.decode()))
        elif name.endswith(".typ"):
            findings += _differences(edition, name, expected, words_of_typst(data.decode()))
        elif name.endswith(".epub"):
            findings += _differences(edition, name, expected, words_of_ebook(data))
    return Report.of(findings)


def _differences(edition: Edition, name: str, expected: Text, actual: Text) -> Iterator[Diagnostic]:
    pairs = [(expected.main, actual.main), *zip_longest(expected.notes, actual.notes, fillvalue=Stream())]
    for should, does in pairs:
        yield from _stream_differences(edition, name, should.words(), does.words())


def _stream_differences(
    edition: Edition, name: str, should: Sequence[Word], does: Sequence[Word]
) -> Iterator[Diagnostic]:
    wanted, had = [word for word, _ in should], [word for word, _ in does]
    if wanted == had:
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, wanted, had, autojunk=False).get_opcodes():
        if tag != "equal":
            line = should[min(i1, len(should) - 1)][1] if should else 0
            yield _difference(Location(str(edition.path), line), name, wanted[i1:i2], had[j1:j2])


def _difference(where: Location, name: str, lost: Sequence[str], added: Sequence[str]) -> Diagnostic:
    if lost and added:
        message = f"`{_quoted(lost)}` is `{_quoted(added)}` in {name}"
    elif lost:
        message = f"`{_quoted(lost)}` is missing from {name}"
    else:
        message = f"{name} has `{_quoted(added)}`, which the edition has not at this place"
    return Diagnostic(
        Code.WORD_LOST, where, message, "correct the stylesheet; a view may not lose, double or change a word"
    )


def _quoted(words: Sequence[str]) -> str:
    shown = " ".join(words[:_SHOWN])
    return f"{shown} …" if len(words) > _SHOWN else shown
