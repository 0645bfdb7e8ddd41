"""How long, and in how much memory, is a bag of many files verified, beside bagit-python?

    python benchmarks/verify_speed.py [--files N] [--bytes N] [--rounds N] [--bag FOLDER]

A bag of files of random bytes is made in a temporary folder and, from it, a zip and two tars. Each is verified in a
process of its own, in turn with ``bagit.py`` on the folder. With ``--bag`` a bag that is there already is measured,
such as one in which METS, PREMIS and a crate describe each file, too.
The table has the least processor time of the rounds (of the program and of the system for it), its ratio to bagit's,
and the peak memory.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import bagit

_OURS = "import sys; from teiwright.cli import main; main(['verify', sys.argv[1]])"
_BAGIT = "import sys, bagit; bagit.Bag(sys.argv[1]).validate(processes=1)"


def make(folder: Path, files: int, size: int) -> dict[str, tuple[str, Path]]:
    """What is measured: by name the program, and the package that it is given."""
    bag = folder / "bag"
    some = random.Random(1945)  # noqa: S311 (only to have other bytes in each file)
    for number in range(files):
        path = bag / f"{number // 1000:03}" / f"letter-{number:06}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(some.randbytes(size))
    bagit.make_bag(str(bag), checksums=["sha256", "sha512"])
    with zipfile.ZipFile(folder / "bag.zip", "w") as archive:
        for path in sorted(bag.rglob("*")):
            archive.write(path, path.relative_to(folder))
    for ending in ("", ":gz"):
        with tarfile.open(folder / f"bag.tar{ending.replace(':', '.')}", f"w{ending}") as archive:
            archive.add(bag, "bag")
    packages = {"folder": bag, "zip": folder / "bag.zip", "tar": folder / "bag.tar", "tar.gz": folder / "bag.tar.gz"}
    return {
        "bagit-python, folder": (_BAGIT, bag),
        **{f"teiwright, {name}": (_OURS, package) for name, package in packages.items()},
    }


def measured(code: str, package: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes of one run, which must accept the package."""
    process = subprocess.Popen(  # noqa: S603 (the two programs above)
        [sys.executable, "-c", code, str(package)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{package} was not accepted")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bag", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.bag is None:
            runs = make(Path(folder), options.files, options.bytes)
            title = f"{options.files:,} files of {options.bytes:,} bytes"
        else:
            runs = {"bagit-python, folder": (_BAGIT, options.bag), "teiwright, folder": (_OURS, options.bag)}
            title = str(options.bag)
        results: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for _ in range(options.rounds):
            for name, (code, package) in runs.items():
                results[name].append(measured(code, package))
    base = min(results["bagit-python, folder"])[0]
    print(f"{title}\n{'':22} {'seconds':>8} {'to bagit':>9} {'MB':>6}")
    for name, found in results.items():
        seconds, memory = min(found)[0], max(megabytes for _, megabytes in found)
        print(f"{name:22} {seconds:8.2f} {seconds / base:9.2f} {memory:6.0f}")


if __name__ == "__main__":
    main()
