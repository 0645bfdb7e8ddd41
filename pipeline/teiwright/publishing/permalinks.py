"""Published addresses held against what the collection has now: none may vanish in silence."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from teiwright.diagnostics import Code, Diagnostic
from teiwright.extracted import Extract, Extracts, Frame, Site, entry_pages
from teiwright.publishing.forwarding import stub_pages, target_of
from teiwright.publishing.pages import Pages
from teiwright.publishing.registry import Departed, Published, Registry, is_counted, shortened, write_registry

Addresses = Mapping[str, frozenset[str]]
"""The pages of a collection (``ID``, ``persons/ENTRY``) with the ids that each has."""

_SHOWN = 5


def addresses_of(extract: Extract) -> Published:
    """What of a document can be cited: its parts, paragraphs, notes and pages.

    Names are none of it: a program may find others tomorrow, and the indexes lead to them.
    """
    marks: dict[str, str] = {}
    for passage in extract.passages:
        if is_counted(passage.anchor):
            words = extract.text[passage.start : passage.end]
            marks.setdefault(passage.anchor, _mark(words))
    return Published(frozenset(anchor for anchor in extract.anchors if not set(anchor) & set(" \t\n:")), marks)


def _mark(words: str) -> str:
    return base64.urlsafe_b64encode(sha256(words.encode()).digest()[:3]).decode()


def keep_permalinks(
    registry: Registry, extracts: Extracts, site: Site, frame: Frame
) -> Iterator[tuple[str, bytes] | Diagnostic]:
    """What was published and is neither here nor said to have moved or gone; and pages for what has."""
    if not registry.here and not registry.departed:
        return
    registry = with_merged(registry, site)
    addresses: dict[str, frozenset[str]] = {}
    yield from check_permalinks(registry, extracts, site, addresses)
    yield from stub_pages(Pages(site, frame), registry, frozenset(addresses))


def with_merged(registry: Registry, site: Site) -> Registry:
    """The registry, in which entries that were merged have moved: the authority file itself says whither."""
    folders = ("persons", "places", "organizations")
    moved = {
        f"{folder}/{old}": Departed("moved", f"{folder}/{old}", f"{folder}/{kept}", "merged", 0)
        for old, kept in site.merged
        for folder in folders
        if f"{folder}/{old}" in registry.here
    }
    return replace(registry, departed={**moved, **registry.departed})


def check_permalinks(
    registry: Registry, extracts: Extracts, site: Site, addresses: dict[str, frozenset[str]]
) -> Iterator[Diagnostic]:
    """The findings; ``addresses`` is filled with what there is."""
    named: set[str] = set()
    for extract in extracts():
        now = addresses_of(extract)
        addresses[extract.id] = now.anchors
        named |= {name.ref for name in extract.names}
        if extract.id in registry.here:
            yield from _lost_anchors(registry, extract.id, now)
            yield from _moved_words(registry, extract.id, now)
    addresses |= {page: frozenset() for page in pages_of_entries(registry, site, named)}
    for page, (line, _) in registry.here.items():
        if page not in addresses and page not in registry.departed:
            message = f"the page `{page}` was published and is not there any more"
            lines = f"`moved{_TAB}{page}{_TAB}NEW`, or `gone{_TAB}{page}`"
            hint = f"put it back, or say where it is by a line with tabs: {lines}"
            yield Diagnostic(Code.ADDRESS_GONE, registry.at(line), message, hint)
    for departed in registry.departed.values():
        yield from _departed(registry, departed, addresses)


def pages_of_entries(registry: Registry, site: Site, named: Container[str]) -> Iterator[str]:
    """The entries that have a page: those that a text names, and those whose page was published."""
    for identifier, page in entry_pages(site.entries).items():
        address = page.removesuffix(".html")
        if identifier in named or address in registry.here:
            yield address


_TAB = "⇥"


def _lost_anchors(registry: Registry, page: str, now: Published) -> Iterator[Diagnostic]:
    before = registry.published(page).anchors
    lost = sorted(a for a in before - now.anchors if f"{page}#{a}" not in registry.departed)
    if lost:
        message = f"the page `{page}` no longer has what was published as {_listed(lost)}"
        example = f"{page}#{lost[0]}"
        hint = (
            f"give the place its `xml:id` back, or add a line with tabs: "
            f"`moved{_TAB}{example}{_TAB}{page}#NEW`, or `gone{_TAB}{example}`"
        )
        yield Diagnostic(Code.ADDRESS_GONE, registry.at(registry.here[page][0]), message, hint)


def _moved_words(registry: Registry, page: str, now: Published) -> Iterator[Diagnostic]:
    """Ids made by counting that now stand at other words, while the words have another id."""
    before = registry.published(page).marks
    places = {mark: anchor for anchor, mark in now.marks.items()}
    once = {mark for mark, times in Counter(now.marks.values()).items() if times == 1}
    moved = [
        (anchor, places[mark])
        for anchor, mark in before.items()
        if mark in once and places[mark] != anchor and anchor in now.anchors
    ]
    if moved:
        told = ", ".join(f"`{old}` is now `{new}`" for old, new in moved[:_SHOWN])
        more = f" and {len(moved) - _SHOWN} more" if len(moved) > _SHOWN else ""
        message = f"paragraphs of `{page}` that were published have other ids: {told}{more}"
        hint = f'to keep links right, give them the old ids (`<p xml:id="{moved[0][0]}">`), or record the new ones'
        yield Diagnostic(Code.ANCHOR_MOVED, registry.at(registry.here[page][0]), message, hint)


def _departed(registry: Registry, departed: Departed, addresses: Addresses) -> Iterator[Diagnostic]:
    where = registry.at(departed.line)
    if is_there(departed.address, addresses):
        message = f"`{departed.address}` is said to be {_said(departed)}, but it is there"
        yield Diagnostic(Code.ADDRESS_BACK, where, message, "remove the line")
    elif departed.state == "moved" and not is_there(target_of(registry, departed) or "", addresses):
        message = f"`{departed.address}` is said to have moved to `{departed.to}`, which is not there"
        if departed.to in registry.departed:
            message = f"`{departed.address}` is said to have moved to `{departed.to}`, from where nothing leads on"
        yield Diagnostic(Code.REDIRECT_NOWHERE, where, message, "name an address that is there")


def _said(departed: Departed) -> str:
    return "elsewhere" if departed.state == "moved" else "gone"


def is_there(address: str, addresses: Addresses) -> bool:
    """Whether a page, or an id of one, exists."""
    page, mark, anchor = address.partition("#")
    return page in addresses and (not mark or anchor in addresses[page])


def _listed(anchors: list[str]) -> str:
    runs = list(shortened(anchors))
    shown = ", ".join(f"`{run}`" for run in runs[:_SHOWN])
    return f"{shown} and {len(runs) - _SHOWN} more" if len(runs) > _SHOWN else shown


def recorded(registry: Registry, extracts: Extracts, site: Site) -> bytes:
    """The file with all that is published now. What was published and is lost stays in it, so that it is missed."""
    registry = with_merged(registry, site)
    pages: dict[str, Published] = {page: registry.published(page) for page in registry.here}
    named: set[str] = set()
    for extract in extracts():
        named |= {name.ref for name in extract.names}
        now, before = addresses_of(extract), pages.get(extract.id)
        kept = {a for a in before.anchors if f"{extract.id}#{a}" not in registry.departed} if before else frozenset()
        pages[extract.id] = Published(now.anchors | kept, now.marks)
    pages |= {page: Published(frozenset(), {}) for page in pages_of_entries(registry, site, named)}
    staying = ((page, found.anchors, found.marks) for page, found in pages.items() if page not in registry.departed)
    return write_registry(registry, staying)
