"""``verify``: what a package is, what it claims of its files, and whether their bytes bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, Report, TeiwrightError
from teiwright.verifying import bags, crates, ocfl_objects, ocfl_stores, profiles, receipts, submissions
from teiwright.verifying.claims import Bytes, Claim, Digest, parted
from teiwright.verifying.digesting import Facts, measure
from teiwright.verifying.entries import Entry, Limits, Listing, Package, listing_of, refusal
from teiwright.verifying.judging import Told, by_file, judge, missing, unplaced
from teiwright.verifying.naming import clashes, readable
from teiwright.verifying.opening import open_package
from teiwright.verifying.recognizing import Root, Standard, recognize

_ENDING = re.compile(r"(?i)\.(zip|tar|tar\.gz|tgz|tar\.bz2|tbz2)$")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read, and what is proven by it."""

    files: int = 0
    size: int = 0
    proven: int = 0
    """How many files have a checksum that their bytes bear out."""
    algorithms: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Findings, and what is proven."""

    report: Report
    proof: Proof


@dataclass
class _Described:
    """Claims and findings of all descriptions in a package."""

    claims: list[Claim] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    standards: list[str] = field(default_factory=list)

    def add(self, statements: Iterable[Claim | Diagnostic]) -> None:
        """Also what was said before a description turned out not to be readable."""
        try:
            for statement in statements:
                claims, findings = parted([statement])
                self.claims += claims
                self.findings += findings
        except TeiwrightError as error:
            self.findings.append(error.finding)


def verify(path: Path, *, profile: bytes | None = None, limits: Limits | None = None) -> Verdict:
    """Verify a bag, a submission package, a crate, an OCFL object or storage root: a folder, a zip or a tar.

    Nothing is unpacked to disk, nothing fetched, no link followed. ``profile`` is a BagIt profile (JSON).
    """
    package = open_package(path, limits or Limits())
    try:
        findings, proof = _verified(package, profile, limits or Limits())
    except TeiwrightError as error:
        findings, proof = [error.finding], Proof()
    return Verdict(Report.of(_placed(finding, path) for finding in findings), proof)


def _verified(package: Package, profile: bytes | None, limits: Limits) -> tuple[list[Diagnostic], Proof]:
    findings: list[Diagnostic] = []
    listing = _listed(package, limits, findings)
    if any(finding.code is Code.ARCHIVE_BOMB for finding in findings):
        return findings, Proof()
    roots = recognize(listing)
    if not roots:
        return [*findings, _unknown(listing)], Proof()
    described = _described(package, listing, roots, profile, limits)
    told, without_file = by_file(described.claims)
    facts = _facts(package, listing, told, without_file, findings)
    findings += described.findings
    findings += (missing(path, each) for path, each in told.items() if path not in listing.files)
    for path, each in told.items():
        if path in facts:
            findings += judge(path, each, facts[path])
    findings += unplaced(without_file, facts)
    return findings, _proof(facts, told, described.standards)


def _listed(package: Package, limits: Limits, findings: list[Diagnostic]) -> Listing:
    def entries() -> Iterator[Entry]:
        for count, found in enumerate(package.entries()):
            if count >= limits.entries:
                raise refusal(Code.ARCHIVE_BOMB, "", f"the package has more than {count:,} entries")
            if isinstance(found, Diagnostic):
                findings.append(found)
            else:
                yield found

    listing = listing_of(readable(entries(), limits, findings))
    findings += clashes([*listing.files, *listing.folders])
    findings += (
        Diagnostic(Code.SAME_ENTRY_TWICE, Location(path), "the name is that of a file and of a folder", "trust neither")
        for path in listing.files.keys() & listing.folders
    )
    return listing


def _unknown(listing: Listing) -> Diagnostic:
    message = (
        "this is no package that is known here: there is no `bagit.txt`, `METS.xml`, `ro-crate-metadata.json`"
        " or declaration of OCFL"
    )
    below = {path.partition("/")[0] for path in listing.files if path.count("/") == 1}
    hint = "name the folder or the file that is the package"
    for name in sorted(below):
        if recognize(Listing({p: e for p, e in listing.files.items() if p.startswith(f"{name}/")}, frozenset())):
            hint = f"`{name}` in it is one; name that"
            break
    return Diagnostic(Code.UNKNOWN_PACKAGE, Location(""), message, hint)


def _described(
    package: Package, listing: Listing, roots: list[Root], profile: bytes | None, limits: Limits
) -> _Described:
    described = _Described()
    texts = _texts(package, listing, roots, limits, described)
    objects: dict[str, ocfl_objects.Object] = {}
    for standard, root in roots:
        match standard:
            case Standard.BAG:
                bag, findings = bags.read_bag(root, listing, texts)
                described.findings += findings
                described.add(bags.describe(bag))
                described.add(profiles.check_profile(bag, profile, package.serialization))
                described.standards.append(f"BagIt {bag.declared.version}")
            case Standard.SIP:
                described.add(submissions.describe(root, _name(root, package.path), listing, texts))
                described.standards.append("E-ARK CSIP")
            case Standard.CRATE:
                _describe_crate(root, listing, texts, described)
            case Standard.OCFL_OBJECT:
                made, findings = ocfl_objects.read_object(root, listing, texts)
                objects[root] = made
                described.findings += findings
                described.add(ocfl_objects.describe(made))
                described.standards.append(f"OCFL {made.version}")
            case Standard.DEPOSIT:
                receipt = root + receipts.NAME
                if all(finding.where.path != receipt for finding in described.findings):  # it could be read
                    described.add(receipts.describe(root, listing, texts.get(receipt, b"")))
                described.standards.append("teiwright receipt")
            case Standard.OCFL_STORE:
                pass
    for standard, root in roots:
        if standard is Standard.OCFL_STORE:
            inside = {folder: made for folder, made in objects.items() if folder.startswith(root)}
            described.add(ocfl_stores.check_store(root, listing, texts, inside))
            described.standards.append("OCFL storage root")
    return described


def _describe_crate(root: str, listing: Listing, texts: Mapping[str, bytes], described: _Described) -> None:
    path = root + crates.METADATA
    if path not in texts:
        return
    try:
        crate = crates.read_crate(root, listing, texts[path])
    except TeiwrightError as error:
        described.findings.append(error.finding)
        return
    described.add(crates.describe(crate))
    described.standards.append(f"RO-Crate {crate.version or '(of no version)'}")


def _texts(
    package: Package, listing: Listing, roots: list[Root], limits: Limits, described: _Described
) -> dict[str, bytes]:
    """The files that describe the package, read whole."""
    wanted: list[str] = []
    for standard, root in roots:
        match standard:
            case Standard.BAG:
                wanted += bags.needed(root, listing)
            case Standard.SIP:
                wanted += submissions.needed(root, listing)
            case Standard.CRATE:
                wanted.append(root + crates.METADATA)
            case Standard.OCFL_OBJECT:
                wanted += ocfl_objects.needed(root, listing)
            case Standard.OCFL_STORE:
                wanted += ocfl_stores.needed(root, listing)
            case Standard.DEPOSIT:
                wanted.append(root + receipts.NAME)
    sizes = {path: listing.files[path].size for path in wanted}
    for path, size in sizes.items():
        if size > limits.description:
            message = f"the description has {size:,} bytes, more than are read ({limits.description:,})"
            raise refusal(Code.UNSAFE_DESCRIPTION, path, message)
    if sum(sizes.values()) > limits.descriptions:
        message = f"the descriptions together have more bytes than are read ({limits.descriptions:,})"
        raise refusal(Code.UNSAFE_DESCRIPTION, "", message)
    texts: dict[str, bytes] = {}
    for path, chunks in package.contents(sizes.keys()):
        try:
            texts[path] = b"".join(chunks)
        except TeiwrightError as error:
            described.findings.append(error.finding)
            texts[path] = b""
    return texts


def _facts(
    package: Package,
    listing: Listing,
    told: Mapping[str, Told],
    without_file: list[Bytes],
    findings: list[Diagnostic],
) -> dict[str, Facts]:
    """Sizes and checksums of all files, from their bytes; files that cannot be read become findings."""
    everywhere = {(claim.folder, claim.algorithm) for claim in without_file}
    facts: dict[str, Facts] = {}
    reading = package.contents(listing.files.keys())
    while True:
        try:
            path, chunks = next(reading)
        except StopIteration:
            return facts
        except TeiwrightError as error:  # the archive ends here
            findings.append(error.finding)
            return facts
        algorithms = told[path].algorithms if path in told else frozenset()
        for folder, algorithm in everywhere:
            if path.startswith(folder):
                algorithms |= {algorithm}
        try:
            facts[path] = measure(chunks, algorithms)
        except TeiwrightError as error:
            findings.append(error.finding)
            continue
        declared = listing.files[path].size
        if facts[path].size != declared:
            message = f"the file has {facts[path].size:,} bytes, where {declared:,} are declared"
            findings.append(Diagnostic(Code.WRONG_ENTRY_SIZE, Location(path), message))


def _proof(facts: Mapping[str, Facts], told: Mapping[str, Told], standards: list[str]) -> Proof:
    used: set[str] = set()
    proven = 0
    for path, fact in facts.items():
        claims: list[Digest] = told[path].digests if path in told else []
        right = {claim.algorithm for claim in claims if fact.digests[claim.algorithm] == claim.value}
        used |= right
        proven += bool(right)
    size = sum(fact.size for fact in facts.values())
    return Proof(len(facts), size, proven, tuple(sorted(used)), tuple(dict.fromkeys(standards)))


def _name(root: str, path: Path) -> str:
    return root.rstrip("/").rpartition("/")[2] if root else _ENDING.sub("", path.resolve().name)


def _placed(finding: Diagnostic, package: Path) -> Diagnostic:
    """Paths in the package become paths that begin with it; bytes that are no UTF-8 can be shown."""
    related = tuple(_in(package, place) for place in finding.related)
    return replace(finding, where=_in(package, finding.where), message=_shown(finding.message), related=related)


def _in(package: Path, place: Location) -> Location:
    return replace(place, path=_shown(f"{package}/{place.path}".rstrip("/")))


def _shown(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
