"""Pictures of a collection, made when it is built: documents in time, and who wrote to whom."""

from __future__ import annotations

from teiwright.extracted import Extracts, Files, Frame, Section, Site
from teiwright.publishing.picturing.network import Network, network
from teiwright.publishing.picturing.timeline import Timeline, timeline


def pictured(extracts: Extracts) -> tuple[Section, ...]:
    """The pictures that the collection carries."""
    both: list[Timeline | Network] = [Timeline(), Network()]
    waiting = [*both]
    for extract in extracts():
        for found in waiting:
            found.add(extract)
        waiting = [found for found in waiting if not found.shown]
        if not waiting:
            break
    return tuple(found.section for found in both if found not in waiting)


def pictures(extracts: Extracts, site: Site, frame: Frame) -> Files:
    """The pages of the pictures, each with a table that says the same."""
    in_time, between = Timeline(), Network()
    for extract in extracts():
        in_time.add(extract)
        between.add(extract)
    yield from timeline(in_time, frame)
    yield from network(between, site, frame)
