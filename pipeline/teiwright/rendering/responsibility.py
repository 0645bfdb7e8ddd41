"""Who says what an element says, and how sure they were."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from teiwright.rendering.tei import TEI, XML_ID, children, plain


class _Named(NamedTuple):
    """One whom the header names, by which words if there are any, and whether it is a program."""

    id: str
    words: str | None
    software: bool


class Responsibility(NamedTuple):
    """Who, a program or a person, says what an element says, and how sure they were (``@resp``, ``@cert``).

    It is a value: many documents of a collection name the same.
    """

    named: tuple[_Named, ...]

    @classmethod
    def of(cls, root: etree._Element) -> Responsibility:
        """Those whom the header names: ``respStmt``, and what stands in ``titleStmt``."""
        header = root.find(f"{TEI}teiHeader")
        if header is None:
            return cls(())
        found = (*header.iter(f"{TEI}respStmt"), *(one for title in header.iter(f"{TEI}titleStmt") for one in title))
        by_id = {one.get(XML_ID, ""): one for one in found if isinstance(one.tag, str)}
        return cls(tuple(_named(name, one) for name, one in by_id.items() if name))

    def of_what(self, resp: str, cert: str) -> tuple[str, bool]:
        """In words, and whether it was a program. One that nobody describes is taken for one if it says how sure."""
        return _told(self.named, resp, cert)


def _named(identifier: str, element: etree._Element) -> _Named:
    name = next(element.iter(f"{TEI}name", f"{TEI}persName"), None)
    software = any(one.get("type") == "software" for one in children(element, f"{TEI}name"))
    return _Named(identifier, None if name is None else plain(name), software)


@lru_cache(maxsize=256)
def _told(named: tuple[_Named, ...], resp: str, cert: str) -> tuple[str, bool]:
    by_id = {one.id: one for one in named}
    known = [by_id[one[1:]] for one in resp.split() if one[:1] == "#" and one[1:] in by_id]
    by_program = bool(resp) and (any(one.software for one in known) if known else bool(cert))
    who = ["by program"] if by_program else [f"by {one.words}" for one in known if one.words is not None]
    sure = [f"certainty {cert}"] if cert in {"high", "medium", "low", "unknown"} else []
    return ", ".join((*who, *sure)), by_program
