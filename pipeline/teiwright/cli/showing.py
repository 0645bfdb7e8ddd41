"""What the parser understood, for a person to read: ``teiwright parse --show``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from teiwright.diagnostics import Lines
from teiwright.model import Certainty, Draft, NoteCall, PageBreak, Span, Text


def lines(draft: Draft) -> Iterator[str]:
    """Each line of the source with what became of it: text kept as it is, or markup with its reason."""
    text, start = draft.source.text, 0
    reasons = sorted((consumed.span.start, consumed.span.end, consumed.reason.value) for consumed in draft.ledger)
    position = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        while position < len(reasons) and reasons[position][1] <= start:
            position += 1
        marks = []
        for begin, stop, reason in reasons[position:]:
            if begin >= end:
                break
            if (piece := text[max(begin, start) : min(stop, end)]).strip():
                marks.append(f"{reason}: {piece.strip()}")
        yield f"{number:>5}  {_short(line, 70):<70}  {'; '.join(marks)}".rstrip()
        start = end + 1


def blocks(draft: Draft) -> Iterator[str]:
    """One line a block: where it begins, what it is, how it begins."""
    places = Lines(draft.source.text)
    for division in draft.divisions:
        yield f"{division.kind}"
        for block in division.blocks:
            spans = list(_spans(block))
            where = places.at("", min(spans).start) if spans else None
            at = f"{where.line}:{where.column}" if where else "-"
            yield f"  {at:>8}  {_name_and_settings(block):<28}  {_short(_text_of(block, draft), 70)}".rstrip()


def tree(draft: Draft) -> Iterator[str]:
    """The whole draft, a line a node, indented by its depth."""
    for division in draft.divisions:
        yield from _branch(division, draft, 0)
    for note in draft.notes:
        yield from _branch(note, draft, 0)


def notes(draft: Draft) -> Iterator[str]:
    """One line a note: its mark, what precedes it where it is listed, whether the text calls it."""
    places = Lines(draft.source.text)
    for note in draft.notes:
        where = places.at("", note.label_span.start)
        called = "called" if note.called else "not called"
        sure = note.certainty.value if note.certainty else "certain"
        start = _short("".join(_text_of(item, draft) for item in note.content), 60)
        marks = f"{note.mark:<6} {note.label:<8}"
        yield f"{where.line:>5}:{where.column:<4} {marks} {called:<10} {sure:<8} {start}"


def conventions(draft: Draft) -> Iterator[str]:
    """The conventions of plain text that were considered, and why they were chosen or not."""
    width = max((len(convention.name) for convention in draft.conventions), default=0)
    for convention in sorted(draft.conventions, key=lambda c: (not c.chosen, -c.score, c.name)):
        mark = "+" if convention.chosen else "-"
        yield f"{mark} {convention.name:<{width}} {convention.score:.2f}  {convention.why}"


def ledger(draft: Draft) -> Iterator[str]:
    """What became markup, place by place, with the reason."""
    places = Lines(draft.source.text)
    for consumed in draft.ledger:
        where = places.at("", consumed.span.start)
        what = consumed.span.of(draft.source.text)
        yield f"{where.line:>5}:{where.column:<5} {consumed.reason.value:<40} {what!r}"


def doubts(draft: Draft) -> Iterator[str]:
    """What was inferred, the least certain first: the order in which a person should read."""
    places = Lines(draft.source.text)
    order = {Certainty.LOW: 0, Certainty.MEDIUM: 1, Certainty.HIGH: 2}
    for certainty, span, what in sorted(_doubts(draft), key=lambda doubt: (order[doubt[0]], doubt[1], doubt[2])):
        where = places.at("", span.start)
        around = Span(max(0, span.start - 20), min(len(draft.source.text), span.end + 20)).of(draft.source.text)
        yield f"{certainty.value:<7} {where.line:>5}:{where.column:<5} {what:<44} …{_short(around, 60)}…"


VIEWS: Mapping[str, Callable[[Draft], Iterator[str]]] = {
    "lines": lines,
    "blocks": blocks,
    "draft": tree,
    "notes": notes,
    "conventions": conventions,
    "ledger": ledger,
    "doubts": doubts,
}


def _doubts(draft: Draft) -> Iterator[tuple[Certainty, Span, str]]:
    for node in _nodes((draft.divisions, draft.notes)):
        match node:
            case PageBreak(certainty=Certainty() as certainty):
                yield certainty, node.span, "a page begins here"
            case NoteCall(certainty=Certainty() as certainty):
                yield certainty, node.span, f"callout of note {node.mark}"
            case _:
                pass
    for note in draft.notes:
        if not note.called:
            yield Certainty.LOW, note.label_span, f"note {note.label} has no callout"
    for dated in draft.dates:
        if dated.certainty:
            yield (
                dated.certainty,
                dated.span,
                f"date {dated.value.when or dated.value.from_ or dated.value.not_before}",
            )
    for mention in draft.mentions:
        if mention.certainty:
            yield mention.certainty, mention.span, f"{mention.kind.value} {mention.ref or ''} by {mention.by}"


def _nodes(value: object) -> Iterator[object]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _nodes(getattr(value, field.name))


def _spans(value: object) -> Iterator[Span]:
    return (node for node in _nodes(value) if isinstance(node, Span))


def _text_of(value: object, draft: Draft) -> str:
    return " ".join(node.span.of(draft.source.text) for node in _nodes(value) if isinstance(node, Text))


def _branch(value: object, draft: Draft, depth: int) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _branch(item, draft, depth)
    elif is_dataclass(value):
        span = getattr(value, "span", None)
        piece = f" {span.start}..{span.end} {span.of(draft.source.text)!r}" if isinstance(span, Span) else ""
        yield f"{'  ' * depth}{_name_and_settings(value)}{piece}"
        for field in fields(value):
            yield from _branch(getattr(value, field.name), draft, depth + 1)


def _name_and_settings(value: object) -> str:
    settings = [type(value).__name__]
    for field in fields(value) if is_dataclass(value) else ():
        match getattr(value, field.name):
            case Enum() as setting:
                settings.append(f"{field.name}={setting.value}")
            case str() | int() as setting if setting is not False:
                settings.append(f"{field.name}={setting}")
            case _:
                pass
    return " ".join(settings)


def _short(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
