"""What a person decided to take out of a comment, or to leave in, before anybody else reads it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.people.models import Staff


class Redaction(Model):
    """A decision about some letters of an answer. The answer itself is never changed."""

    __table_args__ = (
        UniqueConstraint("answer_id", "start", "end"),
        CheckConstraint("decision IN ('taken_out', 'left_in')", name="decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]  # letters from the beginning of the answer
    end: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))  # what suggested it; "person" where nobody did
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]

    decided_by: Mapped[Staff] = relationship()
