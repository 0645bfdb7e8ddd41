"""RELAX NG, XML syntax (ISO/IEC 19757-2): a validator that streams, and goes on after each finding."""

from teiwright.relaxng.errors import SchemaError, TooComplexError
from teiwright.relaxng.finding import Finding, Kind, Place, Wanted
from teiwright.relaxng.names import local
from teiwright.relaxng.paths import Spotted, paths
from teiwright.relaxng.reporting import Interest, Seen, Watch
from teiwright.relaxng.schema import Schema

__all__ = [
    "Finding",
    "Interest",
    "Kind",
    "Place",
    "Schema",
    "SchemaError",
    "Seen",
    "Spotted",
    "TooComplexError",
    "Wanted",
    "Watch",
    "local",
    "paths",
]
