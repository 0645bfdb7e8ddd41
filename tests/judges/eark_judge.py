"""Runs in the environment of eark-validator: its whole report on one folder, as JSON, without a network.

When it is imported, it wants four vocabularies from the web; the same files are in its wheel.
"""

import io
import sys
import urllib.request
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("eark_validator")))


def from_the_wheel(address: str) -> io.BytesIO:
    """The file of that name, wherever the wheel has it."""
    name = address.rsplit("/", 1)[1]
    return io.BytesIO(next(FOLDER.rglob(name)).read_bytes())


urllib.request.urlopen = from_the_wheel

from eark_validator.packages import PackageValidator  # noqa: E402 (only now can it be imported)
from eark_validator.specifications.specification import SpecificationVersion  # noqa: E402

print(PackageValidator(Path(sys.argv[1]), SpecificationVersion.V2_1_0).validation_report.model_dump_json())  # noqa: T201 (its answer)
