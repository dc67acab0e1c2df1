"""Who replied to any survey that asks what people are, counted by one thing at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from engage.clock import day_of
from engage.extensions import db
from engage.indicators.feeding.queries import definitions_of, settings_of
from engage.indicators.missing.findings import LEFT_OUT, NOT_SAID
from engage.indicators.q.feeds import Asking
from engage.indicators.q.replying import replies
from engage.indicators.q.series import (
    PARTS,
    SERIES_OF_AUDIENCE,
    VARIABLES,
    Reply,
    category_of,
    counted,
)
from engage.responses.models import Response
from engage.surveys.definition import QuestionDefinition
from engage.surveys.models import Survey
from engage.surveys.wording import ENGLISH, pick

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Exact counts of everybody who replied. `names` has the words of each category by variable.

    Each table of `by_variable` counts everybody, with those who did not say, and those whose
    answers do not count: so that no two totals can be subtracted to find a few people.
    """

    audience: str | None  # None where the survey is for several
    total: int
    by_variable: Mapping[str, Counts]
    by_channel: Counts
    by_day: Counts
    names: Mapping[str, Mapping[str, str]]


def gather(survey: Survey) -> Gathered:
    audiences = survey.versions[-1].audiences
    audience = audiences[0] if len(audiences) == 1 else None
    asking = _asking(survey)
    names = _names(asking)
    people = replies(asking)
    series = SERIES_OF_AUDIENCE.get(audience or "")
    return Gathered(
        audience=audience,
        total=len(people),
        by_variable={
            name: dict.fromkeys(words, 0) | Counter(_cell(each, name, series) for each in people)
            for name, words in names.items()
        },
        by_channel=_by_channel(asking),
        by_day=Counter(day_of(each.sent_at).isoformat() for each in people),
        names=names,
    )


def _cell(person: Reply, name: str, series: str | None) -> str:
    """A survey that is no series of q has no rule of who counts."""
    if series and not counted(series, [person]):
        return LEFT_OUT
    return person.is_like.get(name) or NOT_SAID


def _asking(survey: Survey) -> Asking:
    """What q would read, whether or not it feeds q, and without what people thought."""
    settings = {**settings_of(survey), **dict.fromkeys(PARTS, "")}
    return Asking(definitions_of(survey), settings)


def _names(asking: Asking) -> dict[str, dict[str, str]]:
    """What each category is called, in the order of the answers; the newest version comes first."""
    found: dict[str, dict[str, list[str]]] = {}
    for definition in asking.definitions.values():
        asked = asking.asked(definition)
        for name, role in VARIABLES.items():
            if role in asked:
                _add_names(found.setdefault(name, {}), name, asked[role])
    return {
        name: {category: " / ".join(each) for category, each in words.items()}
        for name, words in found.items()
    }


def _add_names(found: dict[str, list[str]], name: str, question: QuestionDefinition) -> None:
    known = {*found}
    for option in question.options:
        category = category_of(name, option)
        if category and category not in known:
            found.setdefault(category, []).append(pick(option.wordings, ENGLISH, False).text)


def _by_channel(asking: Asking) -> dict[str, int]:
    rows = db.session.execute(
        select(Response.channel, func.count(Response.id))
        .where(Response.version_id.in_(asking.definitions), Response.submitted_at.is_not(None))
        .group_by(Response.channel)
    )
    return {row[0]: row[1] for row in rows}
