"""All recognisers over one document, and what they agree on.

The rules go by what is printed around a name, the authority file and the gazetteer by the name itself,
the model by all of it. Where there is a model, it hears the rules and decides; what a block is overrules it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.naming.authority import Authority
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.gazetteer import Gazetteer, gazetteer
from teiwright.naming.learned.model import Model, packed_model
from teiwright.naming.recognisers.datelines import written_places
from teiwright.naming.recognisers.drafters import drafters
from teiwright.naming.recognisers.headings import correspondents
from teiwright.naming.recognisers.initialled import initialled
from teiwright.naming.recognisers.known import known
from teiwright.naming.recognisers.learned import learned
from teiwright.naming.recognisers.listed import listed
from teiwright.naming.recognisers.offices import holders
from teiwright.naming.recognisers.participants import participants
from teiwright.naming.recognisers.repetition import repeated
from teiwright.naming.recognisers.routes import routes
from teiwright.naming.recognisers.signatures import signatures
from teiwright.naming.recognisers.speakers import speakers
from teiwright.naming.recognisers.syllables import romanised
from teiwright.naming.recognisers.titles import titled
from teiwright.naming.recognisers.vetoes import STRUCTURAL, vetoed
from teiwright.naming.script import Script
from teiwright.resources import RECOGNISERS

_SURE = 0.92
"""What a rule finds with at least this score stands even if the model sees nothing there: `Mr.` says enough."""
_RULES: tuple[Recogniser, ...] = (
    titled,
    correspondents,
    signatures,
    written_places,
    participants,
    initialled,
    holders,
    drafters,
    romanised,
    speakers,
    routes,
)


@cache
def offered() -> tuple[Recogniser, ...]:
    """Recognisers of installed packages, by name."""
    return tuple(map(_guarded, sorted(entry_points(group=RECOGNISERS), key=lambda point: point.name)))


def _guarded(point: EntryPoint) -> Recogniser:
    """A package's recogniser; what goes wrong in it is told as its flaw, not as ours."""

    def recognise(script: Script) -> list[Found]:
        try:
            return list(point.load()(script))
        except Exception as flaw:
            where = Location(f"{RECOGNISERS}: {point.name}")
            message = f"`{point.value}` of an installed package failed: {type(flaw).__name__}: {flaw}"
            raise TeiwrightError(
                Diagnostic(Code.RECOGNISER_FAILED, where, message, "mend or uninstall the package")
            ) from flaw

    return recognise


@dataclass(frozen=True, slots=True)
class Means:
    """What names are recognised with; ``None`` does without."""

    model: Model | None = field(default_factory=packed_model)
    places: Gazetteer | None = field(default_factory=gazetteer)
    others: tuple[Recogniser, ...] = field(default_factory=offered)


Settle = Callable[[tuple[Found, ...]], tuple[Found, ...]]
"""What a person decided, put in the place of what was found."""


def recognise(script: Script, authority: Authority, means: Means, settle: Settle = tuple) -> tuple[Found, ...]:
    """First what stands by itself or was decided, then what it lets us recognise again."""
    ruled = [f for rule in _RULES for f in _kept(script, rule(script))]
    entered = _kept(script, known(authority)(script)) if authority.entries else []
    added = [f for other in means.others for f in _kept(script, other(script))]
    if means.model is None:
        places = _kept(script, listed(means.places)(script)) if means.places else []
        return _with_repetitions(script, settle(decide([*ruled, *entered, *added], weaker=places)), settle)
    by_rule = _with_repetitions(script, decide(ruled), tuple)
    kinds = {(f.start, f.end): f.kind for f in entered}
    seen = [
        f
        for f in _kept(script, learned(means.model, means.places, by_rule)(script))
        if kinds.get((f.start, f.end), f.kind) is f.kind  # whether a name is a person's, its entry knows better
        and not any(a.start < f.end and f.start < a.end and a.score > f.score for a in added)
    ]
    first = [*entered, *added, *seen, *_supporting(ruled, [*entered, *seen])]
    return _with_repetitions(script, settle(decide(first, weaker=(f for f in ruled if f.score >= _SURE))), settle)


def rules(script: Script) -> tuple[Found, ...]:
    """What the rules find by themselves: what the model is told."""
    return _with_repetitions(script, decide(f for rule in _RULES for f in _kept(script, rule(script))), tuple)


def _supporting(ruled: Iterable[Found], found: Iterable[Found]) -> list[Found]:
    """What rules find by what a block is or how a name is spelt, or where others do, whose reasons they add to."""
    places = {(f.start, f.end, f.kind) for f in found}
    return [f for f in ruled if f.by in STRUCTURAL or f.by == "syllables" or (f.start, f.end, f.kind) in places]


def _with_repetitions(script: Script, first: tuple[Found, ...], settle: Settle) -> tuple[Found, ...]:
    return settle(decide(_kept(script, repeated(script, first)), kept=first))


def _kept(script: Script, found: Iterable[Found]) -> list[Found]:
    """What no veto forbids; a callout ends a name."""
    kept = []
    for one in found:
        end = script.before_call(one.start, one.end)
        whole = one if end == one.end else replace(one, end=end)
        if whole.start < whole.end and not vetoed(script, whole):
            kept.append(whole)
    return kept
