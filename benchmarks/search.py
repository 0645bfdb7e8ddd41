"""What the search of an edition costs, to make and to use: processor time, memory, size, bytes of a first question.

python benchmarks/search.py [--documents 1000 10000]

The documents are synthetic: words of a vocabulary of 60,000 in the frequencies of natural language (Zipf), 1,350 words
in 30 paragraphs each.
The bytes of a first question are measured by tests in a browser; here is the bound that the page keeps to.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Container, Iterator
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from teiwright.extracted import Extract, Naming, Passage, Shelf, Site
from teiwright.publishing.searching import search, searched
from teiwright.rendering import Context, frame

VOCABULARY = 60_000
PARAGRAPHS, WORDS = 30, 45
LETTERS = "etaoinshrdlucmfwypvbgkqjxz"


def vocabulary(chance: random.Random) -> list[str]:
    """Words that are the longer the rarer they are."""
    return [
        "".join(chance.choices(LETTERS, range(26, 0, -1), k=2 + len(str(rank)) + chance.randrange(4)))
        for rank in range(VOCABULARY)
    ]


def documents(count: int) -> Iterator[Extract]:
    """So many documents, the same each time."""
    chance = random.Random(1)  # noqa: S311 (nothing is secret here)
    words, weights = vocabulary(chance), list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    for number in range(count):
        paragraphs = [" ".join(chance.choices(words, cum_weights=weights, k=WORDS)) for _ in range(PARAGRAPHS)]
        passages, at = [], 0
        for index, paragraph in enumerate(paragraphs):
            passages.append(Passage("paragraph", f"par-{index + 1}", str(index // 10 + 1), at, at + len(paragraph)))
            at += len(paragraph) + 2
        names = tuple(Naming("person", f"p{chance.randrange(2000)}", f"name-{n}", "", 0, 1) for n in range(12))
        year = str(1850 + number * 100 // count)
        yield Extract(
            f"d{number:06d}",
            f"Letter {number}",
            kind=chance.choice(("letter", "despatch")),
            when=year,
            until=year,
            date=year,
            passages=tuple(passages),
            names=names,
            text="\n\n".join(paragraphs),
        )


class Kept(Shelf):
    """What workers hand over of documents, kept on disk as a build keeps it. ``seconds`` are the processor's."""

    def __init__(self, file: Path, count: int) -> None:
        super().__init__(lambda: documents(count))
        self._open = sqlite3.connect(file, isolation_level=None)
        self._open.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, searched BLOB)")
        self.seconds = 0.0
        for number, extract in enumerate(documents(count)):
            started = time.process_time()
            made = searched(extract)
            self.seconds += time.process_time() - started
            self._open.execute("INSERT INTO kept VALUES (?, ?)", (number, made))

    def digests(self) -> Iterator[str]:
        """Of what is kept."""
        return (sha256(row[0]).hexdigest() for row in self._open.execute("SELECT searched FROM kept ORDER BY number"))

    def searched(
        self,
        numbers: Container[int],
        make: Callable[[Extract], bytes],  # noqa: ARG002 (it is made)
    ) -> Iterator[tuple[int, bytes]]:
        """What is kept."""
        rows = self._open.execute("SELECT number, searched FROM kept ORDER BY number")
        return ((number, made) for number, made in rows if number in numbers)


def measure(count: int) -> None:
    """One size, in a process of its own so that its memory is its own."""
    sizes: dict[str, list[int]] = {}
    with TemporaryDirectory() as folder:
        shelf = Kept(Path(folder, "kept.sqlite"), count)
        started = time.process_time()
        for name, data in search(shelf, Site("Letters"), frame(Context())):
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            kind = "/".join(name.split("/")[2:4]) if "/data/" in name else name.split("/")[2]
            sizes.setdefault(kind, []).append(len(data))
        seconds = time.process_time() - started
        index = sum(sum(sizes.get(f"data/{kind}", ())) for kind in ("words", "lists"))
        packed = sum(
            len(gzip.compress(path.read_bytes(), 6, mtime=0))
            for kind in ("words", "lists")
            for path in Path(folder, "html/search/data", kind).rglob("*.js")
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} documents: {shelf.seconds:.1f} s of processor time in workers, {seconds:.1f} s in the step, "
        f"{memory:.0f} MB at most"
    )
    print(f"  index {index / count / 1000:.1f} kB a document, {packed / count / 1000:.1f} kB packed by gzip")
    for kind, found in sorted(sizes.items()):
        print(f"  {kind}: {len(found):,} files, {sum(found) / 1e6:.1f} MB, largest {max(found):,} bytes")


def main() -> None:
    """Each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000])
    sizes = parser.parse_args().documents
    if len(sizes) == 1:
        measure(sizes[0])
        return
    for size in sizes:
        subprocess.run([sys.executable, __file__, "--documents", str(size)], check=True)  # noqa: S603 (ourselves)


if __name__ == "__main__":
    main()
