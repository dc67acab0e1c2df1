"""Which of the published answers a page, a file, a feed or a poster is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, url_for

from engage.framework import Ambition, Area
from engage.framework.pack import OutcomeBee
from engage.loop import queries
from engage.loop.co_lead.public import public_ambition
from engage.loop.models import Action
from engage.mail import public_address
from engage.responses.models import Snapshot
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.the_pack import the_pack

PAGE = "loop_public."


@dataclass(frozen=True, slots=True)
class Scope:
    """Some of the answers: all, a survey's, an ambition's, an Outcome Bee's or an area's.

    `page` is the endpoint of its page. Its other forms are called after it: ambition_feed.
    """

    page: str
    actions: Sequence[Action]
    snapshots: Mapping[int, Snapshot]
    forms: Sequence[str]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_invented(self) -> bool:
        return any(action.theme.survey.is_invented for action in self.actions)

    @property
    def is_all_invented(self) -> bool:
        return all(action.theme.survey.is_invented for action in self.actions)

    def url(self, form: str = "", **query: Any) -> str:
        name = f"{self.page}_{form}" if form else self.page
        return url_for(PAGE + name, **{**self.values, **query})

    def address(self, form: str = "", **query: Any) -> str:
        """The same for elsewhere: whole, and as whoever comes there likes pages to look."""
        return public_address(self.url(form, **{"look": None, **query}))

    def ways(self, easy_read: bool) -> dict[str, str]:
        """The other forms that it has, each with its address."""
        read = "easy" if easy_read else None
        # Data hold both readings at once.
        return {form: self.url(form, read=None if form == "json" else read) for form in self.forms}


def everything() -> Scope:
    actions = queries.published_actions()
    return Scope("you_said_we_did", actions, _counts(actions), ("json", "feed"))


def of_survey(survey: Survey) -> Scope:
    actions, snapshots = queries.published_actions(survey.id), queries.loop_snapshots([survey.id])
    forms = ("poster", "json", "feed")
    return Scope("survey", actions, snapshots, forms, {"slug": survey.slug})


def of_ambition(ambition: Ambition) -> Scope:
    actions = _about([ambition.code])
    forms = ("poster", "json", "feed")
    return Scope("ambition", actions, _counts(actions), forms, {"code": ambition.code})


def of_bee(bee: OutcomeBee) -> Scope:
    actions = _about([each.ambition for each in the_pack().behind(bee.code)])
    return Scope("bee", actions, _counts(actions), ("json",), {"code": bee.code})


def of_area(area: Area) -> Scope:
    """What is said of that area and then, since it holds there too, of the whole county."""
    every = queries.published_actions()
    actions = [each for each in every if area.code in each.areas]
    actions += [each for each in every if not each.areas]
    return Scope("area", actions, _counts(actions), ("json",), {"code": area.code})


def ambition_or_404(code: str) -> Ambition:
    return next((each for each in the_pack().ambitions if each.code == code), None) or abort(404)


def bee_or_404(code: str) -> OutcomeBee:
    """A bee that an ambition leads to. Of the others nothing could be told honestly."""
    every = (each.code for each in the_pack().ambitions)
    return next((each for each in led_to(*every) if each.code == code), None) or abort(404)


def area_or_404(code: str) -> Area:
    return next((each for each in the_pack().areas if each.code == code), None) or abort(404)


def led_to(*ambitions: str) -> list[OutcomeBee]:
    """The bees that any of these ambitions leads to, in the pack's order."""
    pack = the_pack()
    bees = {each.bee for each in pack.served_bees if each.ambition in ambitions}
    return [bee for bee in pack.outcome_bees if bee.code in bees]


def versions_of(scope: Scope) -> dict[int, SurveyVersion]:
    """The surveys that these answers come from, as last published."""
    return queries.published_versions({action.theme.survey_id for action in scope.actions})


def _about(ambitions: Sequence[str]) -> list[Action]:
    return [each for each in queries.published_actions() if public_ambition(each) in ambitions]


def _counts(actions: Sequence[Action]) -> dict[int, Snapshot]:
    return queries.loop_snapshots({action.theme.survey_id for action in actions})
