"""Which attributes of TEI are pointers: those of type ``teidata.pointer`` in the Guidelines, element by element."""

from __future__ import annotations

from collections.abc import Iterator

from teiwright.checking.marks import INCLUDE, TEI, Mark

_EVERYWHERE = frozenset(
    [
        "active",
        "adj",
        "adjFrom",
        "adjTo",
        "ana",
        "calendar",
        "change",
        "children",
        "class",
        "code",
        "copyOf",
        "corresp",
        "datcat",
        "datingMethod",
        "datingPoint",
        "decls",
        "domains",
        "edRef",
        "end",
        "exclude",
        "fVal",
        "facs",
        "feats",
        "filter",
        "follow",
        "fromUnit",
        "given",
        "hand",
        "inst",
        "lemmaRef",
        "location",
        "mergedIn",
        "mutual",
        "new",
        "next",
        "nymRef",
        "origin",
        "parent",
        "parts",
        "passive",
        "perf",
        "period",
        "prev",
        "property",
        "ref",
        "rendition",
        "replyTo",
        "require",
        "resp",
        "sameAs",
        "scribeRef",
        "scriptRef",
        "select",
        "since",
        "source",
        "spanTo",
        "start",
        "synch",
        "target",
        "targetDatcat",
        "targetEnd",
        "toUnit",
        "toWhom",
        "unitRef",
        "uri",
        "url",
        "valueDatcat",
        "where",
        "who",
        "wit",
    ]
)
_EXCEPT = {
    **dict.fromkeys(("active", "passive"), frozenset({"interaction"})),
    "class": frozenset({"attRef"}),
    "location": frozenset({"variantEncoding"}),
    "new": frozenset({"shift"}),
    "require": frozenset({"anyElement"}),
    "start": frozenset({"schemaSpec"}),
    "where": frozenset({"move"}),
}
"""Elements that have something else in an attribute of this name."""
_ONLY = {
    **dict.fromkeys(("from", "to"), frozenset({"app", "arc", "rt", "span"})),
    "scheme": frozenset(("catRef", "classCode", "keywords", "locus", "locusGrp", "occupation", "socecStatus")),
    "value": frozenset(("eLeaf", "eTree", "iNode", "leaf", "node", "root", "triangle")),
}
"""Elements that have pointers where others have something else."""
_SPECIAL = _EXCEPT.keys() | _ONLY.keys()
POINTING = _EVERYWHERE | _ONLY.keys()
TO_MEDIA = frozenset({"url", "facs"})
"""They name images and sounds, which often are kept elsewhere than the text."""


def pointers_of(mark: Mark) -> Iterator[tuple[str, str]]:
    """Attribute and pointer, for each pointer of an element of TEI; what only shows markup (`egXML`) has none."""
    attributes = mark.attributes
    if mark.name == INCLUDE:
        if attributes.get("href") and attributes.get("parse", "xml") == "xml":
            yield "href", attributes["href"].strip()
        return
    if not mark.name.startswith(TEI):
        return
    for name, value in attributes.items():
        if name in POINTING and (name not in _SPECIAL or _is_pointer(name, mark.local)):
            for pointer in value.split():
                yield name, pointer


def _is_pointer(name: str, element: str) -> bool:
    if name in _EXCEPT:
        return element not in _EXCEPT[name]
    return name not in _ONLY or element in _ONLY[name]
