"""Page one of an officer's report about a survey."""

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.analysis import queries as findings
from engage.analysis.exploring import queries as comments
from engage.analysis.exploring import words_for
from engage.analysis.exploring.sizes import sizes
from engage.analysis.frame import queries as frame
from engage.analysis.models import AnalysisRun, Theme
from engage.clock import today
from engage.loop import queries as loop
from engage.loop.models import Action
from engage.pages import page_one
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.audit import record
from engage.responses.disclosure import HIDDEN_FROM_STAFF, staff_counts
from engage.surveys.models import Survey
from engage.surveys.queries import survey_of
from engage.surveys.timing import last_day

bp = Blueprint("page_one", __name__, url_prefix="/staff/surveys/<slug>/page-one")

OUT_OF_OUR_POWER = ("cannot", "passed_on")
PROMISED = ("doing", "will", "ask_more")
EASY_ANSWERS = {
    "did": "We did something about it.",
    "doing": "We are working on it.",
    "will": "We will do something about it.",
    "cannot": "We cannot change it. We say why.",
    "already": "It is there now. We say how to get it.",
    "passed_on": "We told the people who can change it.",
    "ask_more": "We will ask you more about it.",
}


@bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def show(slug: str) -> ResponseReturnValue:
    return page(survey_of(current_staff().organisation_id, slug))


@bp.post("")
@staff_may(Permission.READ_ANSWERS)
def with_quotes(slug: str) -> ResponseReturnValue:
    """The same with a quote for each finding. Reading what people wrote is recorded."""
    survey = survey_of(current_staff().organisation_id, slug)
    record(current_staff(), "read quotes on page one", survey.slug)
    return page(survey, has_quotes=True)


def page(survey: Survey, has_quotes: bool = False) -> str:
    run = findings.latest_run(survey.id)
    accepted = {theme.name: theme for theme in loop.accepted_themes(survey.id)}
    answered = replied(survey)
    found = said(survey, run, accepted, answered["people"]) if run else None
    return render_template(
        "pages/page_one.html",
        survey=survey,
        title=survey.versions[-1].title(),
        version=survey.versions[-1],
        closes=closes(survey),
        run=run,
        replied=answered,
        said=found,
        quotes=quotes(accepted, found["findings"]) if has_quotes and found else {},
        group_names=words_for.groups(),
        decisions=decisions(survey, accepted),
        today=today(),
    )


def closes(survey: Survey) -> date | None:
    """The last day to answer, where it was said and the survey has not been closed before."""
    version = survey.versions[-1]
    if version.closes_at is None or version.closed_at is not None:
        return None
    return last_day(version.closes_at)


def replied(survey: Survey) -> dict[str, Any]:
    """How many sent answers, by who they are and how they answered."""
    replies, names = comments.replies_to(survey.id), words_for.everything(survey.id)
    tables = {}
    for part in ("audience", "mode"):
        counts = Counter(names[part].get(reply[part], reply[part]) for reply in replies)
        tables[part] = shown(dict(counts.most_common()))
    return {"people": len(replies), **tables}


def shown(counts: dict[str, int]) -> dict[str, int | None]:
    return dict(counts) if may(Permission.READ_ANSWERS) else staff_counts(counts)


def said(
    survey: Survey, run: AnalysisRun, accepted: dict[str, Theme], replies: int
) -> dict[str, Any]:
    heard = comments.with_themes(comments.heard_in(run, only_peoples=True), accepted.keys())
    may_see_all = may(Permission.READ_ANSWERS)
    found = sizes(heard, shows_small=may_see_all)
    base = len({each.response_id for each in heard})
    critical = [name for name, theme in accepted.items() if theme.is_critical]
    hidden = () if may_see_all else HIDDEN_FROM_STAFF
    kinds = {action.theme.name: action.kind for action in loop.published_actions(survey.id)}
    listed = page_one.findings(found, base, critical, hidden)
    return {
        "base": base,
        "findings": listed,
        "apart": page_one.apart(found),
        "young_people": page_one.young_people(found),
        "easy": page_one.easy_lines(
            0 if replies in hidden else replies,
            listed,
            {name: EASY_ANSWERS[kind] for name, kind in kinds.items()},
        ),
    }


def quotes(accepted: dict[str, Theme], listed: list[page_one.Finding]) -> dict[str, str]:
    """One typical quote for each finding, with what was taken out of it taken out."""
    typical = {each.theme: frame.quotes_of(accepted[each.theme])[0] for each in listed}
    return {name: first[0].text for name, first in typical.items() if first}


def decisions(survey: Survey, accepted: dict[str, Theme]) -> dict[str, Any]:
    """What is promised and by when, what is out of our power, and what nobody has answered."""
    actions = loop.published_actions(survey.id)
    answered = {action.theme.name for action in actions}
    return {
        "promised": sorted((action for action in actions if action.kind in PROMISED), key=_due),
        "not_ours": [action for action in actions if action.kind in OUT_OF_OUR_POWER],
        "unanswered": sorted(accepted.keys() - answered),
    }


def _due(action: Action) -> tuple[bool, str]:
    return action.due_on is None, str(action.due_on)
