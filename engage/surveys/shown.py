"""A version as staff pages show it: its state and its days."""

from datetime import date, datetime

from engage.surveys.definition import SurveyDefinition, optional_questions
from engage.surveys.models import SurveyVersion
from engage.surveys.timing import State, first_day, last_day, state


class ShownVersion:
    """Facts of a version at one moment."""

    def __init__(self, version: SurveyVersion, now: datetime) -> None:
        self.slug = version.survey.slug
        self.number = version.number
        self.title = version.title()
        self.title_easy = version.title(easy_read=True)
        self.audiences = list(version.audiences)
        self.minutes = version.estimated_minutes
        self.template = version.template
        self.is_invented = version.survey.is_invented
        self.state = state(version, now)
        self.first_day = first_day(version.opens_at) if version.opens_at else None
        self.last_day = last_day(version.closes_at) if version.closes_at else None
        self.was_closed_on: date | None = None
        if version.closed_at is not None:
            self.was_closed_on = first_day(version.closed_at)

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_live(self) -> bool:
        """Published and not closed by anybody: its last day may still be moved."""
        return not self.is_draft and self.was_closed_on is None

    def details(self, definition: SurveyDefinition) -> dict[str, object]:
        """What the form for a draft starts with."""
        return {
            "title": self.title,
            "title_easy": self.title_easy,
            "audiences": self.audiences,
            "opens_on": self.first_day,
            "closes_on": self.last_day,
            "questions": [q.code for q in optional_questions(definition) if q.is_switched_on],
        }
