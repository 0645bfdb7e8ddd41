"""Bags (BagIt 0.93 to 1.0, RFC 8493): what manifests claim, and whether they speak of all that is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.claims import Claim, Digest, Presence, Size
from teiwright.verifying.digesting import WEAK, has_form, known
from teiwright.verifying.entries import Listing
from teiwright.verifying.naming import leads_out
from teiwright.verifying.tag_files import (
    Declaration,
    Fetched,
    ManifestLine,
    broken,
    declaration,
    doubted,
    fetched,
    info,
    manifest,
)

_MANIFEST = re.compile(r"(tag)?manifest-(.+)\.txt")
_ONCE = frozenset({"Bagging-Date", "Bag-Size", "Payload-Oxum", "Bag-Group-Identifier", "Bag-Count"})
_OXUM = re.compile(r"(\d+)\.(\d+)")
_BAG_SIZE = re.compile(r"([\d.,]+)\s*([KMGTP]?)i?B?(ytes)?", re.IGNORECASE)
Statements = Iterator[Claim | Diagnostic]


@dataclass(frozen=True)
class Bag:
    """A folder with ``bagit.txt``; ``root`` ends in ``/`` or is empty."""

    root: str
    listing: Listing
    texts: Mapping[str, bytes]
    declared: Declaration

    @cached_property
    def names(self) -> list[str]:
        """The files that stand in the bag's folder itself."""
        return self.listing.children(self.root)[0]

    @cached_property
    def payload(self) -> frozenset[str]:
        """The files of the payload."""
        return frozenset(self.listing.below(f"{self.root}data/"))

    @cached_property
    def composed(self) -> Mapping[str, str]:
        """Files by their composed spelling (Unicode NFC), for those alone that are spelt otherwise."""
        inside = (path for path in self.listing.below(self.root) if not path.isascii())
        return {nfc: path for path in inside if (nfc := unicodedata.normalize("NFC", path)) != path}


def needed(root: str, listing: Listing) -> list[str]:
    """The files that describe the bag."""
    names = listing.children(root)[0]
    profiles = [name for name in names if name.endswith(".json")]
    own = [name for name in names if _MANIFEST.fullmatch(name)]
    return [root + name for name in ("bagit.txt", "bag-info.txt", "fetch.txt", *own, *profiles) if name in names]


def read_bag(root: str, listing: Listing, texts: Mapping[str, bytes]) -> tuple[Bag, list[Diagnostic]]:
    """The bag, with what is wrong in its declaration."""
    path = f"{root}bagit.txt"
    read = list(declaration(path, texts.get(path)))
    declared = next(each for each in read if isinstance(each, Declaration))
    return Bag(root, listing, texts, declared), [each for each in read if isinstance(each, Diagnostic)]


def describe(bag: Bag) -> Statements:
    """All that the bag claims, and what is wrong with how it says so."""
    root, listing = bag.root, bag.listing
    if not listing.has_folder(f"{root}data"):
        yield broken(root, "there is no folder `data`")
    fetching: list[Fetched] = []
    for each in _fetching(bag):
        if isinstance(each, Diagnostic):
            yield each
        else:
            fetching.append(each)
    away = {f"{root}{each.path}": each for each in fetching if f"{root}{each.path}" not in listing.files}
    payload: list[set[str]] = []
    tags: list[set[str]] = []
    for name in bag.names:
        if match := _MANIFEST.fullmatch(name):
            listed: set[str] = set()
            yield from _manifest(bag, name, match[2], listed, away)
            (tags if match[1] else payload).append(listed)
    if not payload:
        yield broken(root, "there is no manifest of the payload, `manifest-….txt`")
    yield from _complete(bag, payload)
    yield from _tags_complete(bag, tags)
    yield from _info(bag)
    yield from _fetched_complete(bag, fetching, payload)


def _manifest(bag: Bag, name: str, algorithm: str, listed: set[str], away: Mapping[str, Fetched]) -> Statements:
    """The claims of one manifest; the files of which it speaks are added to ``listed``."""
    source = bag.root + name
    ours = known(algorithm)
    if ours is None:
        message = f"nothing is proven by this manifest: checksums by `{algorithm}` are unknown here"
        yield Diagnostic(Code.UNKNOWN_DIGEST, Location(source), message, "add a manifest by sha512")
        return
    if ours in WEAK:
        message = f"{ours} does not guard against files that were changed on purpose"
        yield Diagnostic(Code.WEAK_DIGEST, Location(source), message, "add a manifest by sha512")
    seen: dict[str, str] = {}
    for line in manifest(source, bag.texts[source], bag.declared):
        if isinstance(line, Diagnostic):
            yield line
            continue
        flaws = list(_line(bag, source, line, ours))
        yield from flaws
        if any(flaw.code is not Code.BAG_RULE_DOUBTED for flaw in flaws):
            continue
        path, doubt = _resolved(bag, line)
        if doubt:
            yield doubted(source, doubt, line.number)
        if path in seen:
            same = seen[path] == line.digest and not bag.declared.is_final
            yield (doubted if same else broken)(source, f"`{line.path}` comes twice", line.number)
            continue
        seen[path] = line.digest
        listed.add(path)
        if path not in away:
            yield Digest(path, ours, line.digest, Location(source, line.number))


def _line(bag: Bag, source: str, line: ManifestLine, algorithm: str) -> Iterator[Diagnostic]:
    """Whether a line may stand in this manifest."""
    path = line.path.removeprefix("./")
    if why := leads_out(path):
        message = f"`{line.path}` leads out of the bag: {why}"
        yield Diagnostic(Code.PATH_LEAVES_PACKAGE, Location(source, line.number), message, "trust nothing in this bag")
        return
    if not has_form(algorithm, line.digest):
        yield broken(source, f"`{line.digest[:20]}` is no checksum by {algorithm}", line.number)
    of_tags = source.removeprefix(bag.root).startswith("tag")
    if of_tags and (path.startswith("data/") or path.startswith("tagmanifest-")):
        yield broken(source, f"`{path}` is no file that a tag manifest speaks of", line.number)
    if not of_tags and not path.startswith("data/"):
        yield broken(source, f"`{path}` is not in the payload, the folder `data`", line.number)
    if line.marked and bag.declared.is_final:
        yield doubted(source, "a `*` stands before the path, as md5sum writes it", line.number)


def _resolved(bag: Bag, line: ManifestLine) -> tuple[str, str | None]:
    """The file that a line means, and why that is not sure."""
    for text, doubt in (
        (line.path, None),
        (line.raw, "`%` in the path is not written as `%25`"),
        (line.path.removeprefix("./"), "the path begins with `./`"),
        (f"*{line.path}" if line.marked else line.path, None),
    ):
        if bag.root + text in bag.listing.files:
            return bag.root + text, doubt
    plain = bag.root + line.path.removeprefix("./")
    if twin := bag.composed.get(unicodedata.normalize("NFC", plain)):
        return twin, "the letters of the path are composed otherwise than in the file's name (Unicode NFC and NFD)"
    composed = unicodedata.normalize("NFC", plain)
    if composed in bag.listing.files:
        return composed, "the letters of the path are composed otherwise than in the file's name (Unicode NFC and NFD)"
    return plain, None


def _complete(bag: Bag, manifests: list[set[str]]) -> Iterator[Diagnostic]:
    """Each file of the payload stands in all manifests, or, in the drafts of RFC 8493, in one of them."""
    if not manifests:
        return
    listed = set.intersection(*manifests) if bag.declared.is_final else set.union(*manifests)
    for path in sorted(bag.payload - listed):
        which = "a manifest" if len(manifests) == 1 or not set.union(*manifests) & {path} else "every manifest"
        message = f"the file is in the payload, and not in {which}"
        yield Diagnostic(Code.FILE_WITHOUT_DIGEST, Location(path), message, "make the bag anew, or remove the file")


def _tags_complete(bag: Bag, manifests: list[set[str]]) -> Iterator[Diagnostic]:
    """A tag manifest lists each manifest of the payload (a MUST of 1.0), and should list all tag files."""
    tag_files = {path for path in bag.listing.below(bag.root) if path not in bag.payload}
    own = {path for path in tag_files if path.startswith(f"{bag.root}tagmanifest-")}
    if not manifests:
        message = "there is no tag manifest: nothing guards `bag-info.txt` and the manifests themselves"
        yield doubted(bag.root, message)
        return
    listed = set.intersection(*manifests)
    for path in sorted(tag_files - own - listed):
        if bag.declared.is_final and _MANIFEST.fullmatch(path.removeprefix(bag.root)):
            yield broken(path, "the manifest is not in every tag manifest")
        else:
            yield doubted(path, "the tag file is not in every tag manifest, and nothing guards it")


def _info(bag: Bag) -> Iterator[Diagnostic]:
    path = f"{bag.root}bag-info.txt"
    if path not in bag.texts:
        return
    seen: set[str] = set()
    for each in info(path, bag.texts[path], bag.declared.encoding):
        if isinstance(each, Diagnostic):
            yield each
            continue
        label, value, line = each
        title = label.title()
        if title in _ONCE and title in seen:
            yield doubted(path, f"`{label}` comes twice", line)
        seen.add(title)
        if title == "Payload-Oxum":
            yield from _oxum(bag, path, value, line)
        elif title == "Bag-Size":
            yield from _bag_size(bag, path, value, line)


def _oxum(bag: Bag, path: str, value: str, line: int) -> Iterator[Diagnostic]:
    """Section 2.2.2: how many bytes, a dot, and how many files the payload has."""
    size = sum(bag.listing.files[each].size for each in bag.payload)
    match = _OXUM.fullmatch(value)
    if match is None:
        yield broken(path, f"`Payload-Oxum: {value}`, expected numbers of bytes and of files, and a dot between", line)
    elif (int(match[1]), int(match[2])) != (size, len(bag.payload)):
        message = f"`Payload-Oxum: {value}`, but there are {size} bytes in {len(bag.payload)} files"
        hint = "a file was lost, added or changed; get the bag again from where it is intact"
        yield Diagnostic(Code.WRONG_PAYLOAD_OXUM, Location(path, line), message, hint)


def _bag_size(bag: Bag, path: str, value: str, line: int) -> Iterator[Diagnostic]:
    """A size for people, such as ``260 GB``: right if any usual way of counting and rounding gives it."""
    match = _BAG_SIZE.fullmatch(value)
    if match is None:
        return
    figures = match[1].replace(",", "")
    try:
        number = float(figures)
    except ValueError:
        return
    power = "KMGTP".find(match[2].upper()) + 1 if match[2] else 0
    payload = sum(bag.listing.files[each].size for each in bag.payload)
    whole = sum(bag.listing.files[each].size for each in bag.listing.below(bag.root))
    rounding = 1.0 if "." not in figures else 10.0 ** -len(figures.partition(".")[2])
    if any(abs(size / base**power - number) <= rounding for size in (payload, whole) for base in (1000, 1024)):
        return
    yield doubted(path, f"`Bag-Size: {value}`, but the bag has {whole:,} bytes, its payload {payload:,}", line)


def _fetching(bag: Bag) -> Iterator[Fetched | Diagnostic]:
    path = f"{bag.root}fetch.txt"
    for each in fetched(path, bag.texts[path], bag.declared) if path in bag.texts else ():
        if isinstance(each, Fetched) and (why := leads_out(each.path)):
            message = f"`{each.path}` leads out of the bag: {why}"
            yield Diagnostic(
                Code.PATH_LEAVES_PACKAGE, Location(path, each.number), message, "trust nothing in this bag"
            )
        elif isinstance(each, Fetched) and not each.path.startswith("data/"):
            yield broken(path, f"`{each.path}` is not in the payload, the folder `data`", each.number)
        else:
            yield each


def _fetched_complete(bag: Bag, fetching: list[Fetched], manifests: list[set[str]]) -> Statements:
    """A bag is complete when all is there that was to be fetched; what is there must be as it was described."""
    source = f"{bag.root}fetch.txt"
    for each in fetching:
        where, path = Location(source, each.number), bag.root + each.path
        if path not in bag.listing.files:
            message = f"`{each.path}` is still to be fetched; nothing is fetched here"
            hint = "complete the bag with a program that you trust, and verify it again"
            yield Diagnostic(Code.INCOMPLETE_BAG, where, message, hint)
        else:
            yield Presence(path, where) if each.size is None else Size(path, each.size, where)
        if manifests and not all(path in listed for listed in manifests):
            yield broken(source, f"`{each.path}` is not in every manifest", each.number)
