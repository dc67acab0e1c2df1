"""What is read about answers: by staff, by the public, and by the counting."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql import Select

from engage.analysis.frame.models import CurationStep, Mention
from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop.models import Action, LoopStep
from engage.loop.summary import UNKNOWN, Voices
from engage.responses.models import Answer, Response, Snapshot
from engage.responses.queries import audience_by_response
from engage.surveys.models import Survey, SurveyVersion

LOOP = "loop"


def _is_public() -> ColumnElement[bool]:
    # A theme that was set aside later takes its answers off the pages with it.
    return and_(
        Action.published_at.is_not(None),
        Action.withdrawn_at.is_(None),
        Theme.state == "accepted",
    )


def _actions() -> Select[Action]:
    return (
        select(Action)
        .join(Action.theme)
        .join(Theme.survey)
        .options(_of_survey().undefer(Survey.is_signed))
    )


def _of_survey() -> Any:
    return contains_eager(Action.theme).contains_eager(Theme.survey)


def with_words_of_co_leads(actions: Iterable[Action]) -> list[Action]:
    """The same answers; where co-leads had a say, with their notes and what they agreed to."""
    found = list(actions)
    signed = [action.id for action in found if action.theme.survey.is_signed]
    if signed:
        co_leads = joinedload(Action.theme).joinedload(Theme.survey).selectinload(Survey.co_leads)
        said = selectinload(Action.notes), selectinload(Action.theme_signed), co_leads
        db.session.scalars(select(Action).where(Action.id.in_(signed)).options(*said)).all()
    return found


def published_actions(survey_id: int | None = None) -> list[Action]:
    """The answers everyone can read, the last changed first."""
    wanted = _actions().where(_is_public()).order_by(Action.changed_at.desc(), Action.id.desc())
    if survey_id is not None:
        wanted = wanted.where(Survey.id == survey_id)
    return with_words_of_co_leads(db.session.scalars(wanted))


def published_action(action_id: int) -> Action:
    """One answer that everyone can read, of any survey."""
    return db.session.scalars(_actions().where(_is_public(), Action.id == action_id)).one()


def latest_actions(count: int) -> list[Action]:
    """The few answers that changed last."""
    wanted = _actions().where(_is_public()).order_by(Action.changed_at.desc(), Action.id.desc())
    return with_words_of_co_leads(db.session.scalars(wanted.limit(count)))


def published_kinds() -> dict[str, int]:
    """How many answers of each kind everyone can read."""
    counted = select(Action.kind, func.count().label("answers")).join(Action.theme)
    rows = db.session.execute(counted.where(_is_public()).group_by(Action.kind))
    return {row.kind: row.answers for row in rows}


def actions_of(survey_id: int) -> list[Action]:
    """Every answer of a survey, drafts too, the last changed first."""
    wanted = _actions().where(Survey.id == survey_id)
    return list(db.session.scalars(wanted.order_by(Action.changed_at.desc(), Action.id.desc())))


def action_of(survey_id: int, action_id: int) -> Action:
    return db.session.scalars(
        _actions().where(Survey.id == survey_id, Action.id == action_id)
    ).one()


def public_action(survey_id: int, theme_id: int, action_id: int) -> Action:
    """An answer to that theme that everyone can read."""
    return db.session.scalars(
        _actions().where(
            _is_public(), Survey.id == survey_id, Theme.id == theme_id, Action.id == action_id
        )
    ).one()


def accepted_theme(survey_id: int, theme_id: int) -> Theme:
    return db.session.scalars(
        select(Theme).where(
            Theme.survey_id == survey_id, Theme.id == theme_id, Theme.state == "accepted"
        )
    ).one()


def accepted_themes(survey_id: int) -> list[Theme]:
    return list(
        db.session.scalars(
            select(Theme)
            .where(Theme.survey_id == survey_id, Theme.state == "accepted")
            .order_by(Theme.name)
        )
    )


def themes_in(survey_ids: Iterable[int]) -> list[Theme]:
    """The accepted themes of these surveys, by name."""
    return list(
        db.session.scalars(
            select(Theme)
            .join(Theme.survey)
            .options(contains_eager(Theme.survey))
            .where(Theme.survey_id.in_(set(survey_ids)), Theme.state == "accepted")
            .order_by(Theme.name, Theme.id)
        )
    )


def public_actions_in(survey_ids: Iterable[int]) -> list[Action]:
    """The answers of these surveys that everyone can read, the first written first."""
    wanted = _actions().where(_is_public(), Survey.id.in_(set(survey_ids)))
    return list(db.session.scalars(wanted.order_by(Action.id)))


def steps_of(theme_ids: Iterable[int]) -> list[LoopStep]:
    """Everything that was done about these themes and their answers, in order."""
    wanted = select(LoopStep).where(LoopStep.theme_id.in_(set(theme_ids)))
    return list(db.session.scalars(wanted.order_by(LoopStep.id)))


def first_accepted(survey_ids: Iterable[int]) -> dict[int, datetime]:
    """When each theme was first accepted: a new name for it later sets no clock back."""
    steps = db.session.scalars(
        select(CurationStep)
        .where(
            CurationStep.survey_id.in_(set(survey_ids)),
            CurationStep.deed == "accepted",
            CurationStep.undone_at.is_(None),
        )
        .order_by(CurationStep.id.desc())
    )
    return {theme: step.at for step in steps for theme in step.themes}


def public_survey(slug: str) -> Survey:
    """A survey the public may know of: it has been published at least once."""
    return db.session.scalars(
        select(Survey).where(
            Survey.slug == slug, Survey.versions.any(SurveyVersion.published_at.is_not(None))
        )
    ).one()


def published_versions(survey_ids: Iterable[int]) -> dict[int, SurveyVersion]:
    """The last published version of each survey, with its titles."""
    versions = db.session.scalars(
        select(SurveyVersion)
        .where(
            SurveyVersion.survey_id.in_(set(survey_ids)), SurveyVersion.published_at.is_not(None)
        )
        .order_by(SurveyVersion.number)
        .options(
            selectinload(SurveyVersion.wordings),
            joinedload(SurveyVersion.survey).lazyload(Survey.organisation),
        )
    )
    return {version.survey_id: version for version in versions}


def loop_snapshots(survey_ids: Iterable[int] | None = None) -> dict[int, Snapshot]:
    """The last counts made for each survey, by its id."""
    latest = select(func.max(Snapshot.id)).where(Snapshot.kind == LOOP).group_by(Snapshot.survey_id)
    if survey_ids is not None:
        latest = latest.where(Snapshot.survey_id.in_(set(survey_ids)))
    found = db.session.scalars(
        select(Snapshot).where(Snapshot.id.in_(latest)).options(joinedload(Snapshot.survey))
    )
    return {snapshot.survey.id: snapshot for snapshot in found if snapshot.survey}


def voices(survey_id: int, until: datetime | None = None) -> Voices:
    """Who sent answers to a survey, and who spoke of each accepted theme."""
    sent = _sent(until)
    audience_of = {
        person: code or UNKNOWN for person, code in audience_by_response(survey_id, sent).items()
    }
    return Voices(audience_of, _said_by(survey_id, sent), _audiences(survey_id))


def _sent(until: datetime | None) -> ColumnElement[bool]:
    if until is None:
        return Response.submitted_at.is_not(None)
    return Response.submitted_at <= until


def _audiences(survey_id: int) -> list[str]:
    rows = db.session.scalars(
        select(SurveyVersion.audiences)
        .where(SurveyVersion.survey_id == survey_id, SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.number)
    )
    return list(dict.fromkeys(code for codes in rows for code in codes))


def _said_by(survey_id: int, sent: ColumnElement[bool]) -> dict[int, set[int]]:
    """Who spoke of each accepted theme, after what people changed of the machine's finding."""
    rows = db.session.execute(
        select(Theme.id, Response.id)
        .outerjoin(Mention, Mention.theme_id == Theme.id)
        .outerjoin(Answer, Answer.id == Mention.answer_id)
        .outerjoin(Response, and_(Response.id == Answer.response_id, sent))
        .where(Theme.survey_id == survey_id, Theme.state == "accepted")
        .distinct()
    )
    people: dict[int, set[int]] = defaultdict(set)
    for theme, person in rows:
        people[theme].update([] if person is None else [person])
    return dict(people)
