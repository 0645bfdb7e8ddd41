"""From a draft to a TEI document."""

from __future__ import annotations

from pathlib import Path

from teiwright.encoding.annotations import annotations_of
from teiwright.encoding.blocks import fill_note
from teiwright.encoding.body import write_text
from teiwright.encoding.elements import Element
from teiwright.encoding.header import write_header
from teiwright.encoding.ids import Ids
from teiwright.encoding.markup import DECLARATION, markup
from teiwright.encoding.publication import Publication
from teiwright.encoding.responsible import deciders
from teiwright.encoding.vocabulary import TEI, XML_ID, XML_LANG, language_of, name_of
from teiwright.encoding.writer import Writer
from teiwright.model import Draft, Edition, Written
from teiwright.uncollected import uncollected


@uncollected()
def encode(draft: Draft, publication: Publication | None = None) -> Edition:
    """Write a draft as TEI. Every text of the draft is in the edition once, in the order of the draft.

    Never raises on a draft, whatever its order of blocks: what TEI allows only elsewhere becomes a paragraph.
    """
    known = publication or Publication()
    metadata = draft.source.metadata
    ids = Ids("teiwright")  # of the program, in the header
    name = ids.take(name_of(metadata.id))
    root = Element("TEI", {"xmlns": TEI, XML_ID: name, XML_LANG: language_of(metadata.language)})
    header = root.add("teiHeader")
    persons = deciders(draft, ids)
    writer = Writer(draft, annotations_of(draft, known.authority, persons), ids, fill_note)
    write_text(writer, root)
    write_header(header, draft, known, writer.practices, persons)
    return Edition(Path(f"{name}.xml"), Written(f"{DECLARATION}{markup(root)}\n".encode()), draft.findings)
