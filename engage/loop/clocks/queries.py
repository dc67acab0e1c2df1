"""What the clocks are set by: closing days, answers that everyone can read, published counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.clock import day_of
from engage.extensions import db
from engage.loop import lifecycle, queries
from engage.loop.clocks.clocks import Counted, Course, starts_on, top_themes
from engage.loop.models import Action
from engage.responses import snapshots
from engage.responses.models import Answer, Response, Snapshot
from engage.surveys.models import Question, Survey, SurveyVersion
from engage.surveys.timing import State, closing_day, state

RATE = "loop_rate"  # the kind of the snapshots of the whole county


@dataclass(frozen=True, slots=True)
class Line:
    """A survey by its last version that has begun, and what happened to it."""

    version: SurveyVersion
    course: Course

    @property
    def survey(self) -> Survey:
        return self.version.survey


def latest_rate() -> Snapshot | None:
    """The loop-closed rate as it was last published."""
    return snapshots.latest(None, RATE)


def lines(now: datetime) -> list[Line]:
    """Every survey that has begun, the last closed first; open ones before them."""
    begun = _begun(now)
    known = _read(begun, now)
    found = [Line(versions[-1], _course(versions, known, now)) for versions in begun.values()]
    return sorted(found, key=_newest_first)


def _begun(now: datetime) -> Mapping[int, list[SurveyVersion]]:
    """The versions of each survey, the first first; one that is only planned hides no other."""
    versions = db.session.scalars(
        select(SurveyVersion)
        .where(SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.survey_id, SurveyVersion.number)
        .options(
            selectinload(SurveyVersion.wordings),
            joinedload(SurveyVersion.survey).lazyload(Survey.organisation),
        )
    )
    found: dict[int, list[SurveyVersion]] = defaultdict(list)
    for version in versions:
        if state(version, now) is not State.WAITING:
            found[version.survey_id].append(version)
    return found


def _newest_first(line: Line) -> tuple[int, str]:
    closed_on = line.course.closed_on or date.max
    return -closed_on.toordinal(), line.survey.slug


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for all surveys at once, by survey or by theme."""

    answers: Mapping[int, list[Action]]
    themes: Mapping[int, list[Theme]]
    figures: Mapping[int, date]
    comments: Collection[int]
    said: Mapping[int, date]


def _read(begun: Mapping[int, Sequence[SurveyVersion]], now: datetime) -> _Known:
    themes = _top_themes(begun)
    asked_again = [id for id, versions in begun.items() if _is_asked_again(versions, now)]
    return _Known(
        answers=_by_survey(queries.public_actions_in(begun)),
        themes=themes,
        figures=_figures_since(begun),
        comments=_with_comments(id for id in begun if not themes[id]),
        said=_first_said(theme for id in asked_again for theme in themes[id]),
    )


def _course(versions: Sequence[SurveyVersion], known: _Known, now: datetime) -> Course:
    survey_id = versions[-1].survey_id
    answers, themes = known.answers[survey_id], known.themes[survey_id]
    has_comments = survey_id in known.comments
    figures = None if themes or has_comments else known.figures.get(survey_id)
    ends = [found for version in versions if (found := ends_of(version, now))]
    is_open = state(versions[-1], now) is State.OPEN
    course = Course(
        closed_on=ends[-1][0] if ends else None,
        # Where nobody wrote anything, the figures are what was heard.
        heard_on=_first_day(answers) or figures,
        themes=_all_counted(themes, answers, ends, known.said),
        is_open_again=bool(ends) and (is_open or len(ends[-1]) > 1),
        has_comments=has_comments,
    )
    # Where nothing is left of the time before, it is a survey that is open.
    is_over = is_open and not course.is_shown(day_of(now))
    return Course(None, themes=course.themes) if is_over else course


def _all_counted(
    themes: Sequence[Theme],
    answers: Sequence[Action],
    ends: Sequence[Sequence[date]],
    said: Mapping[int, date],
) -> tuple[Counted, ...]:
    """With the day that starts the clock of each; those that wait for a last day are left out."""
    by_theme: dict[int, list[Action]] = defaultdict(list)
    for answer in answers:
        by_theme[answer.theme_id].append(answer)
    found = [_counted(theme, by_theme[theme.id]) for theme in themes]
    if not ends:
        return tuple(found)
    every = sorted({day for some in ends for day in some})
    started = [
        replace(each, since=starts_on(said.get(each.theme), each.answered_on, ends[-1][0], every))
        for each in found
    ]
    return tuple(each for each in started if each.since)


def _figures_since(survey_ids: Collection[int]) -> Mapping[int, date]:
    """The first day on which figures of a survey were public, apart from how many answered."""
    rows = db.session.execute(
        select(Snapshot.survey_id, func.min(Snapshot.made_at).label("first"))
        .where(Snapshot.survey_id.in_(set(survey_ids)), Snapshot.kind != queries.LOOP)
        .group_by(Snapshot.survey_id)
    )
    return {row.survey_id: day_of(row.first) for row in rows}


def _with_comments(survey_ids: Iterable[int]) -> Collection[int]:
    """The surveys in which somebody sent words. How many did is no part of it."""
    wrote = (
        select(Answer.id)
        .join(Answer.response)
        .join(Answer.question)
        .where(
            Response.version_id == SurveyVersion.id,
            Response.submitted_at.is_not(None),
            Question.type == "text",
        )
    )
    wanted = select(SurveyVersion.survey_id).where(
        SurveyVersion.survey_id.in_(set(survey_ids)), wrote.exists()
    )
    return set(db.session.scalars(wanted))


def _first_said(themes: Iterable[Theme]) -> Mapping[int, date]:
    """When somebody first spoke of each theme: it tells only which last day came after that."""
    rows = db.session.execute(
        select(Mention.theme_id, func.min(Response.submitted_at).label("first"))
        .join(Answer, Answer.id == Mention.answer_id)
        .join(Answer.response)
        .where(Mention.theme_id.in_({theme.id for theme in themes}))
        .where(Response.submitted_at.is_not(None))
        .group_by(Mention.theme_id)
    )
    return {row.theme_id: day_of(row.first) for row in rows}


def _is_asked_again(versions: Sequence[SurveyVersion], now: datetime) -> bool:
    """It closed, and people could answer it after that: its themes may have other last days."""
    ends = {day for version in versions for day in ends_of(version, now)}
    is_open = state(versions[-1], now) is State.OPEN
    return len(ends) > 1 or (bool(ends) and is_open)


def ends_of(version: SurveyVersion, now: datetime) -> list[date]:
    """The last days of a version that have passed, in order: two where it was opened again."""
    last = closing_day(version) if state(version, now) is State.CLOSED else None
    return sorted({day for day in (version.first_closed_on, last) if day})


def _counted(theme: Theme, answers: Sequence[Action]) -> Counted:
    done = [each.course for each in answers if each.kind == "did"]
    return Counted(
        theme=theme.id,
        ambition=theme.ambition,
        answered_on=_first_day(answers),
        is_done=bool(done),
        is_checked=any(lifecycle.verdict_of(course) == lifecycle.YES for course in done),
    )


def _first_day(answers: Iterable[Action]) -> date | None:
    """Since when the first of the answers that everyone can read today has been public.

    New words for a public answer leave that day as it is. One that was off the pages counts from
    the day it came back, or a minute in public would be an answer for ever.
    """
    return min((day_of(each.published_at) for each in answers if each.published_at), default=None)


def _top_themes(survey_ids: Collection[int]) -> Mapping[int, list[Theme]]:
    """The themes of each survey that the clocks are about, as its last counts order them."""
    accepted: dict[int, dict[int, Theme]] = defaultdict(dict)
    for theme in queries.themes_in(survey_ids):
        accepted[theme.survey_id][theme.id] = theme
    found: dict[int, list[Theme]] = defaultdict(list)
    for survey_id, snapshot in queries.loop_snapshots(survey_ids).items():
        ours = accepted[survey_id]
        people = {int(id): each["people"] for id, each in snapshot.data["themes"].items()}
        names = {theme.id: theme.name for theme in ours.values()}
        found[survey_id] = [ours[id] for id in top_themes(people, names)]
    return found


def _by_survey(answers: Iterable[Action]) -> Mapping[int, list[Action]]:
    found: dict[int, list[Action]] = defaultdict(list)
    for answer in answers:
        found[answer.theme.survey_id].append(answer)
    return found
