"""Makes of all editions together what leads through them: home page, indexes, feeds."""

from teiwright.publishing.forwarding import Forward, forwards, with_forwards
from teiwright.publishing.links import dead_links, note_links
from teiwright.publishing.permalinks import keep_permalinks, recorded
from teiwright.publishing.publish import Setting, publish, sections_of
from teiwright.publishing.registry import Registry, read_registry

__all__ = [
    "Forward",
    "Registry",
    "Setting",
    "dead_links",
    "forwards",
    "keep_permalinks",
    "note_links",
    "publish",
    "read_registry",
    "recorded",
    "sections_of",
    "with_forwards",
]
