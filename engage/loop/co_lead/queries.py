"""What of a survey its co-leads have to agree to, as it is now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select

from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop.co_lead import things
from engage.loop.co_lead.models import CoLeadNote
from engage.loop.co_lead.things import ACCEPTED, GONE, HeardTheme
from engage.loop.demands import Parts
from engage.loop.models import Action
from engage.loop.queries import published_actions
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.models import SignOff
from engage.surveys.co_lead.signing import AGREED, LAUNCH, PUBLICATION, THEMES, Thing
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version
from engage.web.two_at_once import hold_number


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that needs a word, and since when. Nobody can say since when a theme is gone."""

    thing: Thing
    since: datetime | None


# ---- themes


def themes_of(survey_id: int, rows: Iterable[SignOff]) -> list[Asked]:
    """Every accepted theme, and every one that was agreed to once and stands no more."""
    found = db.session.scalars(
        select(Theme).where(Theme.survey_id == survey_id).order_by(Theme.name, Theme.id)
    ).all()
    once = _agreed_once(rows)
    wanted = [theme for theme in found if theme.state == ACCEPTED or theme.id in once]
    names, holds = {theme.id: theme.name for theme in found}, _holds(found)
    there = [
        Asked(things.of_theme(theme.id, _heard(theme, names, holds)), theme.decided_at)
        for theme in wanted
    ]
    return there + [_gone(id, once[id]) for id in sorted(once.keys() - names.keys())]


def _agreed_once(rows: Iterable[SignOff]) -> dict[int, str]:
    """The themes that somebody agreed were heard, each with the name it had then."""
    return {
        row.about_id: row.thing["name"]
        for row in rows
        if (row.what, row.said, row.thing.get("state")) == (THEMES, AGREED, ACCEPTED)
    }


def _holds(found: Iterable[Theme]) -> dict[int, list[str]]:
    holds: dict[int, list[str]] = defaultdict(list)
    for theme in found:
        if theme.merged_into_id is not None:
            holds[theme.merged_into_id].append(theme.name)
    return holds


def _heard(theme: Theme, names: dict[int, str], holds: dict[int, list[str]]) -> HeardTheme:
    return HeardTheme(
        name=theme.name,
        definition=theme.definition,
        ambition=theme.ambition or "",
        state=theme.state,
        reason=theme.reason,
        into=names.get(theme.merged_into_id or 0, ""),
        holds=tuple(holds.get(theme.id, ())),
    )


def _gone(theme_id: int, name: str) -> Asked:
    return Asked(things.of_theme(theme_id, HeardTheme(name=name, state=GONE)), None)


# ---- the launch, and answers


def launch_of(survey: Survey) -> Asked | None:
    """The draft that co-leads were asked about; none before they were, or once it is open."""
    version = latest_version(survey)
    ask = signed.asks_of(survey.id, LAUNCH).get(version.id)
    if ask is None or version.published_at is not None:
        return None
    return Asked(signed.to_launch(version), ask.at)


def answers_of(survey_id: int) -> list[Asked]:
    """The answers that co-leads were asked about and that not everyone can read as asked."""
    asks = signed.asks_of(survey_id, PUBLICATION)
    found = db.session.scalars(
        select(Action)
        .join(Action.theme)
        .where(Action.id.in_(asks), Theme.survey_id == survey_id, Theme.state == ACCEPTED)
        .order_by(Action.id)
    )
    return [
        Asked(signed.of_asked(asks[action.id]), asks[action.id].at)
        for action in found
        if not (action.is_public and thing_of(action).checksum == asks[action.id].checksum)
    ]


def thing_of(action: Action, parts: Parts | None = None) -> Thing:
    """The words of an answer as they are kept, or as they would be."""
    parts = parts or Parts(**{each.name: getattr(action, each.name) for each in fields(Parts)})
    return things.of_answer(action.id, parts, action.theme.name)


# ---- public notes


def notes_of(action_id: int) -> list[CoLeadNote]:
    """Every note that was ever put beside the answer, in order."""
    found = select(CoLeadNote).where(CoLeadNote.action_id == action_id)
    return list(db.session.scalars(found.order_by(CoLeadNote.id)))


def public_answers(survey_id: int) -> list[Action]:
    """Answers that everyone can read, to which a co-lead may put its note."""
    return sorted(published_actions(survey_id), key=lambda action: action.id)


def hold_theme(survey_id: int, theme_id: int) -> None:
    """Nobody renames or merges the theme while somebody agrees to it. A theme may be gone."""
    hold_number(Theme, Theme.survey_id == survey_id, Theme.id == theme_id)
