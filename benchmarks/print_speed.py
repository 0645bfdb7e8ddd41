"""How long PDFs take, beside FOP and WeasyPrint where they are installed.

    python benchmarks/print_speed.py [--long]

The document is a despatch of 1,800 words with 10 notes and 40 names; the book has 100 of them, so 1,000 notes.
Ours has running heads, contents, source pages, an index, tags (PDF/UA-1) and the TEI inside (PDF/A-3a),
and is read again word by word.
FOP makes the same but for the TEI and the reading, of XSL-FO that is ready as our Typst sources are: once as it comes,
without hyphenation and with fonts that are not embedded, and once with these, as PDF/UA-1 and PDF/A-3a.
WeasyPrint makes paragraphs and notes at the foot, and nothing else.
`--long` adds a book of five times the length, which is four volumes.
Time is that of the processor, of each program and all that it starts; memory is the most that it ever held.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import fop
from lxml import etree

from teiwright.encoding import load
from teiwright.extracted import Entry, Extract, Site
from teiwright.rendering import Context, prepare, render_edition
from teiwright.rendering.book import Part, book_of_all
from teiwright.rendering.extracting import extract
from teiwright.rendering.printing import typst_source

_NOTES, _WORDS, _NAMES, _PAGES = 10, 150, 40, 4
_DOCUMENTS = 100
_SENTENCE = (
    "the Soviet Government had given categorical assurances that following signature of a pact aid to China would "
    "cease and negotiations which were resumed in November made no progress largely because of new demands by Moscow"
)
_VOCABULARY = tuple(_SENTENCE.split())

_TEI = "http://www.tei-c.org/ns/1.0"

Piece = tuple[str, str]
"""Words, and the note that follows them or nothing."""


def pieces(number: int) -> list[list[Piece]]:
    """The paragraphs of a despatch."""
    paragraphs = []
    for paragraph in range(_NOTES):
        at = number * 7 + paragraph * 13
        words = " ".join(_VOCABULARY[(at + i * 5) % len(_VOCABULARY)] for i in range(_WORDS))
        note = " ".join(_VOCABULARY[(at + i * 3) % len(_VOCABULARY)] for i in range(25))
        paragraphs.append([(words, f"{number} {note}."), ("as reported.", "")])
    return paragraphs


def as_tei(number: int) -> str:
    """A despatch in TEI."""
    body = []
    for at, paragraph in enumerate(pieces(number)):
        names = "".join(f' <persName ref="#p{(number + i) % _NAMES}">Mr. Togo</persName>' for i in range(4))
        page = f'<pb n="{number * _PAGES + at // 3}"/>' if at % 3 == 0 else ""
        said = "".join(
            f"{words}{f'<note n={chr(34)}{at + 1}{chr(34)}>{note}</note>' if note else ''} "
            for words, note in paragraph
        )
        body.append(f"<p>{page}{said}{names}</p>")
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d{number}" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
        f"<title>Despatch {number}</title></titleStmt></fileDesc></teiHeader>"
        f"<text><body><div><head>Despatch {number}</head>{''.join(body)}</div></body></text></TEI>"
    )


def as_fo(documents: int) -> str:
    """The same for FOP: contents, running heads, source pages, index."""
    blocks = []
    for number in range(documents):
        title = f'<fo:marker marker-class-name="t">Despatch {number}</fo:marker>Despatch {number}'
        blocks.append(f'<fo:block id="d{number}" font-size="14pt" space-before="12pt" {_KEEP}>{title}</fo:block>')
        for at, paragraph in enumerate(pieces(number)):
            page = f" [{number * _PAGES + at // 3}] " if at % 3 == 0 else ""
            said = "".join(f"{words}{_fo_note(at + 1, note) if note else ''} " for words, note in paragraph)
            names = "".join(f' <fo:inline id="n{number}-{at}-{i}">Mr. Togo</fo:inline>' for i in range(4))
            blocks.append(f'<fo:block text-align="justify" text-indent="12pt">{page}{said}{names}</fo:block>')
    contents = "".join(_fo_entry(f"Despatch {number}", [f"d{number}"]) for number in range(documents))
    index = "".join(_fo_entry(f"Person {one}", _mentions(one, documents)) for one in range(_NAMES))
    return (
        '<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en"><fo:layout-master-set>'
        '<fo:simple-page-master master-name="p" page-width="156mm" page-height="234mm" margin="20mm 26mm">'
        '<fo:region-body margin="6mm 0"/><fo:region-before extent="5mm"/>'
        "</fo:simple-page-master></fo:layout-master-set>"
        '<fo:page-sequence master-reference="p">'
        '<fo:static-content flow-name="xsl-region-before"><fo:block font-size="8pt">'
        '<fo:retrieve-marker retrieve-class-name="t"/> <fo:page-number/></fo:block></fo:static-content>'
        f'<fo:flow flow-name="xsl-region-body" font-size="10.5pt">{contents}{"".join(blocks)}{index}'
        "</fo:flow></fo:page-sequence></fo:root>"
    )


_KEEP = 'keep-with-next="always"'


def _mentions(person: int, documents: int) -> list[str]:
    where = ((number, at, i) for number in range(documents) for at in range(_NOTES) for i in range(4))
    return [f"n{number}-{at}-{i}" for number, at, i in where if (number + i) % _NAMES == person]


def _fo_entry(words: str, places: Sequence[str]) -> str:
    cited = ", ".join(f'<fo:page-number-citation ref-id="{place}"/>' for place in places)
    return f"<fo:block>{words}, {cited}</fo:block>"


def _fo_note(label: int, note: str) -> str:
    mark = f'<fo:inline font-size="7pt" baseline-shift="super">{label}</fo:inline>'
    block = f'<fo:block font-size="8.75pt">{mark} {note}</fo:block>'
    return f"<fo:footnote>{mark}<fo:footnote-body>{block}</fo:footnote-body></fo:footnote>"


def as_html(documents: int) -> str:
    """The same for WeasyPrint."""
    page = "@page{size:156mm 234mm;margin:26mm}body{font-size:10.5pt;text-align:justify}"
    style = f"{page}.n{{float:footnote;font-size:8.75pt}}"
    blocks = []
    for number in range(documents):
        blocks.append(f"<h1>Despatch {number}</h1>")
        for paragraph in pieces(number):
            said = "".join(f"{words}{f'<span class=n>{note}</span>' if note else ''} " for words, note in paragraph)
            blocks.append(f"<p>{said}</p>")
    return f"<!DOCTYPE html><html lang=en><title>Despatches</title><style>{style}</style><body>{''.join(blocks)}"


@dataclass(frozen=True)
class Run:
    """What a program took."""

    seconds: float
    megabytes: float


def run(command: Sequence[str]) -> Run:
    """Run a program and measure it."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (ours)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _sources(documents: int, folder: Path) -> None:
    """What a build has of each document when it comes to the book: its extract, and the source of its own PDF."""
    persons = "".join(f'<person xml:id="p{i}"><persName>Person {i}</persName></person>' for i in range(_NAMES))
    context = Context(authority=(f'<listPerson xmlns="{_TEI}">{persons}</listPerson>'.encode(),))
    with (folder / "extracts").open("wb") as kept:
        for number in range(documents):
            (folder / f"d{number}.xml").write_text(as_tei(number))
            prepared = prepare(load(folder / f"d{number}.xml"), context)
            (folder / f"d{number}.typ").write_text(typst_source(prepared, context).text or "")
            tree = etree.fromstring(prepared.xml, etree.XMLParser(collect_ids=False))
            pickle.dump(extract(tree, f"d{number}"), kept)


def _bind(documents: int, folder: Path) -> None:
    """Our book, in a process of its own."""
    entries = tuple(Entry(f"p{i}", "person", f"Person {i}", f"Person {i}") for i in range(_NAMES))

    def extracts() -> Iterator[Extract]:
        with (folder / "extracts").open("rb") as kept:
            yield from (pickle.load(kept) for _ in range(documents))  # noqa: S301 (made a moment ago)

    def part(name: str) -> Part:
        return Part(load(folder / f"{name}.xml"), (folder / f"{name}.typ").read_text())

    for made in book_of_all(
        extracts, Site("Despatches", "A publisher", "2026-11-20", entries=entries), part, Context()
    ):
        if isinstance(made, tuple):
            (folder / Path(made[0]).name).write_bytes(made[1])
        else:
            sys.stderr.write(f"{made}\n")


def _warm(folder: Path) -> float:
    """The seconds of one PDF of one document, by a worker that has made others before."""
    times = []
    for number in range(8):
        edition = load(folder / f"d{number}.xml")
        began = time.process_time()
        render_edition(edition, "print", Context(epoch=1_790_000_000))
        times.append(time.process_time() - began)
    return min(times[2:])


def _others(folder: Path, documents: int, name: str) -> Iterator[tuple[str, Run]]:
    if shutil.which("fop"):
        plain, made = folder / "book.fo", ["-pdf", str(folder / "fop.pdf")]
        plain.write_text(as_fo(documents))
        yield f"FOP, {name}", run(["fop", "-q", "-a", "-fo", str(plain), *made])
        if fop.can_promise():
            (folder / "promising.fo").write_text(fop.promising(as_fo(documents)))
            told = ["-c", str(fop.settings(folder)), "-fo", str(folder / "promising.fo")]
            yield f"FOP, {name}, as ours", run(["fop", "-q", "-a", *told, *made])
    weasyprint = os.environ.get("WEASYPRINT") or shutil.which("weasyprint")
    if weasyprint:
        (folder / "book.html").write_text(as_html(documents))
        yield f"WeasyPrint, {name}", run([weasyprint, str(folder / "book.html"), str(folder / "weasyprint.pdf")])


def _book(folder: Path, documents: int) -> Run:
    _sources(documents, folder)
    return run([sys.executable, __file__, "--book", str(documents), str(folder)])


def _show(name: str, made: Run, against: float | None = None) -> None:
    ratio = f"{made.seconds / against:8.2f}" if against else ""
    sys.stdout.write(f"{name:<34}{made.seconds:9.2f}{made.megabytes:9.0f}{ratio}\n")


def main() -> None:
    """Print the table."""
    if find_spec("typst") is None:
        sys.exit("pip install 'teiwright[pdf]' first")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        sys.stdout.write(f"{'':<34}{'CPU s':>9}{'MB':>9}{'× ours':>8}\n")
        ours = _book(folder, _DOCUMENTS)
        _show("teiwright, book", ours)
        for name, other in _others(folder, _DOCUMENTS, "book"):
            _show(name, other, ours.seconds)
        if "--long" in sys.argv:
            _show("teiwright, five times as long", _book(folder, 5 * _DOCUMENTS), ours.seconds)
        warm = Run(_warm(folder), 0)
        _show("teiwright, one document, warm", warm)
        for name, other in _others(folder, 1, "one document"):
            _show(name, other, warm.seconds)


if __name__ == "__main__":
    if "--book" in sys.argv:
        _bind(int(sys.argv[-2]), Path(sys.argv[-1]))
    else:
        main()
