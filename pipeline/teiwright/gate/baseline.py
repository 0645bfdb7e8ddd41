"""What was wrong on the day when the checks began: it is known, and only what is new fails.

A finding is recognised by its code and by what stands there (the elements that it stands in and its own start tag),
not by its line, so that text may be added above it. Equal ones are counted.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.spooling import Spool

_FORM = "teiwright baseline 1"
_LONGEST_TAG = 2000
_NUMBER = re.compile(r"\[\d+\]")
_IN_WORDS = re.compile(r"\b(?:line|column) \d+")
_LASTING = range(501, 600)
"""The codes of the check itself."""
_NEVER_KNOWN = frozenset(
    {Code.NOTHING_CHECKED, Code.UNREADABLE_SCHEMA, Code.SCHEMA_TOO_SLOW, Code.BROKEN_ODD, Code.SCHEMA_NOT_USED}
)
"""These say that a file was not checked."""


@dataclass(frozen=True, slots=True)
class Known:
    """The findings of a baseline: for each file, how many there are of each kind."""

    path: Path
    files: Mapping[str, Counter[str]]

    def without(self, findings: Iterable[Diagnostic], checked: Iterable[Path]) -> tuple[Sequence[Diagnostic], int]:
        """What is new, and how many are known; for each file also what of the baseline is gone."""
        left = {name: Counter(counts) for name, counts in self.files.items()}
        new: Spool[Diagnostic] = Spool()
        known = 0
        for finding in findings:
            mark = fingerprint(finding) if _may_be_known(finding) else None
            counts = left.get(_name(Path(finding.where.path), self.path))
            if mark is not None and counts is not None and counts[mark]:
                counts[mark] -= 1
                known += 1
            else:
                new.append(finding)
        for path in checked:
            gone = sum(left.get(_name(path, self.path), Counter()).values())
            if gone:
                new.append(_fixed(path, gone))
        return new, known


def _fixed(path: Path, count: int) -> Diagnostic:
    are = "finding of the baseline is" if count == 1 else "findings of the baseline are"
    hint = "run with `--write-baseline`, so that they cannot come back unnoticed"
    return Diagnostic(Code.GONE_FROM_BASELINE, Location(str(path)), f"{count} {are} gone", hint)


def read_baseline(path: Path) -> Known:
    """The baseline in a file. Raises ``TeiwrightError``."""
    try:
        data = json.loads(path.read_bytes())
        if data["form"] != _FORM:
            raise ValueError(f"it is of the form `{data['form']}`")
        files = {str(name): Counter(str(each["mark"]) for each in found) for name, found in data["files"].items()}
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise _refusal(path, f"the baseline cannot be read: {why}") from error
    except json.JSONDecodeError as error:
        raise _refusal(path, "the baseline is no JSON", error.lineno, error.colno) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refusal(path, f"the file is no baseline: {' '.join(str(error).split())[:100]}") from error
    return Known(path, files)


def _refusal(path: Path, message: str, line: int = 0, column: int = 0) -> TeiwrightError:
    hint = "make one: `--write-baseline`"
    return TeiwrightError(Diagnostic(Code.BROKEN_BASELINE, Location(str(path), line, column), message, hint))


def baseline_of(findings: Sequence[Diagnostic], path: Path) -> bytes:
    """The bytes of a baseline of these findings: one line a finding, so that a diff can be read."""
    files: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if _may_be_known(finding):
            entry = {"code": finding.code.number, "mark": fingerprint(finding), "was": finding.message}
            files[_name(Path(finding.where.path), path)].append(json.dumps(entry, ensure_ascii=False))
    blocks = [
        f"  {json.dumps(name, ensure_ascii=False)}: [\n    " + ",\n    ".join(sorted(files[name])) + "\n  ]"
        for name in sorted(files)
    ]
    body = "{\n" + ",\n".join(blocks) + "\n }" if blocks else "{}"
    return f'{{\n "form": "{_FORM}",\n "files": {body}\n}}\n'.encode("utf-8", "replace")


def _may_be_known(finding: Diagnostic) -> bool:
    return finding.code.value[0] in _LASTING and finding.code not in _NEVER_KNOWN


def fingerprint(finding: Diagnostic) -> str:
    """By what a finding is recognised when lines have moved."""
    place = finding.where
    context = _tag_at(place) if place.line else ""
    if finding.code is Code.NOT_WELL_FORMED or not context:
        context += _IN_WORDS.sub("", finding.message)
    path = _NUMBER.sub("", place.xpath or "")
    key = "\0".join((finding.code.number, path, context))
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _tag_at(place: Location) -> str:
    """The start tag at a place, its white space made equal; of a place without a column, the line."""
    lines = _lines(place.path, _stamp(place.path))
    if place.line > len(lines):
        return ""
    line = lines[place.line - 1]
    if not place.column:
        return " ".join(line.split())
    text = line[place.column - 1 :]
    following = place.line
    while ">" not in text and following < len(lines) and len(text) < _LONGEST_TAG:
        text += " " + lines[following]
        following += 1
    return " ".join(text[:_LONGEST_TAG].partition(">")[0].split())


def _stamp(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=8)
def _lines(path: str, _changed: int) -> list[str]:
    try:
        return Path(path).read_text("utf-8-sig", "replace").split("\n")
    except (OSError, ValueError):
        return []


def _name(path: Path, baseline: Path) -> str:
    """A file as seen from the baseline, the same on every machine."""
    return Path(os.path.relpath(path.resolve(), baseline.resolve().parent)).as_posix()
