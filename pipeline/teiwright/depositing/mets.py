"""The deposit as a submission package: METS 1.12 by E-ARK's CSIP 2.2.0 and SIP 2.2.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import NAMESPACE_OID, uuid5

from teiwright import __version__
from teiwright.depositing.description import Description
from teiwright.depositing.tree import Role, Written
from teiwright.depositing.xmltext import HEAD, element, escaped

NAME = "METS.xml"
_PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"
_CONTENT = 'csip:CONTENTINFORMATIONTYPE="OTHER" csip:OTHERCONTENTINFORMATIONTYPE="TEI P5"'
_NAMESPACES = (
    'xmlns="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" '
    'xmlns:sip="https://DILCIS.eu/XML/METS/SIPExtensionMETS" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.loc.gov/METS/ https://www.loc.gov/standards/mets/mets.xsd"'
)
_GROUPS = ("Documentation", "Schemas", "Representations")
"""One group each, with one pointer in the structural map: validators count them."""


def mets(known: Description, files: Sequence[Written], supplement: bool = False) -> bytes:
    """The one METS file: every file of the package but itself, with size and checksum."""
    described = [file for file in files if file.path.startswith("metadata/descriptive/")]
    preserved = [file for file in files if file.path.startswith("metadata/preservation/")]
    grouped = {group: [file for file in files if _group(file) == group] for group in _GROUPS}
    lines = [
        _open(known),
        _header(known, supplement),
        *(_descriptive(file, known) for file in described),
        "<amdSec>",
        *(_preservation(file, known) for file in preserved),
        "</amdSec>",
        *_files(grouped, known),
        *_structure(known, described, preserved, grouped),
        "</mets>\n",
    ]
    return (HEAD + "\n".join(lines)).encode()


def _group(file: Written) -> str | None:
    if file.role is not None and file.role.representation:
        return "Representations"
    if file.role is Role.SCHEMA:
        return "Schemas"
    return None if file.path.startswith("metadata/") else "Documentation"


def _open(known: Description) -> str:
    return (
        f'<mets {_NAMESPACES} OBJID="{escaped(known.object_id)}" LABEL="{escaped(known.title or known.name)}" '
        f'TYPE="Textual works – Digital" {_CONTENT} PROFILE="{_PROFILE}">'
    )


def _header(known: Description, supplement: bool) -> str:
    status = "SUPPLEMENT" if supplement else "NEW"
    return (
        f'<metsHdr CREATEDATE="{known.instant}" RECORDSTATUS="{status}" csip:OAISPACKAGETYPE="SIP">'
        '<agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>teiwright</name>'
        f'<note csip:NOTETYPE="SOFTWARE VERSION">{__version__}</note></agent>'
        f'<agent ROLE="CREATOR" TYPE="ORGANIZATION">{element("name", known.organization)}'
        f'<note csip:NOTETYPE="IDENTIFICATIONCODE">{escaped(_code(known))}</note></agent></metsHdr>'
    )


def _code(known: Description) -> str:
    """What stands for the organisation, as the profile wants it: its own code, or one that follows from its name."""
    return known.organization_id or f"urn:uuid:{uuid5(NAMESPACE_OID, known.organization or '')}"


def _identifier(path: str) -> str:
    """An NCName; no path of a package has ``_``, so that no two become the same."""
    return f"id-{path.replace('/', '_')}"


def _facts(file: Written, known: Description) -> str:
    return (
        f'MIMETYPE="{file.media}" SIZE="{file.size}" CREATED="{known.instant}" '
        f'CHECKSUM="{file.sha256}" CHECKSUMTYPE="SHA-256"'
    )


def _reference(file: Written, known: Description, kind: str) -> str:
    return f'<mdRef LOCTYPE="URL" MDTYPE="{kind}" xlink:type="simple" xlink:href="{file.path}" {_facts(file, known)}/>'


def _descriptive(file: Written, known: Description) -> str:
    kind = "DC" if file.path.endswith("/dc.xml") else 'OTHER" OTHERMDTYPE="DATACITE'
    head = f'<dmdSec ID="{_identifier(file.path)}" CREATED="{known.instant}" STATUS="CURRENT">'
    return f"{head}{_reference(file, known, kind)}</dmdSec>"


def _preservation(file: Written, known: Description) -> str:
    head = f'<digiprovMD ID="{_identifier(file.path)}" CREATED="{known.instant}" STATUS="CURRENT">'
    return f"{head}{_reference(file, known, 'PREMIS')}</digiprovMD>"


def _files(grouped: dict[str, list[Written]], known: Description) -> Iterator[str]:
    yield '<fileSec ID="id-fileSec">'
    for group, files in grouped.items():
        if files:
            yield f'<fileGrp USE="{group}" ID="id-{group}" {_CONTENT}>'
            yield from (_file(file, known) for file in files)
            yield "</fileGrp>"
    yield "</fileSec>"


def _file(file: Written, known: Description) -> str:
    return (
        f'<file ID="{_identifier(file.path)}" {_facts(file, known)}>'
        f'<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="{file.path}"/></file>'
    )


def _structure(
    known: Description, described: Iterable[Written], preserved: Iterable[Written], grouped: dict[str, list[Written]]
) -> Iterator[str]:
    descriptive = " ".join(_identifier(file.path) for file in described)
    administrative = " ".join(_identifier(file.path) for file in preserved)
    yield '<structMap ID="id-structMap" TYPE="PHYSICAL" LABEL="CSIP">'
    yield f'<div ID="id-package" LABEL="{escaped(known.object_id)}">'
    yield f'<div ID="id-div-Metadata" LABEL="Metadata" DMDID="{descriptive}" ADMID="{administrative}"/>'
    for group, files in grouped.items():
        if files:
            yield f'<div ID="id-div-{group}" LABEL="{group}"><fptr FILEID="id-{group}"/></div>'
    yield "</div></structMap>"
