"""``python -m teiwright.odd ODD FOLDER [--check]``: write what an ODD makes, or say what is out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from teiwright.diagnostics import TeiwrightError
from teiwright.odd.compiling import compile_odd
from teiwright.writing import write_if_changed


def main(arguments: list[str] | None = None) -> int:
    """0 if all is well, 1 if ``--check`` found files out of date, 2 if the ODD cannot be compiled."""
    parser = argparse.ArgumentParser(prog="python -m teiwright.odd", description=__doc__)
    parser.add_argument("odd", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file is out of date")
    given = parser.parse_args(arguments)
    try:
        files = compile_odd(given.odd)
        stale = [name for name, data in files.items() if _differs(given.folder / name, data)]
        if not given.check:
            for name in stale:
                write_if_changed(given.folder / name, files[name])
    except TeiwrightError as error:
        sys.stderr.write(f"{error.finding}\n")
        return 2
    verb = "out of date" if given.check else "written"
    sys.stdout.writelines(f"{given.folder / name}: {verb}\n" for name in stale)
    return 1 if given.check and stale else 0


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


if __name__ == "__main__":
    sys.exit(main())
