"""Which files the arguments of a command name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.parallel import default_jobs
from teiwright.remote import Url, fetch, put

Relabel = Callable[[Diagnostic], Diagnostic]

_WORTH_PROCESSES = 2_000_000
"""Bytes from which on several processes are faster than one, as each takes a second to start."""


def size_of(file: Path) -> int:
    """Its bytes; none of what is no file."""
    return file.stat().st_size if file.is_file() else 0


def jobs_for(files: Iterable[Path]) -> int:
    """How many processes files are worth, if nobody said.

    A file by itself needs none; several are safe from a bad one among them if there is one process.
    """
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return 0 if len(sizes) < 2 else default_jobs() if sum(sizes) > _WORTH_PROCESSES else 1


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the files that were copied to where they are worked on, by where that is."""

    places: Mapping[str, str] = field(default_factory=dict)

    def of_path(self, path: object) -> str:
        """A path, as people know it."""
        return self._renamed(str(path))

    def of_finding(self, finding: Diagnostic) -> Diagnostic:
        """A finding, as if it had been found there."""
        first, *others = (replace(place, path=self._renamed(place.path)) for place in (finding.where, *finding.related))
        return replace(finding, where=first, related=tuple(others), message=self._renamed(finding.message))

    def _renamed(self, words: str) -> str:
        for place, name in self.places.items():
            words = words.replace(place, name)
        return words


@contextmanager
def fetched(arguments: Iterable[Path | Url], endings: tuple[str, ...]) -> Iterator[tuple[list[Path], Names]]:
    """The arguments, in place of URLs copies of what is there: a file, or a folder with those that end so."""
    import tempfile

    with ExitStack() as stack:
        paths: list[Path] = []
        names: dict[str, str] = {}
        for argument in arguments:
            if isinstance(argument, Url):
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="teiwright-fetched-")))
                path, name = fetch(argument, folder, endings)
                names[str(path)] = name
                paths.append(path)
            else:
                paths.append(argument)
        yield paths, Names(names)


@contextmanager
def put_back(output: Path | Url) -> Iterator[Path]:
    """Where to write a file; for a URL here, and when it is written it is put there."""
    if isinstance(output, Path):
        yield output
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix="teiwright-made-") as folder:
        yield (made := Path(folder, output.name))
        if made.is_file():
            put(made, output)


@contextmanager
def unpacked(arguments: Iterable[Path | Url]) -> Iterator[tuple[list[Path], list[Diagnostic], Relabel]]:
    """The arguments, in place of files of many texts a folder with these; and how findings speak of them."""
    from teiwright.bulk.forms import form_of

    with fetched(arguments, TEXTS) as (there, names), ExitStack() as stack:
        paths: list[Path] = []
        findings: list[Diagnostic] = []
        folders: dict[str, str] = {}
        for path in there:
            if form_of(path) is None or path.is_dir():
                paths.append(path)
                continue
            import tempfile

            from teiwright.bulk.unpacking import unpack

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="teiwright-texts-")))
            findings += unpack(path, folder)
            folders[str(folder)] = names.of_path(path)
            paths.append(folder)
        yield paths, findings, Names({**names.places, **folders}).of_finding


TEXTS = (".txt", ".toml")
"""How the names of texts end, and of what is known of them."""


def expand(arguments: Iterable[Path], suffixes: tuple[str, ...]) -> tuple[list[Path], list[Diagnostic]]:
    """The files that are named, and those in the folders that are named; and what was wrong with a folder."""
    files: dict[Path, None] = {}
    findings = []
    for argument in arguments:
        try:
            files.update(dict.fromkeys(_inside(argument, suffixes) if argument.is_dir() else [argument]))
        except TeiwrightError as error:
            findings.append(error.finding)
    return list(files), findings


def _inside(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if _ends_in(path.name, suffixes) and path.is_file())
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        finding = Diagnostic(
            Code.NOT_READABLE,
            Location(str(folder)),
            f"the folder cannot be read: {why}",
            "look at its permissions",
        )
        raise TeiwrightError(finding) from error
    if not found:
        kinds = " or ".join(f"`*{suffix}`" for suffix in suffixes)
        raise TeiwrightError(
            Diagnostic(
                Code.NO_SOURCES,
                Location(str(folder)),
                f"no {kinds} file in this folder",
                "name another folder",
            )
        )
    return found


def _ends_in(name: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a name ends so, in small letters or capitals; hidden files are some system's own."""
    return name.lower().endswith(suffixes) and not name.startswith(".")


def without_clashes(files: Iterable[Path], findings: list[Diagnostic]) -> Iterator[Path]:
    """The files whose results have names of their own; the others become findings."""
    from teiwright.project import alike, same_name

    taken: dict[str, Path] = {}
    for path in files:
        other = taken.setdefault(alike(path), path)
        if other is path:
            yield path
        else:
            findings.append(same_name(other, path))
