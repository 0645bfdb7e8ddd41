"""How fast and how large is ``teiwright check`` with a grammar alone, beside one Jing?

    python benchmarks/relaxng_speed.py SCHEMA FOLDER [--documents N] [--rounds N] [--large MB]

FOLDER has documents (``*.xml``), which are copied until there are N (1,000). Both run in turn, on the same files, each
time anew; the least time of the rounds counts, and the greatest memory of any process. Prints ratios to Jing: one
document and N documents in two processes, when nothing is kept from run to run (``--no-cache``) and when the schema is
known from an earlier run; memory; and the same N once more, when nothing has changed.
User and system time are printed, too: they say more than wall time on a machine that is busy.
Python's bytecode is written beforehand, as it is where a package is installed.
With ``--large`` a document of so many megabytes is checked, and the memory of both is printed.
Jing: ``apt install jing``.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BARS = {
    "one document, cold": 0.5,
    "one document, schema known": 0.5,
    "all documents, two processes": 0.6,
    "all documents, schema known": 0.6,
    "memory": 0.25,
    "once more": 0.15,
}
_OURS = (sys.executable, "-m", "teiwright", "check", "--no-rules")
_HEAD = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt>'
_REST = (
    b"<publicationStmt><p>B</p></publicationStmt><sourceDesc><p>C</p></sourceDesc></fileDesc></teiHeader><text><body>"
)


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """Seconds on the clock, seconds of work, megabytes of the largest process."""

    wall: float
    work: float
    memory: float


def cost(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Of one run; that of its own processes is in it."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 (benchmark)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    largest = [0.0]
    while True:
        pid, _, usage = os.wait4(process.pid, os.WNOHANG)
        largest.append(max((_peak(each) for each in _family(process.pid)), default=0.0))
        if pid:
            break
        time.sleep(0.01)
    wall = time.perf_counter() - began
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(*largest, usage.ru_maxrss / 1024))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def copies(folder: Path, count: int, target: Path) -> list[str]:
    """So many documents, each with an id and some white space of its own, so that no two are the same."""
    originals = sorted(folder.glob("*.xml"))
    made = []
    for number in range(count):
        path = target / f"{number:04}.xml"
        data = originals[number % len(originals)].read_bytes().rstrip()
        named = re.sub(
            rb'^((?:<\?[^>]*>|<!--.*?-->|\s)*<[^>]*xml:id=")', rb"\1n%d-" % number, data, count=1, flags=re.S
        )
        path.write_bytes(named + b"\n" * (number // len(originals)))
        made.append(str(path))
    return made


def measure(
    schema: str, files: Sequence[str], rounds: int, *, jobs: int, cache: Path | None, forgets: bool = False
) -> tuple[Cost, Cost]:
    """Jing's cost, and ours, of the quickest round. ``forgets``: all but the schema."""
    ours = [*_OURS, "--schema", schema, "--jobs", str(jobs), *(() if cache else ("--no-cache",)), *files]
    environment = {**os.environ, **({"TEIWRIGHT_CACHE": str(cache)} if cache else {})}
    theirs, mine = [], []
    for _ in range(rounds):
        if cache and forgets:
            shutil.rmtree(cache / "findings", ignore_errors=True)
        theirs.append(cost(["jing", schema, *files], environment))
        mine.append(cost(ours, environment))
    return min(theirs), min(mine)


def told(what: str, jing: Cost, ours: Cost, *, memory: bool = False) -> bool:
    """Print one line; whether the bar is met."""
    ratio = ours.memory / jing.memory if memory else ours.wall / jing.wall
    print(
        f"{what:30} {ratio:5.2f}  (bar {BARS[what]:.2f}; clock {ours.wall:.2f} s to {jing.wall:.2f} s, "
        f"work {ours.work:.2f} s to {jing.work:.2f} s, memory {ours.memory:.0f} MB to {jing.memory:.0f} MB)"
    )
    return ratio <= BARS[what]


def large(schema: str, megabytes: int, folder: Path) -> None:
    """A document of so many megabytes."""
    path = folder / "large.xml"
    paragraph = b'<div><head>D</head><p rend="x">Some words, <hi>some of them</hi> high.</p></div>\n'
    with path.open("wb") as file:
        file.write(_HEAD + _REST)
        for _ in range(megabytes):
            file.write(paragraph * (1_000_000 // len(paragraph)))
        file.write(b"</body></text></TEI>")
    jing, ours = measure(schema, [str(path)], 1, jobs=1, cache=None)
    print(
        f"a document of {megabytes} MB: {ours.wall:.1f} s, {ours.memory:.0f} MB; Jing {jing.wall:.1f} s, "
        f"{jing.memory:.0f} MB"
    )


def main() -> int:
    """Exit with 1 if a bar is missed, with 2 if there is no Jing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schema", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, metavar="MB")
    options = parser.parse_args()
    if shutil.which("jing") is None:
        print("jing is not there: `apt install jing`", file=sys.stderr)
        return 2
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        schema = str(options.schema.resolve())
        files = copies(options.folder, options.documents, folder)
        sizes = sorted(files, key=lambda path: Path(path).stat().st_size)
        print(f"{len(files)} documents, {sum(Path(path).stat().st_size for path in files) / 1e6:.1f} MB")
        middle, warm, rounds = [sizes[len(sizes) // 2]], folder / "cache", options.rounds
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        measure(schema, files[:4], 1, jobs=2, cache=warm)
        one = measure(schema, middle, rounds, jobs=1, cache=None)
        one_known = measure(schema, middle, rounds, jobs=1, cache=warm, forgets=True)
        many = measure(schema, files, rounds, jobs=2, cache=None)
        many_known = measure(schema, files, rounds, jobs=2, cache=warm, forgets=True)
        measure(schema, files, 1, jobs=2, cache=warm)
        again = measure(schema, files, rounds, jobs=2, cache=warm)
        met = [
            told("one document, cold", *one),
            told("one document, schema known", *one_known),
            told("all documents, two processes", *many),
            told("all documents, schema known", *many_known),
            told("memory", *many, memory=True),
            told("once more", *again),
        ]
        if options.large:
            large(schema, options.large, folder)
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
