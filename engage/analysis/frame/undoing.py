"""Undoing a step of curation: what stood before it stands again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from engage.analysis.frame.members import remake
from engage.analysis.frame.models import CurationStep, Placement
from engage.analysis.frame.queries import steps_after
from engage.analysis.frame.recording import placements, step_of, write_fields
from engage.analysis.frame.steps import Standing, named, stands_in_the_way
from engage.analysis.frame.telling import in_words
from engage.analysis.models import Theme
from engage.analysis.queries import answers_there, has_answers
from engage.errors import NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.models import Survey


def undo(row: CurationStep, by: Staff, now: datetime | None = None) -> None:
    """Write back what stood before a step. Raises NotReadyError where something rests on it."""
    step = step_of(row)
    if step.is_undone:
        raise NotReadyError("This step is undone already.")
    later = stands_in_the_way(step, [step_of(other) for other in steps_after(row)])
    if later is not None:
        raise NotReadyError(
            f"A later step changed the same theme. Undo that one first: {in_words(later)}."
        )
    _refuse_where_answered(step.before, step.after)
    _write_themes(row.survey_id, step.before, step.after)
    _write_placements(step.before, by, now or datetime.now(UTC))
    _remove_themes(step.before)
    row.undone_by, row.undone_at = by, now or datetime.now(UTC)
    slug = db.session.get_one(Survey, row.survey_id).slug
    record(by, "undid a step of curation", slug, step=row.id, deed=row.deed, theme=named(step))
    db.session.flush()
    remake(row.survey_id, row.themes)


def _refuse_where_answered(before: Standing, after: Standing) -> None:
    """What was answered in public is not taken away from under the answer."""
    for id, fields in after.themes.items():
        was = before.themes.get(id)
        goes = was is None or (was["state"] != "accepted" and (fields or {})["state"] == "accepted")
        theme = db.session.get(Theme, int(id)) if fields and goes else None
        if theme is not None and has_answers(theme):
            raise NotReadyError(
                f"“{theme.name}” has an answer by now, so this cannot be undone. "
                "You can set the theme aside."
            )


def _write_themes(survey_id: int, before: Standing, after: Standing) -> None:
    """Only what the step changed: a reading since then may have moved a theme to a new finding."""
    there = {int(id): fields for id, fields in before.themes.items() if fields is not None}
    gone = [id for id in there if db.session.get(Theme, id) is None]
    for id in gone:
        _bring_back(survey_id, id, there[id])
    # What stood under one that came back can only be put there once it is there.
    db.session.flush()
    for id, fields in there.items():
        if id not in gone:
            theme = db.session.get_one(Theme, id)
            write_fields(theme, _changed(fields, after.themes.get(str(id)) or {}))
    db.session.flush()


def _changed(fields: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if after.get(name) != value}


def _bring_back(survey_id: int, id: int, fields: Mapping[str, Any]) -> None:
    found_id = fields["found_theme_id"]
    again = select(Theme.name).where(Theme.found_theme_id == found_id).limit(1)
    if found_id is not None and (name := db.session.scalar(again)) is not None:
        raise NotReadyError(
            f"Somebody has decided about this finding again, as “{name}”. Take that back first."
        )
    there = db.session.get(Theme, fields["parent_id"]) if fields["parent_id"] else None
    theme = Theme(id=id, survey_id=survey_id)
    write_fields(theme, {**fields, "parent_id": there.id if there else None})
    db.session.add(theme)


def _write_placements(before: Standing, by: Staff, now: datetime) -> None:
    there = {
        (row.theme_id, row.answer_id, row.sentence_key): row for row in placements(before.placed)
    }
    readable = answers_there({answer for _theme, answer, _key in before.placed})
    for (theme_id, answer_id, key), belongs in before.placed.items():
        row = there.get((theme_id, answer_id, key))
        if belongs is None:
            if row is not None:
                db.session.delete(row)
        elif row is not None:
            row.belongs = belongs
        elif answer_id in readable:
            db.session.add(_placement(theme_id, (answer_id, key), belongs, by, now))
    db.session.flush()


def _placement(
    theme_id: int, place: tuple[int, str], belongs: bool, by: Staff, now: datetime
) -> Placement:
    return Placement(
        theme_id=theme_id,
        answer_id=place[0],
        sentence_key=place[1],
        belongs=belongs,
        placed_by=by,
        placed_at=now,
    )


def _remove_themes(before: Standing) -> None:
    """Themes that the step made. What is nested under them is freed, and they let go of each other.

    All links first: one that is deleted must not be pointed to by one that goes after it.
    """
    made = [int(id) for id, fields in before.themes.items() if fields is None]
    db.session.execute(update(Theme).where(Theme.parent_id.in_(made)).values(parent_id=None))
    db.session.execute(update(Theme).where(Theme.id.in_(made)).values(merged_into_id=None))
    for theme in db.session.scalars(select(Theme).where(Theme.id.in_(made))).all():
        db.session.delete(theme)
    db.session.flush()
