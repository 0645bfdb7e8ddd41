"""Pictures of a collection, made when it is built: documents in time, and who wrote to whom."""

from __future__ import annotations

from teiwright.extracted import Extracts, Files, Frame, Section, Site
from teiwright.publishing.picturing import network as _network
from teiwright.publishing.picturing import timeline as _timeline


def pictured(extracts: Extracts) -> tuple[Section, ...]:
    """The pictures that the collection carries."""
    in_time = (_timeline.SECTION,) if _timeline.carries_timeline(extracts()) else ()
    between = (_network.SECTION,) if _network.carries_network(extracts()) else ()
    return (*in_time, *between)


def pictures(extracts: Extracts, site: Site, frame: Frame) -> Files:
    """The pages of the pictures, each with a table that says the same."""
    yield from _timeline.timeline(extracts, frame)
    yield from _network.network(extracts, site, frame)
