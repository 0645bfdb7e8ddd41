"""How long the stages take, in proportion to the least that any program on such texts must do.

    python benchmarks/speed.py FOLDER [--quick]

FOLDER has texts (``*.txt``). The measure is lxml's parsing and serialising of the editions that come out:
a machine twice as fast halves both, so the ratio says something about the program alone.
The second table shows how the time grows when one text becomes longer: a character that costs the same is linear.
Time is that of the processor, since other programs make the clock run on; even so, a busy machine makes Python
slower by a third, and lxml hardly, which needs less of its memory. The least of a few rounds counts.
Nothing but a stage's input is alive while it is measured: Python's garbage collector looks at all that lives.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lxml import etree

from teiwright.encoding import Publication, encode, serialize
from teiwright.naming import Authority, name
from teiwright.parsing import parse
from teiwright.reading import read

_ROUNDS = 7
_ROUNDS_OF_LONG = 2
_BAR = 15.0
"""How many times lxml's time parse and encode may take together."""
_LENGTHS = (500_000, 1_000_000, 2_500_000, 5_000_000)
_GROWTH_BAR = 12.0
"""How many times as long the longest text may take as the shortest, a tenth of it."""


Result = TypeVar("Result")
"""What a stage makes."""


def measured(work: Callable[[], Result], rounds: int) -> tuple[float, Result]:
    """The least seconds of a few rounds, and what comes out."""
    seconds = [_seconds(work) for _ in range(rounds - 1)]
    began = time.process_time()
    result = work()
    return min([*seconds, time.process_time() - began]), result


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def stages(text: Path, rounds: int) -> dict[str, float]:
    """Seconds of each stage alone, with the result of the one before."""
    seconds: dict[str, float] = {}
    seconds["read"], source = measured(lambda: read(text), rounds)
    seconds["parse"], draft = measured(lambda: parse(source), rounds)
    seconds["name"], named = measured(lambda: name(draft, Authority()), rounds)
    seconds["encode"], data = measured(lambda: serialize(encode(named, Publication())), rounds)
    seconds["lxml"], _ = measured(lambda: etree.tostring(etree.fromstring(data), encoding="utf-8"), rounds)
    return seconds


def in_proportion(texts: list[Path]) -> None:
    """The first table: seconds, characters a second, and the ratio to lxml, over all texts."""
    characters = sum(len(text.read_text("utf-8")) for text in texts)
    total: Counter[str] = Counter()
    for text in texts:
        total.update(stages(text, _ROUNDS))
    rows = {**total, "parse + encode": total["parse"] + total["encode"]}
    print(f"{len(texts)} texts, {characters:,} characters\n")
    print(f"{'stage':<16}{'seconds':>10}{'characters/s':>16}{'times lxml':>12}")
    for stage, spent in rows.items():
        print(f"{stage:<16}{spent:>10.3f}{characters / spent:>16,.0f}{spent / total['lxml']:>12.1f}")
    print(f"{'at most':<42}{_BAR:>12.1f}")


def growth(texts: list[Path], part: int) -> None:
    """The second table: all texts joined to one text of each length; how often the time of the shortest it takes.

    ``part`` divides the lengths, for a quick look that says less.
    """
    joined = "\n\n".join(text.read_text("utf-8") for text in texts) + "\n\n"
    first: dict[str, float] = {}
    print("\nall texts joined, as one text: seconds, and how often those of the shortest\n")
    print(f"{'characters':>12}{'parse':>10}{'':>8}{'encode':>10}{'':>8}{'together':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for length in (whole // part for whole in _LENGTHS):
            longer = Path(folder) / f"text-{length}.txt"
            longer.write_text((joined * (length // len(joined) + 1))[:length], "utf-8")
            spent = stages(longer, _ROUNDS_OF_LONG)
            first = first or spent
            cells = "".join(f"{spent[s]:>10.3f}{spent[s] / first[s]:>8.2f}" for s in ("parse", "encode"))
            together = (spent["parse"] + spent["encode"]) / (first["parse"] + first["encode"])
            print(f"{length:>12,}{cells}{together:>10.2f}")
    print(f"{'at most':>12}{_GROWTH_BAR:>46.2f}")


def main() -> int:
    """Measure the texts of a folder."""
    folders = [given for given in sys.argv[1:] if given != "--quick"]
    if len(folders) != 1 or not (texts := sorted(Path(folders[0]).glob("*.txt"))):
        print(__doc__, file=sys.stderr)
        return 2
    in_proportion(texts)
    growth(texts, 10 if "--quick" in sys.argv else 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
