"""Sound packages to do harm to: a bag that holds a submission package that is a crate, and an OCFL storage root.

They are made here and not by ``teiwright.depositing``, so that maker and verifier share no mistake.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teiwright.diagnostics import Severity
from teiwright.verifying import verify

SIP = "data/urn-letters"
PAYLOAD = {
    "representations/tei/data/letter.xml": ("application/tei+xml", "<TEI><p>A letter from Tokyo.</p></TEI>\n"),
    "representations/tei/data/note.xml": ("application/tei+xml", "<TEI><p>A note from Kyoto.</p></TEI>\n"),
    "documentation/README.md": ("text/markdown", "# Letters\n"),
}
WHEN = "1945-06-18T00:00:00Z"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(text.encode())


def attributes(folder: Path, path: str, media_type: str) -> str:
    data = (folder / path).read_bytes()
    return (
        f'MIMETYPE="{media_type}" SIZE="{len(data)}" CREATED="{WHEN}" '
        f'CHECKSUM="{sha256(data)}" CHECKSUMTYPE="SHA-256" LOCTYPE="URL" xlink:type="simple" xlink:href="{path}"'
    )


def premis_of(sip: Path) -> str:
    objects = "\n".join(
        f"""<object xsi:type="file"><objectIdentifier><objectIdentifierType>local</objectIdentifierType>
<objectIdentifierValue>{path}</objectIdentifierValue></objectIdentifier><objectCharacteristics>
<fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>
<messageDigest>{sha256((sip / path).read_bytes())}</messageDigest></fixity>
<size>{(sip / path).stat().st_size}</size>
<format><formatDesignation><formatName>{media_type}</formatName></formatDesignation></format>
</objectCharacteristics></object>"""
        for path, (media_type, _) in PAYLOAD.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">
{objects}
<event><eventIdentifier><eventIdentifierType>local</eventIdentifierType>
<eventIdentifierValue>made</eventIdentifierValue></eventIdentifier>
<eventType>creation</eventType><eventDateTime>{WHEN}</eventDateTime>
<linkingAgentIdentifier><linkingAgentIdentifierType>local</linkingAgentIdentifierType>
<linkingAgentIdentifierValue>press</linkingAgentIdentifierValue></linkingAgentIdentifier></event>
<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType>
<agentIdentifierValue>press</agentIdentifierValue></agentIdentifier><agentName>The Press</agentName></agent>
</premis>
"""


def crate_of(sip: Path) -> str:
    files = [
        {
            "@id": path,
            "@type": "File",
            "contentSize": str((sip / path).stat().st_size),
            "encodingFormat": media_type,
            "sha256": sha256((sip / path).read_bytes()),
        }
        for path, (media_type, _) in PAYLOAD.items()
    ]
    context = "https://w3id.org/ro/crate/1.2"
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": context},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "Letters",
            "description": "Two letters",
            "datePublished": "1945-06-18",
            "license": {"@id": "https://example.org/free"},
            "author": {"@id": "#press"},
            "hasPart": [*({"@id": each["@id"]} for each in files), {"@id": "metadata/"}],
        },
        {"@id": "#press", "@type": "Organization", "name": "The Press"},
        {"@id": "metadata/", "@type": "Dataset", "name": "PREMIS and METS"},
        {"@id": "METS.xml", "@type": "File", "name": "METS"},
        *files,
    ]
    return json.dumps({"@context": f"{context}/context", "@graph": graph}, indent=1) + "\n"


def mets_of(sip: Path) -> str:
    crate = attributes(sip, "ro-crate-metadata.json", "application/ld+json")
    premis = attributes(sip, "metadata/preservation/premis.xml", "application/xml")

    def files(begin: str) -> str:
        return "\n".join(
            f'<file ID="f-{Path(path).stem}" {facts.partition(" LOCTYPE")[0]}>'
            f'<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="{path}"/></file>'
            for path, (media_type, _) in PAYLOAD.items()
            if path.startswith(begin) and (facts := attributes(sip, path, media_type))
        )

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="urn-letters"
 TYPE="Textual works – Digital" PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml">
<metsHdr CREATEDATE="{WHEN}">
<agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>a test</name></agent></metsHdr>
<amdSec><digiprovMD ID="m-premis"><mdRef MDTYPE="PREMIS" {premis}/></digiprovMD></amdSec>
<fileSec><fileGrp USE="Documentation" ID="g-documentation">
{files("documentation/")}
<file ID="f-crate" {crate.partition(" LOCTYPE")[0]}>
<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="ro-crate-metadata.json"/></file>
</fileGrp><fileGrp USE="Representations" ID="g-representations">
{files("representations/")}
</fileGrp></fileSec>
<structMap TYPE="PHYSICAL" LABEL="CSIP"><div LABEL="urn-letters">
<div LABEL="Metadata" ADMID="m-premis"/>
<div LABEL="Documentation"><fptr FILEID="g-documentation"/></div>
<div LABEL="Representations"><fptr FILEID="g-representations"/></div>
</div></structMap></mets>
"""


def seal_bag(bag: Path) -> None:
    """Write manifests and Payload-Oxum of what is there, as if it had always been so."""
    for manifest in bag.glob("*manifest-*.txt"):
        manifest.unlink()
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file() and not path.is_symlink())
    oxum = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    if (bag / "bag-info.txt").exists():
        text = (bag / "bag-info.txt").read_text()
        write(bag, "bag-info.txt", re.sub(r"Payload-Oxum: [\d.]+", f"Payload-Oxum: {oxum}", text))
    for algorithm in ("sha256", "sha512"):
        lines = (
            f"{hashlib.file_digest(path.open('rb'), algorithm).hexdigest()}  {path.relative_to(bag)}\n"
            for path in payload
        )
        write(bag, f"manifest-{algorithm}.txt", "".join(lines))
    tags = sorted(path for path in bag.iterdir() if path.is_file())
    for algorithm in ("sha256", "sha512"):
        lines = (f"{hashlib.file_digest(path.open('rb'), algorithm).hexdigest()}  {path.name}\n" for path in tags)
        write(bag, f"tagmanifest-{algorithm}.txt", "".join(lines))


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """``letters``: a bag, in it a submission package, which is a crate, too."""
    folder = tmp_path / "letters"
    sip = folder / SIP
    for path, (_, text) in PAYLOAD.items():
        write(sip, path, text)
    write(sip, "metadata/preservation/premis.xml", premis_of(sip))
    write(sip, "ro-crate-metadata.json", crate_of(sip))
    write(sip, "METS.xml", mets_of(sip))
    write(folder, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    write(folder, "bag-info.txt", "Source-Organization: The Press\nPayload-Oxum: 0.0\n")
    seal_bag(folder)
    return folder


def seal_object(folder: Path) -> None:
    """Write the checksums of inventories, and make the latest version's that of the object."""
    inventory = json.loads((folder / "inventory.json").read_text())
    latest = folder / str(inventory.get("head"))
    if latest.is_dir():
        (latest / "inventory.json").write_bytes((folder / "inventory.json").read_bytes())
    for path in folder.rglob("inventory.json"):
        write(path.parent, "inventory.json.sha512", f"{hashlib.sha512(path.read_bytes()).hexdigest()} inventory.json\n")


def make_store(root: Path) -> Path:
    """An OCFL storage root with one object of two versions, ``letters``."""
    folder = root / "letters"
    write(folder, "v1/content/letter.xml", "<TEI>one</TEI>\n")
    write(folder, "v1/content/note.xml", "<TEI>note</TEI>\n")
    write(folder, "v2/content/letter.xml", "<TEI>two</TEI>\n")
    paths = ("v1/content/letter.xml", "v1/content/note.xml", "v2/content/letter.xml")
    one, note, two = (hashlib.sha512((folder / path).read_bytes()).hexdigest() for path in paths)
    said = {
        "created": "1945-06-18T10:00:00Z",
        "message": "first",
        "user": {"name": "Anna", "address": "mailto:anna@example.org"},
    }
    first = {
        "id": "urn:example:letters",
        "type": "https://ocfl.io/1.1/spec/#inventory",
        "digestAlgorithm": "sha512",
        "head": "v1",
        "manifest": {one: [paths[0]], note: [paths[1]]},
        "versions": {"v1": {**said, "state": {one: ["letter.xml"], note: ["note.xml"]}}},
    }
    md5 = hashlib.md5((folder / paths[2]).read_bytes(), usedforsecurity=False).hexdigest()
    both = {
        **first,
        "head": "v2",
        "manifest": {one: [paths[0]], note: [paths[1]], two: [paths[2]]},
        "versions": {
            **first["versions"],
            "v2": {**said, "state": {two: ["letter.xml"], note: ["note.xml", "copy.xml"]}},
        },
        "fixity": {"md5": {md5: [paths[2]]}},
    }
    write(folder, "v1/inventory.json", json.dumps(first, indent=1))
    write(folder, "inventory.json", json.dumps(both, indent=1))
    write(folder, "0=ocfl_object_1.1", "ocfl_object_1.1\n")
    seal_object(folder)
    write(root, "0=ocfl_1.1", "ocfl_1.1\n")
    return root


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A storage root."""
    return make_store(tmp_path / "store")


@pytest.fixture
def another_store() -> Callable[[Path], Path]:
    """Makes one in a folder."""
    return make_store


@pytest.fixture
def seal() -> Callable[[Path], None]:
    """Make the outer layer agree with what was done inside, so that one flaw alone is left."""

    def sealed(folder: Path) -> None:
        if (folder / "letters/inventory.json").exists():
            seal_object(folder / "letters")
        else:
            seal_bag(folder)

    return sealed


@pytest.fixture
def errors() -> Callable[[Path], set[str]]:
    """The names of the errors that are found."""

    def look(path: Path) -> set[str]:
        findings = verify(path).report.findings
        return {each.code.title for each in findings if each.code.severity is Severity.ERROR}

    return look


def do_harm(folder: Path, mutant: dict[str, Any]) -> None:
    """Do to the folder what the mutant says."""
    if "change" in mutant:
        path, pattern, replacement = mutant["change"]
        before = (folder / path).read_bytes().decode()
        after, count = re.subn(pattern, replacement, before, count=1)
        assert count == 1, f"nothing to change: {pattern}"
        (folder / path).write_bytes(after.encode())
    if "write" in mutant:
        path, text = mutant["write"]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    if "append" in mutant:
        path, text = mutant["append"]
        with (folder / path).open("ab") as file:
            file.write(text.encode())
    deleted = mutant.get("delete", [])
    for name in [deleted] if isinstance(deleted, str) else deleted:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if "folder" in mutant:
        (folder / mutant["folder"]).mkdir(parents=True)
    if "move" in mutant:
        (folder / mutant["move"][0]).rename(folder / mutant["move"][1])
    if "link" in mutant:
        where, target = mutant["link"]
        (folder / where).unlink(missing_ok=True)
        (folder / where).symlink_to(target)
    if "fifo" in mutant:
        os.mkfifo(folder / mutant["fifo"])


@pytest.fixture
def harm() -> Callable[[Path, dict[str, Any]], None]:
    """Does to a folder what a table in a TOML file says."""
    return do_harm
