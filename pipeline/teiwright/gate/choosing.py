"""By which schemas a file is held, and whether the phase that a user asked for selects anything in them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.gate.inputs import STANDARD_INPUT
from teiwright.gate.models import Model, models_of
from teiwright.gate.terms import Terms
from teiwright.uncollected import uncollected

if TYPE_CHECKING:
    from teiwright.checking import Schema

_PROLOG = 1 << 20


def schemas_of(
    path: Path, terms: Terms, project: Path | None, place: Path | None = None
) -> tuple[list[Schema], list[Diagnostic]]:
    """The schemas of a file, and a finding for each that cannot be used; not silently another in its place.

    ``place`` is where the file belongs, if it is read from elsewhere.
    """
    models, findings = _models(path, terms, project, place or path)
    if not models and not findings:
        from teiwright.checking import own_schema  # noqa: PLC0415 (a run that remembers everything does without)

        return [own_schema()], []
    found: list[Schema] = []
    for model in models:
        try:
            schema = _loaded(model, terms)
            if model.phase and not terms.phase and not _has_phases(schema):
                findings.append(_idle(Location(str(path), model.line, 1), model.phase, "this schema has no phases"))
        except TeiwrightError as error:
            findings.append(error.finding)
            continue
        found.append(schema)
    return found, findings


def names_none(path: Path, terms: Terms, project: Path | None) -> bool:
    """Whether a file is held against our own law, because neither the user nor the file names a schema."""
    return path.is_file() and _models(path, terms, project, path) == ([], [])


def prepare(terms: Terms) -> None:
    """Compile what all files are held against, so that processes which inherit it need not; a flaw is told later.

    All of it stays to the end, so that no collection of garbage need look through it.
    """
    from teiwright.checking import prepare_schema  # noqa: PLC0415 (see above)

    with uncollected():
        for path in terms.schemas:
            with suppress(TeiwrightError):
                prepare_schema(_loaded(Model(path), terms))
        gc.freeze()


def idle_phase(
    terms: Terms, files: Sequence[Path], project: Path | None, place: Path | None = None
) -> Iterator[Diagnostic]:
    """A phase that selects nothing, because no schema of the run has any: else who asked for it believes it tried."""
    if terms.phase is None or terms.phase.startswith("#") or not files or STANDARD_INPUT in files:
        return
    try:
        if any(_has_phases(schema) for path in files for schema in _usable(path, terms, project, place)):
            return
    except TeiwrightError:
        return  # it is told with each file
    place = terms.schemas[0] if terms.schemas else files[0]
    yield _idle(Location(str(place)), terms.phase, "no schema of this run has phases")


def _usable(path: Path, terms: Terms, project: Path | None, place: Path | None) -> Iterator[Schema]:
    """Raises ``TeiwrightError`` for those that are not."""
    if terms.schemas:
        yield from (_loaded(Model(schema), terms) for schema in terms.schemas)
        return
    schemas, findings = schemas_of(path, terms, project, place)
    yield from schemas
    if findings:
        raise TeiwrightError(findings[0])


def _idle(where: Location, phase: str, why: str) -> Diagnostic:
    return Diagnostic(Code.UNREADABLE_SCHEMA, where, f"there is no phase `{phase[:80]}`: {why}", "ask for no phase")


@lru_cache(maxsize=64)
def _has_phases(schema: Schema) -> bool:
    """Whether it has, or says itself that it lacks the one which is asked for. Raises ``TeiwrightError``."""
    from teiwright.checking import has_phases, is_schematron  # noqa: PLC0415 (see above)

    return is_schematron(schema) or has_phases(schema)


def _models(path: Path, terms: Terms, project: Path | None, place: Path) -> tuple[list[Model], list[Diagnostic]]:
    if terms.schemas:
        return [Model(schema) for schema in terms.schemas], []
    folder = project or place.resolve().parent
    allowed = [folder.resolve(), place.resolve().parent, *(trusted.resolve() for trusted in terms.trusted)]
    return models_of(path, _beginning(path), terms.catalog, allowed, place)


def _beginning(path: Path) -> bytes:
    """Enough for what a file says before its root; the rest may be large, and is read as a stream."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(_PROLOG)


@lru_cache(maxsize=64)
def _loaded(model: Model, terms: Terms) -> Schema:
    from teiwright.checking import Engine, Manner, load_schema  # noqa: PLC0415 (see above)

    phase = terms.phase or model.phase or "#DEFAULT"
    engines = tuple(Engine(name) for name in terms.engines)
    return load_schema(model.path, Manner(phase, terms.rules, engines, terms.trusted, terms.keeps))
