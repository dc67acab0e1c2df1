"""What people said, and the counts that were made public."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model
from engage.surveys.models import Question, Survey, SurveyVersion


class Response(Model):
    """A draft until it is sent. It knows a way in and a day; no address, no device, no name.

    A draft keeps what was said in one place, so that a page costs one read and one write.
    Sending makes an `Answer` of each, and only those are ever read by staff.
    """

    __table_args__ = (
        Index("ix_response_sent", "version_id", "submitted_at"),
        # An imported file says which of its rows this was, so that importing again adds nothing.
        UniqueConstraint("version_id", "import_key"),
        # A number is never used again: an alert outlives the response it names.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The token as only the words of the code can read it: the way back on another device.
    token_sealed: Mapped[str] = mapped_column(String(32), default="")
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    # web, import, demo; paper and kiosk in a later round
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12), default="en")
    easy_read: Mapped[bool] = mapped_column(default=False)
    look: Mapped[str] = mapped_column(String(40), default="")  # see web.display
    started_on: Mapped[date]
    last_used_on: Mapped[date | None]
    # Until it is sent, by question code: the value and the words beside "other".
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[datetime | None]
    import_key: Mapped[str | None] = mapped_column(String(64))
    # How soon a person should read the words: 0 in turn, up to 3 at once. See safeguarding.rules.
    urgency: Mapped[int] = mapped_column(default=0)
    # The words are with the safeguarding lead alone until they have decided.
    is_held: Mapped[bool] = mapped_column(default=False)
    words_read_at: Mapped[datetime | None]
    words_read_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    version: Mapped[SurveyVersion] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="response", cascade="all, delete-orphan"
    )


class Answer(Model):
    """One answer. `value`: a code, a list of codes, words, or codes by looped item or statement."""

    __table_args__ = (
        UniqueConstraint("response_id", "question_id"),
        # A number is never used again: earlier runs quote answers by it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    value: Mapped[Any] = mapped_column(JSON)
    # "Other, please say": the words by the code of the option they stand beside.
    other_words: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))

    response: Mapped[Response] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()


class NotUnderstood(Model):
    """Somebody said "I don't understand this question". Kept even if they never sent the rest."""

    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)


class Snapshot(Model):
    """Public numbers as they stood once. Pages read these and never count live."""

    __table_args__ = (Index("ix_snapshot_latest", "survey_id", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # None for the figures of the whole county, which no single survey gives.
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"))
    # loop, loop_rate, q, pulse, county, coded, or of a report
    kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    # Exact, for the rule that the next needs 10 new answers. Never shown.
    answers_counted: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Unrounded, to rule chance out when the next wave comes. Exact bases too, also of an area that
    # one person is in; never shown.
    exact: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    checksum: Mapped[str] = mapped_column(String(64))

    survey: Mapped[Survey | None] = relationship()
