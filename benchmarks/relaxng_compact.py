"""Does a schema say the same in the compact syntax as in XML?

    python benchmarks/relaxng_compact.py [SCHEMA.rng...] [--mutants N] [--seed N]

Trang (``apt install trang``) writes each schema in the compact syntax: the correct cases of ``tests/relaxng/spec``,
whose documents are then judged by both forms, and the schemas named, by both forms of which mutants are judged.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import relaxng_specification as specification
from lxml import etree
from relaxng_mutants import Grower, mutants

from teiwright.relaxng import Schema, SchemaError


def in_compact_syntax(schema: Path) -> Path | None:
    """The same schema as Trang writes it; ``None`` if Trang cannot."""
    target = schema.with_suffix(".rnc")
    command = ["trang", str(schema), str(target)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (benchmark)
    return target if not done.returncode and target.is_file() else None


def of_specification(case: specification.Case) -> str | None:
    """What differs in a case; ``-`` if Trang cannot write it."""
    with tempfile.TemporaryDirectory() as name:
        schema, documents = specification.write(case, Path(name))
        compact = in_compact_syntax(schema)
        if compact is None:
            return "-"
        try:
            twin = Schema(compact)
        except SchemaError as error:
            return f"{case.name}: {error.path.name}:{error.line}:{error.column} {error}"
        verdicts = [not twin.validate(path) for path in documents]
    return None if verdicts == [right for _, right in case.documents] else f"{case.name}: {verdicts}"


def of_schema(path: Path, count: int, chance: random.Random) -> Iterator[str]:
    """The mutants of which the two forms of a schema say different things."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / path.name
        copy.write_bytes(path.read_bytes())
        compact = in_compact_syntax(copy)
        if compact is None:
            yield f"{path.name}: trang cannot write it"
            return
        one, other = Schema(path), Schema(compact)
    grower = Grower(one, chance)
    for change, root in mutants([grower.document() for _ in range(20)], count, chance):
        data = etree.tostring(root)
        if one.validate(data) != other.validate(data):
            yield f"{path.name}: {change}: {data[:200]!r}"


def report(differences: Sequence[str], what: str) -> int:
    """Print them."""
    for difference in differences:
        print(difference)
    print(f"{what}: {len(differences)} differ")
    return len(differences)


def main() -> int:
    """Exit with 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schemas", type=Path, nargs="*")
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cases = specification.cases(sorted(specification.FOLDER.glob("*.txt")))
    correct = [case for case in cases if case.is_correct and not case.files]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(of_specification, correct))
    told = [difference for difference in found if difference not in {None, "-"}]
    wrong = report(told, f"{len(correct) - found.count('-')} schemas of the specification")
    chance = random.Random(options.seed)  # noqa: S311 (mutants, no secrets)
    for path in options.schemas:
        wrong += report(list(of_schema(path, options.mutants, chance)), f"{options.mutants} mutants by {path.name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
