"""Names that editors left untagged, completed, so that a model does not learn to miss them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from lessons import Lesson

from teiwright.model import Kind
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import Gazetteer
from teiwright.naming.learned.features import EDGE, folded
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.recognisers.known import extended
from teiwright.naming.recognisers.repetition import repeated
from teiwright.naming.recognisers.vetoes import vetoed
from teiwright.naming.words import word_set

_BEFORE_PLACE = word_set("in at from to near of via between and outside")


class Completion:
    """Names that editors left untagged, found by what the volume and the lists say."""

    def __init__(self, all_lessons: list[Lesson], places: Gazetteer) -> None:
        self.places = places
        self.as_person: Counter[str] = Counter()
        self.occurs: Counter[str] = Counter()
        self.of_volume: dict[str, Counter[str]] = defaultdict(Counter)
        self.full: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for lesson in all_lessons:
            counts[lesson.volume].update(w for w in lesson.tokens.words if w[0].isupper())
            for found in lesson.tagged:
                words = tokens_of(lesson.script.text[found.start : found.end]).words
                if found.kind is Kind.PERSON and words:
                    if len(words) == 1:
                        self.of_volume[lesson.volume][words[0]] += 1
                    elif len(words[-1]) > 2:
                        self.full[lesson.volume].add(words)
                    self.as_person.update(words[-1:])
        for counted in counts.values():
            self.occurs.update(counted)
        self.surnames = {
            volume: {w for w, n in tagged.items() if n > 2 and n > 0.4 * counts[volume][w] and len(w) > 2}
            for volume, tagged in self.of_volume.items()
        }

    def __call__(self, lesson: Lesson) -> tuple[Found, ...]:
        """All names of a lesson, the editors' first."""
        kept = decide(lesson.tagged)
        if lesson.places:
            return kept
        introduced = [f for f in lesson.found if f.kind is Kind.PERSON and f.by != "repetition"]
        kept = decide([*introduced, *self._persons(lesson)], kept=kept)
        as_title = [Found(f.start, f.end, f.kind, 1.0, "title", "") for f in kept if f.kind is Kind.PERSON]
        kept = decide((f for f in repeated(lesson.script, as_title) if not vetoed(lesson.script, f)), kept=kept)
        return decide(self._places(lesson, kept), kept=kept)

    def _persons(self, lesson: Lesson) -> Iterator[Found]:
        words, starts, ends = lesson.tokens.words, lesson.tokens.starts, lesson.tokens.ends
        full = Gazetteer({})
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name in self.full[lesson.volume]:
            by_first[name[0]].append((name[1:], "person"))
        full = Gazetteer(
            {first: tuple(sorted(rest, key=lambda r: (-len(r[0]), r[0]))) for first, rest in by_first.items()}
        )
        for first, last, _ in full.search(words):
            yield Found(starts[first], ends[last - 1], Kind.PERSON, 0.99, "editor", "")
        for at, word in enumerate(words):
            if word in self.surnames.get(lesson.volume, ()) and not self._beside_capital(words, at):
                yield Found(starts[at], ends[at], Kind.PERSON, 0.9, "editor", "")

    @staticmethod
    def _beside_capital(words: tuple[str, ...], at: int) -> bool:
        return any(
            0 <= place < len(words) and words[place][0].isupper() and words[place] != EDGE for place in (at - 1, at + 1)
        )

    def _places(self, lesson: Lesson, kept: tuple[Found, ...]) -> Iterator[Found]:
        tokens = lesson.tokens
        people = {
            folded(tokens_of(lesson.script.text[f.start : f.end]).words[-1]) for f in kept if f.kind is Kind.PERSON
        }
        for first, last, _ in self.places.search(tokens.words):
            if last - first == 1 and not self._is_place(tokens.words, first, people):
                continue
            found = extended(lesson.script.text, tokens.starts[first], tokens.ends[last - 1])
            if not vetoed(lesson.script, found) and not self._in_a_body(tokens.words, first, last):
                yield found

    def _is_place(self, words: tuple[str, ...], at: int, people: set[str]) -> bool:
        word, before = words[at], words[at - 1] if at else EDGE
        if folded(word) in people:
            return False
        share = self.as_person[word] / max(1, self.occurs[word])
        if share > 0.1 or (word.lower() in self.common and not word.isupper()):
            return before.lower() in _BEFORE_PLACE
        return True

    common: frozenset[str] = frozenset()

    @staticmethod
    def _in_a_body(words: tuple[str, ...], first: int, last: int) -> bool:
        before = words[max(0, first - 3) : first]
        of_body = len(before) > 1 and before[-1] == "of" and before[-2] in _BODY_OF
        after = words[last] if last < len(words) else EDGE
        return of_body or after in _BODY_AFTER


_BODY_OF = word_set(
    """
    Bank University Church Museum Institute Society College Company Federation League Treaty Battle
    """
)
_BODY_AFTER = word_set(
    """
    Government Army Navy Department Agency Bank University Treaty Pact Conference Agreement Commission Committee
    Council Party Post Times Herald Tribune Plan Declaration Information Intelligence Air Force Forces Joint
    Senate Congress House Military National Foreign Central Operations Mission Protocol Charter Talks Papers
    Files
    """
)
