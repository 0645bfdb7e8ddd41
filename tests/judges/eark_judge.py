"""Runs in the environment of eark-validator: its whole report on one folder, as JSON, without a network.

When it is imported, it wants four vocabularies from the web; the same files are in its wheel.
It asks for the children of an element when that begins, which a parser may not have read yet: a METS.xml of more than
32 kB stops it, wherever the parser's buffer ends within a `file`. So it is given the events of a whole tree.
"""

import io
import sys
import urllib.request
from importlib.resources import files
from pathlib import Path

from lxml import etree

FOLDER = Path(str(files("eark_validator")))


def from_the_wheel(address: str) -> io.BytesIO:
    """The file of that name, wherever the wheel has it."""
    name = address.rsplit("/", 1)[1]
    return io.BytesIO(next(FOLDER.rglob(name)).read_bytes())


AS_READ = etree.iterparse


def of_a_whole_tree(source, events=("end",), **options):
    """The events that `iterparse` gives, after all has been read if elements are wanted as they begin."""
    if "start" not in events:
        return AS_READ(source, events=events, **options)
    return etree.iterwalk(etree.parse(source), events=events)


urllib.request.urlopen = from_the_wheel
etree.iterparse = of_a_whole_tree

from eark_validator.packages import PackageValidator  # noqa: E402 (only now can it be imported)
from eark_validator.specifications.specification import SpecificationVersion  # noqa: E402

print(PackageValidator(Path(sys.argv[1]), SpecificationVersion.V2_1_0).validation_report.model_dump_json())  # noqa: T201 (its answer)
