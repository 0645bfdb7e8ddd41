"""Whether a text is in English, from which alone names were learned and their certainty was measured."""

from __future__ import annotations

import re

from teiwright.model import Metadata
from teiwright.naming.script import Script

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({"the", "and", "that", "with", "which", "from", "have", "this", "his", "were", "will", "to", "of"})
"""Common in every kind of English, telegrams too, and no words of the languages around it, but for ``of`` in Dutch."""
_LEAST_SHARE = 0.03
"""English prose has 15 to 25 in a hundred; German, French, Italian and Spanish texts hardly one."""
_FEWEST = 40
"""In fewer words than these nothing can be counted."""
_READ = 20_000
_UNDETERMINED = "und"


def is_foreign(script: Script, known: Metadata) -> bool:
    """Whether a text is in another language: as its metadata say, else by its words."""
    if known.language != _UNDETERMINED:
        return known.language.partition("-")[0].lower() not in ("en", "eng")
    words = _WORD.findall(script.text[:_READ].lower())
    return len(words) >= _FEWEST and sum(word in _ENGLISH for word in words) < _LEAST_SHARE * len(words)
