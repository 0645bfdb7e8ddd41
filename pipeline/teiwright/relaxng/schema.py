"""A schema, compiled, and documents held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from teiwright.relaxng import expecting
from teiwright.relaxng.automaton import Automaton
from teiwright.relaxng.building import Built, build
from teiwright.relaxng.errors import TooComplexError
from teiwright.relaxng.finding import Finding, Kind, Place
from teiwright.relaxng.grammars import Files
from teiwright.relaxng.keeping import Compiled, packed, unpacked
from teiwright.relaxng.locating import places
from teiwright.relaxng.names import listed_in
from teiwright.relaxng.patterns import Data, Element, Pool, Value
from teiwright.relaxng.recovering import Guess
from teiwright.relaxng.reporting import Interest, Reporter, Seen, StoppedError, Watch
from teiwright.relaxng.restrictions import BrokenRestrictionError, Restrictions, check_ids, check_start
from teiwright.relaxng.tree import Node
from teiwright.relaxng.validating import Validation
from teiwright.uncollected import uncollected

_CHUNK = 1 << 18
Opener = Callable[[], BinaryIO]


def _no_interest(_name: str, _attributes: Sequence[str]) -> None:
    return


def _no_watch(_open: Sequence[Seen], _attributes: Sequence[str], _told: object, _place: Callable[[], Place]) -> None:
    return


def _no_guess(_word: str, _names: Sequence[str]) -> Sequence[str]:
    return ()


class Schema:
    """A RELAX NG schema in XML syntax. Raises ``SchemaError`` if it is none, ``TooComplexError`` if it is too much.

    It grows a little with each document of a new kind, and gets faster by that. Not for several threads at once.
    ``interest`` says which tags ``validate`` shows to its ``watch``;
    ``trusted`` are files and folders beside the schema's own that it may include.
    """

    def __init__(
        self,
        path: Path,
        interest: Interest = _no_interest,
        trusted: tuple[Path, ...] = (),
        kept: tuple[str, tuple[Path, ...]] | None = None,
    ) -> None:
        """``kept`` is what ``keep`` gave of the same schema, and its files."""
        self.path = path
        self._trusted = trusted
        self._interest = interest
        with uncollected():  # else a fifth of the time
            if kept is None:
                self._compile()
            else:
                self.files = kept[1]
                self._take(unpacked(kept[0]))

    def _compile(self) -> None:
        files, pool = Files((self.path.resolve().parent, *self._trusted)), Pool()
        root = files.enter(self.path, "")
        built = build(root, pool, files)
        _restrict(root, built)
        self.files = tuple(files.read)
        compiled = Compiled(pool, built.start, tuple(built.elements), built.documented, frozenset(files.annotations))
        self._take(compiled)

    def _take(self, compiled: Compiled) -> None:
        pool = compiled.pool
        self._compiled = compiled
        self.annotations = compiled.annotations
        """Namespaces of what the schema holds beside RELAX NG."""
        self.automaton = Automaton(pool, compiled.start)
        self._elements: dict[str, list[Element]] = {}
        for element in compiled.elements:
            for name in listed_in(element.names):
                self._elements.setdefault(name, []).append(element)
        self._documented = compiled.documented
        self._needs_prefixes = pool.has(lambda p: isinstance(p, Data | Value) and p.datatype.needs_prefixes)

    def keep(self) -> str | None:
        """The schema as text, from which it is made faster than from its files; before the first document.

        ``None`` if its values depend on prefixes of the files.
        """
        return None if self._needs_prefixes else packed(self._compiled)

    @property
    def names(self) -> tuple[str, ...]:
        """All elements that the schema knows by name."""
        return tuple(sorted(self._elements))

    def documentation(self, name: str) -> str:
        """What the schema says of an element; or, with an ``@`` before its name, of an attribute, a line a place."""
        return self._documented.get(name, "")

    def children(self, name: str) -> frozenset[str]:
        """The elements that may stand directly in an element of this name."""
        return frozenset(child for element in self._elements.get(name, ()) for child in expecting.within(element))

    def holds_text(self, name: str) -> bool:
        """Whether text may stand directly in an element of this name."""
        return any(map(expecting.holds_text, self._elements.get(name, ())))

    def can_precede(self, name: str, one: str, other: str) -> bool:
        """Whether in an element of this name, one child may stand somewhere before another."""
        return any(expecting.can_precede(element.content, one, other) for element in self._elements.get(name, ()))

    def __reduce__(self) -> tuple[type[Schema], tuple[Path, Interest, tuple[Path, ...]]]:
        """Sent to another process as its file's name, and compiled there."""
        return Schema, (self.path, self._interest, self._trusted)

    def validate(self, document: Path | bytes, guess: Guess = _no_guess, watch: Watch = _no_watch) -> list[Finding]:
        """What is wrong with a document, in the order in which it shows. Raises ``OSError``.

        ``guess`` says which of several names was meant by an unknown one; without it, what it holds is not judged.
        """

        def open_again() -> BinaryIO:
            return document.open("rb") if isinstance(document, Path) else BytesIO(document)

        try:
            return self._validate(open_again, guess, watch)
        except TooComplexError:
            # what many documents left behind may be too much; what one needs should not
            self._compile()
            return self._validate(open_again, guess, watch)

    def _validate(self, open_again: Opener, guess: Guess, watch: Watch) -> list[Finding]:
        validation = Validation(self.automaton, self._elements, guess, self._interest, watch)
        if self._needs_prefixes:
            validation.track_prefixes()
        with open_again() as file:
            _run(validation, file)
        reporter = validation.reporter
        return reporter.findings if not reporter.unplaced else list(_placed(reporter, open_again))


def _restrict(root: Node, built: Built) -> None:
    restrictions = Restrictions()
    here = root
    try:
        check_start(built.start)
        for element, here in built.elements.items():  # noqa: B007 (read where one breaks a rule)
            restrictions.check(element.content)
        check_ids(built.elements)
    except BrokenRestrictionError as error:
        message, *about = error.args
        raise (built.elements[about[0]] if about else here).refuse(message) from error


def _run(validation: Validation, file: BinaryIO) -> None:
    parser, reporter = validation.parser, validation.reporter
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        validation.end()
    except StoppedError:
        return
    except expat.ExpatError as error:
        place = Place(error.lineno, error.offset + 1, max(parser.ErrorByteIndex, 0))
        words = expat.ErrorString(error.code)
        reporter.findings.append(Finding(Kind.NOT_WELL_FORMED, place, reporter.count, reporter.path(), words))
    except (LookupError, ValueError) as error:
        # an encoding that Python does not know, or cannot read bytewise
        reporter.findings.append(Finding(Kind.NOT_WELL_FORMED, Place(1, 1, 0), 0, (), str(error)[:200]))
    except RecursionError as error:
        raise TooComplexError from error


def _placed(reporter: Reporter, open_again: Opener) -> Iterator[Finding]:
    with open_again() as file:
        found = places(file, set(reporter.unplaced.values()))
    for number, finding in enumerate(reporter.findings):
        spot = reporter.unplaced.get(number)
        if spot is None or spot not in found:
            yield finding
        else:
            is_tag = spot[1] == 0
            yield replace(finding, place=found[spot], seen=finding.place.line if is_tag else 0)
