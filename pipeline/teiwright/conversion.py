"""From one text to its edition: read, parse, name, encode."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.diagnostics import Diagnostic
from teiwright.digests import digest_of_files
from teiwright.encoding import Authority as AuthorityFiles
from teiwright.encoding import Publication, encode, serialize
from teiwright.model import Draft, Edition, Habit, Licence, Metadata, Use
from teiwright.naming import Asked, load_authority, name, overheard
from teiwright.naming.decisions import SHARED, Decision, load_decisions, of_text
from teiwright.parsing import parse
from teiwright.project import Project
from teiwright.reading import read

if TYPE_CHECKING:
    from teiwright.naming import Authority


@dataclass(frozen=True, slots=True)
class Recipe:
    """What all editions of a run have in common. ``stamp`` tells two states of the authority files apart."""

    publication: Publication
    persons: Path | None = None
    places: Path | None = None
    stamp: str = ""
    conventions: tuple[tuple[Habit, Use], ...] = ()

    @classmethod
    def of(
        cls,
        editions: Path,
        persons: Path | None = None,
        places: Path | None = None,
        publication: Publication = Publication(),  # noqa: B008 (frozen)
        stamp: str = "",
    ) -> Recipe:
        """For editions in one folder, to which references are relative; one authority file may hold both kinds."""
        relative = {
            kind: os.path.relpath(path, editions).replace(os.sep, "/")
            for kind, path in (("persons", persons or places), ("places", places or persons))
            if path
        }
        known = replace(publication, authority=AuthorityFiles(**relative))
        return cls(known, persons, places, stamp)

    @property
    def authority(self) -> tuple[Path, ...]:
        """The authority files that there are."""
        return tuple(dict.fromkeys(path for path in (self.persons, self.places) if path))


def recipe_of(project: Project) -> Recipe:
    """What a project says of all its editions."""
    publication = Publication(project.publisher, project.published, Licence(*project.licence))
    stamp = digest_of_files([path for path in (project.persons, project.places) if path])
    recipe = Recipe.of(project.editions, project.persons, project.places, publication, stamp)
    return replace(recipe, conventions=project.conventions)


@dataclass(frozen=True, slots=True)
class Conversion:
    """An edition with the draft it was made from, what was asked of the authority files, and the bytes of its file."""

    draft: Draft
    asked: Asked
    edition: Edition
    data: bytes

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What the stages found on the way."""
        return (*self.draft.findings, *self.edition.findings)


def understand(text: Path, metadata: Metadata | None, recipe: Recipe) -> Draft:
    """The draft of a text with its names."""
    return _understood(text, metadata, recipe)[0]


def _understood(text: Path, metadata: Metadata | None, recipe: Recipe) -> tuple[Draft, Asked]:
    source = read(text, metadata)
    if recipe.persons is None:
        source = replace(source, metadata=_without_references(source.metadata))
    decided = {**dict(recipe.conventions), **dict(source.metadata.conventions)}
    source = replace(source, metadata=replace(source.metadata, conventions=tuple(decided.items())))
    authority, asked = overheard(authority_of(recipe))
    return name(parse(source), authority, decisions_on(text)), asked


def decisions_on(text: Path) -> tuple[Decision, ...]:
    """What was decided about the names of a text: for all texts of its folder, and for itself."""
    return tuple(decision for path in decision_files(text) for decision in load_decisions(path))


def decision_files(text: Path) -> tuple[Path, Path]:
    """Where decisions on a text may stand; neither file need be there."""
    return text.with_name(SHARED), of_text(text)


def convert(text: Path, metadata: Metadata | None, recipe: Recipe) -> Conversion:
    """The edition of a text."""
    draft, asked = _understood(text, metadata, recipe)
    edition = encode(draft, recipe.publication)
    return Conversion(draft, asked, edition, serialize(edition))


def authority_of(recipe: Recipe) -> Authority:
    """The persons and places that the editions of a run know."""
    return _authority(recipe.authority, recipe.stamp)


def _without_references(metadata: Metadata) -> Metadata:
    """Metadata that name no entry of an authority file: without the file a reader could not follow them."""
    sent, received = (
        tuple(replace(party, ref=None) for party in parties) for parties in (metadata.sent, metadata.received)
    )
    return replace(metadata, sent=sent, received=received)


@lru_cache(maxsize=1)
def _authority(files: tuple[Path, ...], stamp: str) -> Authority:
    # A worker meets many texts and one authority; `stamp` is part of the key, as files change between runs.
    del stamp
    return load_authority(files)
