"""What we did about what people said, and step by step how it came to that.

Steps are added and never changed: the session refuses it, and so does the database itself,
whoever asks. The migration sets the same guards.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, case, exists, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import (
    Mapped,
    column_property,
    foreign,
    mapped_column,
    relationship,
)
from sqlalchemy.types import TypeDecorator

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.append_only import only_added_to
from engage.extensions import Model
from engage.loop.co_lead.models import CoLeadNote
from engage.loop.lifecycle import CLOSED, Course, Step
from engage.people.models import Organisation, Staff
from engage.responses.models import Answer, Response
from engage.surveys.co_lead.models import SignOff
from engage.surveys.co_lead.signing import THEMES

KINDS = ("did", "doing", "will", "cannot", "already", "passed_on", "ask_more")


class KeptParts(TypeDecorator[dict[str, Any]]):
    """An answer as it stood. What was kept before answers had areas was for the whole county."""

    impl = JSON
    cache_ok = True

    def process_result_value(
        self, value: dict[str, Any] | None, dialect: Dialect
    ) -> dict[str, Any] | None:
        return {"areas": [], **value} if value else value


class LoopStep(Model):
    """One thing that was done about a theme or its answer: when, by whom, for whom they work."""

    __table_args__ = (
        CheckConstraint(
            "state IN ('acknowledged', 'assigned', 'decided', 'done_claimed', 'checked',"
            " 'difference_shown', 'closed')",
            name="state",
        ),
        CheckConstraint("said IN ('', 'yes', 'partly', 'not_yet')", name="said"),
        CheckConstraint("evidence_level BETWEEN 0 AND 5", name="evidence_level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str] = mapped_column(String(20), default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    due_on: Mapped[date | None]
    said: Mapped[str] = mapped_column(String(10), default="")
    asked: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    evidence_level: Mapped[int] = mapped_column(default=0)
    # The whole answer as it stood, where it was decided or said to be done.
    parts: Mapped[dict[str, Any]] = mapped_column(KeptParts, default=dict)

    theme: Mapped[Theme] = relationship()
    action: Mapped["Action | None"] = relationship(back_populates="steps")
    by: Mapped[Staff] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    def as_step(self) -> Step:
        """What the lifecycle reads of it."""
        return Step(
            state=self.state,
            at=self.at,
            organisation=self.organisation_id,
            kind=self.kind,
            reason=self.parts.get("reason", ""),
            owner=self.owner,
            due_on=self.due_on,
            said=self.said,
            asked=self.asked,
            note=self.note,
            evidence_level=self.evidence_level,
        )


class Action(Model):
    """An honest answer to an accepted theme. Public from published_at until withdrawn_at."""

    __table_args__ = (
        CheckConstraint(
            "kind IN ('did', 'doing', 'will', 'cannot', 'already', 'passed_on', 'ask_more')",
            name="kind",
        ),
        CheckConstraint("evidence_level BETWEEN 0 AND 5", name="evidence_level"),
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
    # Codes of the pack's areas, because staff say so. None: the whole county.
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    # "We did" owes what, where, how many it reached, and how we know.
    place: Mapped[str] = mapped_column(default="")
    reached: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(default="")
    evidence_level: Mapped[int] = mapped_column(default=0)
    how_to_get: Mapped[str] = mapped_column(default="")  # what is already there, and where: place
    will_ask: Mapped[str] = mapped_column(default="")  # what has to be asked before we can decide
    owner: Mapped[str] = mapped_column(String(120))  # a role, not a name
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    # Comments on the theme that came after the answer was closed. Counted only where it was.
    new_comments: Mapped[int] = column_property(
        case(
            (
                exists()
                .where(LoopStep.action_id == id, LoopStep.state == CLOSED)
                .correlate_except(LoopStep),
                select(func.count(Mention.answer_id.distinct()))
                .join(Answer, Answer.id == Mention.answer_id)
                .join(Response, Response.id == Answer.response_id)
                .where(
                    Mention.theme_id == theme_id,
                    Response.submitted_at
                    > select(func.max(LoopStep.at))
                    .where(LoopStep.action_id == id, LoopStep.state == CLOSED)
                    .correlate_except(LoopStep)
                    .scalar_subquery(),
                )
                .correlate_except(Mention, Answer, Response)
                .scalar_subquery(),
            ),
            else_=0,
        )
    )

    theme: Mapped[Theme] = relationship()
    written_by: Mapped[Staff] = relationship()
    steps: Mapped[list[LoopStep]] = relationship(
        back_populates="action", order_by=LoopStep.id, lazy="selectin"
    )
    # Both are read only where a co-lead has said something: see queries.with_words_of_co_leads.
    notes: Mapped[list[CoLeadNote]] = relationship(order_by=CoLeadNote.id, viewonly=True)
    theme_signed: Mapped[list[SignOff]] = relationship(
        primaryjoin=(foreign(SignOff.about_id) == theme_id) & (SignOff.what == THEMES),
        order_by=SignOff.id,
        viewonly=True,
    )

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def course(self) -> Course:
        """What has happened to this answer, as the lifecycle reads it."""
        steps = tuple(step.as_step() for step in self.steps)
        return Course(self.theme.decided_at, steps, self.new_comments or 0)


only_added_to(LoopStep, things="steps")
