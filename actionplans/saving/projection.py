"""The plain-text projection of an answer or of one of its revisions."""

from actionplans.models import Answer, AnswerRevision, Question
from actionplans.saving.rows import rows_as_text
from actionplans.saving.text import plain_text


def projected(version: Answer | AnswerRevision, question: Question | None = None) -> str:
    """What anchors and word changes count in; for a table one line per row.

    question: says which columns, where the reader may not see all of them.
    """
    if question is None:
        question = version.question if isinstance(version, Answer) else version.answer.question
    if question.is_table:
        return rows_as_text(version.rows, question.columns)
    return plain_text(version.text)
