"""Answers to test with: a survey, who said what, and what was done about it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from engage.analysis.frame.members import remake
from engage.analysis.models import AnalysisRun, Assignment, FoundTheme, Theme
from engage.extensions import db
from engage.loop import operations
from engage.loop.demands import Parts
from engage.loop.models import Action
from engage.people.models import Organisation, Staff
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.queries import definition_of
from tests.factories import StaffFactory
from tests.survey_factories import ask, make_small_survey

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARENT, CHILD = "parent_carer", "young_person"
QUESTIONS = (ask("WHO", options=(PARENT, CHILD), role="audience"), ask("SAY", "text"))
_numbers = count(1)

WHOLE: dict[str, dict[str, Any]] = {
    "did": {
        "place": "In all nine areas",
        "reached": 1140,
        "evidence": "Letters were counted",
        "evidence_level": 2,
        "done_on": date(2026, 9, 1),
    },
    "doing": {"due_on": date(2027, 2, 26)},
    "will": {"due_on": date(2027, 2, 26)},
    "cannot": {
        "reason": "money",
        "decided_by": "The SEND board",
        "instead": "Free travel training",
        "challenge": "You can ask for a review",
    },
    "already": {"place": "On the Local Offer", "how_to_get": "Ask your school"},
    "passed_on": {"due_on": date(2027, 2, 26)},
    "ask_more": {"will_ask": "Which letters are hard", "due_on": date(2027, 2, 26)},
}


def emptied(kind: str, part: str) -> dict[str, Any]:
    """That part as it is before anybody wrote it."""
    empty = {"evidence_level": 0, "reached": None}
    usual = "" if isinstance(WHOLE[kind].get(part, ""), str) else None
    return {part: empty.get(part, usual)}


def a_survey(organisation: Organisation | None = None, **details: Any) -> SurveyVersion:
    """A survey that parents and children can both answer."""
    return make_small_survey(QUESTIONS, (PARENT, CHILD), organisation=organisation, **details)


def people_say(version: SurveyVersion, audience: str, people: int) -> list[Answer]:
    """So many people of that audience send a comment."""
    definition = definition_of(version.id)
    who, what = definition.question("WHO").id, definition.question("SAY").id
    return [_sent(version, audience, who, what) for _ in range(people)]


def _sent(version: SurveyVersion, audience: str, who: int | None, what: int | None) -> Answer:
    number = next(_numbers)
    comment = Answer(question=db.session.get_one(Question, what), value="Too long to wait")
    role = Answer(question=db.session.get_one(Question, who), value=audience)
    response = Response(
        token_hash=f"token-{number}",
        receipt_hash=f"receipt-{number}",
        version=version,
        channel="web",
        started_on=NOW.date(),
        submitted_at=NOW,
        answers=[role, comment],
    )
    db.session.add(response)
    db.session.flush()
    return comment


def a_theme(
    version: SurveyVersion,
    said_by: Iterable[Answer] = (),
    name: str = "Waiting for help",
    state: str = "accepted",
    ambition: str | None = "ambition-2",
) -> Theme:
    """A theme these comments are under, and what a person decided of it."""
    run = AnalysisRun(
        survey_id=version.survey_id,
        finished_at=NOW,
        method="simple",
        comments_read=1,
        people=1,
        made_by={},
    )
    found = FoundTheme(
        number=1,
        label="wait",
        keywords=[],
        people=1,
        share=0.5,
        stability=1.0,
        sentiment={},
        quotes=[],
        ambitions=[],
        assignments=[_assignment(run, answer) for answer in said_by],
    )
    run.themes.append(found)
    db.session.add(run)
    db.session.flush()
    theme = Theme(
        survey=version.survey,
        found=found,
        name=name,
        ambition=ambition,
        state=state,
        decided_by=StaffFactory(organisation=version.survey.organisation),
        decided_at=NOW,
    )
    db.session.add(theme)
    db.session.flush()
    remake(version.survey_id, [theme.id])
    return theme


def _assignment(run: AnalysisRun, answer: Answer) -> Assignment:
    db.session.add(run)
    db.session.flush()
    return Assignment(
        run_id=run.id, answer=answer, sentence_number=0, sentence="Too long", weight=1.0
    )


def whole(kind: str = "will", **parts: Any) -> Parts:
    """Every part that an answer of this kind must have."""
    usual = {"you_said": "You wait", "we_did": "We hire", "owner": "Head of therapies"}
    return Parts(kind=kind, **{**usual, **WHOLE[kind], **parts})


def an_action(theme: Theme, kind: str = "will", by: Staff | None = None, **parts: Any) -> Action:
    """A draft with all its parts."""
    return operations.add_action(theme, whole(kind, **parts), by or theme.decided_by, NOW)


def a_public_action(theme: Theme, kind: str = "will", **parts: Any) -> Action:
    action = an_action(theme, kind, **parts)
    operations.publish(action, theme.decided_by, NOW)
    db.session.commit()
    return action
