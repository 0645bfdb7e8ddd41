"""How fast and how large is our RELAX NG validator beside Jing and libxml2?

    python benchmarks/relaxng_speed.py SCHEMA FOLDER [--times N] [--rounds N]

FOLDER has documents (``*.xml``), which are taken N times over. Every engine runs in a process of its own, in turn,
and checks all of them after reading the schema; the table has the least wall time of the rounds, its ratio to
Jing's, and the peak memory. The first table is one document, cold.
Engines that are not there (``apt install jing``) or that take longer than two minutes are left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_LONGEST = 120
_OURS = """
import sys
from pathlib import Path
from teiwright.relaxng import Schema
schema = Schema(Path(sys.argv[1]))
print(sum(bool(schema.validate(Path(name))) for name in sys.argv[2:]))
"""
_OURS_IN_TWO = """
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from teiwright.relaxng import Schema
def some(path, names):
    schema = Schema(Path(path))
    return sum(bool(schema.validate(Path(name))) for name in names)
with ProcessPoolExecutor(2) as pool:
    print(sum(pool.map(partial(some, sys.argv[1]), [sys.argv[2::2], sys.argv[3::2]])))
"""
_LIBXML2 = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
parser = etree.XMLParser(collect_ids=False)
print(sum(not schema.validate(etree.parse(name, parser)) for name in sys.argv[2:]))
"""


def commands() -> dict[str, list[str]]:
    """How each engine is started."""
    found = {"jing": ["jing"]} if shutil.which("jing") else {}
    python = [sys.executable, "-c"]
    return {
        **found,
        "ours": [*python, _OURS],
        "ours, two processes": [*python, _OURS_IN_TWO],
        "libxml2": [*python, _LIBXML2],
    }


def measured(command: list[str]) -> tuple[float, float] | None:
    """Seconds and megabytes of one run, or ``None`` if it takes too long."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    while True:
        pid, _, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            return time.perf_counter() - began, usage.ru_maxrss / 1024
        if time.perf_counter() - began > _LONGEST:
            process.kill()
            process.wait()
            return None
        time.sleep(0.002)


def table(title: str, schema: Path, files: list[str], rounds: int) -> None:
    """Measure all engines in turn, and print."""
    results: dict[str, list[tuple[float, float]]] = {}
    engines = commands()
    for _ in range(rounds):
        for name, command in list(engines.items()):
            result = measured([*command, str(schema), *files])
            if result is None:
                print(f"{name}: more than {_LONGEST} s")
                del engines[name]
                continue
            results.setdefault(name, []).append(result)
    print(f"\n{title}\n{'engine':22} {'seconds':>8} {'to jing':>8} {'MB':>6}")
    against = min((seconds for seconds, _ in results.get("jing", [])), default=0.0)
    for name, runs in results.items():
        seconds, memory = min(runs)[0], max(memory for _, memory in runs)
        ratio = f"{seconds / against:8.2f}" if against else f"{'':8}"
        print(f"{name:22} {seconds:8.2f} {ratio} {memory:6.0f}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schema", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.xml"), key=lambda path: path.stat().st_size)
    if not files:
        parser.error(f"no *.xml in {options.folder}")
    middle = files[len(files) // 2]
    size = sum(path.stat().st_size for path in files) * options.times / 1_000_000
    table(f"one document, {middle.stat().st_size / 1000:.0f} KB, cold", options.schema, [str(middle)], options.rounds)
    names = [str(path) for path in files] * options.times
    table(f"{len(names)} documents, {size:.1f} MB", options.schema, names, options.rounds)


if __name__ == "__main__":
    main()
