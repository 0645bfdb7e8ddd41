"""What a page has beside the text, as HTML: whom it names, what the header says, how to cite it, what catalogues read.

None of it is in the text, so no stylesheet has to find it there: it is written at once, which takes much less time than
to hand it to a stylesheet that makes the same. Where it stands, and under which heading, the stylesheets say
(``<?part names?>``, ``xslt/html/page.xsl``). What authority files say of an entry is the same on all pages, and is
written once.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Literal
from urllib.parse import quote

from teiwright.extracted import Entry, NameKind
from teiwright.rendering.citing import Citation, bibtex, chicago, coins, csl, json_ld, ris, scholarly_metadata
from teiwright.rendering.context import Context
from teiwright.rendering.entries import entries_by_id, pages_by_id
from teiwright.rendering.facts import CITE_AS, Fact

Part = Literal["names", "facts", "cite", "metadata"]
Parts = Mapping[Part, str]
"""What stands in the place of ``<?part NAME?>``."""

NO_PARTS: Parts = {}

_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}
_FOLDERS: Mapping[NameKind, str] = {"person": "persons", "place": "places", "organization": "organizations"}


def with_parts(html: bytes, parts: Parts) -> bytes:
    """A page with its parts in their places; no text has such a place, for the first pass drops its instructions."""
    before, *places = html.split(b"<?part ")
    filled = [before]
    for place in places:
        name, _, after = place.partition(b"?>")
        filled += [parts.get(name.decode(), "").encode(), after]  # type: ignore[call-overload]
    return b"".join(filled)


def metadata(cited: Citation) -> str:
    """For reference managers and machines: ``meta`` elements, and schema.org as data, which no policy lets run."""
    said = [f'<meta name="{name}" content="{_value(content)}">' for name, content in scholarly_metadata(cited)]
    return f'{"".join(said)}<script type="application/ld+json">{json_ld(cited)}</script>'


def facts_listed(facts: Iterable[Fact]) -> str:
    """What the header says, in its groups; how to cite it stands elsewhere."""
    made: list[str] = []
    for group, of_group in groupby(facts, _GROUP):
        said = [(label, [*alike]) for label, alike in groupby(of_group, _LABEL) if label != CITE_AS]
        listed = "".join([f"<div><dt>{_text(label)}</dt>{''.join(map(_fact, alike))}</div>" for label, alike in said])
        if said:
            made.append(f"<h3>{group}</h3><dl>{listed}</dl>")
    return "".join(made)


_GROUP, _LABEL = itemgetter(0), itemgetter(1)


def _fact(fact: Fact) -> str:
    words = _text(fact.words)
    return f"<dd>{_link_out(fact.href, words) if fact.href else words}</dd>"


def citation(cited: Citation, pages: Sequence[tuple[str, str]]) -> str:
    """How to cite the document, and at which of its pages; a click takes the whole of a citation.

    Every page of the original is there, of which the style sheet shows the one at which the reader is.
    """
    before, after = chicago(cited)
    # The page stands after the title if that ends the citation with its quotation marks, else before the full stop.
    mark, end, rest = (" ", ".", "") if before.endswith("”") else (", ", "", ".")
    words = f"{_text(before)}{_at((anchor, f'{mark}{number}{end}') for number, anchor in pages)}"
    words += _text(" ".join((rest, after)) if after else rest)
    if cited.address:
        words += f" {_text(cited.address)}{_at((anchor, f'#{anchor}') for _, anchor in pages)}."
    hint = f"<p {_HINT}>A click on a page number in the text puts the page into the citation.</p>" if pages else ""
    formats = (("BibTeX", "bib", bibtex(cited)), ("RIS", "ris", ris(cited)), ("CSL-JSON", "json", csl(cited)))
    return (
        f'<p class="copy">{words}</p>{hint}{"".join([_format(cited.id, *one) for one in formats])}'
        f'<span class="Z3988" title="{_value(coins(cited))}"></span>'
    )


_HINT = 'class="hint"'


def _at(pages: Iterable[tuple[str, str]]) -> str:
    shown = "".join([f'<span class="at-{anchor}">{_text(words)}</span>' for anchor, words in pages])
    return shown and f'<span class="at">{shown}</span>'


def _format(identifier: str, label: str, ending: str, text: str) -> str:
    href = f"data:{_TYPES[ending]};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
    file = f"{identifier}.{ending}"
    return (
        f'<details name="page:formats"><summary>{label}</summary><pre class="copy" tabindex="0">{_text(text)}</pre>'
        f'<p {_HINT}><a href="{href}" download="{_value(file)}">Download {_text(file)}</a></p></details>'
    )


def names(mentioned: Mapping[str, Sequence[tuple[str, str]]], context: Context) -> str:
    """What the authority files say of those whom the text names; persons first, each kind by name."""
    return "".join(_kinds(mentioned, context))


def _kinds(mentioned: Mapping[str, Sequence[tuple[str, str]]], context: Context) -> Iterator[str]:
    known = entries_by_id(context.authority)
    sections = {section.href for section in context.sections}
    written = _written(context.authority)
    for kind, folder in _FOLDERS.items():
        found = [known[one] for one in mentioned if known[one].kind == kind]
        if not found:
            continue
        pages = pages_by_id(context.authority) if f"{folder}/index.html" in sections else {}
        listed = []
        for entry in sorted(found, key=lambda e: (e.sort_name.casefold(), e.id)):
            page = pages.get(entry.id, "")
            if (entry.id, page) not in written:
                written[entry.id, page] = _entry(entry, page)
            listed += [written[entry.id, page], "" if page else _mentions(mentioned[entry.id]), "</li>"]
        yield f'<h3>{kind.capitalize()}s</h3><ul class="entries">{"".join(listed)}</ul>'


@lru_cache(maxsize=2)
def _written(authority: tuple[bytes, ...]) -> dict[tuple[str, str], str]:  # noqa: ARG001 - it is the key
    """Entries as they were written for earlier pages."""
    return {}


def _entry(entry: Entry, page: str) -> str:
    """An entry as far as where its mentions stand, at its end."""
    noted = "; ".join(filter(None, (entry.dates, entry.note))).rstrip(".")
    also = "; ".join(entry.variants)
    about = ". ".join(filter(None, (noted, also and f"Also: {also}")))
    name = _text(entry.name)
    named = f'<a href="{_value(quote(page, safe="/~"))}">{name}</a>' if page else f"<b>{name}</b>"
    links = "".join([f" {_link_out(href, _text(label))}" for label, href in entry.links])
    return f'<li id="e:{_value(entry.id)}">{named}{f", {_text(about)}." if about else ""}{links}'


def _mentions(mentions: Sequence[tuple[str, str]]) -> str:
    """Links by pages: ``12 (2), 14``; where pages have no numbers, ``(1) (2)``.

    The page of an entry has these with their contexts; where there is none, they are here.
    """
    last, count = None, 0
    links = []
    for anchor, page in mentions:
        count = count + 1 if page == last else 1
        before = "" if last is None else " " if page == last else ", "
        label = page if page and count == 1 else f"({count})"
        links.append(f'{before}<a href="#{_value(anchor)}">{_text(label)}</a>')
        last = page
    return f"<div>{''.join(links)}</div>"


def _link_out(href: str, label: str) -> str:
    return f'<a href="{_value(href)}" rel="noopener noreferrer">{label}</a>'


def _text(words: str) -> str:
    return escape(words, quote=False)


def _value(words: str) -> str:
    return _text(words).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
