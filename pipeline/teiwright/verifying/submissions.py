"""E-ARK information packages (CSIP and SIP 2.x): METS of the whole and of each representation, and PREMIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.claims import Bytes, Claim, Digest, MediaType, Presence, Size
from teiwright.verifying.digesting import has_form, known
from teiwright.verifying.entries import Listing
from teiwright.verifying.links import Inside, Outside, Remote, follow
from teiwright.verifying.mets import Link, Mets, read_mets
from teiwright.verifying.premis import Object, Premis, read_premis

Statements = Iterator[Claim | Diagnostic]
_HINT = "make the package anew with a program that follows the standard"
_ROOT_ATTRIBUTES = {"OBJID": "CSIP1", "TYPE": "CSIP2", "PROFILE": "CSIP6"}
_LINK_ATTRIBUTES = {
    "file": {"MIMETYPE": "CSIP68", "SIZE": "CSIP69", "CREATED": "CSIP70", "CHECKSUM": "CSIP71"},
    "mdRef": {"MDTYPE": "CSIP25", "MIMETYPE": "CSIP26", "SIZE": "CSIP27", "CREATED": "CSIP28", "CHECKSUM": "CSIP29"},
    "mptr": {"LOCTYPE": "CSIP111"},
}


@dataclass
class Submission:
    """One package; ``root`` ends in ``/`` or is empty."""

    root: str
    listing: Listing
    mets: list[Mets] = field(default_factory=list)
    premis: list[Premis] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    files_by_id: dict[str, str] = field(default_factory=dict)


def needed(root: str, listing: Listing) -> list[str]:
    """The METS files, and all XML in the folders for metadata, whose names CSIPSTR6 to CSIPSTR13 fix."""
    found = []
    for path in listing.below(root):
        parts = path.removeprefix(root).split("/")
        if parts[0] == "representations":
            parts = parts[2:]
        if parts == ["METS.xml"] or (parts[:1] == ["metadata"] and parts[-1].endswith(".xml")):
            found.append(path)
    return found


def describe(root: str, name: str, listing: Listing, texts: Mapping[str, bytes]) -> Statements:
    """All that the package claims. ``name`` is that of its folder, or of the archive without its ending."""
    package = Submission(root, listing)
    for path in needed(root, listing):
        try:
            if path.endswith("METS.xml") and "/metadata/" not in f"/{path.removeprefix(root)}":
                package.mets.append(read_mets(path, texts[path]))
            elif (read := read_premis(path, texts[path])) is not None:
                package.premis.append(read)
        except TeiwrightError as error:
            yield error.finding
    if f"{root}METS.xml" not in texts:
        yield _broken(root, "there is no `METS.xml` (CSIPSTR4)")
        return
    for mets in package.mets:
        yield from _document(package, mets, name)
        yield from _links(package, mets)
        yield from _ids(mets)
    for premis in package.premis:
        yield from _objects(package, premis)
    yield from _identifiers(package)
    yield from _not_linked(package)


def _document(package: Submission, mets: Mets, name: str) -> Iterator[Diagnostic]:
    """What the root element, the header and the maps must have."""
    path = mets.path
    if not mets.is_eark:
        message = f"the profile `{mets.root['PROFILE']}` is none of E-ARK's; only files and links are looked at"
        yield Diagnostic(Code.SIP_RULE_DOUBTED, Location(path, 1), message)
        return
    for attribute, rule in _ROOT_ATTRIBUTES.items():
        if not mets.root.get(attribute):
            yield _broken(path, f"the root element has no `{attribute}` ({rule})", 1)
    if mets.header is None:
        yield _broken(path, "there is no `metsHdr` (CSIP117)", 1)
    elif not mets.header.get("CREATEDATE"):
        yield _broken(path, "the header has no `CREATEDATE` (CSIP7)", 1)
    if not any(agent.get("OTHERTYPE") == "SOFTWARE" for agent in mets.agents):
        yield _broken(path, "no agent is the software that made the package (CSIP10 to CSIP14)", 1)
    if not any(each.get("LABEL") == "CSIP" for each in mets.struct_maps):
        yield _broken(path, "there is no `structMap` with the label `CSIP` (CSIP80 to CSIP82)", 1)
    is_main = path == f"{package.root}METS.xml"
    identifier = mets.root.get("OBJID")
    if is_main and identifier and identifier.replace(":", "_") != name.replace(":", "_"):
        yield _broken(path, f"`OBJID` is `{identifier}`, and the package's folder is `{name}` (CSIP1, CSIPSTR1)", 1)


def _links(package: Submission, mets: Mets) -> Statements:
    base = mets.path.removesuffix("METS.xml")
    seen: dict[str, int] = {}
    for link in mets.links:
        where = Location(mets.path, link.line)
        target = follow(link.href, base, package.root, package.listing)
        match target:
            case _ if not link.href:
                yield _broken(mets.path, f"`{link.kind}` leads nowhere: it has no `xlink:href`", link.line)
            case Remote():
                message = f"`{link.href}` is not in the package; nothing is fetched, and nothing proven of it"
                yield Diagnostic(Code.REMOTE_REFERENCE, where, message)
            case Outside(why):
                message = f"`{link.href}` leads out of the package: {why}"
                yield Diagnostic(Code.PATH_LEAVES_PACKAGE, where, message, "trust nothing in this package")
            case Inside(path):
                if link.kind == "file" and path in seen:
                    message = f"`{link.href}` is linked twice"
                    related = (Location(mets.path, seen[path]),)
                    yield Diagnostic(Code.DUPLICATE_IDENTIFIER, where, message, "keep one `file` for it", related)
                seen.setdefault(path, link.line)
                package.linked.add(path)
                if identifier := link.attributes.get("ID"):
                    package.files_by_id.setdefault(identifier, path)
                yield from _claims(mets, link, path)


def _claims(mets: Mets, link: Link, path: str) -> Statements:
    where, attributes = Location(mets.path, link.line), link.attributes
    yield Presence(path, where)
    required = _LINK_ATTRIBUTES[link.kind] if mets.is_eark else {}
    for attribute, rule in required.items():
        if not attributes.get(attribute):
            yield _broken(mets.path, f"`{link.kind}` of `{path}` has no `{attribute}` ({rule})", link.line)
    if size := attributes.get("SIZE"):
        if size.isdigit():
            yield Size(path, int(size), where)
        else:
            yield _broken(mets.path, f"`SIZE` is `{size}`, expected a number", link.line)
    if media_type := attributes.get("MIMETYPE"):
        yield MediaType(path, media_type, where)
    if checksum := attributes.get("CHECKSUM"):
        yield from _digest(path, attributes.get("CHECKSUMTYPE", ""), checksum, where)


def _digest(path: str, algorithm: str, value: str, where: Location) -> Statements:
    ours = known(algorithm)
    if ours is None:
        message = f"the checksum by `{algorithm}` is not computed here, and proves nothing"
        yield Diagnostic(Code.UNKNOWN_DIGEST, where, message, "give SHA-256 or SHA-512")
    elif not has_form(ours, value):
        message = f"`{value[:20]}` is no checksum by {algorithm}"
        yield Diagnostic(Code.SIP_RULE_BROKEN, where, message, _HINT)
    else:
        yield Digest(path, ours, value.lower(), where)


def _ids(mets: Mets) -> Iterator[Diagnostic]:
    """Each id once, and each that is pointed to is there."""
    for identifier, count in mets.ids.items():
        if count > 1:
            where = Location(mets.path, mets.id_lines[identifier])
            message = f"the id `{identifier}` comes {count} times"
            yield Diagnostic(Code.DUPLICATE_IDENTIFIER, where, message, "give each element an id of its own")
    for pointer in mets.pointers:
        if pointer.target not in mets.ids:
            message = f"`{pointer.attribute}` points to `{pointer.target}`, which is no id in this file"
            yield Diagnostic(Code.DANGLING_LINK, Location(mets.path, pointer.line), message, _HINT)
    if not mets.is_eark:
        return
    mapped = {pointer.target for pointer in mets.pointers if pointer.attribute == "FILEID"}
    for link in mets.links:
        identifier = link.attributes.get("ID", "")
        chain = {identifier}
        while (identifier := mets.groups.get(identifier, "")) and identifier not in chain:
            chain.add(identifier)
        if link.kind == "file" and not chain & mapped:
            message = f"no division of the `structMap` has `{link.href}` or its group"
            hint = "a reader of the package may not find the file"
            yield Diagnostic(Code.SIP_RULE_DOUBTED, Location(mets.path, link.line), message, hint)


def _objects(package: Submission, premis: Premis) -> Statements:
    for each in premis.objects:
        if each.category not in ("file", "") or not (each.digests or each.location):
            continue
        where = Location(premis.path, each.line)
        path = _file_of(package, premis, each)
        if path is not None:
            yield Presence(path, where)
            if each.size is not None:
                yield Size(path, each.size, where)
            if each.media_type:
                yield MediaType(path, each.media_type, where)
        for algorithm, value, line in each.digests:
            there = Location(premis.path, line)
            for claim in _digest(path or "", algorithm, value, there):
                if path is None and isinstance(claim, Digest):
                    yield Bytes(package.root, claim.algorithm, claim.value, there)
                else:
                    yield claim


def _file_of(package: Submission, premis: Premis, each: Object) -> str | None:
    """By its location, by an identifier that is a path or the id of a file in METS; else nobody says."""
    above = premis.path.rpartition("/")[0] + "/"
    bases = (package.root, above, above.partition("metadata/preservation/")[0])
    for text in [each.location, *each.identifiers]:
        for base in bases if text else ():
            target = follow(text or "", base, package.root, package.listing)
            if isinstance(target, Inside) and target.path in package.listing.files:
                return target.path
    for identifier in each.identifiers:
        if identifier in package.files_by_id:
            return package.files_by_id[identifier]
    if each.location:
        target = follow(each.location, package.root, package.root, package.listing)
        return target.path if isinstance(target, Inside) else None
    return None


def _identifiers(package: Submission) -> Iterator[Diagnostic]:
    """Objects, events and agents that are pointed to are described, each once."""
    own: dict[tuple[str, str], Location] = {}
    for premis in package.premis:
        for kind, value, line in premis.own:
            where = Location(premis.path, line)
            first = own.setdefault((kind, value), where)
            if first != where:
                message = f"the {kind} `{value}` is described twice"
                hint = "give each its own identifier"
                yield Diagnostic(Code.DUPLICATE_IDENTIFIER, where, message, hint, (first,))
    for premis in package.premis:
        for kind, value, line in premis.linking:
            remote = value.startswith(("http://", "https://"))
            if (kind, value) not in own and not remote:
                message = f"the {kind} `{value}` is linked and described nowhere"
                yield Diagnostic(
                    Code.DANGLING_LINK, Location(premis.path, line), message, "describe it, or remove the link"
                )


def _not_linked(package: Submission) -> Iterator[Diagnostic]:
    own = {f"{package.root}METS.xml"}
    for path in package.listing.below(package.root):
        if path not in package.linked and path not in own:
            message = "the file is in the package, and no METS file describes it"
            hint = "make the package anew, or remove the file"
            yield Diagnostic(Code.FILE_WITHOUT_DIGEST, Location(path), message, hint)


def _broken(path: str, message: str, line: int = 0) -> Diagnostic:
    return Diagnostic(Code.SIP_RULE_BROKEN, Location(path, line), message, _HINT)
