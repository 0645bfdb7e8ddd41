"""The facts of an extract that stand in the header, and which names a program found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.extracted import Correspondent, Extract
from teiwright.rendering.tei import TEI, plain

_NS = {"t": TEI[1:-1]}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LEVEL = "{urn:x-teiwright:edition}level"
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?=$|T)")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WRITTEN = (
    "t:teiHeader//t:correspAction[@type='sent']/t:date",
    "t:teiHeader//t:creation/t:date",
    "t:teiHeader//t:creation/t:origDate",
    "t:teiHeader//t:sourceDesc//t:origDate",
    "t:text//t:dateline//t:date",
    "t:text//t:docDate//t:date",
)
"""Where the day of writing stands: what the header says of it first, then what the text itself says above or below."""


def header_facts(root: etree._Element, edition_id: str) -> Extract:
    """An extract with all but the text."""
    title = "t:teiHeader/t:fileDesc/t:titleStmt/t:title"
    date, when, until = _date(root)
    changed, change = _change(root)
    return Extract(
        id=edition_id,
        title=_title(root, title) or edition_id,
        subtitle=next(_words(root, f"{title}[@type='sub']"), ""),
        kind=next((kind for div in root.iterfind(".//t:body/t:div", _NS) if (kind := div.get("type", ""))), ""),
        date=date,
        when=when,
        until=until,
        source=_source(root),
        language=_language(root),
        changed=changed,
        change=change,
        file_numbers=tuple(dict.fromkeys(_file_numbers(root))),
        correspondents=tuple(_correspondents(root)),
    )


class Programs:
    """Who of those that a header names is a program, so that a name's ``@resp`` says whether one found it."""

    def __init__(self, root: etree._Element) -> None:
        stated = root.iterfind("t:teiHeader//t:titleStmt/*", _NS)
        self._named = {
            f"#{identifier}": element.find("t:name[@type='software']", _NS) is not None
            for element in stated
            if (identifier := element.get(f"{_XML}id"))
        }

    def certainty(self, element: etree._Element) -> str:
        """How sure a program was of a name; empty if a person gave it, or if nobody says how sure."""
        cert, resp = element.get("cert", ""), element.get("resp", "").split()
        known = [self._named[who] for who in resp if who in self._named]
        by_program = any(known) if known else bool(resp)
        return cert if by_program and cert in {"high", "medium", "low"} else ""


def _words(root: etree._Element, *paths: str) -> Iterator[str]:
    found = (plain(element) for path in paths for element in root.iterfind(path, _NS))
    return (words for words in found if words)


def _title(root: etree._Element, title: str) -> str:
    heads = (e for e in root.iter(f"{TEI}head", f"{TEI}titlePart") if e.get(_LEVEL) == "1")
    return next(_words(root, f"{title}[@type='main']", title), "") or next(filter(None, map(plain, heads)), "")


def _date(root: etree._Element) -> tuple[str, str, str]:
    """The date in words, and the days between which it lies; the second is empty if it is one day."""
    # An original's own bibliographic entry has the day it was written; that of a printed one, of its printing.
    originals = (b for b in root.iterfind("t:teiHeader//t:sourceDesc/t:bibl", _NS) if b.get("type") not in _PRINTED)
    dates = [date for path in _WRITTEN[:4] for date in root.iterfind(path, _NS)]
    dates += [date for bibl in originals for date in bibl.iterfind("t:date", _NS)]
    dates += [date for path in _WRITTEN[4:] for date in root.iterfind(path, _NS)]
    for date in dates:
        begin = next((day for name in ("when", "from", "notBefore") if (day := _day(date.get(name)))), "")
        end = next((day for name in ("to", "notAfter") if (day := _day(date.get(name)))), "")
        words = plain(date) or "–".join(filter(None, (begin, end)))
        if begin or end:
            return words, begin or end, end if begin and end > begin else ""
    return next((words for date in dates if (words := plain(date))), ""), "", ""


_PRINTED = frozenset({"printed", "text", None})


def _day(value: str | None) -> str:
    found = _DAY.match(value or "")
    return found[0] if found else ""


def _change(root: etree._Element) -> tuple[str, str]:
    """The latest change, else the day of publication."""
    changes = ((_day(c.get("when")), plain(c)) for c in root.iterfind("t:teiHeader/t:revisionDesc//t:change", _NS))
    dates = root.iterfind("t:teiHeader//t:publicationStmt/t:date", _NS)
    published = ((_day(date.get("when")), "") for date in dates)
    return max(changes, key=lambda change: change[0], default=None) or next(published, ("", ""))


def _source(root: etree._Element) -> str:
    """Where the original is printed or kept, in words."""
    for path in ("t:teiHeader//t:sourceDesc/t:bibl", "t:teiHeader//t:sourceDesc//t:msIdentifier"):
        for element in root.iterfind(path, _NS):
            if element.get("type") != "text":
                parts = [plain(e) for e in element if isinstance(e.tag, str) and e.tag != f"{TEI}note"]
                words = plain(element) if (element.text or "").strip() else ", ".join(filter(None, parts))
                if words:
                    return words
    return ""


def _language(root: etree._Element) -> str:
    given = (element.get(f"{_XML}lang", "") for element in (root, *root.iterfind("t:text", _NS)))
    return next((tag for tag in given if _TAG.fullmatch(tag)), "und")


def _file_numbers(root: etree._Element) -> Iterator[str]:
    yield from _words(root, "t:teiHeader//t:sourceDesc//t:idno[@type='file']")
    yield from _words(root, "t:text//t:idno[@type='file']", "t:text//t:seg[@type='file']")


def _correspondents(root: etree._Element) -> Iterator[Correspondent]:
    for action in root.iterfind("t:teiHeader//t:correspAction", _NS):
        place = next(action.iterfind("t:placeName", _NS), None)
        at = ("", "") if place is None else (plain(place), _ref(place))
        dates = (day for date in action.iterfind("t:date", _NS) for a in ("when", "from") if (day := _day(date.get(a))))
        when = next(dates, "")
        names = [n for n in action if n.tag in {f"{TEI}persName", f"{TEI}orgName", f"{TEI}name"} and plain(n)]
        # Some letters name only an office.
        names = names or [n for n in action.iterfind("t:roleName", _NS) if plain(n)]
        for name in names:
            match action.get("type"):
                case "sent":
                    yield Correspondent("sent", plain(name), _ref(name), *at, when)
                case "received":
                    yield Correspondent("received", plain(name), _ref(name), *at, when)
                case _:
                    pass


def _ref(element: etree._Element) -> str:
    """The id of an entry, or the address of one that others keep."""
    target = (element.get("ref", "").split() or [""])[0]
    return target if re.match(r"https?://", target) else target.rpartition("#")[2] if "#" in target else ""
