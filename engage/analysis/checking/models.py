"""Double-coding: two people code the same comments without seeing each other's codes."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.people.models import Staff
from engage.responses.models import Answer


class CheckRound(Model):
    """A sample of comments to be coded by two people or more, over the themes as they stood."""

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    themes: Mapped[list[int]] = mapped_column(JSON)  # the accepted themes when it began
    seed: Mapped[int]
    out_of: Mapped[int]  # comments the sample was drawn from
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    begun_by: Mapped[Staff] = relationship()
    items: Mapped[list["CheckItem"]] = relationship(
        order_by="CheckItem.position", cascade="all, delete-orphan"
    )


class CheckItem(Model):
    """A comment of the sample, and what the machine said of it when the round began."""

    __table_args__ = (UniqueConstraint("round_id", "answer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("check_round.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    audience: Mapped[str] = mapped_column(default="")
    by_machine: Mapped[list[int]] = mapped_column(JSON)  # theme ids

    answer: Mapped[Answer] = relationship()
    codings: Mapped[list["CheckCoding"]] = relationship(cascade="all, delete-orphan")


class CheckCoding(Model):
    """What one person said a comment is about."""

    __table_args__ = (UniqueConstraint("item_id", "coder_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("check_item.id", ondelete="CASCADE"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    themes: Mapped[list[int]] = mapped_column(JSON)  # theme ids; none: it fits no theme
    coded_at: Mapped[datetime]

    coder: Mapped[Staff] = relationship()
