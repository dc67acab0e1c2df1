"""What we did about what people said."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.analysis.models import Theme
from engage.extensions import Model
from engage.people.models import Staff

KINDS = ("did", "doing", "will", "cannot", "passed_on")


class Action(Model):
    """An honest answer to an accepted theme. Public from published_at until withdrawn_at."""

    __table_args__ = (
        CheckConstraint("kind IN ('did', 'doing', 'will', 'cannot', 'passed_on')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    you_said: Mapped[str]
    you_said_easy: Mapped[str] = mapped_column(default="")
    we_did: Mapped[str]
    we_did_easy: Mapped[str] = mapped_column(default="")
    # "We can't" owes a reason, who decided, what there is instead, and how to challenge it.
    reason: Mapped[str] = mapped_column(String(20), default="")
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    instead: Mapped[str] = mapped_column(default="")
    instead_easy: Mapped[str] = mapped_column(default="")
    challenge: Mapped[str] = mapped_column(default="")
    # "We did" owes what, where, how many it reached, and how we know.
    place: Mapped[str] = mapped_column(default="")
    reached: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(String(120))  # a role, not a name
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    theme: Mapped[Theme] = relationship()
    written_by: Mapped[Staff] = relationship()

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None
