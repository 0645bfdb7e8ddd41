"""What people decided about names: read, found again in the text, and put in the place of proposals."""

from teiwright.naming.decisions.anchoring import Passage, Passages
from teiwright.naming.decisions.decision import NO_LINK, Anchor, Decision, Scope, Verdict
from teiwright.naming.decisions.files import SHARED, load_decisions, of_text, read_decisions, write_decisions
from teiwright.naming.decisions.settling import Ruling, Settlement, without_entry

__all__ = [
    "NO_LINK",
    "SHARED",
    "Anchor",
    "Decision",
    "Passage",
    "Passages",
    "Ruling",
    "Scope",
    "Settlement",
    "Verdict",
    "load_decisions",
    "of_text",
    "read_decisions",
    "without_entry",
    "write_decisions",
]
