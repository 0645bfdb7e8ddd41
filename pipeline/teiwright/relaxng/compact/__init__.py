"""RELAX NG's compact syntax (OASIS, 21 November 2002): read into the same tree as the XML syntax."""

from teiwright.relaxng.compact.reading import read_compact

__all__ = ["read_compact"]
