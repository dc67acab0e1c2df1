"""What is known of how a survey's comments were read. Nothing of anybody who answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from engage.analysis import queries as analysis
from engage.analysis.checking import queries as checking
from engage.analysis.checking.models import CheckCoding, CheckItem, CheckRound
from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.extensions import db
from engage.responses.disclosure import SMALLEST_BASE
from engage.surveys.models import Survey, SurveyVersion

# From how many comments which word holds: no page gives the number itself.
SIZES = ((1000, "thousands"), (100, "hundreds"), (30, "dozens"), (0, "few"))


@dataclass(frozen=True)
class Check:
    """The last round of double-coding that ended: mean kappas, each with its comments.

    `between_people_on`: comments that two people or more coded; `with_machine_on`: that anybody
    coded, since the machine had put each of them somewhere or nowhere.
    """

    ended_at: datetime
    between_people: float | None
    between_people_on: int
    with_machine: float | None
    with_machine_on: int

    @property
    def is_enough(self) -> bool:
        """Enough comments to tell the public; fewer say more of luck than of the machine."""
        return self.with_machine_on >= SMALLEST_BASE

    def for_public(self) -> "Check":
        """The same without a figure of people among themselves that rests on too few comments."""
        if self.between_people_on >= SMALLEST_BASE:
            return self
        return replace(self, between_people=None)


@dataclass(frozen=True)
class HowRead:
    """The latest run, as far as it says something of the machine and of what people decided."""

    read_at: datetime
    method: str
    size: str
    groups: int
    accepted: int
    set_aside: int
    made_by: Mapping[str, Any]
    check: Check | None

    @property
    def is_grouped_only(self) -> bool:
        return self.method == "grouped_reading"

    @property
    def settings(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.made_by.get("settings", {})
        return found

    @property
    def versions(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.made_by.get("versions", {})
        return found

    @property
    def checksums(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.made_by.get("checksums", {})
        return found

    def for_public(self) -> "HowRead":
        return replace(self, check=self.check.for_public()) if self.check else self


def how_read(survey_id: int) -> HowRead | None:
    """None where the machine has read nothing yet."""
    run = analysis.latest_run(survey_id)
    if run is None:
        return None
    states = _states(survey_id)
    return HowRead(
        read_at=run.finished_at,
        method=run.method,
        size=next(word for least, word in SIZES if run.comments_read >= least),
        groups=_groups(run),
        accepted=states.get("accepted", 0),
        set_aside=states.get("set_aside", 0),
        made_by=run.made_by or {},
        check=last_check(survey_id),
    )


def _groups(run: AnalysisRun) -> int:
    counted = select(func.count()).select_from(FoundTheme).where(FoundTheme.run_id == run.id)
    return db.session.scalar(counted) or 0


def _states(survey_id: int) -> dict[str, int]:
    counted = select(Theme.state, func.count()).where(Theme.survey_id == survey_id)
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Theme.state))}


def last_check(survey_id: int) -> Check | None:
    """Of the last round that ended and in which somebody coded."""
    for round in checking.rounds_of(survey_id):
        if round.ended_at is None or not (found := checking.results_of(round)).comparisons:
            continue
        coders = _coders_by_comment(round)
        return Check(
            ended_at=round.ended_at,
            between_people=found.mean_between_people,
            between_people_on=sum(people > 1 for people in coders),
            with_machine=found.mean_with_machine,
            with_machine_on=len(coders),
        )
    return None


def _coders_by_comment(round: CheckRound) -> list[int]:
    """How many people coded each comment of the round that anybody coded."""
    counted = (
        select(func.count(CheckCoding.coder_id))
        .join(CheckItem, CheckItem.id == CheckCoding.item_id)
        .where(CheckItem.round_id == round.id)
        .group_by(CheckCoding.item_id)
    )
    return list(db.session.scalars(counted))


# ---- which surveys the public may read of


def explained_survey(slug: str, now: datetime) -> Survey | None:
    """A survey that people can answer now, or of which answers are public."""
    survey = db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()
    if survey is None or not any(version.published_at for version in survey.versions):
        return None
    is_open = any(version.is_open(now) for version in survey.versions)
    return survey if is_open or _has_public_answers(survey.id) else None


def _has_public_answers(survey_id: int) -> bool:
    # The loop comes after this package and cannot be asked; its table can.
    action = db.metadata.tables["action"]
    public = and_(action.c.published_at.is_not(None), action.c.withdrawn_at.is_(None))
    found = (
        select(action.c.id)
        .join(Theme, Theme.id == action.c.theme_id)
        .where(public, Theme.survey_id == survey_id, Theme.state == "accepted")
    )
    return db.session.scalar(found.limit(1)) is not None


def published_version(survey: Survey) -> SurveyVersion:
    """The last that people were asked, with its titles."""
    return next(version for version in reversed(survey.versions) if version.published_at)
