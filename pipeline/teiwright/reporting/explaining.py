"""``explain``: what a code finds, why that matters, an example, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from teiwright.diagnostics import Code

_FOLDER = Path(__file__).resolve().parent.parent / "explanations"


class UnknownCodeError(LookupError):
    """No finding has this number or name; the message says which one may be meant."""


def explain(code: str) -> str:
    """The explanation of ``TW214``, ``214`` or ``note-without-callout``, as Markdown."""
    return (_FOLDER / f"{find(code).number}.md").read_text(encoding="utf-8")


def find(code: str) -> Code:
    """The code of this number or name; raises ``UnknownCodeError`` if there is none."""
    wanted = code.strip().lower()
    names: dict[str, Code] = {}
    for each in Code:
        names.update({each.number.lower(): each, each.number[2:]: each, each.title: each})
    if wanted in names:
        return names[wanted]
    from difflib import get_close_matches  # noqa: PLC0415 (only for a code that is misspelt)

    near = get_close_matches(wanted, names, n=3, cutoff=0.6)
    meant = list(dict.fromkeys(f"`{names[name].number}` ({names[name].title})" for name in near))
    hint = f"did you mean {' or '.join(meant)}?" if meant else "`TW101` to `TW999` are codes"
    raise UnknownCodeError(f"no finding is called `{code}`; {hint}")


def short_help(code: Code) -> str:
    """The first paragraph of the explanation: what the code finds, without markup."""
    paragraphs = re.split(r"\n\s*\n", explain(code.number))
    first = paragraphs[1] if len(paragraphs) > 1 else paragraphs[0]
    text = re.sub(r"^\*\*What it finds\.\*\*\s*", "", first.strip())
    return " ".join(text.replace("`", "").replace("**", "").split())
