"""A county's framework as frozen values. Names are the official ones, letter for letter. Pure."""

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from pydantic import Field

from engage.framework.printed import (
    Baseline,
    Channel,
    Claim,
    EngagementActivity,
    OpenQuestion,
    OutsideFigure,
    SourceDocument,
    Strategy,
    UnitSum,
)
from engage.framework.value import Value


class SubTheme(Value):
    code: str
    name: str
    description: str
    easy_read: str


class Anchor(Value):
    """An invented comment that shows what belongs here. Never shown as something said."""

    text: str
    voice: str
    tone: str
    sub: str
    bee: str | None = None  # where it speaks for one of the Outcome Bees


class WhatItMeans(Value):
    description: str
    easy_read: str


class Ambition(Value):
    code: str
    number: int
    strategy: str
    name: str
    short_name: str
    colour: str
    icon: str
    description: str
    easy_read: str
    what_it_means: WhatItMeans | None = None
    keywords: tuple[str, ...]
    sub_themes: tuple[SubTheme, ...]
    anchors: tuple[Anchor, ...]


class Area(Value):
    code: str
    number: int
    short_name: str
    label: str
    easy_read_label: str
    towns: tuple[str, ...]
    districts: tuple[str, ...]
    valid_from: str
    valid_to: str | None


class OtherAreaAnswer(Value):
    """An answer to "where do you live?" that is no area."""

    code: str
    label: str
    easy_read_label: str
    offer: str
    missing: bool


class PostcodeDistrict(Value):
    """A helper that suggests an area. The postcode itself is never kept."""

    district: str
    default_area: str | None
    must_ask: bool
    could_be: tuple[str, ...] = ()
    check_outside: bool = False  # much of the district lies in another county


class Audience(Value):
    code: str
    in_templates: bool
    label: str
    label_easy: str
    quote_label: str
    quote_label_easy: str
    description: str
    easy_read: str


class PartnerOrganisation(Value):
    code: str
    name: str
    short_name: str
    type: str
    parent: str | None = None
    role: str = ""
    easy_read: str = ""


class Indicator(Value):
    """An indicator of a strategy. Without a name where the source does not print one."""

    code: str
    strategy: str
    letter: str | None = None
    bee: str | None = None
    name: str | None = None
    short_name: str | None = None
    unit: str | None
    direction: str | None
    outcomes: tuple[str, ...] = ()
    measured_by: str
    platform_series: tuple[str, ...] = ()
    description: str
    easy_read: str


class Series(Value):
    """A line this platform measures: which questions, whose answers, for which indicator."""

    code: str
    label: str
    feeds_q: tuple[str, ...]
    audience: str | None
    indicator: str | None
    unit: str
    direction: str
    description: str
    easy_read: str


class OutcomeVersion(Value):
    code: str
    strategy: str
    name: str


class Outcome(Value):
    code: str
    number: int
    short_name: str
    description: str
    easy_read: str
    versions: tuple[OutcomeVersion, ...]


class OutcomeBee(Value):
    code: str
    key: str
    version: str
    name: str
    parent: str | None
    overarching: bool = False
    description: str
    easy_read: str


class ServedBee(Value):
    """An ambition and an Outcome Bee it serves, as the pack reads it: how surely, and why.

    The strategies print no such map, and pages say so too.
    """

    ambition: str = Field(validation_alias="from")
    bee: str = Field(validation_alias="to")
    confidence: Literal["exact", "close", "judgement"]
    reason: str


class Promise(Value):
    """One thing the county promised of how it speaks with families."""

    code: str
    name: str = ""
    short_name: str = ""
    description: str


class Pledge(Value):
    """One of the changes that the strategy promises by name, and the ambitions it rests on.

    Pages call it a promise. Here `Promise` is of how staff speak, which is another list.
    """

    code: str
    number: int
    strategy: str
    name: str
    ambitions: tuple[str, ...]
    description: str
    easy_read: str
    source: str


class Term(Value):
    code: str
    term: str
    kind: str
    plain: str
    easy_read: str
    stands_for: str | None = None
    avoid_in_easy_read: bool = False
    say_instead: str | None = None
    aliases: tuple[str, ...] = ()


class Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)


class Pack(Value):
    """Everything a county calls its own."""

    code: str
    county: str
    ambitions: tuple[Ambition, ...]
    areas: tuple[Area, ...]
    other_area_answers: tuple[OtherAreaAnswer, ...]
    postcode_districts: tuple[PostcodeDistrict, ...]
    audiences: tuple[Audience, ...]
    organisations: tuple[PartnerOrganisation, ...]
    indicators: tuple[Indicator, ...]
    series: tuple[Series, ...]
    outcomes: tuple[Outcome, ...]
    outcome_bees: tuple[OutcomeBee, ...]
    glossary: tuple[Term, ...]
    # What a county may have beside these.
    sources: tuple[SourceDocument, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    channels: tuple[Channel, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    outside_figures: tuple[OutsideFigure, ...] = ()
    units: tuple[str, ...] = ()  # of the counts of activities, and never added to each other
    activities: tuple[EngagementActivity, ...] = ()
    sums_by_unit: tuple[UnitSum, ...] = ()
    claims: tuple[Claim, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    promises: tuple[Promise, ...] = ()  # of how staff speak with families
    pledges: tuple[Pledge, ...] = ()  # what the strategy says will be different
    served_bees: tuple[ServedBee, ...] = ()
    crosswalk_is_draft: bool = True  # nobody has agreed yet which bees are served

    @property
    def place(self) -> str:
        return f"{self.county} SEND partnership"

    def ambition(self, code: str) -> Ambition:
        return _of_code(self.ambitions, code)

    def area(self, code: str) -> Area:
        return _of_code(self.areas, code)

    def audience(self, code: str) -> Audience:
        return _of_code(self.audiences, code)

    def indicator(self, code: str) -> Indicator:
        return _of_code(self.indicators, code)

    def questions_about(self, code: str) -> list[OpenQuestion]:
        """What nobody could answer yet about the thing of that code."""
        return [question for question in self.open_questions if code in question.affects]

    def outcome_bee(self, code: str) -> OutcomeBee:
        return _of_code(self.outcome_bees, code)

    def behind(self, bee: str) -> list[ServedBee]:
        """Why answers about these ambitions stand under that bee."""
        return [each for each in self.served_bees if each.bee == bee]


def _of_code(things: Iterable[C], code: str) -> C:
    """The thing of that code. Raises LookupError where there is none."""
    for thing in things:
        if thing.code == code:
            return thing
    raise LookupError(f"the pack has no {code!r}")
