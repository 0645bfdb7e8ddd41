"""Which attributes of TEI are pointers: those of type ``teidata.pointer`` in the Guidelines, element by element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def pointers_among(element: str, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Which attributes of an element of TEI hold pointers, and where their values stand among names and values."""
    if element == INCLUDE:
        return tuple((name, 2 * at + 1) for at, name in enumerate(names) if name == "href")
    if not element.startswith(TEI):  # what only shows markup (`egXML`) has none
        return ()
    plain = element[len(TEI) :]
    return tuple(
        (name, 2 * at + 1)
        for at, name in enumerate(names)
        if name in POINTING and (name not in _SPECIAL or _is_pointer(name, plain))
    )


def pointers_of(mark: Mark) -> Iterator[tuple[str, str]]:
    """Attribute and pointer, for each pointer of an element."""
    for name, at in mark.sort.pointers:
        for pointer in split(mark, mark.values[at]):
            yield name, pointer


def split(mark: Mark, value: str) -> Sequence[str]:
    """The pointers of a value. XInclude has one, and what it includes as text has no ids."""
    if mark.name != INCLUDE:
        return value.split()
    return [value.strip()] if value and mark.attributes.get("parse", "xml") == "xml" else []


def _is_pointer(name: str, element: str) -> bool:
    if name in _EXCEPT:
        return element not in _EXCEPT[name]
    return name not in _ONLY or element in _ONLY[name]
