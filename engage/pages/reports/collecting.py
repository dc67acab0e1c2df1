"""What a report is made from, read once and kept as plain values: the data of its snapshot.

Only what everyone may read: published answers, accepted themes, and numbers of snapshots. What
people said in their own words is not in it. Quotes are asked for when a report is shown, so that
one that was taken down is gone from every form at once.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from engage.analysis.models import Theme
from engage.clock import day_of
from engage.extensions import db
from engage.framework import Pack
from engage.loop import lifecycle, queries
from engage.loop.board import counts_of
from engage.loop.co_lead.public import public_ambition, public_name
from engage.loop.lifecycle import Course
from engage.loop.models import Action
from engage.loop.pairs import Pair, Reading, audience_name, days_late, pair
from engage.pages.reports import figures_of_q, how_we_answer, local_offer
from engage.pages.reports.years import Year
from engage.responses.models import Snapshot
from engage.surveys.models import SurveyVersion
from engage.surveys.the_pack import the_pack
from engage.surveys.timing import closing_day
from engage.web.i18n import long_day

FORMAT, FORMAT_VERSION = "engage-report", 1
REG56, ANNUAL = "reg56", "annual"
KINDS = (REG56, ANNUAL)
RULE = "Counts under 10 are null. The rest are rounded to the nearest 5."
# Of an answer, what is kept in each reading. The rest is the same in both.
IN_EACH_READING = ("you_said", "answer", "instead", "challenge_text", "families", "checked")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report, and when it is made. `place` is who makes it, `asks` whose staff look."""

    kind: str
    year: Year
    now: datetime
    place: str
    asks: int | None = None

    @property
    def today(self) -> date:
        return day_of(self.now)


@dataclass(frozen=True, slots=True)
class Source:
    """The surveys of the year, as last published, and their last public counts.

    `asked` has the versions that were open in the year, the first first.
    """

    versions: Mapping[int, SurveyVersion]
    asked: Mapping[int, Sequence[SurveyVersion]]
    snapshots: Mapping[int, Snapshot]
    pack: Pack


def collect(wanted: Wanted, source: Source | None = None) -> Data:
    """Everything the report says, as it stands now. Writes nothing.

    `source`: of that year and moment, where it was read already.
    """
    source = source or source_of(wanted.year, wanted.now)
    with force_locale("en"):  # the words of answers are English; a report is one document
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "kind": wanted.kind,
            "year": wanted.year.code,
            "from": wanted.year.begins.isoformat(),
            "to": wanted.year.ends.isoformat(),
            "made_on": wanted.today.isoformat(),
            "is_over": wanted.year.is_over(wanted.today),
            "place": wanted.place,
            "is_invented": is_invented(source),
            "rule": RULE,
            "surveys": [_survey(source.asked[id], source) for id in source.versions],
            **themes(source, wanted),
            **_of_kind(wanted, source),
        }


def _of_kind(wanted: Wanted, source: Source) -> Data:
    if wanted.kind == REG56:
        return {"figures": local_offer.figures(source.versions.values(), wanted.asks, wanted.now)}
    return {
        "ambitions": [
            each.model_dump(include={"code", "number", "name", "short_name"})
            for each in source.pack.ambitions
        ],
        "q": figures_of_q.cards(wanted.year, source.pack.areas, is_invented(source)),
        "in_time": how_we_answer.in_time(wanted.year, wanted.now, is_invented(source)),
        "promises": how_we_answer.promises(
            wanted.year, wanted.now, is_invented(source), source.pack
        ),
    }


# ---- the surveys


def source_of(year: Year, now: datetime) -> Source:
    """Made-up surveys count only where there is no real one."""
    asked = _asked_in(year, now)
    every = queries.published_versions(asked)
    real = {id: each for id, each in every.items() if not each.survey.is_invented}
    found = dict(sorted((real or every).items()))
    return Source(found, asked, queries.loop_snapshots(found), the_pack())


def _asked_in(year: Year, now: datetime) -> dict[int, list[SurveyVersion]]:
    """By survey. What closes and opens again later was not open between."""
    published = select(SurveyVersion).where(SurveyVersion.published_at.is_not(None))
    found: dict[int, list[SurveyVersion]] = {}
    for version in db.session.scalars(published.order_by(SurveyVersion.number)):
        if was_asked_in(year, version, now):
            found.setdefault(version.survey_id, []).append(version)
    return found


def was_asked_in(year: Year, version: SurveyVersion, now: datetime) -> bool:
    """It was open on a day of the year that is not still to come."""
    began, ended = version.opens_at or version.published_at, closing_day(version)
    if began is None or began > now:
        return False
    was_open = ended is None or day_of(began) <= ended
    return was_open and year.overlaps(began, ended)


def _when(version: SurveyVersion) -> str:
    # Until the day when it really ended. A last day that was moved, `first_closed_on`, is what the
    # clocks count from; people could answer after it.
    began, ended = version.opens_at or version.published_at, closing_day(version)
    start = long_day(began) if began else ""
    if ended is None:
        return str(_("Since %(day)s", day=start))
    return str(_("%(start)s to %(end)s", start=start, end=long_day(ended)))


def is_invented(source: Source) -> bool:
    return any(each.survey.is_invented for each in source.versions.values())


def first_asked() -> date | None:
    """When the first survey was published that everyone can know of."""
    first = select(SurveyVersion.published_at).where(SurveyVersion.published_at.is_not(None))
    found = db.session.scalar(first.order_by(SurveyVersion.published_at).limit(1))
    return day_of(found) if found else None


def _survey(asked: Sequence[SurveyVersion], source: Source) -> Data:
    """`asked`: its versions of the year. The last one gives its name."""
    version = asked[-1]
    audiences = list(dict.fromkeys(code for each in asked for code in each.audiences))
    counted = source.snapshots.get(version.survey_id)
    shown: Mapping[str, int | None] = counted.data["audiences"] if counted else {}
    return {
        "slug": version.survey.slug,
        "title": {"standard": version.title(), "easy_read": version.title(True)},
        "organisation": version.survey.organisation.name,
        "asked": [audience_name(code, source.pack) for code in audiences],
        "asked_easy": [audience_name(code, source.pack, True) for code in audiences],
        "when": "; ".join(_when(each) for each in asked),
        "is_counted": counted is not None,
        "people": counted.data["people"] if counted else None,
        "people_by_audience": {audience_name(c, source.pack): n for c, n in shown.items()},
        "counted_on": day_of(counted.made_at).isoformat() if counted else None,
        "is_invented": version.survey.is_invented,
    }


# ---- the themes, each with its answers


def themes(source: Source, wanted: Wanted) -> Data:
    """What was heard or answered in the year, what most people spoke of first.

    What a theme says is public once somebody has published an answer to it. Of those without one
    only how many there are is told.
    """
    surveys = source.versions.keys()
    answers = _by_theme(queries.with_words_of_co_leads(queries.public_actions_in(surveys)))
    heard = queries.first_accepted(surveys)
    alone = _steps_of_themes(surveys)
    groups = local_offer.groups_of_themes(source.versions.values())
    found, waiting = [], Counter[tuple[str | None, str | None]]()
    for theme in queries.themes_in(surveys):
        course = Course(heard.get(theme.id, theme.decided_at), alone.get(theme.id, ()))
        ours = answers.get(theme.id, [])
        courses = [replace(each.course, heard_at=course.heard_at) for each in ours] or [course]
        if not any(is_of_year(each, wanted) for each in courses):
            continue
        if ours:
            found.append(_theme(theme, ours, source, wanted) | {"group": groups.get(theme.id)})
        else:
            waiting[groups.get(theme.id), theme.ambition] += 1
    return {
        "themes": sorted(found, key=lambda each: (-(each["people"] or 0), each["name"])),
        "unanswered": [
            {"group": group, "ambition": ambition, "themes": count}
            for (group, ambition), count in waiting.items()
        ],
    }


def is_of_year(course: Course, wanted: Wanted) -> bool:
    """It was heard in the year, something was done about it in it, or it is late since then."""
    year = wanted.year
    if day_of(course.heard_at) > year.ends:
        return False
    done = any(year.has(step.at) for step in course.steps)
    is_late = lifecycle.days_over(course, min(wanted.today, year.ends)) > 0
    return year.has(course.heard_at) or done or is_late


def _theme(theme: Theme, answers: Sequence[Action], source: Source, wanted: Wanted) -> Data:
    counted = source.snapshots.get(theme.survey_id)
    counts = (counted.data["themes"] if counted else {}).get(str(theme.id))
    return {
        "id": theme.id,
        "name": public_name(answers[0]),
        "survey": theme.survey.slug,
        "ambition": public_ambition(answers[0]),
        "is_counted": counts is not None,
        "people": counts["people"] if counts else None,
        "answers": [_answer(each, source, wanted) for each in answers],
    }


def _answer(action: Action, source: Source, wanted: Wanted) -> Data:
    counts = counts_of(action, source.snapshots)
    readings = {
        name: pair(action, counts, Reading(source.pack, wanted.today, easy_read=name != "standard"))
        for name in ("standard", "easy_read")
    }
    shown = lifecycle.difference_of(action.course)
    return {
        "id": action.id,
        "kind": action.kind,
        "reason": action.reason if action.kind == "cannot" else "",
        "owner": action.owner,
        "changed_on": day_of(action.changed_at).isoformat(),
        "days_late": days_late(action, wanted.today),
        "families_say": lifecycle.verdict_of(action.course),
        "is_difference_shown": shown is not None,
        **{name: _words(each) for name, each in readings.items()},
    }


def _words(shown: Pair) -> Data:
    kept = {name: getattr(shown, name) for name in IN_EACH_READING}
    return {
        name: list(said) if isinstance(said, Sequence) and not isinstance(said, str) else said
        for name, said in kept.items()
    }


def _by_theme(actions: Sequence[Action]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = {}
    for action in actions:
        found.setdefault(action.theme_id, []).append(action)
    return found


def _steps_of_themes(surveys: Collection[int]) -> dict[int, tuple[lifecycle.Step, ...]]:
    """The steps before there was an answer."""
    wanted = select(Theme.id).where(Theme.survey_id.in_(surveys))
    found: dict[int, tuple[lifecycle.Step, ...]] = {}
    for step in queries.steps_of(db.session.scalars(wanted)):
        if step.action_id is None:
            found[step.theme_id] = (*found.get(step.theme_id, ()), step.as_step())
    return found
