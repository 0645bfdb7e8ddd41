"""SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors show beside the text."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath
from urllib.parse import quote

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.reporting.explaining import explain, short_help

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_WITHIN = " " * 8
"""Where a result stands, so that the whole reads as if it were written at once."""


def as_sarif(report: Report) -> Iterator[str]:
    """One run, with a rule for each code that it found."""
    from importlib.metadata import version  # noqa: PLC0415 (takes as long as all the other formats together)

    codes = sorted({finding.code for finding in report.findings}, key=lambda code: code.number)
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "teiwright",
                "version": version("teiwright"),
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    written = json.dumps(log, ensure_ascii=False, indent=2) + "\n"
    if not codes:
        yield written
        return
    head, tail = written.rsplit("[]", 1)
    yield f"{head}["
    before = "\n"
    for _, found in groupby(report.findings, key=lambda finding: finding.where.path):
        seen: Counter[str] = Counter()
        for finding in found:
            result = json.dumps(_result(finding, index[finding.code], seen), ensure_ascii=False, indent=2)
            yield before + _WITHIN + result.replace("\n", f"\n{_WITHIN}")
            before = ",\n"
    yield f"\n{_WITHIN[2:]}]{tail}"


def _rule(code: Code) -> dict[str, object]:
    text = explain(code.number)
    return {
        "id": code.number,
        "name": "".join(word.capitalize() for word in code.title.split("-")),
        "shortDescription": {"text": code.title.replace("-", " ")},
        "fullDescription": {"text": short_help(code)},
        "help": {"text": text.replace("**", "").replace("`", ""), "markdown": text},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _result(finding: Diagnostic, rule: int, seen: Counter[str]) -> dict[str, object]:
    hint = f"\n{finding.hint}" if finding.hint else ""
    result: dict[str, object] = {
        "ruleId": finding.code.number,
        "ruleIndex": rule,
        "level": finding.code.severity.value,
        "message": {"text": finding.message + hint},
        "locations": [_location(finding.where)],
        "partialFingerprints": {"teiwrightFinding/v1": _fingerprint(finding, seen)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(place)} for number, place in enumerate(finding.related, start=1)
        ]
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result


def _location(place: Location) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(place.path)}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        if place.offset is not None:
            region["byteOffset"] = place.offset
        physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical}
    if place.xpath:
        location["logicalLocations"] = [{"fullyQualifiedName": place.xpath, "kind": "element"}]
    return location


def _uri(path: str) -> str:
    """A URI reference (RFC 3986); a colon in a first relative segment would make it a scheme."""
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), safe="/!$&'()*+,;=@~", errors="surrogateescape")


def _fingerprint(finding: Diagnostic, seen: Counter[str]) -> str:
    """The same when lines are added above: what is found, in which file, and which of several it is."""
    key = "\0".join((finding.code.number, PurePath(finding.where.path).as_posix(), finding.message))
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32]
