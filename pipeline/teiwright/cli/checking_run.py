"""How ``teiwright check`` goes: files and terms, findings, what of them is known, reports, exit code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from teiwright.cli import outcomes
from teiwright.cli.clusters import Hands, Working, hands
from teiwright.cli.inputs import Names
from teiwright.cli.progress import tracked
from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.gate.choosing import idle_phase, names_none
from teiwright.gate.inputs import Inputs, gather
from teiwright.gate.run import DocumentId, Setting, check_all, equal_ids, nothing_checked
from teiwright.gate.terms import Terms
from teiwright.reporting import parts_of_report
from teiwright.spooling import Spool, in_order, report_of_many
from teiwright.writing import write_parts, write_whole

if TYPE_CHECKING:
    from teiwright.project import Project


_PROJECT_FILE = "teiwright.toml"
_LOOKED_AT = 100
"""Files with findings."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The command line of ``check``."""

    paths: tuple[Path, ...]
    terms: Terms
    authority: tuple[Path, ...]
    exclude: tuple[str, ...]
    changed_since: str | None
    baseline: Path | None
    writes_baseline: bool
    fixes: bool
    writes: bool
    format: str
    reports: tuple[tuple[str, Path], ...]
    working: Working
    remembers: bool
    strict: bool
    debug: bool

    @classmethod
    def of(cls, paths: Sequence[Path], format_: str, options: Mapping[str, Any], *, debug: bool) -> Wishes:
        """From click's options. Raises ``click.UsageError`` for those that do not go together."""
        wishes = cls(
            paths=tuple(paths),
            terms=Terms(
                schemas=options["schemas"],
                phase=options["phase"],
                rules=not options["no_rules"],
                engines=options["engines"] or ("lxml",),
                trusted=(*options["trust"], *options["authority"]),
                keeps=not options["no_cache"],
            ),
            authority=options["authority"],
            exclude=options["exclude"],
            changed_since=options["changed_since"],
            baseline=options["baseline"],
            writes_baseline=options["write_baseline"],
            fixes=options["fix"],
            writes=options["write"],
            format=format_,
            reports=tuple(options["reports"]),
            working=options["working"],
            remembers=not options["no_cache"],
            strict=options["strict"],
            debug=debug,
        )
        if wishes.writes and not wishes.fixes:
            raise click.UsageError("`--write` belongs to `--fix`; to write a baseline say `--write-baseline`")
        if wishes.writes_baseline and wishes.changed_since is not None:
            raise click.UsageError("a baseline of changed files alone would lose all others: leave out one of the two")
        return wishes


def run(wishes: Wishes, names: Names = Names()) -> int:  # noqa: B008 (frozen)
    """Check, report, and say how it ended."""
    with hands(wishes.working.jobs, wishes.working.dask) as work:
        return _run(wishes, work, names)


def _run(wishes: Wishes, work: Hands, names: Names) -> int:
    project = _project(wishes.paths)
    baseline = wishes.baseline or (project.check.baseline if project else None)
    if wishes.writes_baseline and baseline is None:
        raise click.UsageError("say where: `--baseline FILE --write-baseline`")
    inputs = _inputs(wishes, project)
    terms = wishes.terms.within(project)
    folder = project.folder if project else None
    setting = Setting(
        Terms(**{**_fields(terms), "trusted": (*terms.trusted, *inputs.folders, *_named(inputs, folder))}),
        folder,
        work.jobs,
        wishes.remembers,
        wishes.debug,
        work.executor,
        wishes.working.limit,
    )
    findings: list[Diagnostic] = [*inputs.findings, *_missing(wishes)]
    files = _changed(wishes, inputs, findings) if wishes.changed_since is not None else inputs.files
    findings += idle_phase(setting.terms, files, folder)
    if wishes.fixes:
        from teiwright.cli.fixing_run import fix

        return fix(files, setting, findings, writes=wishes.writes)
    found = Spool(chain(findings, _found(files, setting)))
    if not files and not found:
        found.append(nothing_checked(Path()))
    if wishes.writes_baseline and baseline is not None:
        return _write_baseline(found, baseline)
    return _told(wishes, project, report_of_many(map(names.of_finding, found)), baseline, files)


def _fields(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in Terms.__dataclass_fields__}


def _named(inputs: Inputs, project: Path | None) -> tuple[Path, ...]:
    """Files that were named one by one may be pointed to, as those in named folders may.

    Those that may be anyway are left out, since all that is trusted is sent to a worker with each document:
    what lies in a named folder or in the project; and without a project, documents that all lie in one folder.
    """
    files = inputs.files
    if project is None and len({path.parent for path in files}) == 1 and not any(path.is_symlink() for path in files):
        return ()
    places = {path: path.resolve() for path in files}
    open_folders = [folder.resolve() for folder in (*inputs.folders, *([project] if project else ()))]
    return tuple(
        path
        for path, place in places.items()
        if (path.is_absolute() or ".." in path.parts)
        and not any(place.is_relative_to(folder) for folder in open_folders)
    )


def _project(paths: Sequence[Path]) -> Project | None:
    """That of the first path that has one."""
    for start in (*(path if path.is_dir() else path.parent for path in paths), Path()):
        beginning = start.resolve()
        if any((folder / _PROJECT_FILE).is_file() for folder in (beginning, *beginning.parents)):
            # a check without a project does without all its settings
            from teiwright.project import find_project, load_project

            return load_project(find_project(start))
    return None


def _inputs(wishes: Wishes, project: Project | None) -> Inputs:
    paths = wishes.paths or _usual(project, is_of_changes=wishes.changed_since is not None)
    exclude = (*wishes.exclude, *(project.check.exclude if project else ()))
    return gather(paths, exclude, project.output if project else None)


def _usual(project: Project | None, *, is_of_changes: bool) -> tuple[Path, ...]:
    """What is checked if nothing is named. Raises ``click.UsageError`` where that is not clear."""
    if project is not None and project.editions.is_dir():
        return (project.editions,)
    if is_of_changes:
        return (Path(),)
    lacking = f": the project has no folder `{outcomes.plain(project.editions)}`" if project else ""
    raise click.UsageError(f"name files or folders of TEI, or `-` for standard input{lacking}")


def _missing(wishes: Wishes) -> list[Diagnostic]:
    """What the command line names and is not there."""
    message = "there is no such file"
    authority = [(path, message, "name an authority file") for path in wishes.authority if not path.is_file()]
    places = [path for path in wishes.terms.trusted if path not in wishes.authority and not path.exists()]
    trusted = [(path, f"{message} or folder", "look for a typing error in `--trust`") for path in places]
    return [Diagnostic(Code.NOT_FOUND, Location(str(path)), words, hint) for path, words, hint in authority + trusted]


def _changed(wishes: Wishes, inputs: Inputs, findings: list[Diagnostic]) -> tuple[Path, ...]:
    """The files that changed, and those that name them."""
    from teiwright.gate.changes import affected, changes_since

    revision = wishes.changed_since or ""
    start = next((path if path.is_dir() else path.parent for path in wishes.paths), Path())
    files = tuple(affected(inputs.files, changes_since(revision, start)))
    if inputs.files and not files:
        message = f"none of {len(inputs.files):,} files has changed since `{revision}`"
        findings.append(Diagnostic(Code.NO_FILE_CHANGED, Location(str(start)), message))
    return files


def _found(files: Sequence[Path], setting: Setting) -> Iterator[Diagnostic]:
    """What was found in each file, in the order of the files."""
    found: Spool[tuple[int, Diagnostic]] = Spool()
    names: Spool[tuple[int, DocumentId]] = Spool()
    for number, examined in check_all(files, setting, tracked):
        found.extend((number, finding) for finding in examined.findings)
        if examined.name:
            names.append((number, examined.name))
    yield from (finding for _, finding in in_order(found, key=itemgetter(0)))
    yield from equal_ids(names)


def _write_baseline(findings: Sequence[Diagnostic], path: Path) -> int:
    from teiwright.gate.baseline import baseline_of

    data = baseline_of(findings, path)
    write_whole(path, data)
    count = data.count(b'"mark":')
    click.echo(f"{outcomes.plain(path)}: {_findings(count)} known from now on")
    amiss = [each for each in findings if outcomes.exit_code((each,)) > 1 or each.code is Code.NOTHING_CHECKED]
    return outcomes.show(Report.of(amiss))


def _findings(count: int) -> str:
    return "1 finding is" if count == 1 else f"{count:,} findings are"


def _told(
    wishes: Wishes,
    project: Project | None,
    report: Report,
    baseline: Path | None,
    files: Sequence[Path],
) -> int:
    known = 0
    if baseline is not None:
        from teiwright.gate.baseline import read_baseline

        new, known = read_baseline(baseline).without(report.findings, files)
        report = report_of_many(new)
    if project is not None and project.accepted:
        from teiwright.accepting import Accepted

        report = report_of_many(map(Accepted.of(report.findings, project.accepted).told, report.findings))
    outcomes.print_report(parts_of_report(report, wishes.format, known=known))
    for form, path in wishes.reports:
        parts = parts_of_report(report, form, colour=False, known=known)
        write_parts(path, (part.encode("utf-8", "replace") for part in parts))
    terms = wishes.terms.within(project)
    code = outcomes.exit_code(report.findings, strict=wishes.strict)
    summary = _summary(len(files), terms, failed=code > 1)
    if known:
        summary += f"; {_findings(known)} known by {outcomes.plain(baseline)} and not shown"
    click.echo(summary + _by_our_law(report, terms, project), err=True)
    return code


def _by_our_law(report: Report, terms: Terms, project: Project | None) -> str:
    """Who has a schema and did not name it shall not wonder about rules that are not hers."""
    folder = project.folder if project else None
    found = (Path(path) for path, _ in groupby(finding.where.path for finding in report.findings))
    foreign = (
        path for path in found if project is None or not path.resolve().is_relative_to(project.editions.resolve())
    )
    name = next((path for path in islice(foreign, _LOOKED_AT) if names_none(path, terms, folder)), None)
    if name is None:
        return ""
    return f"\n{outcomes.plain(name)} names no schema, so that our own law was taken: name yours with `--schema`"


def _summary(count: int, terms: Terms, *, failed: bool) -> str:
    """What was looked at, and by what, so that nobody takes silence for praise, or a broken schema for one that ran."""
    names = ", ".join(outcomes.plain(path.name) for path in terms.schemas)
    law = names or "the schemas that they name, or else our own"
    if failed:
        if not count:
            return "nothing was checked: see the errors above"
        files = "the file could not" if count == 1 else f"not all of {count:,} files could"
        return f"{files} be checked against {law}: see the errors above"
    return f"checked {count:,} file{'' if count == 1 else 's'} against {law}"
