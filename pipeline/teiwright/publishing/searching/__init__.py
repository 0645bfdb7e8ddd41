"""The search of an edition without a server."""

from teiwright.publishing.searching.documents import searched
from teiwright.publishing.searching.making import search

__all__ = ["search", "searched"]
