"""What q is made of: its series and parts, one person's reply, and the survey it came by. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engage.indicators.q.calculations import CONFIDENT, Grade, Value
from engage.indicators.q.weighted import Population
from engage.surveys.definition import OptionDefinition

HEADLINE = "headline"
CONFIDENCE = "confidence"
DOMAINS = (
    "domain_needs",
    "domain_listened",
    "domain_comms",
    "domain_joined",
    "domain_timely",
    "domain_info",
)
PARTS = (HEADLINE, *DOMAINS, CONFIDENCE)
POSITIVE = {CONFIDENCE: CONFIDENT}

SERIES_OF_AUDIENCE = {"parent_carer": "q-PC", "young_person": "q-YP"}
AUDIENCE_OF_SERIES = {series: audience for audience, series in SERIES_OF_AUDIENCE.items()}
OUTSIDE = "outside"  # the answer "outside the county" to where people live

# What a person is, for weighting and for who is missing: the role of the question that asks.
VARIABLES = {
    "area": "weight_area",
    "support": "weight_support",
    "phase": "weight_phase",
    "setting": "setting",
}

SOMEONE_ELSE = "proxy_for"  # the answer that says a young person could not answer
CALLED_AS_ANSWERED = frozenset({"area", "setting"})


def category_of(variable: str, option: OptionDefinition) -> str | None:
    """What the census would call those who choose it, which for some is the very answer."""
    if option.is_missing:
        return None
    return option.weight_margin or (option.code if variable in CALLED_AS_ANSWERED else None)


@dataclass(frozen=True, slots=True)
class Reply:
    """One person's answers. A part the survey did not ask is absent, an unanswered one None.

    `is_like` has a category, or None, for each of VARIABLES that the survey asks.
    """

    values: Mapping[str, Value]
    area: str | None
    sent_at: datetime
    is_easy_read: bool = False
    is_three_point: bool = False
    said_for_them: bool = False  # someone answered for a young person who could not
    is_like: Mapping[str, str | None] = field(default_factory=dict)
    weight: float = 1.0  # set once all who replied are known; mean 1


@dataclass(frozen=True, slots=True)
class Ways:
    """How people took part in a survey, in exact counts. Empty where nobody counted.

    `channels` and `who_answered` count everybody who sent an answer. `given` counts the answers
    to each part, "don't know" too, among those who are counted in q.
    """

    channels: Mapping[str, int] = field(default_factory=dict)
    who_answered: Mapping[str, int] = field(default_factory=dict)
    who_named: Mapping[str, str] = field(default_factory=dict)  # the words of each answer
    given: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A survey that feeds q. `wordings` has each part's standard and easy-read words."""

    survey_id: int
    slug: str
    series: str
    title: str
    title_easy: str
    is_invented: bool
    scale: str | None
    wordings: Mapping[str, Mapping[str, str]]
    earlier_headlines: Sequence[Mapping[str, str]]  # of older versions, where they differ
    opened_on: date | None
    closes_on: date | None
    grade: Grade = "B"  # an open link, unless somebody says how else people were found
    invited: int | None = None  # how many were sent a link of their own; of grade A
    population: Population | None = None  # what those it speaks for are like
    asked: Mapping[str, str] = field(default_factory=dict)  # the questions of each part
    organisation: str = ""
    settings_named: Mapping[str, str] = field(default_factory=dict)  # kinds of setting, in words
    ways: Ways = field(default_factory=Ways)  # how people took part, as far as it was counted


def counted(series: str, replies: Sequence[Reply]) -> list[Reply]:
    """The replies the definition speaks of: nobody else's voice, nobody from elsewhere."""
    return [reply for reply in replies if not _left_out(series, reply)]


def _left_out(series: str, reply: Reply) -> bool:
    if series == "q-YP":
        return reply.said_for_them
    return reply.area == OUTSIDE


def answered(people: Sequence[Reply], part: str) -> list[Reply]:
    """Those who gave a view of that part."""
    return [reply for reply in people if reply.values.get(part) is not None]


def newcomers(people: Sequence[Reply], part: str, as_of: str) -> int:
    """How many have given a view of that part since."""
    since = datetime.fromisoformat(as_of)
    return sum(reply.sent_at > since for reply in answered(people, part))
