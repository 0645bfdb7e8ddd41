"""``names``: what the editions name, held against the authority files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes
from teiwright.diagnostics import Report

if TYPE_CHECKING:
    from teiwright.registering import Line, Occurrence, Register

_PATH = click.Path(path_type=Path)
_SHOWN = ("known", "new", "ambiguous", "unused", "dangling", "contradicted", "certainty")


@click.command(short_help="List the names of the editions; propose and merge entries.")
@click.argument("editions", nargs=-1, type=_PATH)
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="If no edition is named.")
@click.option("--persons", type=_PATH, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_PATH, metavar="FILE", help="Known places: a TEI file with a listPlace.")
@click.option("--show", type=click.Choice(_SHOWN), multiple=True, help="Only these lists.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--propose", "at_least", type=click.IntRange(1), metavar="N", help="Entries for names found N times.")
@click.option("--merge", nargs=2, metavar="OLD KEPT", help="Make one entry of two; references follow.")
def names(  # noqa: PLR0913, PLR0917 (click hands over each option)
    editions: tuple[Path, ...],
    folder: Path | None,
    persons: Path | None,
    places: Path | None,
    show: tuple[str, ...],
    format_: str,
    at_least: int | None,
    merge: tuple[str, str] | None,
) -> int:
    """List the names that editions tag, held against the authority files.

    \b
      known      entries that are named, how often and in which forms
      new        forms that no entry bears
      ambiguous  forms that an entry may bear and that are not linked, or that mean two
      unused     entries that no edition names
      dangling   ids that no entry has
      contradicted  names that a date forbids to mean their entry
      certainty  how many names, by how sure the tag is

    --propose prints an authority file with entries for names that come often; what it holds is for you to complete.
    --merge gives the forms of OLD to KEPT and rewrites the references in editions and decisions. OLD is never reused.

    \b
    Examples:
      teiwright names --project letters
      teiwright names tei/ --persons persons.xml --show new --show ambiguous
      teiwright names --propose 3 > proposed.xml
      teiwright names --merge grew-j grew-joseph-c
    """
    found = _found(editions, folder, persons, places)
    if merge:
        return _merge(merge, found.authority, (*found.editions, *found.beside))
    register, code = _register(found)
    if at_least:
        return _propose(register, at_least) or code
    _print(register, show or _SHOWN, format_)
    return code


class _Found:
    """The files that the command is about."""

    def __init__(self, editions: Iterable[Path], authority: Iterable[Path | None], sources: Iterable[Path]) -> None:
        self.editions = tuple(editions)
        self.authority = tuple(path for path in authority if path)
        folders = sorted({text.parent for text in sources})
        beside = ("*decisions.csv", "*.toml")
        self.beside = tuple(p for folder in folders for pattern in beside for p in sorted(folder.glob(pattern)))


def _found(editions: tuple[Path, ...], folder: Path | None, persons: Path | None, places: Path | None) -> _Found:
    from teiwright.cli.inputs import expand
    from teiwright.project import load_project, named_project

    if editions:
        files, findings = expand(editions, (".xml",))
        if findings:
            outcomes.show(Report.of(findings))
        return _Found(files, (persons, places), ())
    project = load_project(named_project(folder))
    made = (project.editions / f"{text.stem}.xml" for text in project.texts())
    known = persons or project.persons, places or project.places
    return _Found((path for path in made if path.is_file()), known, project.texts())


def _register(found: _Found) -> tuple[Register, int]:
    from teiwright.diagnostics import TeiwrightError
    from teiwright.loading import load
    from teiwright.naming import load_authority
    from teiwright.registering import Register, occurrences

    tagged: list[Occurrence] = []
    findings = []
    for path in found.editions:
        try:
            tagged += occurrences(load(path))
        except TeiwrightError as error:
            findings.append(error.finding)
    return Register(tuple(tagged), load_authority(found.authority)), outcomes.show(Report.of(findings))


def _propose(register: Register, at_least: int) -> int:
    from teiwright.registering import propose

    proposed = propose(register, at_least)
    click.echo(proposed or f"no name without an entry is found {at_least} times", nl=not proposed, err=not proposed)
    return 0


def _print(register: Register, shown: Sequence[str], format_: str) -> None:
    from teiwright.registering import LISTS

    for name in shown:
        lines = list(LISTS[name](register))
        if format_ == "json":
            for line in lines:
                click.echo(json.dumps({"list": name} | _fields(line), ensure_ascii=False))
        elif lines:
            click.echo(f"{name} ({len(lines)})")
            for line in sorted(lines, key=lambda line: (-line.count, line.name)):
                click.echo(outcomes.plain(_row(line)))


def _fields(line: Line) -> dict[str, object]:
    return {"count": line.count, "name": line.name, "kind": line.kind, "entries": line.entries, "more": line.more}


def _row(line: Line) -> str:
    cells = f"{line.count:5}", line.kind.ljust(6), line.name, ", ".join(line.entries), line.more
    return "  ".join(filter(None, cells))


def _merge(merge: tuple[str, str], authority: Sequence[Path], texts: Sequence[Path]) -> int:
    from teiwright.naming import load_authority
    from teiwright.registering import merge as merged
    from teiwright.writing import digest_of, read_record, write_record, write_whole

    old, kept = merge
    homes = [path for path in authority if old in load_authority([path]).by_id]
    if not homes:
        raise click.UsageError(f"no authority file has an entry with the id `{old}`")
    plan = merged(old, kept, homes[0], texts)
    for path, data in plan.files:
        record = read_record(path.parent)
        ours = path.is_file() and record.get(path.name) == digest_of(path.read_bytes())
        write_whole(path, data)
        if ours:  # it is still as a program wrote it: the next build may write it again
            write_record(path.parent, record | {path.name: digest_of(data)})
    click.echo(f"`{old}` is now `{kept}`: {plan.references} references in {len(plan.files) - 1} files")
    return 0
