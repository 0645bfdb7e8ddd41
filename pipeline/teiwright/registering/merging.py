"""Makes one entry of two: the forms of the one go to the other, and every reference follows.

The files are edited where it is needed and stay as they are everywhere else. The id that is given up
remains in the authority file, so that it is never given to another person, and points to the entry that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.naming import load_authority, parse_authority

_REF = re.compile(rb"""(?P<before>\s(?:ref|corresp|who|key|sameAs)=)(?P<quote>["'])(?P<value>[^"'<]*)(?P=quote)""")
_CHILD = re.compile(
    r"[ \t]*<(?P<name>persName|placeName|birth|death|occupation|state|affiliation|nationality|location|note|idno|bibl"
    r"|ptr)\b[^>]*?(?:/>|>.*?</(?P=name)>)[ \t]*\n?",
    re.DOTALL,
)
_FORMS = ("persName", "placeName")
_ONCE = ("birth", "death", "location")


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merge writes: whole new contents, file by file. Nothing is written yet."""

    files: tuple[tuple[Path, bytes], ...]
    references: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it is written, and where it begins."""

    text: str
    start: int


def merge(old: str, kept: str, authority: Path, texts: Iterable[Path]) -> Merger:
    """Merge the entry ``old`` into ``kept``, both of ``authority``; raises ``TeiwrightError`` if it cannot be done.

    ``texts`` are editions, decisions files and metadata of texts that may refer to ``old``.
    """
    known = load_authority([authority]).by_id
    for identifier in (old, kept):
        if identifier not in known:
            raise _error(authority, f"no entry has the id `{identifier}`", "look at `teiwright names --show known`")
    if old == kept or known[old].kind is not known[kept].kind:
        raise _error(authority, f"`{old}` and `{kept}` cannot be one", "merge two persons, or two places")
    files = [(authority, _merged(authority, old, kept))]
    references = 0
    for path in texts:
        data = path.read_bytes()
        rewritten, count = _REWRITERS.get(path.suffix, _referred)(data, old, kept)
        references += count
        if count:
            files.append((path, rewritten))
    return Merger(tuple(files), references)


def _merged(path: Path, old: str, kept: str) -> bytes:
    text = path.read_bytes().decode("utf-8")
    gone, stays = _entry(path, text, old), _entry(path, text, kept)
    moved = [child for child in _CHILD.finditer(gone.text) if child[0].strip() not in stays.text]
    moved = [child for child in moved if child["name"] not in _ONCE or f"<{child['name']}" not in stays.text]
    replaced = [(gone, _given_up(gone, kept)), (stays, _widened(stays, moved))]
    for entry, put in sorted(replaced, key=lambda pair: -pair[0].start):
        text = text[: entry.start] + put + text[entry.start + len(entry.text) :]
    data = text.encode("utf-8")
    _hold_others(path, data, {old, kept})
    return data


def _widened(entry: _Entry, moved: list[re.Match[str]]) -> str:
    """The entry that is kept, with the forms of the other behind its own, and the rest at its end."""
    forms = "".join(child[0].replace('type="main"', 'type="variant"') for child in moved if child["name"] in _FORMS)
    rest = "".join(child[0] for child in moved if child["name"] not in _FORMS)
    last_form = [child.end() for child in _CHILD.finditer(entry.text) if child["name"] in _FORMS][-1]
    close = entry.text.rindex("</")
    close = len(entry.text[:close].rstrip(" \t"))
    return entry.text[:last_form] + forms + entry.text[last_form:close] + rest + entry.text[close:]


def _given_up(entry: _Entry, kept: str) -> str:
    """What remains of the other: its id, its first form, and whither it went."""
    form = next(child[0] for child in _CHILD.finditer(entry.text) if child["name"] in _FORMS).rstrip()
    space = form[: len(form) - len(form.lstrip())]
    note = f'{space}<note type="merged">Merged into <ref target="#{kept}">{kept}</ref>.</note>'
    opened, closed = entry.text[: entry.text.index(">") + 1], entry.text[entry.text.rindex("</") :]
    return f"{opened}\n{form}\n{note}\n{space[:-2]}{closed}"


def _hold_others(path: Path, data: bytes, touched: set[str]) -> None:
    """Raise unless every other entry is what it was."""
    before, after = load_authority([path]).by_id, parse_authority(data, path).by_id
    same = all(entry == after.get(identifier) for identifier, entry in before.items() if identifier not in touched)
    if not same or not before.keys() - after.keys() <= touched:
        raise _error(path, "the entries are written in a way that cannot be merged safely", "merge these two by hand")


def _entry(path: Path, text: str, identifier: str) -> _Entry:
    """An entry as it is written, and where."""
    pattern = rf"<(person|place)\b[^>]*\bxml:id=[\"']{re.escape(identifier)}[\"'][^>]*>.*?</\1>"
    found = re.search(pattern, text, re.DOTALL)
    if found is None or len(re.findall(rf"<{found[1]}\b", found[0])) > 1:
        raise _error(path, f"the entry `{identifier}` holds other entries", "merge these two by hand")
    return _Entry(found[0], found.start())


def _referred(data: bytes, old: str, kept: str) -> tuple[bytes, int]:
    """An edition in which each reference to the old entry is one to the entry that is kept."""
    count = 0

    def rewritten(match: re.Match[bytes]) -> bytes:
        nonlocal count
        value, found = re.subn(rb"#" + re.escape(old.encode()) + rb"(?=\s|$)", b"#" + kept.encode(), match["value"])
        count += found
        return match["before"] + match["quote"] + value + match["quote"]

    return _REF.sub(rewritten, data), count


def _decided(data: bytes, old: str, kept: str) -> tuple[bytes, int]:
    """A decisions file in which a cell that is the old id is the id that is kept."""
    return re.subn(rb"(?<=[,;\t])" + re.escape(old.encode()) + rb"(?=[,;\t\r\n]|$)", kept.encode(), data)


def _described(data: bytes, old: str, kept: str) -> tuple[bytes, int]:
    """Metadata of a text in which a correspondent's ``ref`` is the id that is kept."""
    return re.subn(rb"(?<=ref = [\"'])" + re.escape(old.encode()) + rb"(?=[\"'])", kept.encode(), data)


_REWRITERS = {".csv": _decided, ".toml": _described}


def _error(path: Path, message: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.NOT_MERGED, Location(str(path)), message, hint))
