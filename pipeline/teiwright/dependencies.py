"""What each step of a build depends on, part by part, so that a person can be told what has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, join, splitext
from typing import TYPE_CHECKING

from teiwright.digests import digest_of_file, digest_of_files, digest_of_program, key_of, state_of_file
from teiwright.project import Project
from teiwright.resources import RECOGNISERS

if TYPE_CHECKING:
    from teiwright.deposit_settings import DepositSettings
    from teiwright.model import Metadata
    from teiwright.remembered import Known, Parts


def of_editions(project: Project) -> Parts:
    """What the editions of all texts depend on."""
    licence = project.licence
    where = project.relative(project.editions)
    said = (project.publisher, project.published, licence, project.conventions, *_places_of_authority(project), where)
    return {
        "the program": digest_of_program(),
        "what the project file says of editions": key_of(*said),
        "the schema": digest_of_file(project.schema) if project.schema else "",
        **_of_packages(),
    }


def _of_packages() -> Parts:
    """The installed packages that offer recognisers of names, in the versions that they have."""
    from importlib.metadata import entry_points  # noqa: PLC0415 (many packages are looked through, once a build)

    offered: dict[str, list[str]] = {}
    for point in sorted(entry_points(group=RECOGNISERS)):
        package, version = (point.dist.name, point.dist.version) if point.dist else (point.value, "")
        offered.setdefault(f"the package `{package}`, which recognises names,", []).append(f"{version} {point}")
    return {what: key_of(*points) for what, points in offered.items()}


def of_text(text: str, metadata: Metadata | None, digest_of: Callable[[str], str]) -> Parts:
    """What the edition of one text depends on beside these."""
    stem, _ = splitext(text)
    return {
        "the text": digest_of(text),
        "its metadata": key_of(digest_of(f"{stem}.toml"), metadata),
        "the decisions on its names": digest_of(f"{stem}.decisions.csv"),
        "the decisions on names for its folder": digest_of(join(dirname(text), "decisions.csv")),
    }


def of_views(project: Project, sections: object) -> Parts:
    """What the views of all editions depend on; ``sections`` are the parts that every page leads to."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return {
        "the program": digest_of_program(),
        "what the project file says of views": key_of(
            *(project.title, project.views, project.shows_sources, project.published, project.address, epoch),
            *(project.manifests,) * bool(project.manifests),
            *(sections, project.layout),
        ),
        "the stylesheets": digest_of_files([project.stylesheets]) if project.stylesheets else "",
        "the fonts": digest_of_files([project.fonts]) if project.fonts else "",
        **_place_of_output(project),
        "the package that makes PDFs": str(bool(find_spec("typst"))),
        "the package that makes files for word processors": str(bool(find_spec("pypandoc"))),
    }


def of_edition(known: Known, before: Known | None, after: Known | None, moved: object = ()) -> Parts:
    """What the views of one edition depend on beside these; ``moved`` are ids that its page had."""
    named = {"the edition before it": before, "the edition after it": after}
    neighbours = {what: key_of(one.id, one.title) for what, one in named.items() if one}
    published = {"its published addresses": key_of(moved)} if moved else {}
    return {"the edition": key_of(known.digest, known.id), **neighbours, **published}


_PICTURE = "the picture "


def of_pictures(project: Project, pictures: Mapping[Path, str]) -> Parts:
    """The pictures that an edition names, whether they are there or not."""
    return {f"{_PICTURE}{project.relative(path)}": state for path, state in pictures.items()}


def from_pictures(parts: Mapping[str, str]) -> Parts:
    """Those of the parts of something that are pictures."""
    return {what: state for what, state in parts.items() if what.startswith(_PICTURE)}


def pictures_now(project: Project, parts: Mapping[str, str]) -> Parts:
    """The same pictures as they are now."""
    return {what: state_of_file(project.folder / what.removeprefix(_PICTURE)) for what in from_pictures(parts)}


def of_collection(project: Project) -> Parts:
    """What every step of the collection depends on, beside the editions."""
    said = (project.title, project.publisher, project.published, project.licence, project.views, project.address)
    return {
        "the program": digest_of_program(),
        "what the project file says of the collection": key_of(*said),
        "the authority files": digest_of_files(authority_files(project)),
        "the stylesheets": digest_of_files([project.stylesheets]) if project.stylesheets else "",
        **_place_of_output(project),
    }


def of_deposit(project: Project, files: str) -> Parts:
    """What the deposit depends on; ``files`` is one digest for all that it packs."""
    return {
        "the program": digest_of_program(),
        "what the project file says of the deposit": key_of(_without_place(project), project.packed),
        "the schema": digest_of_file(project.schema) if project.schema else "",
        "what is packed": files,
    }


def authority_files(project: Project) -> list[Path]:
    """Those that there are."""
    return [path for path in (project.persons, project.places) if path]


def _places_of_authority(project: Project) -> list[str]:
    """Editions refer to the authority files by their place."""
    return [os.path.relpath(path, project.editions) for path in authority_files(project)]


def _place_of_output(project: Project) -> Parts:
    return {"the place of the output": project.relative(project.output)}


def _without_place(project: Project) -> DepositSettings:
    """The settings of the deposit, wherever the project's file lies."""
    settings = project.deposit
    folder, ocfl = (path and Path(project.relative(path)) for path in (settings.folder, settings.ocfl))
    return replace(settings, statement=replace(settings.statement, place="", line=0), folder=folder, ocfl=ocfl)


def joined(*parts: Mapping[str, str]) -> Parts:
    """Several groups of parts as one."""
    return {what: digest for group in parts for what, digest in group.items()}
