"""What a build of many texts costs, and how the cost grows.

    python benchmarks/scale.py TEXTS [--jobs N ...] [--apart]

TEXTS is a folder of `NAME.txt`. A project of a tenth of them is built with each number of workers, then one of all with
the last: from nothing, again without any change, and after a change of one text. Processor time counts that of all
processes; memory is that of the largest. With `--apart` the editions are made, checked and compared by a build of
their own, so that the next shows what pages and search cost where editions are kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = 'title = "Collection"\ndate = 2000-01-01\nsources = ["texts"]\nviews = {}\n'
ALL, EDITIONS_ALONE = PROJECT.format('["html", "search"]'), PROJECT.format("[]")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processor, and megabytes of the largest process."""

    clock: float
    processor: float
    memory: float


@contextmanager
def project_of(texts: list[Path]) -> Iterator[Path]:
    """A project of some texts, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="teiwright-scale-") as name:
        folder = Path(name)
        (folder / "texts").mkdir()
        for text in texts:
            shutil.copy(text, folder / "texts")
        (folder / "teiwright.toml").write_text(ALL)
        yield folder


def build(folder: Path, jobs: int) -> Cost:
    """What one build costs."""
    command = [sys.executable, "-m", "teiwright", "build", "--project", str(folder), "--jobs", str(jobs)]
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=said, stderr=said)  # noqa: S603 (our own command)
        _, status, usage = os.wait4(child.pid, 0)  # with what its own workers used
        clock, child.returncode = time.perf_counter() - began, os.waitstatus_to_exitcode(status)
        if child.returncode > 1:
            said.seek(0)
            sys.exit(said.read()[-2000:].decode())
    return Cost(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


NOTHING = "from nothing"


def apart(folder: Path, jobs: int, texts: int) -> Cost:
    """Build the editions alone, then what is made of them, and print what either cost; the cost of the second."""
    settings = folder / "teiwright.toml"
    settings.write_text(EDITIONS_ALONE)
    told("editions, checked, compared", build(folder, jobs), texts)
    settings.write_text(ALL)
    return told("pages and search of them", build(folder, jobs), texts)


def measured(texts: list[Path], jobs: int, *, in_parts: bool) -> Cost:
    """Build three times, and print what it cost; the cost of the first build, or of its second part."""
    size = sum(text.stat().st_size for text in texts) / 1e6
    print(f"{len(texts):,} texts, {size:.1f} MB, {'1 worker' if jobs == 1 else f'{jobs} workers'}", flush=True)
    with project_of(texts) as folder:
        whole = None if in_parts else told(NOTHING, build(folder, jobs), len(texts))
        first = whole or apart(folder, jobs, len(texts))
        again = told("again, without a change", build(folder, jobs), len(texts))
        changed = min((folder / "texts").iterdir())
        changed.write_text(changed.read_text("utf-8").replace(" the ", " that ", 1), "utf-8")
        told("after a change of one text", build(folder, jobs), len(texts))
    print(f"  again: {100 * again.processor / first.processor:.1f} % of the first")
    return first


def told(what: str, cost: Cost, texts: int) -> Cost:
    """Print a line of the table."""
    each = f"{1000 * cost.processor / texts:8.1f} ms a text"
    print(
        f"  {what:<28}{cost.clock:9.1f} s {cost.processor:9.1f} s of processor {each} {cost.memory:7.0f} MB", flush=True
    )
    return cost


def compared(what: str, one: Cost, other: Cost) -> str:
    """How many times as much the one cost."""
    return (
        f"{what}: {one.clock / other.clock:.2f} times the time, {one.processor / other.processor:.2f} of the processor"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--jobs", type=int, nargs="+", default=[len(os.sched_getaffinity(0))])
    parser.add_argument("--apart", action="store_true")
    given = parser.parse_args()
    texts = sorted(given.texts.glob("*.txt"))
    if len(texts) < 10:
        sys.exit(f"{given.texts} has {len(texts)} texts; at least 10 are needed")
    some = texts[::10]
    costs = {jobs: measured(some, jobs, in_parts=given.apart) for jobs in given.jobs}
    few, most = given.jobs[0], given.jobs[-1]
    if few != most:
        print(compared(f"{few} against {most} workers", costs[few], costs[most]), flush=True)
    print(
        compared(
            f"{len(texts) / len(some):.1f} times the texts", measured(texts, most, in_parts=given.apart), costs[most]
        )
    )


if __name__ == "__main__":
    main()
