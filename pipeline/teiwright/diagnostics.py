"""Findings: a code, a place, a message and a hint; and reports, which are findings in reading order.

Each code has a page in ``explanations/``, printed by ``teiwright explain CODE``.
The hundred of a code's number is its stage; verifying has the second half of the seventh.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path


class Severity(Enum):
    """An error fails a run; a warning is for a person to look at; a note is told and nothing follows from it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """What can be found: (number, name of the flaw, severity)."""

    # 1 reading
    NOT_FOUND = (101, "not-found", _ERROR)
    NOT_READABLE = (102, "not-readable", _ERROR)
    NOT_TEXT = (103, "not-text", _ERROR)
    WRONG_ENCODING = (104, "wrong-encoding", _ERROR)
    EMPTY_TEXT = (105, "empty-text", _ERROR)
    CONTROL_CHARACTER = (106, "control-character", _ERROR)
    LINE_TOO_LONG = (107, "line-too-long", _ERROR)
    BROKEN_METADATA = (108, "broken-metadata", _ERROR)
    WRONG_CHECKSUM = (109, "wrong-checksum", _ERROR)
    TEXT_TOO_LARGE = (110, "text-too-large", _ERROR)
    BROKEN_RECORD = (111, "broken-record", _ERROR)
    PASSED_OVER = (112, "passed-over", _NOTE)
    ID_CHANGED = (113, "id-changed", _NOTE)
    # 2 parsing
    CALLOUT_WITHOUT_NOTE = (213, "callout-without-note", _WARNING)
    NOTE_WITHOUT_CALLOUT = (214, "note-without-callout", _WARNING)
    UNSURE_CALLOUT = (215, "unsure-callout", _WARNING)
    PAGE_OUT_OF_ORDER = (222, "page-out-of-order", _WARNING)
    NUMBERS_ALONE = (223, "numbers-alone", _NOTE)
    WEB_PAGE = (224, "web-page", _WARNING)
    UNSURE_SPEAKER = (225, "unsure-speaker", _WARNING)
    # 3 naming
    AUTHORITY_NOT_READABLE = (301, "authority-not-readable", _ERROR)
    AUTHORITY_NOT_WELL_FORMED = (302, "authority-not-well-formed", _ERROR)
    UNSAFE_AUTHORITY = (303, "unsafe-authority", _ERROR)
    NO_AUTHORITY_ENTRIES = (304, "no-authority-entries", _ERROR)
    AUTHORITY_ENTRY_WITHOUT_ID = (305, "authority-entry-without-id", _ERROR)
    AUTHORITY_ENTRY_WITHOUT_NAME = (306, "authority-entry-without-name", _ERROR)
    DUPLICATE_AUTHORITY_ID = (307, "duplicate-authority-id", _ERROR)
    BROKEN_DECISIONS = (330, "broken-decisions", _ERROR)
    ORPHAN_DECISION = (331, "orphan-decision", _WARNING)
    DECISION_WITHOUT_ENTRY = (332, "decision-without-entry", _ERROR)
    NOT_MERGED = (333, "not-merged", _ERROR)
    RECOGNISER_FAILED = (334, "recogniser-failed", _ERROR)
    NAMES_IN_ANOTHER_LANGUAGE = (335, "names-in-another-language", _NOTE)
    # 5 checking
    NOT_WELL_FORMED = (501, "not-well-formed", _ERROR)
    UNSAFE_XML = (502, "unsafe-xml", _ERROR)
    ELEMENT_NOT_ALLOWED = (503, "element-not-allowed", _ERROR)
    ELEMENT_MISSING = (504, "element-missing", _ERROR)
    ATTRIBUTE_NOT_ALLOWED = (505, "attribute-not-allowed", _ERROR)
    ATTRIBUTE_MISSING = (506, "attribute-missing", _ERROR)
    VALUE_NOT_ALLOWED = (507, "value-not-allowed", _ERROR)
    TEXT_NOT_ALLOWED = (508, "text-not-allowed", _ERROR)
    WRONG_NAMESPACE = (509, "wrong-namespace", _ERROR)
    SCHEMA_BROKEN = (510, "schema-broken", _ERROR)
    RULE_BROKEN = (511, "rule-broken", _ERROR)
    RULE_DOUBTED = (512, "rule-doubted", _WARNING)
    DANGLING_POINTER = (513, "dangling-pointer", _ERROR)
    DUPLICATE_ID = (514, "duplicate-id", _ERROR)
    NOTE_OUT_OF_ORDER = (515, "note-out-of-order", _WARNING)
    PAGES_UNORDERED = (516, "pages-unordered", _WARNING)
    NOTHING_CHECKED = (517, "nothing-checked", _ERROR)
    UNREADABLE_SCHEMA = (518, "unreadable-schema", _ERROR)
    SCHEMA_TOO_SLOW = (519, "schema-too-slow", _ERROR)
    BROKEN_ODD = (520, "broken-odd", _ERROR)
    POINTER_NOT_FOLLOWED = (521, "pointer-not-followed", _WARNING)
    RULE_REMARK = (522, "rule-remark", _NOTE)
    RULE_NOT_TRIED = (523, "rule-not-tried", _ERROR)
    FILE_MISSING = (524, "file-missing", _WARNING)
    PREFIX_NOT_UNDERSTOOD = (525, "prefix-not-understood", _WARNING)
    UNDECLARED_PREFIX = (526, "undeclared-prefix", _WARNING)
    RULES_NOT_READ = (527, "rules-not-read", _WARNING)
    RULE_WITHOUT_PREFIX = (528, "rule-without-prefix", _WARNING)
    UNKNOWN_MODULE = (530, "unknown-module", _ERROR)
    UNKNOWN_SPECIFICATION = (531, "unknown-specification", _ERROR)
    ODD_CYCLE = (532, "odd-cycle", _ERROR)
    DUPLICATE_SPECIFICATION = (533, "duplicate-specification", _ERROR)
    DANGLING_REFERENCE = (534, "dangling-reference", _WARNING)
    IMPOSSIBLE_ELEMENT = (535, "impossible-element", _ERROR)
    NO_TEI_SOURCE = (536, "no-tei-source", _ERROR)
    FOREIGN_SOURCE = (537, "foreign-source", _ERROR)
    ODD_WITHOUT_EFFECT = (538, "odd-without-effect", _WARNING)
    WRONG_START = (539, "wrong-start", _ERROR)
    SCHEMA_NOT_USED = (560, "schema-not-used", _ERROR)
    GONE_FROM_BASELINE = (561, "gone-from-baseline", _NOTE)
    BROKEN_BASELINE = (562, "broken-baseline", _ERROR)
    NO_REVISION = (563, "no-revision", _ERROR)
    NO_FILE_CHANGED = (564, "no-file-changed", _NOTE)
    FIX_NOT_KEPT = (565, "fix-not-kept", _NOTE)
    SPACE_IN_ID = (566, "space-in-id", _WARNING)
    NAME_OF_ANOTHER_KIND = (567, "name-of-another-kind", _ERROR)
    DATE_AGAINST_LINK = (568, "date-against-link", _WARNING)
    FORM_OF_TWO = (569, "form-of-two", _NOTE)
    # 6 comparing
    WORD_MISSING = (601, "word-missing", _ERROR)
    WORD_ADDED = (602, "word-added", _ERROR)
    WORD_CHANGED = (603, "word-changed", _ERROR)
    CHARACTER_CHANGED = (604, "character-changed", _ERROR)
    TEXT_MOVED = (605, "text-moved", _ERROR)
    WORDS_JOINED = (606, "words-joined", _ERROR)
    WORDS_SPLIT = (607, "words-split", _ERROR)
    NOTE_MISSING = (608, "note-missing", _ERROR)
    NOTE_ADDED = (609, "note-added", _ERROR)
    NOTE_MOVED = (610, "note-moved", _ERROR)
    NOTES_EXCHANGED = (611, "notes-exchanged", _ERROR)
    NOTE_MARK_MISSING = (612, "note-mark-missing", _ERROR)
    NOTE_MARK_ADDED = (613, "note-mark-added", _ERROR)
    NOTE_MARK_CHANGED = (614, "note-mark-changed", _ERROR)
    PAGE_MARK_MISSING = (615, "page-mark-missing", _ERROR)
    PAGE_MARK_ADDED = (616, "page-mark-added", _ERROR)
    PAGE_MARK_CHANGED = (617, "page-mark-changed", _ERROR)
    PAGE_MARK_MOVED = (618, "page-mark-moved", _ERROR)
    LABEL_ADDED = (619, "label-added", _ERROR)
    # 7 rendering
    ELEMENT_WITHOUT_RULE = (701, "element-without-rule", _WARNING)
    DEAD_LINK = (702, "dead-link", _WARNING)
    UNRESOLVED_NAME = (703, "unresolved-name", _WARNING)
    STYLESHEET_STOPPED = (704, "stylesheet-stopped", _ERROR)
    WORD_LOST = (705, "word-lost", _ERROR)
    NO_PDF = (706, "no-pdf", _WARNING)
    NO_GLYPH = (707, "no-glyph", _ERROR)
    UNDATED_PDF = (708, "undated-pdf", _WARNING)
    TYPESETTING_STOPPED = (709, "typesetting-stopped", _ERROR)
    TYPESETTING_WARNING = (710, "typesetting-warning", _WARNING)
    NESTED_TOO_DEEP = (711, "nested-too-deep", _ERROR)
    NO_TEI_DOCUMENT = (712, "no-tei-document", _ERROR)
    STYLESHEET_REFUSED = (713, "stylesheet-refused", _ERROR)
    NO_OFFICE_FILE = (714, "no-office-file", _WARNING)
    STYLESHEET_REMARK = (715, "stylesheet-remark", _NOTE)
    NOTE_ELSEWHERE = (720, "note-elsewhere", _WARNING)
    ADDRESS_GONE = (721, "published-address-gone", _ERROR)
    REDIRECT_NOWHERE = (722, "redirect-leads-nowhere", _ERROR)
    ADDRESS_BACK = (723, "published-address-there", _ERROR)
    ANCHOR_MOVED = (724, "published-anchor-moved", _WARNING)
    BROKEN_PERMALINKS = (725, "broken-permalinks", _ERROR)
    LINK_LEADS_NOWHERE = (726, "link-leads-nowhere", _ERROR)
    NO_PICTURE = (727, "picture-not-shown", _WARNING)
    MANIFEST_UNLIKE_PAGES = (728, "manifest-unlike-pages", _WARNING)
    # 75 to 79 verifying packages
    UNKNOWN_PACKAGE = (750, "unknown-package", _ERROR)
    BROKEN_ARCHIVE = (751, "broken-archive", _ERROR)
    LINK_IN_PACKAGE = (752, "link-in-package", _ERROR)
    SPECIAL_FILE = (753, "special-file", _ERROR)
    PATH_LEAVES_PACKAGE = (754, "path-leaves-package", _ERROR)
    IMPOSSIBLE_NAME = (755, "impossible-name", _ERROR)
    UNPORTABLE_NAME = (756, "unportable-name", _WARNING)
    SAME_ENTRY_TWICE = (757, "same-entry-twice", _ERROR)
    CASE_CLASH = (758, "case-clash", _ERROR)
    NORMALIZATION_CLASH = (759, "normalization-clash", _ERROR)
    ARCHIVE_BOMB = (760, "archive-bomb", _ERROR)
    WRONG_ENTRY_SIZE = (761, "wrong-entry-size", _ERROR)
    OVERLAPPING_ENTRIES = (762, "overlapping-entries", _ERROR)
    ENCRYPTED_ENTRY = (763, "encrypted-entry", _ERROR)
    UNPROVEN_BYTES = (764, "unproven-bytes", _WARNING)
    SHARED_FILE = (765, "shared-file", _WARNING)
    UNSAFE_DESCRIPTION = (766, "unsafe-description", _ERROR)
    BROKEN_DESCRIPTION = (767, "broken-description", _ERROR)
    FILE_CHANGED = (770, "file-changed", _ERROR)
    WRONG_DIGEST = (771, "wrong-digest", _ERROR)
    WRONG_SIZE = (772, "wrong-size", _ERROR)
    DESCRIBED_FILE_MISSING = (773, "described-file-missing", _ERROR)
    FILE_WITHOUT_DIGEST = (774, "file-without-digest", _ERROR)
    FILE_NOT_IN_CRATE = (775, "file-not-in-crate", _WARNING)
    DESCRIPTIONS_DISAGREE = (776, "descriptions-disagree", _WARNING)
    UNKNOWN_DIGEST = (777, "unknown-digest", _WARNING)
    WEAK_DIGEST = (778, "weak-digest", _WARNING)
    DANGLING_LINK = (779, "dangling-link", _ERROR)
    DUPLICATE_IDENTIFIER = (780, "duplicate-identifier", _ERROR)
    REMOTE_REFERENCE = (781, "remote-reference", _WARNING)
    BAG_RULE_BROKEN = (785, "bag-rule-broken", _ERROR)
    BAG_RULE_DOUBTED = (786, "bag-rule-doubted", _WARNING)
    WRONG_PAYLOAD_OXUM = (787, "wrong-payload-oxum", _ERROR)
    INCOMPLETE_BAG = (788, "incomplete-bag", _ERROR)
    BAG_PROFILE_BROKEN = (789, "bag-profile-broken", _ERROR)
    SIP_RULE_BROKEN = (790, "sip-rule-broken", _ERROR)
    SIP_RULE_DOUBTED = (791, "sip-rule-doubted", _WARNING)
    CRATE_RULE_BROKEN = (792, "crate-rule-broken", _ERROR)
    CRATE_RULE_DOUBTED = (793, "crate-rule-doubted", _WARNING)
    OCFL_RULE_BROKEN = (794, "ocfl-rule-broken", _ERROR)
    OCFL_RULE_DOUBTED = (795, "ocfl-rule-doubted", _WARNING)
    # 8 depositing
    UNSAFE_PATH = (805, "unsafe-path", _ERROR)
    NOTHING_TO_DEPOSIT = (808, "nothing-to-deposit", _ERROR)
    FOREIGN_TARGET = (809, "foreign-target", _ERROR)
    FIELD_MISSING = (810, "field-missing", _ERROR)
    FIELD_WANTED = (811, "field-wanted", _WARNING)
    HEADERS_DISAGREE = (812, "headers-disagree", _WARNING)
    RENAMED = (813, "renamed-in-package", _WARNING)
    CHANGED_MEANWHILE = (814, "changed-meanwhile", _ERROR)
    BROKEN_RECEIPT = (815, "broken-receipt", _ERROR)
    NOTHING_CHANGED = (816, "nothing-changed", _WARNING)
    BROKEN_STORE = (817, "broken-store", _ERROR)
    UNREADABLE_HEADER = (818, "unreadable-header", _ERROR)
    # 9 the program itself
    NO_PROJECT = (901, "no-project-file", _ERROR)
    BROKEN_PROJECT = (902, "broken-project-file", _ERROR)
    UNKNOWN_SETTING = (903, "unknown-setting", _ERROR)
    NO_SOURCES = (904, "no-sources", _ERROR)
    SAME_NAME = (905, "same-name-twice", _ERROR)
    EDITED_BY_HAND = (906, "edited-by-hand", _WARNING)
    SOURCE_GONE = (907, "source-gone", _WARNING)
    NOT_WRITABLE = (908, "not-writable", _ERROR)
    BUILD_RUNNING = (909, "build-running", _ERROR)
    ACCEPTANCE_NOT_NEEDED = (910, "acceptance-not-needed", _WARNING)
    ERROR_NOT_ACCEPTABLE = (911, "error-not-acceptable", _ERROR)
    OUR_BUG = (999, "our-bug", _ERROR)

    number: str
    """``TW214``."""
    title: str
    """``note-without-callout``."""
    severity: Severity
    """Whether a finding of this code fails a run."""

    def __init__(self, number: int, title: str, severity: Severity) -> None:
        self.number = f"TW{number}"
        self.title = title
        self.severity = severity


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where: a file, and within it a line and a column, both counted from 1; 0 where there is none.

    ``offset`` is the byte at which that is, counted from 0, if it is known.
    """

    path: str
    line: int = 0
    column: int = 0
    xpath: str | None = None
    offset: int | None = None

    def __reduce__(self) -> tuple[type[Location], tuple[object, ...]]:
        """Thousands of findings are sent from process to process; field by field takes four times as long."""
        return Location, (self.path, self.line, self.column, self.xpath, self.offset)

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{line}:{self.column}" if self.column else f"{self.path}{line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``related`` are other places that it speaks of, such as the same word in the other file.

    ``accepted`` is why a person who looked at a warning says that it is as it must be.
    """

    code: Code
    where: Location
    message: str
    hint: str | None = None
    related: tuple[Location, ...] = ()
    accepted: str | None = None

    def __reduce__(self) -> tuple[type[Diagnostic], tuple[object, ...]]:
        """As a place is."""
        return Diagnostic, (self.code, self.where, self.message, self.hint, self.related, self.accepted)

    def __str__(self) -> str:
        weight = self.code.severity.value if self.accepted is None else f"accepted {self.code.severity.value}"
        first = f"{self.where}: {weight}[{self.code.number}] {self.message}"
        lines = [first, *(f"  see {place}" for place in self.related)]
        if self.accepted is not None:
            return "\n".join([*lines, f"  why: {self.accepted}"])
        return "\n".join(lines if self.hint is None else [*lines, f"  hint: {self.hint}"])


@dataclass(frozen=True)
class Report:
    """Findings in reading order, without doubles."""

    findings: Sequence[Diagnostic] = ()

    @classmethod
    def of(cls, findings: Iterable[Diagnostic]) -> Report:
        """Sort by place and code, and drop exact doubles."""
        unique = dict.fromkeys(findings)
        return cls(tuple(sorted(unique, key=reading_order)))

    @cached_property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(d.code.severity is Severity.ERROR for d in self.findings)

    @cached_property
    def warnings(self) -> int:
        """How many findings are warnings that nobody has accepted."""
        return len(self.findings) - self.errors - self.accepted - self.notes

    @cached_property
    def notes(self) -> int:
        """How many findings are mere notes."""
        return sum(d.code.severity is Severity.NOTE for d in self.findings)

    @cached_property
    def accepted(self) -> int:
        """How many findings are warnings that a person has accepted."""
        return sum(d.accepted is not None for d in self.findings)


def reading_order(finding: Diagnostic) -> tuple[str, int, int, int, str]:
    """By place, then by code and words."""
    where = finding.where
    return where.path, where.line, where.column, finding.code.value[0], finding.message


class TeiwrightError(Exception):
    """Something that stops the work on one file; carries the finding that says why."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(str(finding))
        self.finding = finding


class Lines:
    """Line and column of an offset, in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, path: Path | str, offset: int) -> Location:
        """The place of a code point offset; lines and columns are counted from 1."""
        line = bisect_right(self._starts, offset)
        return Location(str(path), line, offset - self._starts[line - 1] + 1)
