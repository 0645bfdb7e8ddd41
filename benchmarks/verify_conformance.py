"""Does ``teiwright verify`` agree with what conformance suites expect, and with bagit-python and ocfl-py?

    python benchmarks/verify_conformance.py FOLDER...

Each FOLDER is a checkout of a suite, or any folder with the same names in it: packages stand in folders called
``valid``, ``invalid``, ``warning``, ``linux-only`` (bags of the BagIt conformance suite) or ``good-objects``,
``warn-objects``, ``bad-objects`` (OCFL fixtures). What stands in ``linux-only`` is invalid there; tests for other
systems are left out. Every disagreement is listed. The other judges are asked if they are installed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import logging
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from teiwright.diagnostics import Severity, TeiwrightError
from teiwright.verifying import verify

EXPECTED = {
    "valid": True,
    "warning": True,
    "invalid": False,
    "linux-only": False,
    "good-objects": True,
    "warn-objects": True,
    "bad-objects": False,
}
Judge = Callable[[Path], bool]


def packages(folder: Path) -> list[tuple[str, Path]]:
    """Every package of a suite, with the name of the folder that says what is expected."""
    kinds = [path for path in sorted(folder.rglob("*")) if path.is_dir() and path.name in EXPECTED]
    inside = [kind for kind in kinds if not any(other in kind.parents for other in kinds)]
    return [(kind.name, path) for kind in inside for path in sorted(kind.iterdir()) if path.is_dir()]


def ours(package: Path) -> tuple[bool, list[str]]:
    """Whether we accept it, and our errors."""
    try:
        findings = verify(package).report.findings
    except TeiwrightError as error:
        findings = (error.finding,)
    errors = [finding for finding in findings if finding.code.severity is Severity.ERROR]
    return not errors, [f"{each.code.number} {each.message}" for each in errors]


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def judges() -> dict[str, Judge]:
    """Other validators that are installed here."""
    bagit, ocfl = _module("bagit"), _module("ocfl")

    def by_bagit(package: Path) -> bool:
        bagit.Bag(str(package)).validate()
        return True

    def by_ocfl(package: Path) -> bool:
        said = ocfl.Object().validate(str(package))
        return bool(said[0] if isinstance(said, tuple) else said)

    return {**({"bagit-python": by_bagit} if bagit else {}), **({"ocfl-py": by_ocfl} if ocfl else {})}


def asked(judge: Judge, package: Path) -> bool:
    """A judge's verdict; one that fails has not accepted."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return judge(package)
    except Exception:  # whatever another program raises
        return False


def main() -> None:
    """Print what we and others make of each suite."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    folders = parser.parse_args().folders
    logging.disable(logging.CRITICAL)
    others = judges()
    for folder in folders:
        found = packages(folder)
        if not found:
            parser.error(f"no packages below {folder}")
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for kind, package in found:
            expected = EXPECTED[kind]
            accepted, errors = ours(package)
            total["teiwright"] += 1
            right["teiwright"] += accepted is expected
            if accepted is not expected:
                print(f"{package.relative_to(folder)}: {'accepted' if accepted else '; '.join(errors[:3])}")
            name = "ocfl-py" if kind.endswith("objects") else "bagit-python"
            if name in others:
                total[name] += 1
                right[name] += asked(others[name], package) is expected
        for name, count in total.items():
            print(f"{folder.name}: {name} agrees in {right[name]} of {count}")


if __name__ == "__main__":
    sys.exit(main())
