"""Proposes entries of an authority file for names that come often and that no entry bears.

What is proposed is what the texts say and no more: the forms, and in which documents they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from itertools import count
from xml.sax.saxutils import escape

from teiwright.model import Kind
from teiwright.naming.shapes import surname
from teiwright.registering.census import Occurrence
from teiwright.registering.listing import Register

_LIST = {Kind.PERSON: ("listPerson", "person", "persName"), Kind.PLACE: ("listPlace", "place", "placeName")}


def propose(register: Register, at_least: int) -> str:
    """A TEI authority file with an entry for each name found ``at_least`` so often; empty if there is none.

    A bare surname joins the only fuller form of it. No id that an entry has is given again.
    """
    taken = set(register.authority.by_id)
    lists = []
    for kind, (list_name, entry_name, name) in _LIST.items():
        entries = []
        for forms in _entries(register, kind, at_least):
            fullest = forms[0][0].form
            identifier = _minted(_inverted(fullest) if kind is Kind.PERSON else fullest, taken)
            taken.add(identifier)
            written = "\n".join(f"        {_form(found, name, main=found is forms[0])}" for found in forms)
            entries.append(f'      <{entry_name} xml:id="{identifier}" cert="low">\n{written}\n      </{entry_name}>')
        if entries:
            lists.append("\n".join([f"    <{list_name}>", *entries, f"    </{list_name}>"]))
    return _FILE.format("\n".join(lists), _sources(register)) if lists else ""


def _entries(register: Register, kind: Kind, at_least: int) -> Iterable[list[tuple[Occurrence, ...]]]:
    """For each person or place the occurrences of its forms, the fullest form first."""
    new = {form: found for (form, k), found in register.unlinked.items() if k is kind and not register.bearers(form, k)}
    groups: dict[str, list[tuple[Occurrence, ...]]] = {}
    for form, found in new.items():
        groups.setdefault(_bearer(form, new) if kind is Kind.PERSON else form, []).append(found)
    for forms in groups.values():
        if sum(map(len, forms)) >= at_least:
            yield sorted(forms, key=lambda found: (-len(found[0].form), found[0].form))


def _bearer(form: str, new: Mapping[str, object]) -> str:
    """The fuller form that a bare surname stands for, if there is just one."""
    if surname(form) != form:
        return form
    fuller = [other for other in new if other != form and surname(other) == form]
    return fuller[0] if len(fuller) == 1 else form


def _minted(form: str, taken: Set[str]) -> str:
    """``grew-joseph-c``, or with the next free number behind it."""
    ascii_form = unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", ascii_form)) or "entry"
    wanted = words if words[0].isalpha() else f"n-{words}"
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _inverted(form: str) -> str:
    last = surname(form)
    return f"{last} {form.replace(last, '', 1)}"


def _form(found: tuple[Occurrence, ...], name: str, *, main: bool) -> str:
    documents = " ".join(f"#{document}" for document in sorted({occurrence.document for occurrence in found}))
    kind = "main" if main else "variant"
    return f'<{name} type="{kind}" source="{documents}">{escape(found[0].form)}</{name}>'


def _sources(register: Register) -> str:
    documents = sorted({name.document for names in register.unlinked.values() for name in names})
    return "\n".join(f'          <bibl xml:id="{document}">{escape(document)}</bibl>' for document in documents)


_FILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Proposed entries</title>
      </titleStmt>
      <publicationStmt>
        <publisher>Not stated</publisher>
        <availability status="unknown"><p>The terms of use are not stated.</p></availability>
      </publicationStmt>
      <sourceDesc>
        <listBibl>
          <head>The documents in which the names were found</head>
{1}
        </listBibl>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
{0}
  </standOff>
</TEI>
"""
