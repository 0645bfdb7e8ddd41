"""Names of persons and places: recognise them, decide among them, link them to the authority file."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Certainty, Draft, Mention, Tool
from teiwright.naming.authority import Asked, Authority, Entry, Post, Variant, key, overheard, tokens
from teiwright.naming.decisions import NO_LINK, Decision, Ruling, Settlement, load_decisions, without_entry
from teiwright.naming.decisions.settling import BY
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.languages import is_foreign
from teiwright.naming.learned.model import Model
from teiwright.naming.linking import Link, Linker
from teiwright.naming.loading import load_authority, parse_authority
from teiwright.naming.recognising import Means, recognise
from teiwright.naming.script import Script, read_script
from teiwright.naming.shapes import surname

__all__ = [
    "Asked",
    "Authority",
    "Decision",
    "Entry",
    "Found",
    "Means",
    "Post",
    "Recogniser",
    "Script",
    "Variant",
    "key",
    "load_authority",
    "load_decisions",
    "name",
    "overheard",
    "parse_authority",
    "read_script",
    "surname",
    "tokens",
]

_BANDS = ((0.96, Certainty.HIGH), (0.75, Certainty.MEDIUM))
"""The least score of each band.

Read from volumes that training left out (``benchmarks/certainty.py --half odd``): the least bins in which 98, and 85,
of 100 names are right. A name of low certainty is thus right in fewer than 85 of 100 cases.
"""


def name(
    draft: Draft,
    authority: Authority | None = None,
    decisions: tuple[Decision, ...] = (),
    means: Means | None = None,
) -> Draft:
    """Find the names of a draft in place of those it had; decisions that no longer fit are findings."""
    known_names = authority or Authority()
    script = read_script(draft)
    settlement = Settlement(script, decisions)
    means = means or Means()
    decided = recognise(script, known_names, means, settlement.settle)
    links = Linker.of(draft, script, known_names).links(decided)
    made = (_mention(script, f, link, settlement.ruling(f)) for f, link in zip(decided, links, strict=True))
    mentions = tuple(sorted(made, key=lambda mention: mention.span))
    findings = (*draft.findings, *settlement.orphans(), *without_entry(decisions, known_names))
    if is_foreign(script, draft.source.metadata) and any(_is_measured(mention) for mention in mentions):
        mentions = tuple(replace(each, certainty=Certainty.LOW) if _is_measured(each) else each for each in mentions)
        told = _in_another_language(draft)
        findings = findings if told in findings else (*findings, told)
    tools = _tools(means.model, known_names, mentions) if decided and means.model else ()
    return replace(draft, mentions=mentions, tools=tools, findings=findings)


def _is_measured(mention: Mention) -> bool:
    """Whether the certainty of a name was measured on English texts: no entry and no person vouches for it."""
    return mention.certainty is not None and mention.ref is None


def _in_another_language(draft: Draft) -> Diagnostic:
    return Diagnostic(
        Code.NAMES_IN_ANOTHER_LANGUAGE,
        Location(str(draft.source.path)),
        "the text is not in English, from which names were learned: those that no entry confirms are of low certainty",
        'decide about them with `teiwright review`; if it is English, write `language = "en"` in its sidecar',
    )


def _tools(model: Model, authority: Authority, mentions: tuple[Mention, ...]) -> tuple[Tool, ...]:
    """The model, whose name ends with the day of its training, and what it was given of the authority files."""
    version = model.name.rsplit(" ", 1)[-1].replace("-", ".")
    named = sorted({mention.ref for mention in mentions if mention.ref in authority.by_id})
    given = ((" and ".join(name for name, _ in authority.files), _digest(authority, named)),) if named else ()
    return (Tool("teiwright-names", version, model.sha256, "model of names", given),)


def _digest(authority: Authority, named: list[str]) -> str:
    """Of the named entries alone: a document does not change because of a person of whom it does not speak."""
    lines = ("\t".join((name, *(form.text for form in authority.by_id[name].variants))) for name in named)
    return sha256("\n".join(lines).encode()).hexdigest()


def _mention(script: Script, found: Found, link: Link | None, ruling: Ruling | None) -> Mention:
    span = script.source_span(found.start, found.end)
    if ruling is not None and not ruling.rejected:
        ref = link.ref if link and ruling.ref is None else ruling.ref
        return Mention(span, found.kind, None if ref == NO_LINK else ref, None, BY, ruling.why, found.role, ruling.who)
    if link is not None:
        reason = f"{found.reason}; {link.reason}"
        return Mention(span, found.kind, link.ref, link.certainty, found.by, reason, found.role)
    certainty = next((band for least, band in _BANDS if found.score >= least), Certainty.LOW)
    return Mention(span, found.kind, None, certainty, found.by, found.reason, found.role)
