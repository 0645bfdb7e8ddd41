"""JUnit XML, which every CI server reads: a suite for each file, a case for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from teiwright.diagnostics import Diagnostic, Report, Severity

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report, nothing: str = "no findings") -> Iterator[str]:
    """Errors are failures; warnings are cases that pass and say why they are there."""
    tests, failures = len(report.findings) or 1, report.errors
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="teiwright" tests="{tests}" failures="{failures}" errors="0">\n'
    for path, found in groupby(report.findings, key=lambda finding: finding.where.path):
        yield _suite(path, tuple(found))
    if not report.findings:
        root = etree.Element("testsuites")
        suite = etree.SubElement(root, "testsuite", name="teiwright", tests="1", failures="0", errors="0")
        etree.SubElement(suite, "testcase", name=nothing, classname="teiwright")
        yield _inside(root)
    yield "</testsuites>\n"


def _suite(path: str, findings: tuple[Diagnostic, ...]) -> str:
    root = etree.Element("testsuites")
    suite = etree.SubElement(root, "testsuite", name=_clean(path))
    _count(suite, findings)
    for finding in findings:
        _case(suite, finding)
    return _inside(root)


def _inside(root: etree._Element) -> str:
    """What stands between the tags of the root, as far from the margin as there."""
    written = etree.tostring(root, encoding="unicode", pretty_print=True)
    return written.removeprefix("<testsuites>\n").removesuffix("</testsuites>\n")


def _count(element: etree._Element, findings: tuple[Diagnostic, ...]) -> None:
    errors = sum(finding.code.severity is Severity.ERROR for finding in findings)
    element.set("tests", str(len(findings)))
    element.set("failures", str(errors))
    element.set("errors", "0")


def _case(suite: etree._Element, finding: Diagnostic) -> None:
    place = finding.where
    position = ":".join(str(number) for number in (place.line, place.column) if number)
    name = f"{finding.code.number} {finding.code.title} {position}".strip()
    case = etree.SubElement(suite, "testcase", name=name, classname=_clean(place.path))
    if place.line:
        case.set("file", _clean(place.path))
        case.set("line", str(place.line))
    text = _clean(str(finding))
    if finding.code.severity is Severity.ERROR:
        failure = etree.SubElement(case, "failure", type=finding.code.number, message=_clean(finding.message))
        failure.text = text
    else:
        etree.SubElement(case, "system-out").text = text


def _clean(text: str) -> str:
    """What XML 1.0 cannot hold (2.2, Char) is shown as ``�``."""
    return _NOT_XML.sub("\ufffd", text)
