"""Review of doubtful names: the questions, the record of what is decided, and the page that asks."""

from teiwright.reviewing.desk import Action, Desk, NotNowError
from teiwright.reviewing.questions import Candidate, Paragraph, Question, Reading, read_for_review
from teiwright.reviewing.recording import append, take_back
from teiwright.reviewing.serving import Server
from teiwright.reviewing.tables import questions_as_table, record_table

__all__ = [
    "Action",
    "Candidate",
    "Desk",
    "NotNowError",
    "Paragraph",
    "Question",
    "Reading",
    "Server",
    "append",
    "questions_as_table",
    "read_for_review",
    "record_table",
    "take_back",
]
