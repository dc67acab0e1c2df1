"""A person decides what is taken out of a comment. The answer itself is never changed."""

from collections.abc import Iterable
from datetime import datetime

from engage.analysis.frame.still_said import findings_with, forget_in_labels
from engage.analysis.redaction.applying import READ, Decided
from engage.analysis.redaction.models import Redaction
from engage.analysis.redaction.queries import LEFT_IN, TAKEN_OUT, rows_of, taken_out_of
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses.models import Answer

OPENED = "read a comment to see whether it names somebody"
DECIDED = "decided what is taken out of a comment"


def open_words(answer: Answer, staff: Staff, survey: str) -> None:
    """They are shown the words, and the record says so."""
    record(staff, OPENED, survey, comment=answer.id)


def decide(
    answer: Answer, decided: Iterable[Decided], staff: Staff, now: datetime, survey: str
) -> None:
    """Keep each decision; one that stood before about the same letters is changed.

    What is taken out goes from what the machine called a theme too. With nothing to decide, that
    somebody read the comment is kept. The record holds numbers and never a word of the comment.
    """
    given = list(decided) or [Decided(0, 0, READ, is_out=False)]
    before = {(row.start, row.end): row for row in rows_of(answer.id)}
    changed = sum(_keep(answer, each, before, (staff, now)) for each in given)
    db.session.flush()
    forget_in_labels(findings_with(answer.id), taken_out_of([answer.id]))
    out = sum(each.is_out for each in given)
    left = sum(each.rule != READ and not each.is_out for each in given)
    record(staff, DECIDED, survey, comment=answer.id, taken_out=out, left_in=left, changed=changed)


def _keep(
    answer: Answer,
    given: Decided,
    before: dict[tuple[int, int], Redaction],
    by: tuple[Staff, datetime],
) -> bool:
    """Whether a decision that stood before is another one now."""
    decision = TAKEN_OUT if given.is_out else LEFT_IN
    row = before.get((given.start, given.end))
    if row is not None and (row.decision, row.reason) == (decision, given.reason):
        return False
    staff, now = by
    is_change = row is not None
    if row is None:
        row = Redaction(answer_id=answer.id, start=given.start, end=given.end, rule=given.rule)
        before[given.start, given.end] = row
        db.session.add(row)
    row.decision, row.reason = decision, given.reason
    row.decided_by, row.decided_at = staff, now
    return is_change
