"""TEI: from a draft to an edition, from a file to an edition, and from an edition to bytes."""

from teiwright.encoding.annotations import Authority
from teiwright.encoding.editions import encode
from teiwright.encoding.publication import Publication
from teiwright.encoding.serializing import serialize
from teiwright.loading import load

__all__ = ["Authority", "Publication", "encode", "load", "serialize"]
