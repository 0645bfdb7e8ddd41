"""Whether a build that was killed is taken up by the next one, which must make the bytes of an undisturbed one.

    python benchmarks/kills.py TEXTS [--kills 100] [--seed 1] [--number 12]

A project of a few texts is begun from nothing, or built again after one text and the project's title changed; at a
random moment its parent, or one of its workers, is killed (SIGKILL). Then it is built once more and compared with a
build that nobody disturbed, file by file. A kill that came too late is repeated. Linux alone.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

PROJECT = 'title = "{title}"\ndate = 2000-01-01\nsources = ["texts"]\nviews = ["html", "search", "data"]\n'
JOBS = 2
OTHER, LEFT = "builds that ended with other bytes", "builds that left processes behind"
PATIENCE = 300
"""Seconds after which a build that does not end counts as stuck."""


@dataclass(frozen=True, slots=True)
class Case:
    """A project's folder before the build that is killed, and what must stand there in the end."""

    name: str
    before: Path
    wanted: dict[str, str]
    seconds: float


def build(folder: Path) -> subprocess.Popen[bytes]:
    """A build under way."""
    command = [sys.executable, "-m", "teiwright", "build", "--project", str(folder), "--jobs", str(JOBS)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (ours)


def end(under_way: subprocess.Popen[bytes]) -> None:
    """Wait for a build; one that is stuck ends the whole run, for somebody to look at it."""
    try:
        under_way.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        sys.exit(f"process {under_way.pid} is stuck: look at it with py-spy")


def digests(folder: Path) -> dict[str, str]:
    """Every file but the build's own memory."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if name.parts[0] != ".teiwright"
    }


def workers_of(parent: int) -> list[int]:
    """The processes of a build that work on documents."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status[1]) == parent and b"resource_tracker" not in command and status[0] != "Z":
            found.append(int(entry.name))
    return sorted(found)


def is_there(process: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def project_of(texts: list[Path], folder: Path) -> None:
    """A project that was never built."""
    (folder / "texts").mkdir(parents=True)
    for text in texts:
        shutil.copy(text, folder / "texts")
    (folder / "teiwright.toml").write_text(PROJECT.format(title="Collection"))


def change(folder: Path) -> None:
    """One text is corrected, and all pages have another title."""
    text = min((folder / "texts").iterdir())
    text.write_text(text.read_text("utf-8").replace(" the ", " that ", 1), "utf-8")
    (folder / "teiwright.toml").write_text(PROJECT.format(title="Letters"))


def case(name: str, before: Path, scratch: Path) -> Case:
    """What an undisturbed build makes, and how long it takes."""
    folder = shutil.copytree(before, scratch / f"undisturbed-{name}")
    began = time.perf_counter()
    build(folder).wait()
    return Case(name, before, digests(folder), time.perf_counter() - began)


def killed(folder: Path, moment: float, chance: random.Random) -> tuple[str, bool] | None:
    """Kill one process of a build: which, and whether others were left behind. None if the build had ended."""
    under_way = build(folder)
    time.sleep(moment)
    workers = workers_of(under_way.pid)
    hits_worker = bool(workers) and chance.random() < 0.5
    victim = chance.choice(workers) if hits_worker else under_way.pid
    if under_way.poll() is not None:
        return None
    os.kill(victim, signal.SIGKILL)
    end(under_way)
    patience = time.monotonic() + 5
    while any(map(is_there, workers)) and time.monotonic() < patience:
        time.sleep(0.1)
    left = [worker for worker in workers if is_there(worker)]
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    return "a worker" if hits_worker else "the parent", bool(left)


def tried(case: Case, folder: Path, chance: random.Random, told: Counter[str]) -> None:
    """One kill, one more build, and what is wrong then."""
    shutil.copytree(case.before, folder)
    moment = chance.uniform(0, case.seconds)
    if kill := killed(folder, moment, chance):
        victim, left = kill
        end(build(folder))
        now = digests(folder)
        wrong = sorted(name for name in {*now, *case.wanted} if now.get(name) != case.wanted.get(name))
        told.update({"kills": 1, f"kills of {victim}, {case.name}": 1, OTHER: bool(wrong), LEFT: left})
        if wrong or left:
            print(f"{case.name}, {victim}, {moment:.2f} s: {wrong or LEFT}", flush=True)
    shutil.rmtree(folder)


def main() -> None:
    """Kill, build again, compare; print what differed, and the count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=12, help="of texts")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 (no secret)
    texts = sorted(given.texts.glob("*.txt"), key=lambda text: (text.stat().st_size, text.name))[: given.number]
    told: Counter[str] = Counter({OTHER: 0, LEFT: 0})
    with tempfile.TemporaryDirectory(prefix="teiwright-kills-") as name:
        scratch = Path(name)
        project_of(texts, scratch / "fresh")
        fresh = case("from nothing", scratch / "fresh", scratch)
        shutil.copytree(scratch / "undisturbed-from nothing", scratch / "changed")
        change(scratch / "changed")
        cases = (fresh, case("after a change", scratch / "changed", scratch))
        while told["kills"] < given.kills:
            tried(cases[told["kills"] % 2], scratch / "killed", chance, told)
    for what, times in sorted(told.items()):
        print(f"{times:5} {what}")
    sys.exit(bool(told[OTHER] or told[LEFT]))


if __name__ == "__main__":
    main()
