"""What the machine found, kept as it was found, and apart from it what people made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
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
    # Where a few new answers were put under the themes of an earlier run, that run.
    grown_from_id: Mapped[int | None] = mapped_column(ForeignKey("analysis_run.id"))

    themes: Mapped[list["FoundTheme"]] = relationship(
        back_populates="run", order_by="FoundTheme.number", cascade="all, delete-orphan"
    )


LEFT_OUT = "[…]"  # in place of a word in the name of a finding


class FoundTheme(Model):
    """A theme as the machine found it. Never edited; words that nobody may read any more go."""

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
    # The middle of its sentences: float32, as many as the model gives. New answers join by it.
    centroid: Mapped[bytes | None]

    run: Mapped[AnalysisRun] = relationship(back_populates="themes")
    assignments: Mapped[list["Assignment"]] = relationship(cascade="all, delete-orphan")

    @property
    def is_name_shortened(self) -> bool:
        return LEFT_OUT in self.label


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
    sentence_key: Mapped[str] = mapped_column(String(64), default="")  # a hash of what it says
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
    # Not a foreign key: the first to say it may take it back, and this comment stays a repeat.
    duplicate_of_id: Mapped[int | None]
    campaign: Mapped[int | None]  # comments of one text that many sent have the same number
    is_rich: Mapped[bool] = mapped_column(default=False)  # long and about several things
    sentiment: Mapped[float]
    sentiment_label: Mapped[str] = mapped_column(String(20))
    ambitions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    answer: Mapped[Answer] = relationship()


class TextVector(Model):
    """What a text means, as numbers, by a hash of model and text; so nothing is read twice."""

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(String(80), index=True)
    vector: Mapped[bytes]  # float32
    used_on: Mapped[date] = mapped_column(index=True)


class AnalysisProgress(Model):
    """How far the reading of a survey has come, for those who wait for it."""

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(80))
    done: Mapped[int]
    total: Mapped[int]
    at: Mapped[datetime]


class ConfirmedTag(Model):
    """A person says which ambition a comment is about, or that none fits. The machine learns it."""

    __table_args__ = (UniqueConstraint("answer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    ambition: Mapped[str | None] = mapped_column(String(40))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime]

    confirmed_by: Mapped[Staff] = relationship()


STATES = ("accepted", "set_aside", "named", "merged")


class Theme(Model):
    """A code of the people's frame: its name, and whether it stands. Outlives runs."""

    __table_args__ = (
        CheckConstraint("state IN ('accepted', 'set_aside', 'named', 'merged')", name="state"),
        CheckConstraint("origin IN ('found', 'made', 'imported')", name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    # The finding it now rests on; a later run may move it to that run's closest finding. None for
    # a theme that a person made, or that came with a frame and was not found here.
    found_theme_id: Mapped[int | None] = mapped_column(ForeignKey("found_theme.id"))
    origin: Mapped[str] = mapped_column(String(20), default="found")
    definition: Mapped[str] = mapped_column(default="")  # what belongs here, for those who code
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    # To be looked at whatever the count: safety, the law, equality.
    is_critical: Mapped[bool] = mapped_column(default=False)
    # What came with an imported frame, so that the theme is known again without anybody's words.
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    centroid: Mapped[bytes | None]
    name: Mapped[str] = mapped_column(String(200))
    ambition: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="")  # why it was set aside
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]

    survey: Mapped[Survey] = relationship()
    found: Mapped[FoundTheme | None] = relationship()
    decided_by: Mapped[Staff] = relationship()
