"""Claims against facts: the bytes decide, and where descriptions differ it is said which of them is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.claims import Bytes, Claim, Digest, MediaType, Presence, Size
from teiwright.verifying.digesting import Facts

_SHOWN = 6
"""Up to how many other places a finding names."""


@dataclass
class Told:
    """All that descriptions say of one file."""

    digests: list[Digest] = field(default_factory=list)
    sizes: list[Size] = field(default_factory=list)
    types: list[MediaType] = field(default_factory=list)
    present: list[Presence] = field(default_factory=list)

    @property
    def places(self) -> list[Location]:
        """Where it is spoken of."""
        claims: list[Claim] = [*self.digests, *self.present, *self.sizes, *self.types]
        return list(dict.fromkeys(claim.by for claim in claims))

    @property
    def algorithms(self) -> frozenset[str]:
        """Which checksums are asked for."""
        return frozenset(claim.algorithm for claim in self.digests)


def by_file(claims: Iterable[Claim]) -> tuple[dict[str, Told], list[Bytes]]:
    """Claims gathered by the file of which they speak; and those that name no file."""
    files: defaultdict[str, Told] = defaultdict(Told)
    unplaced: list[Bytes] = []
    for claim in claims:
        match claim:
            case Digest():
                files[claim.path].digests.append(claim)
            case Size():
                files[claim.path].sizes.append(claim)
            case MediaType():
                files[claim.path].types.append(claim)
            case Presence():
                files[claim.path].present.append(claim)
            case Bytes():
                unplaced.append(claim)
    return files, unplaced


def missing(path: str, told: Told) -> Diagnostic:
    """A file that is described and not there."""
    first, *others = told.places
    also = f", and {len(others)} more descriptions of it" if others else ""
    message = f"`{path}` is described here{also}, and is not in the package"
    hint = "get the package again from where it is whole"
    return Diagnostic(Code.DESCRIBED_FILE_MISSING, first, message, hint, tuple(others[:_SHOWN]))


def judge(path: str, told: Told, facts: Facts) -> Iterator[Diagnostic]:
    """Whether all that is said of a file is so."""
    wrong = [claim for claim in told.digests if facts.digests.get(claim.algorithm) != claim.value]
    told_already = {claim.by.path for claim in wrong}  # a description of another file has its size, too
    wrong_sizes = [claim for claim in told.sizes if claim.value != facts.size and claim.by.path not in told_already]
    if wrong and len(wrong) == len(told.digests):
        yield _changed(path, told, facts, wrong)
    else:
        yield from (_wrong_digest(path, claim, facts, len(told.digests) - len(wrong)) for claim in wrong)
        yield from (_wrong_size(path, claim, facts) for claim in wrong_sizes)
    yield from _types(path, told)


def unplaced(claims: Iterable[Bytes], facts: Mapping[str, Facts]) -> Iterator[Diagnostic]:
    """A description of bytes that no file of the package has."""
    by_folder: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        key = claim.folder, claim.algorithm
        if key not in by_folder:
            inside = (fact for path, fact in facts.items() if path.startswith(claim.folder))
            by_folder[key] = {fact.digests[claim.algorithm] for fact in inside if claim.algorithm in fact.digests}
        if claim.value not in by_folder[key]:
            message = f"no file of the package has the {claim.algorithm} `{_short(claim.value)}` that is described here"
            yield Diagnostic(Code.DESCRIBED_FILE_MISSING, claim.by, message, "describe the files that are there")


def _changed(path: str, told: Told, facts: Facts, wrong: list[Digest]) -> Diagnostic:
    first = wrong[0]
    number = f"none of its {len(wrong)} checksums is" if len(wrong) > 1 else "its checksum is not"
    actual = f"{first.algorithm} is `{_short(facts.digests[first.algorithm])}`, not `{_short(first.value)}`"
    message = f"the file is not what was described: {number} right ({actual})"
    sizes = {claim.value for claim in told.sizes}
    if sizes and facts.size not in sizes:
        message += f"; it has {facts.size:,} bytes, not {min(sizes):,}"
    places = tuple(dict.fromkeys(claim.by for claim in wrong))
    hint = "get the file again from where it is intact, or make the package anew"
    return Diagnostic(Code.FILE_CHANGED, Location(path), message, hint, places[:_SHOWN])


def _wrong_digest(path: str, claim: Digest, facts: Facts, right: int) -> Diagnostic:
    actual = facts.digests.get(claim.algorithm, "")
    others = f"{right} other{'s say' if right > 1 else ' says'} what the bytes say"
    message = f"{claim.algorithm} of `{path}` is `{_short(actual)}`, not `{_short(claim.value)}`; {others}"
    hint = "correct the description; the file itself is as the others describe it"
    return Diagnostic(Code.WRONG_DIGEST, claim.by, message, hint, (Location(path),))


def _wrong_size(path: str, claim: Size, facts: Facts) -> Diagnostic:
    message = f"`{path}` has {facts.size:,} bytes, not {claim.value:,}"
    return Diagnostic(Code.WRONG_SIZE, claim.by, message, "correct the description", (Location(path),))


def _types(path: str, told: Told) -> Iterator[Diagnostic]:
    """Descriptions that call one file by several kinds."""
    by_type: dict[str, Location] = {}
    for claim in told.types:
        by_type.setdefault(claim.value.partition(";")[0].strip().lower(), claim.by)
    if len(by_type) > 1:
        (first, where), *others = by_type.items()
        message = f"`{path}` is `{first}` here and `{others[0][0]}` elsewhere"
        related = tuple(place for _, place in others)
        yield Diagnostic(Code.DESCRIPTIONS_DISAGREE, where, message, "describe it alike everywhere", related)


def _short(digest: str) -> str:
    return digest if len(digest) <= 16 else f"{digest[:12]}…"
