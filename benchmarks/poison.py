"""Whether a few texts of the worst kind spoil a build of many, or anything but themselves.

    python benchmarks/poison.py TEXTS [--jobs 2] [--share 0.01]

TEXTS is a folder of `NAME.txt`. The project is built as it is, and again with poison among its texts, at least one of
each kind: binary, empty, a line without end, wrong encodings, depth, editions with entities that explode or
elements within elements, and texts over which a recogniser of names crashes, never ends, or eats all memory (a plugin
that this program installs for its own builds). Each culprit must be named, and all else be as without them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = 'title = "Collection"\ndate = 2000-01-01\nsources = ["texts"]\nviews = ["html", "text"]\n'
LIMIT = 15
"""Seconds for one document."""

PLUGIN = """
import os

def poisoned(script):
    if "CRASHES THE WORKER" in script.text:
        os.kill(os.getpid(), 11)
    while "NEVER ENDS" in script.text:
        pass
    eaten = []
    while "EATS MEMORY" in script.text:
        eaten.append(bytearray(1 << 28))
    return ()
"""

_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'

TEXTS: dict[str, bytes] = {
    "binary": bytes(range(256)) * 400,
    "empty": b"",
    "blank": b" \n" * 1000,
    "endless-line": b"without end " * 900_000,
    "long-line": b"of two million characters " * 80_000,
    "utf-16-without-mark": ("A letter in another encoding.\n" * 50).encode("utf-16-le"),
    "half-utf-8": "Köln, den 3. März.\n".encode() * 50 + "Köln, den 4. März.\n".encode("latin-1") * 50,
    "cut-off-utf-8": "Köln".encode()[:2],
    "deep-brackets": b"(" * 100_000 + b"[" * 100_000,
    "deep-quotes": b"".join(b"> " * depth + b"said\n" for depth in range(1000)),
    "controls": b"A letter.\x00\x07\x1b[2J\n",
    "crash": b"A letter that CRASHES THE WORKER.\n",
    "loop": b"A letter that NEVER ENDS.\n",
    "memory": b"A letter that EATS MEMORY.\n",
}
"""What is no text, or a text that no program should meet."""

EDITIONS: dict[str, bytes] = {
    "entity-bomb": f'<!DOCTYPE TEI [<!ENTITY e0 "boom">{_BOMB}]>\n{_TEI.format("<p>&e9;</p>")}'.encode(),
    "entity-file": f'<!DOCTYPE TEI [<!ENTITY e SYSTEM "/etc/passwd">]>\n{_TEI.format("<p>&e;</p>")}'.encode(),
    "deep-nesting": _TEI.format("<div>" * 100_000 + "</div>" * 100_000).encode(),
}
"""Editions that stand there as if a person had written them; their texts are harmless."""

HARMLESS = frozenset({"long-line", "deep-brackets", "deep-quotes", "half-utf-8", "utf-16-without-mark"})
"""What may become an edition, or be refused; it must only not disturb."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended, and what it took: seconds, and megabytes of the largest process."""

    code: int
    told: str
    seconds: float
    memory: float


def plugin(folder: Path) -> None:
    """A package that offers a recogniser, as `pip install` would leave it."""
    info = folder / "poisoned_recogniser-1.dist-info"
    info.mkdir(parents=True)
    (folder / "poisoned_recogniser.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poisoned-recogniser\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[teiwright.recognisers]\npoisoned = poisoned_recogniser:poisoned\n")


def build(folder: Path, jobs: int, plugins: Path) -> Ended:
    """One build, with the plugin."""
    paths = os.pathsep.join(filter(None, [str(plugins), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-m", "teiwright", "build", "--project", str(folder), "--all"]
    command += ["--jobs", str(jobs), "--time-limit", str(LIMIT)]
    began = time.perf_counter()
    ended = subprocess.run(  # noqa: S603 (our own command)
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths}
    )
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Ended(ended.returncode, ended.stderr, time.perf_counter() - began, memory)


def poison(folder: Path, times: int) -> list[str]:
    """Put each kind among the texts, so many times; their names."""
    names = []
    for number in range(times):
        for kind, data in TEXTS.items():
            names.append(f"{kind}-{number}")
            (folder / "texts" / f"{names[-1]}.txt").write_bytes(data)
        for kind, data in EDITIONS.items():
            names.append(f"{kind}-{number}")
            (folder / "texts" / f"{names[-1]}.txt").write_text("A harmless letter.\n")
            (folder / "tei" / f"{names[-1]}.xml").write_bytes(data)
    return names


def editions(folder: Path, wanted: Callable[[str], bool]) -> dict[str, str]:
    """Digests of editions and of what is shown of them, by name."""
    files = [*(folder / "tei").glob("*.xml"), *(folder / "out" / "text").glob("*.txt")]
    return {
        f"{file.parent.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if wanted(file.stem)
    }


def main() -> None:
    """Build with and without, compare, and tell who was not named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--share", type=float, default=0.01)
    given = parser.parse_args()
    texts = sorted(given.texts.glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="teiwright-poison-") as name:
        folder, plugins = Path(name) / "project", Path(name) / "plugins"
        plugin(plugins)
        for part in ("texts", "tei"):
            (folder / part).mkdir(parents=True)
        for text in texts:
            shutil.copy(text, folder / "texts")
        (folder / "teiwright.toml").write_text(PROJECT)
        clean = build(folder, given.jobs, plugins)
        pure = editions(folder, lambda _: True)
        shutil.rmtree(folder / ".teiwright")
        shutil.rmtree(folder / "tei")
        shutil.rmtree(folder / "out")
        (folder / "tei").mkdir()
        times = max(1, round(len(texts) * given.share / (len(TEXTS) + len(EDITIONS))))
        names = poison(folder, times)
        spoilt = build(folder, given.jobs, plugins)
        poisoned = frozenset(names)
        now = editions(folder, lambda stem: stem not in poisoned)
        again = build(folder, given.jobs, plugins)
    grave = [name for name in names if name.rpartition("-")[0] not in HARMLESS]
    unnamed = [name for name in grave if f"/{name}." not in spoilt.told]
    wrong = sorted(key for key in {*pure, *now} if pure.get(key) != now.get(key))
    print(f"{len(texts)} texts, {len(names)} poisoned ones of {len(TEXTS) + len(EDITIONS)} kinds, {given.jobs} workers")
    for what, ended in (("without", clean), ("with poison", spoilt), ("once more", again)):
        print(f"{what:<12}{ended.seconds:8.1f} s, {ended.memory:6.0f} MB, exit code {ended.code}")
    for right, of, what, not_right in (
        (len(grave) - len(unnamed), len(grave), "culprits are named", unnamed),
        (len(pure) - len(wrong), len(pure), "files of the others are as without poison", wrong),
    ):
        print(f"{right} of {of} {what}{f'; not {not_right}' if not_right else ''}")
    sys.exit(bool(unnamed or wrong))


if __name__ == "__main__":
    main()
