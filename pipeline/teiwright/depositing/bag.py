"""The wrapper by BagIt 1.0 (RFC 8493): declaration, information, manifests, and a profile that says what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from teiwright import __version__
from teiwright.depositing.description import Description
from teiwright.depositing.tree import Written, write

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SOFTWARE = "Bag-Software-Agent"
_PROFILE = "bagit-profile.json"
_PROFILE_ID = "urn:uuid:0f6f4a76-1f0e-5d0f-9a3c-6c1f7b0d8a55"
"""The profile travels with each bag as a tag file, so its name need not be an address."""

_REQUIRED = ("Source-Organization", "External-Description", "External-Identifier")
_OPTIONAL = ("Bagging-Date", "Contact-Name", "Contact-Email", "Internal-Sender-Identifier")


def write_tags(bag: Path, known: Description, payload: Sequence[Written]) -> list[Written]:
    """Write all tag files into ``bag``; the paths of its payload, which stands there already, begin with ``data/``."""
    tags = {
        "bag-info.txt": _information(known, f"{sum(file.size for file in payload)}.{len(payload)}"),
        _PROFILE: _profile(),
        "bagit.txt": DECLARATION,
        "manifest-sha256.txt": _manifest((file.sha256, file.path) for file in payload),
        "manifest-sha512.txt": _manifest((file.sha512, file.path) for file in payload),
    }
    written = [write(bag, name, text.encode(), name) for name, text in sorted(tags.items())]
    over = {
        "tagmanifest-sha256.txt": _manifest((file.sha256, file.path) for file in written),
        "tagmanifest-sha512.txt": _manifest((file.sha512, file.path) for file in written),
    }
    return [*written, *(write(bag, name, text.encode(), name) for name, text in over.items())]


def _manifest(lines: Iterable[tuple[str, str]]) -> str:
    # Names in packages have none of the characters that section 2.1.3 wants encoded.
    return "".join(f"{digest}  {path}\n" for digest, path in sorted(lines, key=lambda line: line[1].encode()))


def _information(known: Description, oxum: str) -> str:
    """The reserved elements that are known (section 2.2.2), each on one line."""
    elements: Mapping[str, str | None] = {
        "Source-Organization": known.organization,
        "Contact-Name": known.contact_name,
        "Contact-Email": known.contact_email,
        "External-Description": known.abstract,
        "External-Identifier": known.identifier or known.urn,
        "Internal-Sender-Identifier": known.object_id,
        "Bagging-Date": known.date if len(known.date or "") == len("2020-02-02") else None,
        "BagIt-Profile-Identifier": _PROFILE_ID,
        "Payload-Oxum": oxum,
        SOFTWARE: f"teiwright {__version__}",
    }
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in elements.items() if value)


def _profile() -> str:
    profile = {
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": _PROFILE_ID,
            "BagIt-Profile-Version": "1.3.0",
            "Source-Organization": "teiwright",
            "External-Description": "A TEI edition as an E-ARK SIP with an RO-Crate, in a bag",
            "Version": "1.0",
        },
        "Bag-Info": {
            **{label: {"required": True, "repeatable": False} for label in (*_REQUIRED, "Payload-Oxum", SOFTWARE)},
            **{label: {"required": False} for label in _OPTIONAL},
        },
        "Manifests-Required": ["sha256", "sha512"],
        "Manifests-Allowed": ["sha256", "sha512"],
        "Tag-Manifests-Required": ["sha256", "sha512"],
        "Tag-Manifests-Allowed": ["sha256", "sha512"],
        "Tag-Files-Required": [_PROFILE],
        "Tag-Files-Allowed": [_PROFILE],
        "Allow-Fetch.txt": False,
        "Serialization": "optional",
        "Accept-Serialization": ["application/zip", "application/x-tar", "application/gzip", "application/x-bzip2"],
        "Accept-BagIt-Version": ["1.0"],
    }
    return json.dumps(profile, indent=2) + "\n"
