"""How the commands on editions go through files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.cli.inputs import expand, without_clashes
from teiwright.cli.progress import tracked
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.guarding import guarded
from teiwright.writing import copy_if_changed, write_unedited

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

_ABOUT_PDF = frozenset({Code.NO_PDF, Code.UNDATED_PDF})


def rendered(
    paths: Sequence[Path],
    form: str,
    folder: Path,
    authority: tuple[Path, ...],
    fonts: Path | None,
    stylesheets: Path | None,
    *,
    debug: bool,
) -> list[Diagnostic]:
    """Render files, with an index if there are several; what a person edited in ``folder`` is kept."""
    from teiwright.rendering.context import Context, read_authority
    from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN, read_stylesheets

    files, findings = expand(paths, (".xml",))
    files = list(without_clashes(files, findings))
    home = "index.html" if len(files) > 1 and form == "html" else None
    view, suffix = _VIEWS[form]
    if fonts is not None and not fonts.is_dir():
        where = Location(str(fonts))
        raise TeiwrightError(Diagnostic(Code.NOT_FOUND, where, "there is no such folder", "name a folder of fonts"))
    own = read_stylesheets(stylesheets) if stylesheets else NONE_OF_ITS_OWN
    context = Context(home=home, authority=read_authority(authority), fonts=fonts, stylesheets=own)
    rendering = _Rendering(view, context, folder, suffix)
    for path in tracked(files, len(files), "editions"):
        findings += guarded(path, partial(rendering.one, path), debug=debug)
    if home:
        findings += guarded(folder / home, rendering.index, debug=debug)
    return findings


class _Rendering:
    """One run of ``teiwright render``; collects what the index shows."""

    def __init__(self, view: View, context: Context, folder: Path, suffix: str) -> None:
        self._view, self._context, self._folder, self._suffix = view, context, folder, suffix
        self._summaries: list[Summary] = []

    def one(self, path: Path) -> tuple[Diagnostic, ...]:
        from teiwright.encoding import load
        from teiwright.rendering.rendition import prepare, render_prepared
        from teiwright.rendering.summaries import summarise

        edition = load(path)
        # What an edition of anybody names may be any file of this disk: only what lies beside or below it is read.
        prepared = prepare(edition, replace(self._context, pictures=path.parent))
        rendition = render_prepared(prepared, self._view, self._context)
        self._summaries.append(summarise(edition))
        if self._view == "html":
            for picture in prepared.pictures.found:
                copy_if_changed(picture.path, self._folder / picture.name)
        return (*edition.findings, *prepared.findings, *self._written(rendition))

    def index(self) -> tuple[Diagnostic, ...]:
        from teiwright.rendering.rendition import render_index

        return self._written(render_index(self._summaries, self._view, self._context))

    def _written(self, rendition: Rendition) -> tuple[Diagnostic, ...]:
        wanted = {n: data for n, data in rendition.files.items() if Path(n).suffix == self._suffix}
        concerned = _ABOUT_PDF if self._suffix != ".pdf" else frozenset()
        findings = (finding for finding in rendition.findings if finding.code not in concerned)
        return (*findings, *write_unedited(self._folder, wanted))
