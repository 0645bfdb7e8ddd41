"""Hold our RELAX NG validator against Jing, its messages against their bars, the compact syntax against Trang.

    python benchmarks/oracle.py [--mutants N] [--seed N] [SCHEMA.rng... [--documents FOLDER...]]

Without schemas, by our own law and the editions of this repository. Jing is needed (``apt install jing``), Trang is
used if it is there. Exits with 1 if a verdict differs or a figure misses its bar, with 2 if there is no Jing.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAW = HERE.parent / "schema" / "teiwright.rng"
EDITIONS = (HERE.parent / "tei", HERE.parent / "tests" / "checking" / "editions")


def run(script: str, *arguments: object) -> int:
    """One benchmark, with its output as it comes."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    print("$", script, *arguments, flush=True)
    return subprocess.run(command, check=False).returncode  # noqa: S603 (our own scripts)


def commands(options: argparse.Namespace) -> Sequence[tuple[object, ...]]:
    """What is run, in this order."""
    schemas: list[Path] = options.schemas or [LAW]
    folders = options.documents or [folder for folder in EDITIONS if folder.is_dir()]
    chance = ("--mutants", options.mutants, "--seed", options.seed)
    found: list[tuple[object, ...]] = [("relaxng_specification.py",)]
    found += (("relaxng_mutants.py", schema, *folders, *chance, "--show") for schema in schemas)
    found += (("relaxng_messages.py", schema, *folders, *chance) for schema in schemas[:1])
    if shutil.which("trang"):
        found.append(("relaxng_compact.py", *schemas, "--mutants", options.mutants // 10, "--seed", options.seed))
    else:
        print("trang is not there (apt install trang): the compact syntax is not held against it")
    return found


def main() -> int:
    """Run all, whatever one of them says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("schemas", type=Path, nargs="*")
    parser.add_argument("--documents", type=Path, nargs="*")
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if shutil.which("jing") is None:
        print("jing is not there, and without it there is nothing to compare with: `apt install jing`", file=sys.stderr)
        return 2
    failed = [command[0] for command in commands(options) if run(str(command[0]), *command[1:])]
    print("all as it must be" if not failed else f"not as it must be: {', '.join(map(str, failed))}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
