"""What the machine found, kept as it was found, and apart from it what people made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.people.models import Staff
from engage.responses.models import Answer
from engage.surveys.models import Survey


class AnalysisRun(Model):
    """One reading of a survey's comments by the machine. Never edited."""

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    finished_at: Mapped[datetime]
    method: Mapped[str] = mapped_column(String(40))
    comments_read: Mapped[int]
    people: Mapped[int]
    made_by: Mapped[dict[str, Any]] = mapped_column(JSON)  # settings, versions, checksums, times

    themes: Mapped[list["FoundTheme"]] = relationship(
        back_populates="run", order_by="FoundTheme.number", cascade="all, delete-orphan"
    )


class FoundTheme(Model):
    """A theme as the machine found it. Never edited."""

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[str]
    keywords: Mapped[list[str]] = mapped_column(JSON)
    people: Mapped[int]
    share: Mapped[float]
    stability: Mapped[float]
    sentiment: Mapped[dict[str, int]] = mapped_column(JSON)
    quotes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # {answer_id, text}
    different: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ambitions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # {code, score, words}

    run: Mapped[AnalysisRun] = relationship(back_populates="themes")
    assignments: Mapped[list["Assignment"]] = relationship(cascade="all, delete-orphan")


class Assignment(Model):
    """The machine put this sentence of this answer under this theme; under none where empty."""

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("analysis_run.id", ondelete="CASCADE"), index=True
    )
    found_theme_id: Mapped[int | None] = mapped_column(
        ForeignKey("found_theme.id", ondelete="CASCADE"), index=True
    )
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    sentence_number: Mapped[int]
    sentence: Mapped[str]
    weight: Mapped[float]

    answer: Mapped[Answer] = relationship()


class CommentFinding(Model):
    """What the machine made of one comment."""

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("analysis_run.id", ondelete="CASCADE"), index=True
    )
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    set_aside: Mapped[str] = mapped_column(String(40), default="")
    sentiment: Mapped[float]
    sentiment_label: Mapped[str] = mapped_column(String(20))
    ambitions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    answer: Mapped[Answer] = relationship()


class Theme(Model):
    """What a person made of a found theme: its name, and whether it stands. Outlives runs."""

    __table_args__ = (CheckConstraint("state IN ('accepted', 'set_aside', 'named')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    # The finding it now rests on; a later run may move it to that run's closest finding.
    found_theme_id: Mapped[int] = mapped_column(ForeignKey("found_theme.id"))
    name: Mapped[str] = mapped_column(String(200))
    ambition: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="")  # why it was set aside
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]

    survey: Mapped[Survey] = relationship()
    found: Mapped[FoundTheme] = relationship()
    decided_by: Mapped[Staff] = relationship()
