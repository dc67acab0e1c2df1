"""What people do with themes, step by step: where a sentence belongs, and what can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.analysis.models import Theme
from engage.extensions import Model
from engage.people.models import Staff
from engage.responses.models import Answer


class Placement(Model):
    """A person says that a sentence belongs to a theme, or that it does not. Outlives runs."""

    __table_args__ = (UniqueConstraint("answer_id", "sentence_key", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    sentence_key: Mapped[str] = mapped_column(String(64))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    belongs: Mapped[bool]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    placed_at: Mapped[datetime]

    placed_by: Mapped[Staff] = relationship()


class Mention(Model):
    """A sentence that counts under a person's theme: the machine's finding after people's changes.

    Made anew from the latest run, the merges and the placements; never edited by hand.
    """

    __table_args__ = (UniqueConstraint("theme_id", "answer_id", "sentence_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    sentence_number: Mapped[int]
    sentence: Mapped[str]
    sentence_key: Mapped[str] = mapped_column(String(64))
    weight: Mapped[float]
    by_person: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme] = relationship()
    answer: Mapped[Answer] = relationship()


class Learnt(Model):
    """When the machine last learnt from the accepted themes of a survey, and from what."""

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    fingerprint: Mapped[str] = mapped_column(String(64))  # a hash of what it learnt from
    learnt_at: Mapped[datetime]


class Suggestion(Model):
    """A sentence that seems to belong to an accepted theme. Made anew when the machine learns."""

    __table_args__ = (UniqueConstraint("theme_id", "answer_id", "sentence_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    sentence_key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]  # within its theme, the surest first


class CurationStep(Model):
    """One thing a person did to the frame, with what stood before, so that it can be undone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    deed: Mapped[str] = mapped_column(String(20))
    themes: Mapped[list[int]] = mapped_column(JSON)  # the themes it touched
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    undone_at: Mapped[datetime | None]

    by: Mapped[Staff] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Staff | None] = relationship(foreign_keys=[undone_by_id])


class FrameVersion(Model):
    """The frame as it stood at a moment somebody wanted to keep. Never changed."""

    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    frame: Mapped[dict[str, Any]] = mapped_column(JSON)  # as `engage frame export` writes it
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[Staff] = relationship()
