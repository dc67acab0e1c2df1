"""What the clocks are set by: closing days, answers that everyone can read, published counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from engage.analysis.models import Theme
from engage.clock import day_of
from engage.extensions import db
from engage.loop import lifecycle, queries
from engage.loop.clocks.clocks import Counted, Course, top_themes
from engage.loop.models import Action
from engage.responses import snapshots
from engage.responses.models import Snapshot
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.timing import State, last_day, state

RATE = "loop_rate"  # the kind of the snapshots of the whole county


@dataclass(frozen=True, slots=True)
class Line:
    """A survey as it was last published, and what happened to it."""

    version: SurveyVersion
    course: Course

    @property
    def survey(self) -> Survey:
        return self.version.survey


def latest_rate() -> Snapshot | None:
    """The loop-closed rate as it was last published."""
    return snapshots.latest(None, RATE)


def lines(now: datetime) -> list[Line]:
    """Every survey that was ever published, the last closed first; open ones before them."""
    published = queries.published_versions(db.session.scalars(select(Survey.id)))
    answers = _by_survey(queries.public_actions_in(published))
    themes, figures = _top_themes(published), _figures_since(published)
    found = [
        Line(
            version,
            _course(
                closed_on(version, now),
                answers[survey_id],
                themes[survey_id],
                figures.get(survey_id),
            ),
        )
        for survey_id, version in published.items()
        if state(version, now) is not State.WAITING
    ]
    return sorted(found, key=_newest_first)


def _newest_first(line: Line) -> tuple[int, str]:
    closed_on = line.course.closed_on or date.max
    return -closed_on.toordinal(), line.survey.slug


def _course(
    ended: date | None, answers: Sequence[Action], themes: Sequence[Theme], figures: date | None
) -> Course:
    by_theme: dict[int, list[Action]] = defaultdict(list)
    for answer in answers:
        by_theme[answer.theme_id].append(answer)
    return Course(
        closed_on=ended,
        # Where nobody wrote anything, the figures are what was heard.
        heard_on=_first_day(answers) or (None if themes else figures),
        themes=tuple(_counted(theme, by_theme[theme.id]) for theme in themes),
    )


def _figures_since(survey_ids: Collection[int]) -> Mapping[int, date]:
    """The first day on which figures of a survey were public, apart from how many answered."""
    rows = db.session.execute(
        select(Snapshot.survey_id, func.min(Snapshot.made_at).label("first"))
        .where(Snapshot.survey_id.in_(set(survey_ids)), Snapshot.kind != queries.LOOP)
        .group_by(Snapshot.survey_id)
    )
    return {row.survey_id: day_of(row.first) for row in rows}


def closed_on(version: SurveyVersion, now: datetime) -> date | None:
    """The last day on which it could be answered; None while it can be."""
    if state(version, now) is not State.CLOSED:
        return None
    ends = [last_day(version.closes_at)] if version.closes_at else []
    ends += [day_of(version.closed_at)] if version.closed_at else []
    return min(ends)


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
    """When the first of the answers that everyone can read today was decided for everyone.

    From the steps, which nobody changes: publishing an answer again makes it no younger.
    """
    days = (day_of(s.at) for each in answers for s in each.steps if s.state == lifecycle.DECIDED)
    return min(days, default=None)


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
