"""What we ask, as rows: a survey, its versions, and their sections, questions and options.

The words are rows of their own, keyed by language and easy read, so that an answer means the
same whatever was read. People who answer never wait for these rows: they read the frozen
`surveys.definition` that is built from them.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
    column,
    exists,
    table,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from engage.extensions import Model
from engage.people.models import Organisation

# Its rows are of co_lead.models, which knows this module. Here only whether there are any is asked.
_sign_off = table("sign_off", column("survey_id", Integer))


class Survey(Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    # Demonstrations: every page that shows a number or words of this survey says so.
    is_invented: Mapped[bool] = mapped_column(default=False)
    # A co-lead has said something about it. Read only by those who ask for it.
    is_signed: Mapped[bool] = column_property(
        exists().where(_sign_off.c.survey_id == id).correlate_except(_sign_off), deferred=True
    )

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="survey", order_by="SurveyVersion.number"
    )
    co_leads: Mapped[list["SurveyPartner"]] = relationship(
        primaryjoin="and_(SurveyPartner.survey_id == Survey.id, SurveyPartner.is_co_lead)",
        viewonly=True,
    )


class SurveyPartner(Model):
    """An organisation that checks what was done about what a survey of another said."""

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]
    # Launch, themes and publication need its word too: see co_lead.
    is_co_lead: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = relationship()
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class SurveyVersion(Model):
    """The survey as one set of people saw it. Its questions never change once published."""

    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    template: Mapped[str] = mapped_column(String(80))
    template_version: Mapped[str] = mapped_column(String(20))
    audiences: Mapped[list[str]] = mapped_column(JSON)
    estimated_minutes: Mapped[int]
    starts_easy_read: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # The last day that had passed before it was moved: families count from the day they were told.
    first_closed_on: Mapped[date | None]

    survey: Mapped[Survey] = relationship(back_populates="versions")
    wordings: Mapped[list["VersionText"]] = relationship(cascade="all, delete-orphan")
    sections: Mapped[list["Section"]] = relationship(
        back_populates="version", cascade="all, delete-orphan", order_by="Section.position"
    )

    def is_open(self, now: datetime) -> bool:
        """People can answer: published, inside its dates, and nobody has closed it."""
        if self.published_at is None or self.closed_at is not None:
            return False
        has_begun = self.opens_at is None or self.opens_at <= now
        return has_begun and (self.closes_at is None or now < self.closes_at)

    def title(self, easy_read: bool = False) -> str:
        """The English title, standard where there is no easy-read one."""
        words = {text.easy_read: text.text for text in self.wordings if text.language == "en"}
        return words.get(easy_read) or words[False]


class Section(Model):
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    # "module:variant" where the section came from a module such as equality monitoring.
    module: Mapped[str | None] = mapped_column(String(120))
    show_if: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    version: Mapped[SurveyVersion] = relationship(back_populates="sections")
    wordings: Mapped[list["SectionText"]] = relationship(cascade="all, delete-orphan")
    questions: Mapped[list["Question"]] = relationship(
        back_populates="section", cascade="all, delete-orphan", order_by="Question.position"
    )


class Question(Model):
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Beside section.version_id so that the database itself keeps codes unique in a version.
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    is_required: Mapped[bool] = mapped_column(default=False)
    is_switched_on: Mapped[bool] = mapped_column(default=True)
    show_if: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    role: Mapped[str | None] = mapped_column(String(40))
    feeds_q: Mapped[str] = mapped_column(String(40), default="none")
    scale: Mapped[str | None] = mapped_column(String(40))
    ambitions: Mapped[list[str]] = mapped_column(JSON)
    outcome_bees: Mapped[list[str]] = mapped_column(JSON)
    # Limits and layout: what the template says beyond the columns above, by its own keys.
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)

    section: Mapped[Section] = relationship(back_populates="questions")
    wordings: Mapped[list["QuestionText"]] = relationship(cascade="all, delete-orphan")
    options: Mapped[list["Option"]] = relationship(
        cascade="all, delete-orphan", order_by="Option.position"
    )


class Option(Model):
    """An answer to choose. Its code is what is stored, whatever words the person read."""

    __table_args__ = (UniqueConstraint("question_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    is_missing: Mapped[bool] = mapped_column(default=False)
    is_exclusive: Mapped[bool] = mapped_column(default=False)
    takes_words: Mapped[bool] = mapped_column(default=False)
    group: Mapped[str | None] = mapped_column("option_group", String(80))
    value: Mapped[int | None]
    icon: Mapped[str | None] = mapped_column(String(40))
    weight_margin: Mapped[str | None] = mapped_column(String(40))

    wordings: Mapped[list["OptionText"]] = relationship(cascade="all, delete-orphan")


class Worded:
    """The same thing said in one language, in easy read or not."""

    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    easy_read: Mapped[bool] = mapped_column(primary_key=True)
    text: Mapped[str]


class VersionText(Worded, Model):
    version_id: Mapped[int] = mapped_column(
        ForeignKey("survey_version.id", ondelete="CASCADE"), primary_key=True
    )


class SectionText(Worded, Model):
    section_id: Mapped[int] = mapped_column(
        ForeignKey("section.id", ondelete="CASCADE"), primary_key=True
    )


class QuestionText(Worded, Model):
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )


class OptionText(Worded, Model):
    option_id: Mapped[int] = mapped_column(
        ForeignKey("option.id", ondelete="CASCADE"), primary_key=True
    )


class Translation(Model):
    """How far we may trust a version's words in one language, and who last changed them."""

    __table_args__ = (UniqueConstraint("version_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(20))  # see translation.Status
    # A person or an organisation, in words; empty until somebody has checked.
    checked_by: Mapped[str] = mapped_column(String(200), default="")
    # Never the same twice in one version: what is kept in memory is known by the newest.
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class QuestionMedia(Model):
    """A recorded sound of a question, or a video that signs it. The files are in a folder.

    What is taken away stays as a row without a file: what is kept in memory is known by the
    newest `changed_at` of the version, which must never go back.
    """

    __table_args__ = (UniqueConstraint("version_id", "code", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))  # of the question
    kind: Mapped[str] = mapped_column(String(20))  # see media_checks: SOUND, SIGNS
    language: Mapped[str] = mapped_column(String(12))
    file_digest: Mapped[str] = mapped_column(String(64), index=True)
    content_type: Mapped[str] = mapped_column(String(40))
    captions_digest: Mapped[str] = mapped_column(String(64), default="", index=True)
    # Empty for a sound that says the question's own words.
    transcript: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
