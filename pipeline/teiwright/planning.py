"""What a build has to do, and why: the parts of every step held against those of which it was last taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from teiwright.collection import VIEWS, Seen, sections
from teiwright.dependencies import (
    authority_files,
    from_pictures,
    joined,
    of_edition,
    of_editions,
    of_text,
    of_views,
    pictures_now,
)
from teiwright.diagnostics import TeiwrightError
from teiwright.digests import digest_of_files
from teiwright.extracted import Section
from teiwright.project import Project
from teiwright.recalling import Recalled
from teiwright.remembered import Known, Parts
from teiwright.state import State
from teiwright.touching import Authorities, from_authority

if TYPE_CHECKING:
    from teiwright.model import Metadata
    from teiwright.publishing import Forward

Item = TypeVar("Item")

EDITION = "edition"
"""The step that makes an edition of one text."""

AUTHORITIES = "authority files"


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be known to say what has changed. ``table`` is metadata by the names of texts."""

    project: Project
    state: State
    table: Mapping[str, Metadata]
    authorities: Authorities

    @classmethod
    def of(cls, project: Project, state: State, whose: Callable[[str], bool] = lambda _: True) -> Plan:
        """For a project as it stands, or some of its texts; the state then knows which there are."""
        state.begin((text.stem, project.relative(text)) for text in project.each_text() if whose(text.stem))
        return cls(project, state, table_of(project), _authorities(project, state))

    def described(self, text: PurePath) -> Metadata | None:
        """What the table says of a text."""
        return self.table.get(text.name) or self.table.get(text.stem)


def table_of(project: Project) -> Mapping[str, Metadata]:
    """Metadata by the names of texts."""
    if project.metadata is None:
        return {}
    from teiwright.reading import read_table  # noqa: PLC0415 (only where there is a table)

    return read_table(project.metadata)


def _authorities(project: Project, state: State) -> Authorities:
    files = tuple(authority_files(project))
    digest = digest_of_files(files)
    same = state.fact(AUTHORITIES, digest) is not None
    return Authorities(files, digest, same)


Around = tuple[Known, Known | None, Known | None]
"""An edition, the one before it and the one after it."""


def with_neighbours(editions: Iterable[Item]) -> Iterator[tuple[Item, Item | None, Item | None]]:
    """Each edition with those around it."""
    before: Item | None = None
    current: Item | None = None
    for after in editions:
        if current is not None:
            yield current, before, after
        before, current = current, after
    if current is not None:
        yield current, before, None


def stale_texts(plan: Plan) -> Iterator[tuple[str, Parts]]:
    """The texts of which editions have to be made, and of which parts."""
    fixed = of_editions(plan.project)
    for text in plan.state.recalled.texts(EDITION):
        parts = joined(fixed, _parts_of_text(plan, text))
        if text.taken is None or any(text.taken.changed(plan.state.digest_of, parts)):
            yield text.name, parts


def stale_views(plan: Plan, leading: tuple[Section, ...]) -> Iterator[tuple[str, Parts]]:
    """The editions that have to be shown, and of which parts; ``leading`` is where all pages lead."""
    fixed, moved = of_views(plan.project, leading), forwards_of(plan.project)
    for (known, shown), before, after in with_neighbours(plan.state.recalled.editions(VIEWS)):
        if not shown.text:  # that of another shard
            continue
        around = known, before and before[0], after and after[0]
        parts = joined(fixed, _parts_of_views(plan, shown, around, moved.get(known.id, ())))
        if shown.taken is None or any(shown.taken.changed(plan.state.digest_of, parts)):
            yield known.name, parts


def forwards_of(project: Project) -> Mapping[str, tuple[Forward, ...]]:
    """The ids that pages had and have no more. A registry that cannot be read is a finding of another step."""
    if not project.permalinks.is_file():
        return {}
    from teiwright.publishing import forwards, read_registry  # noqa: PLC0415 (only where there is a registry)

    try:
        return forwards(read_registry(project.permalinks))
    except TeiwrightError:
        return {}


def _parts_of_text(plan: Plan, text: Recalled) -> Parts:
    metadata = plan.described(PurePath(text.text)) if plan.table else None
    return joined(of_text(text.text, metadata, plan.state.digest_of), _touched(plan, text))


def _touched(plan: Plan, text: Recalled) -> Parts:
    """The entries of the authority files that a text touched when its edition was made."""
    if text.taken is None or plan.authorities.same:
        return from_authority(text.parts)
    return plan.authorities.for_edition(plan.state.touch(text.name))


def _parts_of_views(plan: Plan, shown: Recalled, around: Around, moved: tuple[Forward, ...]) -> Parts:
    return joined(of_edition(*around, moved), _beside(plan, shown), _named(plan, shown))


def _beside(plan: Plan, shown: Recalled) -> Parts:
    """The pictures that were shown; the text, which is shown beside the edition if the project wants it."""
    pictures = pictures_now(plan.project, shown.parts)
    if not plan.project.shows_sources:
        return pictures
    return joined(pictures, {"the text": plan.state.digest_of(shown.text)})


def _named(plan: Plan, shown: Recalled) -> Parts:
    """The entries that an edition names."""
    if shown.taken is not None and plan.authorities.same:
        return from_authority(shown.parts)
    return plan.authorities.for_views(plan.state.pointers(shown.name))


def own_parts(state: State, name: str) -> Parts:
    """What a document is made of, but for entries and pictures: what it has of these is known only afterwards."""
    parts = state.parts_of(name)
    later = {**from_authority(parts), **from_pictures(parts)}
    return {what: digest for what, digest in parts.items() if what not in later}


def reasons(project: Project, state: State, asked: str) -> list[str] | None:
    """Why a document, by the name of its text or by its id, would be made again; none if there is no such document."""
    plan = Plan.of(project, state)
    of_ids = (known.name for known in state.editions() if known.id == asked)
    name = asked if state.has_text(asked) else next(of_ids, None)
    if name is None or not state.has_text(name):
        return None
    memory = state.recall(EDITION, name)
    if memory is None:
        return ["the edition: it was never made"]
    parts = joined(of_editions(project), _parts_of_text(plan, Recalled(name, state.path_of_text(name), memory)))
    return [f"the edition: {why}" for why in memory.changed(state.digest_of, parts)] + _reasons_of_views(plan, name)


def _reasons_of_views(plan: Plan, name: str) -> list[str]:
    around = next((each for each in with_neighbours(plan.state.editions()) if each[0].name == name), None)
    if around is None:
        return ["the views: there are none"]
    memory = plan.state.recall(VIEWS, name)
    if memory is None:
        return ["the views: they were never made"]
    leading = sections(plan.project, plan.state, Seen.of(plan.state))
    moved = forwards_of(plan.project).get(around[0].id, ())
    shown = Recalled(name, plan.state.path_of_text(name), memory)
    parts = joined(of_views(plan.project, leading), _parts_of_views(plan, shown, around, moved))
    return [f"the views: {why}" for why in memory.changed(plan.state.digest_of, parts)]
