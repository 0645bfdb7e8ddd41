"""One document of a build, from its text to its edition and what is known of it; this runs in a worker."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from teiwright.checking import check
from teiwright.clocking import clocked
from teiwright.comparing import compare_and_account
from teiwright.conversion import Conversion, convert, decisions_on
from teiwright.diagnostics import Diagnostic
from teiwright.encoding import load
from teiwright.extracted import Extract, extract_to_json, outline
from teiwright.guarding import guarded
from teiwright.model import Edition, Metadata
from teiwright.naming import read_script
from teiwright.presenting import Setting, context
from teiwright.publishing.searching import searched
from teiwright.registering import amiss
from teiwright.rendering import prepare, summarise
from teiwright.rendering.extracting import extract
from teiwright.touching import Touch, touch_of
from teiwright.writing import digest_of, write_unless_edited

_TEI = "{http://www.tei-c.org/ns/1.0}"


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know. ``recorded`` is the digest of what was last written to ``edition``."""

    text: Path
    edition: Path
    recorded: str | None
    metadata: Metadata | None
    setting: Setting
    schema: Path | None
    size: int = 0
    debug: bool = False


@dataclass(slots=True)
class Made:
    """What became of one document. ``written`` is the digest of the edition if teiwright wrote it.

    ``summary`` is empty if there is no edition, and ``digest`` is that of the edition as it stands.
    """

    findings: tuple[Diagnostic, ...] = ()
    written: str | None = None
    digest: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    extract: bytes = b""
    outline: bytes = b""
    searched: bytes = b""
    touch: Touch = field(default_factory=Touch)
    costs: dict[str, int] = field(default_factory=dict)


def make(task: Task) -> Made:
    """Make, check and compare one edition, and read what its collection must know. What goes wrong is a finding."""
    made = Made()
    made.findings = guarded(task.text, lambda: tuple(_steps(task, made)), debug=task.debug)
    return made


def _steps(task: Task, made: Made) -> Iterator[Diagnostic]:
    with clocked(made.costs, "encode"):
        conversion = convert(task.text, task.metadata, task.setting.recipe)
    yield from conversion.findings
    yield from _write(task, conversion, made)
    # From here on the file counts, not what we meant to write: a person may have edited it.
    made.digest = digest_of(task.edition.read_bytes())
    edition = load(task.edition)
    made.touch = _touch(task.text, conversion, edition)
    made.figures = figures(edition)
    yield from edition.findings
    with clocked(made.costs, "check"):
        checked = check(edition, task.schema, trusted=task.setting.recipe.authority)
        about_names = tuple(amiss(edition, task.setting.recipe.authority))
    yield from (*checked.findings, *about_names)
    with clocked(made.costs, "compare"):
        report, account = compare_and_account(conversion.draft.source, edition)
    made.figures["words"] = account.edition_words
    yield from report.findings
    with clocked(made.costs, "extract"):
        summary = summarise(edition)
        prepared = prepare(edition, context(task.setting))  # what it finds is told when the edition is shown
        if prepared.root is not None:
            known = extract(prepared.root, summary.id)
            made.extract, made.outline = _folded(known), _folded(outline(known))
            made.searched = searched(known)
    made.summary = asdict(summary)


def _folded(extract: Extract) -> bytes:
    return zlib.compress(extract_to_json(extract).encode("utf-8", "surrogatepass"), 1)


def _write(task: Task, conversion: Conversion, made: Made) -> Iterator[Diagnostic]:
    if kept := write_unless_edited(task.edition, conversion.data, task.recorded):
        yield kept
        return
    made.written = digest_of(conversion.data)


def _touch(text: Path, conversion: Conversion, edition: Edition) -> Touch:
    metadata = conversion.draft.source.metadata
    parties = (party.ref for party in (*metadata.sent, *metadata.received))
    decided = (decision.ref for decision in decisions_on(text))
    named = [ref for ref in (*parties, *decided) if ref]
    return touch_of(read_script(conversion.draft).text, conversion.asked, edition.tree.getroot(), named)


def figures(edition: Edition) -> dict[str, int]:
    """How much of what an edition has; its words are counted by the comparison."""
    text = edition.tree.getroot().find(f"{_TEI}text")
    if text is None:
        return {}
    return {
        "notes": sum(1 for _ in text.iter(f"{_TEI}note")),
        "pages": sum(1 for _ in text.iter(f"{_TEI}pb")),
        "names": sum(1 for _ in text.iter(f"{_TEI}persName", f"{_TEI}placeName")),
    }
