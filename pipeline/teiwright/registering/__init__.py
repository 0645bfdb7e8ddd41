"""The register of names: what the editions name, held against the authority files; entries proposed and merged."""

from teiwright.registering.census import Occurrence, occurrences
from teiwright.registering.judging import amiss, amiss_in_large
from teiwright.registering.listing import LISTS, Line, Register
from teiwright.registering.merging import Merger, merge
from teiwright.registering.proposing import propose

__all__ = [
    "LISTS",
    "Line",
    "Merger",
    "Occurrence",
    "Register",
    "amiss",
    "amiss_in_large",
    "merge",
    "occurrences",
    "propose",
]
