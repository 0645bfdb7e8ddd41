"""The datatypes that RELAX NG schemas use: its own two, and those of XML Schema, part 2."""

from teiwright.relaxng.datatypes.facets import BadFacetError, Facets, facets_of
from teiwright.relaxng.datatypes.lexical import words
from teiwright.relaxng.datatypes.types import BUILT_IN, LIBRARIES, Datatype, Prefixes, find

__all__ = ["BUILT_IN", "LIBRARIES", "BadFacetError", "Datatype", "Facets", "Prefixes", "facets_of", "find", "words"]
