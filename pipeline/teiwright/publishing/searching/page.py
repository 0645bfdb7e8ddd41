"""The page of the search. Without scripts its form leads to the list of words."""

from __future__ import annotations

from teiwright.extracted import CollectionPage
from teiwright.publishing.markup import NOTHING, Html, joined, text
from teiwright.publishing.searching.traits import KINDS, OFFERED, Choices

_POLICY = "script-src 'self'; form-action 'self'"
_LABELS = {"person": "Person", "organization": "Organization", "place": "Place", "kind": "Kind of document"}


def search_page(choices: Choices, documents: int) -> CollectionPage:
    """The form, and places for what the script finds."""
    main = joined([Html("<h1>Search</h1>"), _form(choices), _help(documents), _results()])
    head = '<script src="search.js" defer="defer"></script>'
    return CollectionPage("search/index.html", "Search", main, "search", head, _POLICY)


def _form(choices: Choices) -> Html:
    return Html(
        '<form id="search:form" class="search-form" role="search" action="words/index.html" method="get">\n'
        '<p class="field"><label for="search:words">Words</label>'
        '<input type="search" id="search:words" name="q" autocomplete="off" spellcheck="false"/>'
        "<button>Search</button></p>\n"
        '<div id="search:with-scripts" hidden="hidden">\n'
        '<p><label><input type="checkbox" name="scope" value="document"/>'
        " Words may stand anywhere in the document</label></p>\n"
        f"{_narrow(choices)}</div>\n</form>\n"
        "<noscript><p>Without scripts, look words up in the "
        '<a href="words/index.html">list of words</a>.</p></noscript>'
    )


def _narrow(choices: Choices) -> Html:
    """What documents can be chosen by; nothing where there is no choice."""
    fields = [_select(kind, choices) for kind in ("person", "organization", "place", "kind")]
    fields.append(_years(choices))
    if not any(fields):
        return NOTHING
    return Html(
        '<details id="search:narrow"><summary>Only some documents</summary>\n'
        f'<div class="fields">\n{joined(fields)}\n</div></details>\n'
    )


def _select(kind: str, choices: Choices) -> Html:
    count = choices.number(kind)
    if count < (1 if kind in KINDS else 2):
        return NOTHING
    offered = f"the {OFFERED:,} commonest of {count:,}" if count > OFFERED else f"{count:,}"
    said = f'{_LABELS[kind]} <span class="count">({offered})</span>'
    return Html(
        f'<p class="field"><label for="search:{kind}">{said}</label>'
        f'<select id="search:{kind}" name="{kind}"><option value="">any</option></select></p>'
    )


def _years(choices: Choices) -> Html:
    years = choices.years()
    if years is None or years[0] == years[1]:
        return NOTHING
    bounds = f'type="number" min="{years[0]}" max="{years[1]}" inputmode="numeric"'
    return Html(
        '<p class="field"><span class="years">'
        f'<label for="search:from">From year</label><input id="search:from" name="from" {bounds} '
        f'placeholder="{years[0]}"/></span> <span class="years"><label for="search:to">to year</label>'
        f'<input id="search:to" name="to" {bounds} placeholder="{years[1]}"/></span></p>'
    )


def _help(documents: int) -> Html:
    what = f"{documents:,} {'document' if documents == 1 else 'documents'}"
    return Html(
        f'<p class="hint">In {text(what)}, in the order of the collection. '
        "All words in one paragraph, without regard to case and accents; "
        "<code>\u201cwords in sequence\u201d</code> in quotation marks; "
        "<code>begin*</code> for all words that begin so. "
        '<a href="words/index.html">List of all words</a></p>'
    )


def _results() -> Html:
    return Html(
        '<p id="search:status" class="status" role="status" tabindex="-1"></p>\n'
        '<ol id="search:results" class="documents found"></ol>\n'
        '<p class="go-on"><button type="button" id="search:more" hidden="hidden">Go on</button></p>'
    )
