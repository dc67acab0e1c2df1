"""People's own words, made ready for public pages, and step by step who agreed to that.

Steps are added and never changed, as those of an answer are. They hold nobody's words: these go
with the answer they are from, and the steps stay.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from engage.analysis.models import Theme
from engage.append_only import only_added_to
from engage.extensions import Model
from engage.loop.quotes.course import OF_PARTNERS, PREPARED, VETOED, State
from engage.people.models import Organisation, Staff
from engage.responses.models import Answer


class QuoteStep(Model):
    """One thing that was done about a quote: when, by whom, for whom they work."""

    __table_args__ = (
        CheckConstraint(
            "state IN ('prepared', 'approved', 'sent_back', 'vetoed', 'veto_lifted', 'taken_down')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Not a foreign key: a quote goes with the answer it is from, and what was done about it stays.
    quote_id: Mapped[int] = mapped_column(index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str] = mapped_column(default="")

    by: Mapped[Staff] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Quote(Model):
    """The words of one sentence as everyone may read them, once somebody else has approved them.

    Whether they are public also hangs on the response, the consent and the theme: see queries.
    """

    __table_args__ = (
        # One sentence is one quote: a veto cannot be got round by preparing it once more.
        UniqueConstraint("answer_id", "sentence_key"),
        CheckConstraint(
            "state IN ('waiting', 'approved', 'sent_back', 'taken_down')", name="state"
        ),
        # A number is never used again: the steps outlive the quote.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    sentence_key: Mapped[str] = mapped_column(String(64))
    words: Mapped[str]  # empty once it is taken down
    is_own: Mapped[bool]  # their own words; otherwise what they say in words of ours
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(20))
    is_vetoed: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme] = relationship()
    answer: Mapped[Answer] = relationship()
    steps: Mapped[list[QuoteStep]] = relationship(
        primaryjoin=lambda: foreign(QuoteStep.quote_id) == Quote.id,
        order_by=QuoteStep.id,
        lazy="selectin",
        viewonly=True,
    )

    @property
    def course(self) -> State:
        """Where it stands, as the rules of its course read it."""
        vetoes: dict[int, str] = {}
        for step in self.steps:
            if step.state in OF_PARTNERS:
                vetoes[step.organisation_id] = step.state
        standing = {who for who, what in vetoes.items() if what == VETOED}
        return State(self.state, frozenset(standing), self.prepared.by_id)

    @property
    def prepared(self) -> QuoteStep:
        """Who wrote the words as they stand, and when."""
        return next(step for step in reversed(self.steps) if step.state == PREPARED)

    @property
    def last_step_id(self) -> int:
        return self.steps[-1].id if self.steps else 0


only_added_to(QuoteStep, things="steps", function="quote_steps")
