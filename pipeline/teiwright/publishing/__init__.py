"""Makes of all editions together what leads through them: home page, indexes, feeds."""

from teiwright.publishing.publish import publish, sections_of

__all__ = ["publish", "sections_of"]
