"""What people decide about themes.

A decision is a Theme of its own, with a name and a time; each is a step of the frame's history that
can be undone, and leaves an audit row that says what stood before. Merging, splitting and the rest
are in `engage.analysis.frame.operations`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis import queries
from engage.analysis.frame.members import remake
from engage.analysis.frame.models import CurationStep, Placement
from engage.analysis.frame.recording import LONGEST_NAME as LONGEST_NAME
from engage.analysis.frame.recording import Target, deed, theme_at
from engage.analysis.frame.steps import Standing
from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.models import Survey

DEEDS = {
    "named": "named a theme",
    "accepted": "accepted a theme",
    "set_aside": "set a theme aside",
}


def rename(target: Target, name: str, by: Staff, now: datetime | None = None) -> Theme:
    """Give a theme a person's name. An accepted theme stays accepted."""
    theme = theme_at(target)
    return _decide(target, "named", by, now, name=name, state=theme.state if theme else "named")


def accept(
    target: Target,
    name: str,
    by: Staff,
    ambition: str | None = None,
    now: datetime | None = None,
) -> Theme:
    """Stand behind a theme: it may now be answered in public."""
    return _decide(
        target, "accepted", by, now, name=name, state="accepted", ambition=ambition, reason=""
    )


def set_aside(target: Target, by: Staff, reason: str = "", now: datetime | None = None) -> Theme:
    """This is no theme, or not one to answer. The comments behind it stay to be read.

    What was published about it leaves the public pages with it, and comes back if it does.
    """
    return _decide(target, "set_aside", by, now, state="set_aside", reason=reason)


def take_back(theme: Theme, by: Staff, now: datetime | None = None) -> None:
    """Undo what was decided: the machine's finding is to be read again."""
    if queries.has_answers(theme):
        raise NotReadyError("This theme has an answer, so it is kept. You can set it aside.")
    if _has_merged_in(theme):
        raise NotReadyError("Other themes were merged into this one. Undo the merge first.")
    refuse_if_merged(theme)
    record(by, "took back a decision about a theme", subject(theme.survey_id), **standing(theme))
    with deed(theme.survey_id, "taken_back", by, now) as step:
        step.touch(theme)
        placed = db.session.scalars(select(Placement).where(Placement.theme_id == theme.id))
        step.will_place([theme.id], [(one.answer_id, one.sentence_key) for one in placed])
        for child in db.session.scalars(select(Theme).where(Theme.parent_id == theme.id)).all():
            step.touch(child)
            child.parent_id = None
        db.session.flush()
        db.session.delete(theme)


def _has_merged_in(theme: Theme) -> bool:
    merged = select(func.count()).select_from(Theme).where(Theme.merged_into_id == theme.id)
    return bool(db.session.scalar(merged))


def refuse_if_merged(theme: Theme | None) -> None:
    if theme is not None and theme.state == "merged":
        into = db.session.get_one(Theme, theme.merged_into_id)
        raise NotReadyError(
            f"This theme was merged into “{into.name}”. Change that one, or undo the merge first."
        )


def subject(survey_id: int) -> str:
    return db.session.get_one(Survey, survey_id).slug


def _decide(target: Target, what: str, by: Staff, now: datetime | None, **decision: Any) -> Theme:
    """Write a decision and what stood before it. Raises InvalidInputError for an unusable name."""
    theme = theme_at(target)
    refuse_if_merged(theme)
    before = standing(theme) if theme else None
    survey_id = target.survey_id if isinstance(target, Theme) else target.run.survey_id
    with deed(survey_id, what, by, now) as step:
        theme = step.theme_for(target)
        for key, value in decision.items():
            setattr(theme, key, value)
        theme.name = usable_name(theme.name)
        if "name" in decision:
            refuse_taken_name(theme)
        theme.decided_by, theme.decided_at = by, step.now
    remake(survey_id, [theme.id])
    label = theme.found.label if theme.found else ""
    record(
        by,
        DEEDS[theme.state],
        subject(survey_id),
        machine_label=label,
        before=before,
        **standing(theme),
    )
    return theme


def standing(theme: Theme) -> dict[str, Any]:
    """What the audit record keeps of a theme."""
    return {
        "theme": theme.id,
        "name": theme.name,
        "state": theme.state,
        "ambition": theme.ambition,
        "reason": theme.reason,
    }


def usable_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInputError("Write a name for the theme.")
    if len(name) > LONGEST_NAME:
        raise InvalidInputError(f"Make the name shorter: up to {LONGEST_NAME} letters.")
    return name


def refuse_taken_name(theme: Theme) -> None:
    """Two themes of one name would be one on every page that counts them."""
    others = (other for other in queries.decided_themes(theme.survey_id) if other is not theme)
    if any(_is_same_name(theme, other) for other in others):
        raise InvalidInputError(
            "Another theme has this name. Choose another name, or merge the two."
        )


def _is_same_name(theme: Theme, other: Theme) -> bool:
    standing = other.state in ("accepted", "named")
    return standing and other.name.casefold() == theme.name.casefold()


def forget_quotes(survey_id: int) -> None:
    """Take the words of withdrawn answers out of what earlier runs quote.

    The one change to a run: what somebody took back is kept nowhere.
    """
    found = (
        select(FoundTheme)
        .join(AnalysisRun, AnalysisRun.id == FoundTheme.run_id)
        .where(AnalysisRun.survey_id == survey_id)
    )
    for theme in db.session.scalars(found).all():
        quotes = [*theme.quotes, *([theme.different] if theme.different else [])]
        there = queries.answers_there(quote["answer_id"] for quote in quotes)
        theme.quotes = [quote for quote in theme.quotes if quote["answer_id"] in there]
        if theme.different and theme.different["answer_id"] not in there:
            theme.different = None
    _forget_places(survey_id)
    db.session.flush()


def _forget_places(survey_id: int) -> None:
    """Where sentences of withdrawn answers were placed leaves the history of steps too."""
    for step in db.session.scalars(select(CurationStep).where(CurationStep.survey_id == survey_id)):
        before, after = Standing.from_json(step.before), Standing.from_json(step.after)
        ids = {answer for _theme, answer, _key in (*before.placed, *after.placed)}
        if gone := ids - queries.answers_there(ids):
            step.before = before.without_answers(gone).as_json()
            step.after = after.without_answers(gone).as_json()
