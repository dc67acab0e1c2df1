"""What waits for a co-lead, and where everything stands, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engage.clock import day_of
from engage.loop.co_lead import queries
from engage.loop.co_lead.queries import Asked
from engage.people.models import Organisation
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead import signing
from engage.surveys.co_lead.models import SignOff
from engage.surveys.co_lead.signing import CHANGED, WAITING, Thing
from engage.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one thing stands with one co-lead, and how many days it has waited for a word."""

    survey: Survey
    thing: Thing
    organisation: Organisation
    state: str
    days: int | None
    last: SignOff | None  # its last word, perhaps on other words

    @property
    def waits(self) -> bool:
        return self.state in (WAITING, CHANGED)

    @property
    def is_long(self) -> bool:
        return self.waits and self.days is not None and signing.is_long(self.days)


def for_co_lead(organisation: Organisation, today: date) -> list[Standing]:
    """Everything that waits for this organisation, what has waited longest first."""
    found = [
        each
        for survey in signed.surveys_led_by(organisation.id)
        for each in of_survey(survey, [organisation], today)
        if each.waits
    ]
    return sorted(found, key=lambda each: -(each.days or 0))


def of_survey(survey: Survey, co_leads: Sequence[Organisation], today: date) -> list[Standing]:
    """Where the launch, each theme and each answer that was asked about stands."""
    rows = signed.sign_offs_of(survey.id)
    return [
        Standing(
            survey=survey,
            thing=asked.thing,
            organisation=each,
            state=signing.standing(rows, each.id, asked.thing),
            days=_days(asked, today),
            last=next(reversed(signing.words_on(asked.thing.key, rows, each.id)), None),
        )
        for asked in everything(survey, rows)
        for each in co_leads
    ]


def everything(survey: Survey, rows: Sequence[SignOff]) -> list[Asked]:
    launch = queries.launch_of(survey)
    return [
        *([launch] if launch else []),
        *queries.themes_of(survey.id, rows),
        *queries.answers_of(survey.id),
    ]


def _days(asked: Asked, today: date) -> int | None:
    return signing.days_waited(day_of(asked.since), today) if asked.since else None
