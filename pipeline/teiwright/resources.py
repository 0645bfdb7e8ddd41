"""Where the schema and the stylesheets lie, in an installed wheel and in a checkout alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


RECOGNISERS = "teiwright.recognisers"
"""The group of entry points under which a package offers recognisers of names."""


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent / name


def schema_folder() -> Path:
    """The folder of the project's own law: ODD, RELAX NG, XSD, Schematron."""
    return _folder("schema")


def xslt_folder() -> Path:
    """The folder of the stylesheets, one entry file a view."""
    return _folder("xslt")
