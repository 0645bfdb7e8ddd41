"""How long parse and encode take, in proportion to the least that any program on such texts must do.

    python benchmarks/speed.py FOLDER

FOLDER has texts (``*.txt``). The measure is lxml's parsing and serialising of the editions that come out:
a machine twice as fast halves both, so the ratio says something about the program alone.
The second table shows how the time grows when one text becomes longer: a ratio that stays near 1 is linear.
Python's garbage collector, which looks at all that lives again and again, makes long texts up to 1.4 times slower.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from teiwright.encoding import Publication, encode, serialize
from teiwright.naming import Authority, name
from teiwright.parsing import parse
from teiwright.reading import read

_ROUNDS = 3
_LENGTHS = (500_000, 1_000_000, 2_500_000, 5_000_000)


def seconds(work: Callable[[], object]) -> float:
    """The least of a few rounds: what the machine does besides makes a round slower, never faster."""
    rounds = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - began)
    return min(rounds)


def stages(text: Path) -> dict[str, Callable[[], object]]:
    """What is measured: each stage alone, with the result of the one before."""
    source = read(text)
    draft = parse(source)
    named = name(draft, Authority())
    edition = encode(named, Publication())
    data = serialize(edition)
    return {
        "read": lambda: read(text),
        "parse": lambda: parse(source),
        "name": lambda: name(draft, Authority()),
        "encode": lambda: serialize(encode(named, Publication())),
        "lxml": lambda: etree.tostring(etree.fromstring(data), encoding="utf-8"),
    }


def in_proportion(texts: list[Path]) -> None:
    """The first table: seconds, characters a second, and the ratio to lxml, over all texts."""
    characters = sum(len(text.read_text("utf-8")) for text in texts)
    total = dict.fromkeys(("read", "parse", "name", "encode", "lxml"), 0.0)
    for text in texts:
        for stage, work in stages(text).items():
            total[stage] += seconds(work)
    print(f"{len(texts)} texts, {characters:,} characters\n")
    print(f"{'stage':<16}{'seconds':>10}{'characters/s':>16}{'times lxml':>12}")
    rows = {**total, "parse + encode": total["parse"] + total["encode"]}
    for stage, spent in rows.items():
        print(f"{stage:<16}{spent:>10.3f}{characters / spent:>16,.0f}{spent / total['lxml']:>12.1f}")


def growth(texts: list[Path]) -> None:
    """The second table: all texts joined to one text of each length; how much slower a character gets."""
    joined = "\n\n".join(text.read_text("utf-8") for text in texts) + "\n\n"
    print("\nall texts joined, as one text\n")
    print(f"{'characters':>12}{'parse':>10}{'ratio':>8}{'encode':>10}{'ratio':>8}")
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for length in _LENGTHS:
            longer = Path(folder) / f"text-{length}.txt"
            longer.write_text((joined * (length // len(joined) + 1))[:length], "utf-8")
            measured = {s: seconds(w) / length for s, w in stages(longer).items() if s in ("parse", "encode")}
            first = first or measured
            cells = "".join(f"{measured[s] * length:>10.3f}{measured[s] / first[s]:>8.2f}" for s in measured)
            print(f"{length:>12,}{cells}")


def main() -> int:
    """Measure the texts of a folder."""
    if len(sys.argv) != 2 or not (texts := sorted(Path(sys.argv[1]).glob("*.txt"))):
        print(__doc__, file=sys.stderr)
        return 2
    in_proportion(texts)
    growth(texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
