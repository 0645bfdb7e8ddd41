"""Conservation: every word of an edition is in its rendition once, in its order, and nothing else is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import PurePosixPath

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.model import Edition, Rendition
from teiwright.rendering.words import (
    Stream,
    Text,
    words_as_printed,
    words_of_tei,
    words_of_text,
    words_of_typst,
)
from teiwright.rendering.words_of_ebook import words_of_ebook
from teiwright.rendering.words_of_html import words_of_html
from teiwright.rendering.words_of_markdown import words_of_markdown
from teiwright.rendering.words_of_office import words_of_docx, words_of_odt

Word = tuple[str, int]
_SHOWN = 12


_READERS: Mapping[str, Callable[[bytes], Text]] = {
    ".html": words_of_html,
    ".typ": lambda data: words_of_typst(data.decode()),
    ".epub": words_of_ebook,
    ".docx": words_of_docx,
    ".odt": words_of_odt,
    ".md": lambda data: words_of_markdown(data.decode()),
}
"""What reads the words of a file, by its suffix; none of them knows the stylesheets."""


def conserve(edition: Edition, rendition: Rendition) -> Report:
    """Compare the words of an edition with those of what was made of it, and a PDF with its source.

    Not counted as words of the edition: the header, and what describes a gap or a picture.
    """
    findings: list[Diagnostic] = []
    path = str(edition.path)
    expected = words_of_tei(edition.tree.getroot())
    for name, data in sorted(rendition.files.items()):
        if read := _READERS.get(PurePosixPath(name).suffix):
            findings += _differences(path, name, expected, read(data))
        elif name.endswith(".txt"):
            findings += _differences(path, name, expected.without_parts(), words_of_text(data.decode()))
        elif name.endswith(".pdf"):
            findings += _of_its_source(edition, name, rendition.files)
    return Report.of(findings)


def _of_its_source(edition: Edition, name: str, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """What the PDF of an edition lost of its Typst source, on the pages before its colophon."""
    stem = name.removesuffix(".pdf")
    last = json.loads(files[f"{stem}.pages.json"])["last"]
    yield from pdf_differences(str(edition.path), name, files[f"{stem}.typ"].decode(), files[name], 1, last)


def pdf_differences(path: str, name: str, source: str, pdf: bytes, first: int, last: int) -> Iterator[Diagnostic]:
    """What a PDF lost of its Typst source, on the pages from ``first`` to ``last``; ``path`` is named in findings."""
    if find_spec("pikepdf") is None:
        return
    from teiwright.rendering.words_of_pdf import words_of_pdf  # noqa: PLC0415 - an extra, as is what made the PDF

    expected, actual = words_as_printed(source), words_of_pdf(pdf, first, last)
    # A PDF has words from right to left, and brackets among them, in the order of the eye.
    seen = _FROM_RIGHT.search(source) is not None
    for should, does in _pairs(expected, actual):
        if not should.has_words_of(does) and not (seen and _same_letters(should, does)):
            yield from _stream_differences(path, name, should.words_with_lines(), does.words())
    printed = Counter(actual.margins.words())
    for word in (Counter(expected.margins.words()) - printed).elements():
        yield _difference(Location(path), name, [word], [])


def _differences(path: str, name: str, expected: Text, actual: Text) -> Iterator[Diagnostic]:
    for should, does in _pairs(expected, actual):
        if not should.has_words_of(does):
            yield from _stream_differences(path, name, should.words_with_lines(), does.words())


def _pairs(expected: Text, actual: Text) -> list[tuple[Stream, Stream]]:
    return [(expected.main, actual.main), *zip_longest(expected.notes, actual.notes, fillvalue=Stream())]


_FROM_RIGHT = re.compile(r'lang: "(?:ar|arc|dv|fa|he|ps|sd|syr|ug|ur|yi)"|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]')
"""Languages and letters that are written from right to left: Hebrew to Arabic Extended, and presentation forms."""

_MARKS = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks of direction (Unicode Bidirectional Algorithm, section 2)."""


_POINTED = re.compile(r"([\u05d0-\u05ea][\u0591-\u05c7]+)\1")
"""A Hebrew letter with a point that is set apart: Typst (0.15) says of both glyphs that they are the whole."""


def _same_letters(should: Stream, does: Stream) -> bool:
    wanted, had = ("".join(stream.words()).translate(_MARKS) for stream in (should, does))
    return Counter(_POINTED.sub(r"\1", wanted)) == Counter(_POINTED.sub(r"\1", had))


def _stream_differences(path: str, name: str, should: Sequence[Word], had: Sequence[str]) -> Iterator[Diagnostic]:
    wanted = [word for word, _ in should]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, wanted, had, autojunk=False).get_opcodes():
        if tag != "equal":
            line = should[min(i1, len(should) - 1)][1] if should else 0
            yield _difference(Location(path, line), name, wanted[i1:i2], had[j1:j2])


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
