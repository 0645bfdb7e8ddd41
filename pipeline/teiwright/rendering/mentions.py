"""What the first pass writes on a name: its kind, how sure a program was, its entry, whether it can be a link.

Of all elements there are most of these, and most are alike, so that what an element says is read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from teiwright.rendering.entries import entries_by_id
from teiwright.rendering.marking import OURS, styles_of
from teiwright.rendering.responsibility import Responsibility
from teiwright.rendering.tei import TEI, XML_ID

CLASS, _DOUBT, _STYLES, _REF = (f"{OURS}{name}" for name in ("class", "doubt", "styles", "ref"))
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SURE = {"high": "", "medium": "medium", "low": "low"}
_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_KINDS = {
    **{f"{TEI}persName": "person", f"{TEI}placeName": "place", f"{TEI}orgName": "org"},
    **{"place": "place", "org": "org", "organization": "org", "organisation": "org"},
}
_NOT_IN_LINKS = frozenset(f"{TEI}{name}" for name in ("note", "pb", "lb", "ref", "ptr"))
_WITHIN_LINKS = frozenset(f"{TEI}{name}" for name in ("ref", "ptr"))

NAMES = frozenset(f"{TEI}{name}" for name in ("persName", "placeName", "orgName", "name", "rs"))


class Mention(NamedTuple):
    """What names with the same attributes have in common.

    ``counted`` is what there is of it (``Tree.kinds``), ``written`` are attributes for the prepared tree; ``entry`` is
    what the name means, ``unknown`` the pointer of one that no authority file has. It ``only_leads`` there if it is of
    the kind that its element says, and very sure; such names, as most are, have no ``t:class``.
    """

    kind: str
    id: str
    language: str
    counted: Mapping[str, int]
    written: tuple[tuple[str, str], ...]
    only_leads: bool
    entry: str
    unknown: str


def _entry(given: Mapping[str, str]) -> str:
    """The entry to which a name points, by the first of its pointers."""
    return given["ref"].split(None, 1)[0].partition("#")[2] if given.get("ref", "").strip() else ""


@lru_cache(maxsize=4096)  # in a collection, many names have the attributes of some in other documents
def mention_of(
    tag: str, attributes: tuple[tuple[str, str], ...], responsibility: Responsibility, authority: tuple[bytes, ...]
) -> Mention:
    """What the attributes of a name say, by the header of its edition and the authority files."""
    given = dict(attributes)
    doubt, by_program = responsibility.of_what(given.get("resp", ""), given.get("cert", ""))
    known = _entry(given) in entries_by_id(authority)
    kind = _KINDS.get(tag) or _KINDS.get(given.get("type", ""), "person")
    cert, ref = given.get("cert", ""), given.get("ref", "")
    entry = _entry(given)
    sure = _SURE.get(cert, "program") if by_program else "sure"
    only_leads = known and not sure and kind == _KINDS.get(tag) and _LANG not in given
    said = (
        (CLASS, "" if only_leads else f"{kind} {sure}" if sure else kind),
        (_STYLES, styles_of(given)),
        (_DOUBT, doubt if cert != "high" else ""),
        (_REF, entry if known else ""),
    )
    unknown = ref and not known and authority and not _ADDRESS.match(ref.lstrip())
    return Mention(
        kind=kind,
        id=" ".join(given[XML_ID].split()) if XML_ID in given else "",
        language=given.get(_LANG, ""),
        counted=dict.fromkeys(("name", kind, *(("doubt",) if doubt else ())), 1),
        written=tuple([one for one in said if one[1]]),
        only_leads=only_leads,
        entry=entry if known else "",
        unknown=ref if unknown else "",
    )


def link_of(name: etree._Element) -> str:
    """``whole`` if a name can be one link, ``parts`` if notes or breaks divide it, ``none`` if they are deeper."""
    inner = [one.tag for one in name.iterdescendants() if one.tag in _NOT_IN_LINKS]
    own = [one.tag for one in name if one.tag in _NOT_IN_LINKS]
    if not inner:
        return "whole"
    return "parts" if inner == own and _WITHIN_LINKS.isdisjoint(own) else "none"
