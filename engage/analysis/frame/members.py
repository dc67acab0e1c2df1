"""The sentences that count under each theme, kept as rows so that every count is one question."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, insert, select

from engage.analysis.frame.membership import Code, Place, Placed, Said, heads, members
from engage.analysis.frame.models import Mention, Placement
from engage.analysis.models import AnalysisRun, Assignment, Theme
from engage.analysis.prepare import content_key, prepare, sentences
from engage.analysis.types import Comment
from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.surveys.models import SurveyVersion

AT_ONCE = 500


def remake(survey_id: int, theme_ids: Collection[int] | None = None) -> None:
    """Make the mentions of these themes anew, or of all: the run after people's changes.

    Where a theme was merged, those of the theme it was merged into.
    """
    codes = codes_of(survey_id)
    head_of = heads(codes)
    wanted = set(head_of.values())
    if theme_ids is not None:
        wanted &= {head_of.get(theme, theme) for theme in theme_ids}
    ours = [code for code in codes if head_of[code.id] in wanted]
    placed = _placements([code.id for code in ours])
    found = _found([code.found_id for code in ours if code.found_id is not None])
    said = sentences_at(survey_id, {one.place for one in placed if one.belongs})
    made = members(ours, found, placed, said)
    gone = set(head_of) if theme_ids is None else wanted | set(theme_ids)
    db.session.execute(delete(Mention).where(Mention.theme_id.in_(gone)))
    rows = [_row(theme, one) for theme, some in sorted(made.items()) for one in some]
    if rows:
        db.session.execute(insert(Mention), rows)
    db.session.flush()


def codes_of(survey_id: int) -> list[Code]:
    rows = db.session.execute(
        select(Theme.id, Theme.found_theme_id, Theme.merged_into_id)
        .where(Theme.survey_id == survey_id)
        .order_by(Theme.id)
    )
    return [Code(*row) for row in rows]


def _placements(theme_ids: Collection[int]) -> list[Placed]:
    rows = db.session.execute(
        select(Placement.theme_id, Placement.answer_id, Placement.sentence_key, Placement.belongs)
        .where(Placement.theme_id.in_(theme_ids))
        .order_by(Placement.id)
    )
    return [Placed(theme, (answer, key), belongs) for theme, answer, key, belongs in rows]


def _found(found_ids: Collection[int]) -> dict[int, list[Said]]:
    """The sentences of each finding, of answers that were sent and that staff may read."""
    rows = db.session.execute(
        select(
            Assignment.found_theme_id,
            Assignment.answer_id,
            Assignment.sentence_number,
            Assignment.sentence,
            Assignment.sentence_key,
            Assignment.weight,
        )
        .join(Answer, Answer.id == Assignment.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Assignment.found_theme_id.in_(found_ids),
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
        )
        .order_by(Assignment.id)
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for found_id, answer_id, number, text, key, weight in rows:
        if found_id is not None:
            found[found_id].append(_said(answer_id, number, text, key, weight))
    return found


def _said(answer_id: int, number: int, text: str, key: str, weight: float) -> Said:
    return Said(answer_id, number, text, key or content_key(text), weight)


def sentences_at(survey_id: int, places: Collection[Place]) -> dict[Place, Said]:
    """What stands at these places: as the latest run cut the answers, or as we cut them now."""
    found: dict[Place, Said] = {}
    for one in _as_read(survey_id, {answer for answer, _key in places}):
        if one.place in places:
            found.setdefault(one.place, one)
    missing = {place for place in places if place not in found}
    for one in _as_cut_now(survey_id, {answer for answer, _key in missing}):
        if one.place in missing:
            found.setdefault(one.place, one)
    return found


def _as_read(survey_id: int, answer_ids: Collection[int]) -> Iterable[Said]:
    run = select(AnalysisRun.id).where(AnalysisRun.survey_id == survey_id)
    latest = db.session.scalar(run.order_by(AnalysisRun.id.desc()).limit(1))
    wanted = (
        select(
            Assignment.answer_id,
            Assignment.sentence_number,
            Assignment.sentence,
            Assignment.sentence_key,
            Assignment.weight,
        )
        .join(Answer, Answer.id == Assignment.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Assignment.run_id == latest,
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
        )
        .order_by(Assignment.id)
    )
    for some in _in_parts(sorted(answer_ids)):
        for row in db.session.execute(wanted.where(Assignment.answer_id.in_(some))):
            yield _said(*row)


def _as_cut_now(survey_id: int, answer_ids: Collection[int]) -> Iterable[Said]:
    """For comments the latest run did not read, and sentences it cut in another way."""
    wanted = (
        select(Answer.id, Answer.value)
        .join(Answer.response)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(
            SurveyVersion.survey_id == survey_id,
            Response.submitted_at.is_not(None),
            Response.is_held.is_(False),
        )
    )
    for some in _in_parts(sorted(answer_ids)):
        for answer_id, value in db.session.execute(wanted.where(Answer.id.in_(some))):
            text = str(value)
            for item in prepare([Comment(str(answer_id), text)]):
                for one in sentences(item):
                    yield Said(answer_id, one.number, one.text, content_key(one.text), 1.0)
            yield Said(answer_id, 0, text, content_key(text), 1.0)


def _in_parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _row(theme_id: int, one: Said) -> dict[str, object]:
    return {
        "theme_id": theme_id,
        "answer_id": one.answer_id,
        "sentence_number": one.number,
        "sentence": one.text,
        "sentence_key": one.key,
        "weight": one.weight,
        "by_person": one.by_person,
    }
