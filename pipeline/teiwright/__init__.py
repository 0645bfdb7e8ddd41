"""Plain text of historical documents to proven, validated, published and archived TEI P5.

The stages are functions from one value to the next::

    source = read(Path("letter.txt"))
    edition = encode(name(parse(source)))
    report = compare(source, edition)

They are imported when first used, so that a program which needs one does not wait for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teiwright.checking import check
    from teiwright.checking.library import Schema
    from teiwright.comparing import compare
    from teiwright.encoding import encode, load, serialize
    from teiwright.naming import load_authority, name
    from teiwright.parsing import parse
    from teiwright.reading import read
    from teiwright.verifying import verify

__version__ = "0.1.0"

_HOMES = {
    "Schema": "checking.library",
    "check": "checking",
    "compare": "comparing",
    "encode": "encoding",
    "load": "encoding",
    "load_authority": "naming",
    "name": "naming",
    "parse": "parsing",
    "read": "reading",
    "serialize": "encoding",
    "verify": "verifying",
}
__all__ = [
    "Schema",
    "__version__",
    "check",
    "compare",
    "encode",
    "load",
    "load_authority",
    "name",
    "parse",
    "read",
    "serialize",
    "verify",
]


def __getattr__(attribute: str) -> object:
    if attribute in _HOMES:
        return getattr(import_module(f"teiwright.{_HOMES[attribute]}"), attribute)
    raise AttributeError(f"module `teiwright` has no attribute `{attribute}`")
