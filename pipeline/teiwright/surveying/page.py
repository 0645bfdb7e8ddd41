"""A survey as one page of HTML that needs no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teiwright.diagnostics import Code
from teiwright.publishing.markup import Html, joined, text
from teiwright.surveying.gathering import Group, Survey
from teiwright.surveying.plot import plot

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th, td { text-align: start; padding: .2rem 1rem .2rem 0; vertical-align: top }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums }
svg { max-width: 100%; height: auto } code, pre { overflow-wrap: anywhere; white-space: pre-wrap }
"""


def page(survey: Survey) -> bytes:
    """The page."""
    title = text(f"Report on {survey.title}")
    style = f"<style>{_STYLE}</style>"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{style}\n</head>\n'
    )
    parts = [Html(f"<h1>{title}</h1>"), Html(f"<p>{text(numbers(survey))}</p>"), *_findings(survey), *_costs(survey)]
    return f"{head}<body>\n<main>\n{joined(parts)}\n</main>\n</body>\n</html>\n".encode("utf-8", "replace")


def numbers(survey: Survey) -> str:
    """How many documents there are, and what became of them, in one line."""
    texts = f"{survey.texts:,} text{'' if survey.texts == 1 else 's'}"
    without = survey.texts - survey.editions
    return f"{texts}, {without:,} of them without an edition; {survey.failed:,} with errors"


def heading(code: Code, group: Group) -> str:
    """What a group of findings is called."""
    weight = f"{code.severity.value}{'' if group.count == 1 else 's'}"
    where = [f"{group.documents:,} document{'' if group.documents == 1 else 's'}"] if group.documents else []
    where += ["what all make together"] if group.together else []
    return f"{code.number} {code.title}: {group.count:,} {weight} in {' and '.join(where)}"


def _findings(survey: Survey) -> Iterator[Html]:
    yield Html("<h2>Findings</h2>")
    if not survey.groups:
        yield Html("<p>There are none.</p>")
    for code, group in survey.in_order():
        examples = "\n".join(f"<li><pre>{text(str(finding))}</pre></li>" for finding in group.examples)
        yield Html(f"<h3>{text(heading(code, group))}</h3>\n<ul>\n{examples}\n</ul>")


def _costs(survey: Survey) -> Iterator[Html]:
    if not survey.costs:
        return
    yield Html("<h2>Time of the processor</h2>")
    yield Html("<p>The first document of each worker pays for what the worker loads.</p>")
    yield Html(plot(survey).decode())
    yield _table(("stage", "seconds", "share"), shares(survey))
    yield Html("<h3>The documents that cost most</h3>")
    rows = [(each.name, f"{each.cost / 1e6:,.2f}", f"{each.size / 1000:,.1f}") for each in survey.dearest]
    yield _table(("document", "seconds", "kB of text"), rows)


def shares(survey: Survey) -> list[tuple[str, str, str]]:
    """Each stage with its seconds and its part of the whole."""
    whole = max(1, survey.cost)
    return [(stage, f"{spent / 1e6:,.1f}", f"{spent / whole:.0%}") for stage, spent in survey.costs.items()]


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Html:
    def line(tag: str, cells: tuple[str, ...]) -> str:
        kinds = ("", *(' class="n"' for _ in cells[1:]))
        return "".join(f"<{tag}{kind}>{text(cell)}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))

    body = "\n".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return Html(f"<table>\n<thead><tr>{line('th', heads)}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>")
