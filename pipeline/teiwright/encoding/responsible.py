"""The persons who answer for what an edition says, beside the program: who decided on its names."""

from __future__ import annotations

from teiwright.encoding.ids import Ids
from teiwright.encoding.vocabulary import name_of
from teiwright.model import Draft


def deciders(draft: Draft, ids: Ids) -> dict[str, str]:
    """The persons who decided on names, in order, each with the ``xml:id`` of a ``respStmt``."""
    persons = sorted({mention.who for mention in draft.mentions if mention.who})
    return {person: ids.take(f"by-{name_of(person)}") for person in persons}
