"""How the commands on editions go through files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.cli.clusters import Working
from teiwright.cli.inputs import expand, size_of, without_clashes
from teiwright.cli.progress import tracked
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.digests import digest_of_files
from teiwright.guarding import crashed, guarded, too_slow
from teiwright.parallel import Trade
from teiwright.writing import (
    RECORD,
    add_to_record,
    copy_if_changed,
    digest_of,
    read_record,
    write_record,
    write_unedited,
    write_unless_edited,
)

if TYPE_CHECKING:
    from teiwright.model import Rendition
    from teiwright.rendering.context import Context
    from teiwright.rendering.rendition import View
    from teiwright.rendering.summaries import Summary


_VIEWS: Mapping[str, tuple[View, str]] = {
    "html": ("html", ".html"),
    "pdf": ("print", ".pdf"),
    "typst": ("print", ".typ"),
    "epub": ("epub", ".epub"),
    "text": ("text", ".txt"),
    "markdown": ("text", ".md"),
    "docx": ("docx", ".docx"),
    "odt": ("odt", ".odt"),
}
"""What ``--to`` asks for: the view that makes it, and how its files end."""

ENDINGS = {form: ending for form, (_, ending) in _VIEWS.items()}

_ABOUT_PDF = frozenset({Code.NO_PDF, Code.UNDATED_PDF})


@dataclass(frozen=True, slots=True)
class Look:
    """What all renditions of one run have in common, small enough to be sent with each edition.

    ``name`` is that of the file, where there is one edition and it was said.
    ``stamp`` tells two states of the files apart that it names.
    """

    form: str
    folder: Path
    home: str | None
    authority: tuple[Path, ...]
    fonts: Path | None
    stylesheets: Path | None
    stamp: str
    name: str | None = None

    @classmethod
    def of(
        cls,
        form: str,
        folder: Path,
        authority: tuple[Path, ...] = (),
        fonts: Path | None = None,
        stylesheets: Path | None = None,
        name: str | None = None,
    ) -> Look:
        """Raises ``TeiwrightError`` if there is no such folder of fonts, or an authority file that cannot be read."""
        if fonts is not None and not fonts.is_dir():
            where = Location(str(fonts))
            raise TeiwrightError(Diagnostic(Code.NOT_FOUND, where, "there is no such folder", "name a folder of fonts"))
        named = [*authority, *([stylesheets] if stylesheets else []), folder / RECORD]
        look = cls(form, folder, None, authority, fonts, stylesheets, digest_of_files(named), name)
        _context(look)
        return look


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    look: Look
    debug: bool


@dataclass(slots=True)
class _Done:
    """What came of one edition: digests of the files that were written, and what an index says of it."""

    findings: tuple[Diagnostic, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    summary: Summary | None = None


def rendered(paths: Sequence[Path], look: Look, working: Working, *, debug: bool) -> list[Diagnostic]:
    """Render files, with an index if there are several; what a person edited is kept."""
    files, findings = expand(paths, (".xml",))
    files = list(without_clashes(files, findings))
    if len(files) > 1 and look.form == "html":
        look = replace(look, home="index.html")
    record, done = read_record(look.folder), dict[Path, _Done]()
    trade: Trade[_Task, _Done] = Trade(_render, _lost, lambda task: size_of(task.path))
    tasks = [_Task(path, look, debug) for path in files]
    with working.workers(files) as workers:
        for task, made in tracked(workers.run(trade, tasks, len(tasks)), len(tasks), "editions"):
            done[task.path] = made
            for name, digest in made.written.items():
                if record.get(name) != digest:
                    record[name] = digest
                    add_to_record(look.folder, name, digest)
    write_record(look.folder, record)
    findings += [finding for path in files for finding in done[path].findings]
    if look.home:
        summaries = [summary for path in files if (summary := done[path].summary)]
        findings += guarded(look.folder / look.home, partial(_index, look, summaries), debug=debug)
    return findings


def _lost(task: _Task, slow: bool) -> _Done:
    return _Done(((too_slow if slow else crashed)(task.path),))


def _render(task: _Task) -> _Done:
    done = _Done()
    done.findings = guarded(task.path, lambda: tuple(_steps(task, done)), debug=task.debug)
    return done


def _steps(task: _Task, done: _Done) -> Iterator[Diagnostic]:
    from teiwright.encoding import load
    from teiwright.rendering.rendition import prepare, render_prepared
    from teiwright.rendering.summaries import summarise

    edition, look = load(task.path), task.look
    yield from edition.findings
    view, suffix = _VIEWS[look.form]
    # What an edition of anybody names may be any file of this disk: only what lies beside or below it is read.
    prepared = prepare(edition, replace(_context(look), pictures=task.path.parent))
    yield from prepared.findings
    rendition = render_prepared(prepared, view, _context(look))
    done.summary = summarise(edition)
    if view == "html":
        for picture in prepared.pictures.found:
            copy_if_changed(picture.path, look.folder / picture.name)
    yield from _concerned(rendition, suffix)
    for its_name, data in _wanted(rendition, suffix).items():
        name = look.name or its_name
        if kept := write_unless_edited(look.folder / name, data, _recorded(look).get(name)):
            yield kept
        else:
            done.written[name] = digest_of(data)


def _index(look: Look, summaries: Sequence[Summary]) -> tuple[Diagnostic, ...]:
    from teiwright.rendering.rendition import render_index

    view, suffix = _VIEWS[look.form]
    rendition = render_index(summaries, view, _context(look))
    return (*_concerned(rendition, suffix), *write_unedited(look.folder, _wanted(rendition, suffix)))


def _wanted(rendition: Rendition, suffix: str) -> dict[str, bytes]:
    return {name: data for name, data in rendition.files.items() if Path(name).suffix == suffix}


def _concerned(rendition: Rendition, suffix: str) -> Iterator[Diagnostic]:
    passed_over = _ABOUT_PDF if suffix != ".pdf" else frozenset()
    return (finding for finding in rendition.findings if finding.code not in passed_over)


@lru_cache(maxsize=1)
def _context(look: Look) -> Context:
    # A worker meets many editions and one look.
    from teiwright.rendering.context import Context, read_authority
    from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN, read_stylesheets

    own = read_stylesheets(look.stylesheets) if look.stylesheets else NONE_OF_ITS_OWN
    return Context(home=look.home, authority=read_authority(look.authority), fonts=look.fonts, stylesheets=own)


@lru_cache(maxsize=1)
def _recorded(look: Look) -> Mapping[str, str]:
    return read_record(look.folder)
