"""Does what our ODD processor makes judge as the schemas that TEI publishes? Spoils documents grown from both.

    python benchmarks/odd_verdicts.py FOLDER [--mutants N] [--seed N] [--only NAME] [--show N] [--jing]

FOLDER holds ``p5subset*.xml`` or ``.xml.xz``, and in ``exemplars/`` ODDs (``NAME.odd``), each with the RELAX NG that
TEI's own stylesheets make of it (``NAME.rng`` or ``NAME-VERSION.rng``). Of each pair, documents are grown from the one schema and from
the other, changed, and judged by both. With ``--jing`` Jing judges, too, whether it takes our schema.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree
from relaxng_mutants import Grower, mutants

from teiwright.odd import compile_odd
from teiwright.relaxng import Schema

GROWN = 60


def main() -> int:
    """Print the table; exit with 1 if a verdict differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutants", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--show", type=int, default=0, help="show so many documents on which they differ")
    parser.add_argument("--jing", action="store_true")
    options = parser.parse_args()
    subset = next(iter(sorted(options.folder.glob("p5subset*.xml*"))))
    print(f"{'ODD':<18} {'CPU s':>6} {'elements':>8} {'documents':>9} {'invalid':>8} {'differ':>7}  jing")
    differ = 0
    for odd in sorted((options.folder / "exemplars").glob("*.odd")):
        if options.only in {None, odd.stem}:
            published = next(path for path in sorted(odd.parent.glob(f"{odd.stem}*.rng")))
            differ += row(odd, published, subset, options)
    return 1 if differ else 0


def row(odd: Path, published: Path, subset: Path, options: argparse.Namespace) -> int:
    """One line of the table."""
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        made = compile_odd(odd, subset, only=(".rng",))
        spent = time.process_time() - begin
        ours_file = Path(folder) / "ours.rng"
        ours_file.write_bytes(next(iter(made.files.values())))
        ours, theirs = Schema(ours_file), Schema(published)
        roots = [grower.document() for schema in (theirs, ours) for grower in [Grower(schema, chance)] for _ in range(GROWN)]
        documents = [(change, etree.tostring(root)) for change, root in mutants(roots, options.mutants, chance)]
        documents += [("grown", etree.tostring(root)) for root in roots]
        invalid = differ = 0
        for change, data in documents:
            here, there = ours.validate(data), theirs.validate(data)
            invalid += bool(there)
            differ += bool(here) != bool(there)
            if bool(here) != bool(there) and options.show > 0:
                options.show -= 1
                show(change, data, here, there)
        takes = jing(ours_file, documents[-1][1]) if options.jing else ""
    elements = len(ours.names)
    print(f"{odd.stem:<18} {spent:6.2f} {elements:8} {len(documents):9} {invalid:8} {differ:7}  {takes}", flush=True)
    return differ


def jing(schema: Path, document: bytes) -> str:
    """Whether Jing can use a schema: its complaints are of the schema, or of the document."""
    path = schema.with_name("one.xml")
    path.write_bytes(document)
    told = subprocess.run(["jing", str(schema), str(path)], capture_output=True, text=True, check=False)  # noqa: S603, S607 (benchmark)
    wrong = [line for line in (told.stdout + told.stderr).splitlines() if schema.name in line or "Exception" in line]
    return wrong[0] if wrong else "accepts"


def show(change: str, data: bytes, here: list, there: list) -> None:
    """One document on which they differ, and why."""
    who, found = ("ours", here) if here else ("theirs", there)
    first = found[0]
    path = "/".join(name.rpartition(" ")[2] for name in first.path)
    print(f"  {change}: only {who} refuses it: {first.kind.name} {first.subject!r} {first.value!r} in {path}")


if __name__ == "__main__":
    sys.exit(main())
