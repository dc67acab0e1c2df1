"""Who replied to any survey that asks what people are, counted by one thing at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from engage.clock import day_of
from engage.extensions import db
from engage.indicators.feeding.queries import definitions_of, settings_of
from engage.indicators.missing.findings import LEFT_OUT, NOT_SAID
from engage.indicators.q.feeds import Feed, playing
from engage.indicators.q.replying import CALLED_AS_ANSWERED, replies
from engage.indicators.q.series import (
    PARTS,
    SERIES_OF_AUDIENCE,
    VARIABLES,
    Reply,
    Source,
    counted,
)
from engage.responses.models import Response
from engage.surveys.definition import OptionDefinition, QuestionDefinition
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
    feed = _feed(survey)
    names = _names(feed)
    people = replies(feed)
    series = SERIES_OF_AUDIENCE.get(audience or "")
    return Gathered(
        audience=audience,
        total=len(people),
        by_variable={
            name: dict.fromkeys(words, 0) | Counter(_cell(each, name, series) for each in people)
            for name, words in names.items()
        },
        by_channel=_by_channel(feed),
        by_day=Counter(day_of(each.sent_at).isoformat() for each in people),
        names=names,
    )


def _cell(person: Reply, name: str, series: str | None) -> str:
    """A survey that is no series of q has no rule of who counts."""
    if series and not counted(series, [person]):
        return LEFT_OUT
    return person.is_like.get(name) or NOT_SAID


def _feed(survey: Survey) -> Feed:
    """The survey as what q reads, whether or not it feeds q, and without what people thought."""
    definitions = definitions_of(survey)
    nothing: dict[str, dict[str, str]] = {}
    source = Source(
        *(survey.id, survey.slug, "", "", ""), survey.is_invented, None, nothing, (), None, None
    )
    settings = {**settings_of(survey), **dict.fromkeys(PARTS, "")}
    return Feed(source, definitions, settings)


def _names(feed: Feed) -> dict[str, dict[str, str]]:
    """What each category is called, in the order of the answers; the newest version comes first."""
    found: dict[str, dict[str, list[str]]] = {}
    for definition in feed.definitions.values():
        asked = playing(definition, feed.settings)
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
        category = _category(name, option)
        if category and category not in known:
            found.setdefault(category, []).append(pick(option.wordings, ENGLISH, False).text)


def _category(name: str, option: OptionDefinition) -> str | None:
    if option.is_missing:
        return None
    return option.weight_margin or (option.code if name in CALLED_AS_ANSWERED else None)


def _by_channel(feed: Feed) -> dict[str, int]:
    rows = db.session.execute(
        select(Response.channel, func.count(Response.id))
        .where(Response.version_id.in_(feed.definitions), Response.submitted_at.is_not(None))
        .group_by(Response.channel)
    )
    return {row[0]: row[1] for row in rows}
