"""Answers to test with: a survey, who said what, and what was done about it."""

import itertools
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from engage.analysis.frame.members import remake
from engage.analysis.models import AnalysisRun, Assignment, FoundTheme, Theme
from engage.extensions import db
from engage.loop import operations, partners
from engage.loop.demands import Parts
from engage.loop.lifecycle import CHECKED, Step
from engage.loop.models import Action
from engage.people.models import Organisation, Staff
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, Survey, SurveyVersion
from engage.surveys.queries import definition_of
from tests.factories import OrganisationFactory, StaffFactory
from tests.indicators.rivals import changing_it_first
from tests.survey_factories import ask, make_small_survey

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ALL = "/you-said-we-did"
AMBITION = f"{ALL}/ambition/ambition-2"
HOSTILE = "<script>alert(1)</script>"
PARENT, CHILD = "parent_carer", "young_person"
QUESTIONS = (ask("WHO", options=(PARENT, CHILD), role="audience"), ask("SAY", "text"))
_numbers = itertools.count(1)

# What every answer owes, and what each kind owes beside it.
WORDS = {"you_said": "You wait", "we_did": "We hire", "owner": "Head of therapies"}
WHOLE: dict[str, dict[str, Any]] = {
    "did": {
        "place": "In all nine areas",
        "reached": 1140,
        "evidence": "Letters were counted",
        "evidence_level": 2,
        "done_on": date(2026, 9, 1),
    },
    "doing": {"due_on": date(2097, 2, 26)},
    "will": {"due_on": date(2097, 2, 26)},
    "cannot": {
        "reason": "money",
        "decided_by": "The SEND board",
        "instead": "Free travel training",
        "challenge": "You can ask for a review",
    },
    "already": {"place": "On the Local Offer", "how_to_get": "Ask your school"},
    "passed_on": {"due_on": date(2097, 2, 26)},
    "ask_more": {"will_ask": "Which letters are hard", "due_on": date(2097, 2, 26)},
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
    said, who = unsent(version, people), question_of(version, "WHO")
    for comment in said:
        send(version, Answer(question=who, value=audience), comment)
    return said


def unsent(version: SurveyVersion, comments: int) -> list[Answer]:
    what = question_of(version, "SAY")
    return [Answer(question=what, value="Too long to wait") for _ in range(comments)]


def question_of(version: SurveyVersion, code: str) -> Question:
    return db.session.get_one(Question, definition_of(version.id).question(code).id)


def send(version: SurveyVersion, *answers: Answer) -> None:
    """Somebody sends these answers."""
    number = next(_numbers)
    response = Response(
        token_hash=f"token-{number}",
        receipt_hash=f"receipt-{number}",
        version=version,
        channel="web",
        started_on=NOW.date(),
        submitted_at=NOW,
        answers=list(answers),
    )
    db.session.add(response)
    db.session.flush()


def a_run(version: SurveyVersion, **details: Any) -> AnalysisRun:
    """A reading of the survey that has finished, and found nothing yet."""
    usual = {"finished_at": NOW, "method": "simple", "comments_read": 1, "people": 1, "made_by": {}}
    run = AnalysisRun(survey_id=version.survey_id, **{**usual, **details})
    db.session.add(run)
    db.session.flush()
    return run


def a_found(run: AnalysisRun, said_by: Iterable[Answer] = (), **details: Any) -> FoundTheme:
    """What the reading found in these comments."""
    usual = {
        "number": len(run.themes) + 1,
        "label": "wait",
        "keywords": [],
        "people": 1,
        "share": 0.5,
        "stability": 1.0,
        "sentiment": {},
        "quotes": [],
        "ambitions": [],
    }
    found = FoundTheme(**{**usual, **details})
    run.themes.append(found)
    found.assignments.extend(assigned(run, answer) for answer in said_by)
    db.session.flush()
    return found


def assigned(run: AnalysisRun, answer: Answer) -> Assignment:
    return Assignment(
        run_id=run.id, answer=answer, sentence_number=0, sentence="Too long", weight=1.0
    )


def a_theme(
    version: SurveyVersion,
    said_by: Iterable[Answer] = (),
    name: str = "Waiting for help",
    state: str = "accepted",
    ambition: str | None = "ambition-2",
) -> Theme:
    """A theme these comments are under, and what a person decided of it."""
    found = a_found(a_run(version), said_by)
    return decided(version, found, name=name, state=state, ambition=ambition)


def decided(version: SurveyVersion, found: FoundTheme, **details: Any) -> Theme:
    """What a person decided of what was found."""
    theme = Theme(
        survey=version.survey,
        found=found,
        decided_by=StaffFactory(organisation=version.survey.organisation),
        decided_at=NOW,
        **details,
    )
    db.session.add(theme)
    db.session.flush()
    remake(version.survey_id, [theme.id])
    return theme


def whole(kind: str = "will", **parts: Any) -> Parts:
    """Every part that an answer of this kind must have."""
    return Parts(kind=kind, **{**WORDS, **WHOLE[kind], **parts})


def typed(kind: str, **parts: Any) -> dict[str, str]:
    """The same as somebody types it into the form."""
    answer = {"kind": kind, **WORDS, **WHOLE[kind], **parts}
    return {name: "" if value is None else str(value) for name, value in answer.items()}


def an_action(theme: Theme, kind: str = "will", by: Staff | None = None, **parts: Any) -> Action:
    """A draft with all its parts."""
    return operations.add_action(theme, whole(kind, **parts), by or theme.decided_by, NOW)


def a_draft(theme: Theme, kind: str = "will", **parts: Any) -> Action:
    """One that is there when the next page is asked for."""
    action = an_action(theme, kind, **parts)
    db.session.commit()
    return action


def a_public_action(theme: Theme, kind: str = "will", **parts: Any) -> Action:
    action = an_action(theme, kind, **parts)
    operations.publish(action, theme.decided_by, NOW)
    db.session.commit()
    return action


def a_partner(survey: Survey, **details: Any) -> Staff:
    """Somebody of another organisation, which says what families say of the survey's answers."""
    forum = StaffFactory(organisation=OrganisationFactory(**details), roles=["analyst"])
    partners.add(survey, forum.organisation, StaffFactory(organisation=survey.organisation), NOW)
    return forum


def a_check(
    said: str = "yes", asked: int = 24, note: str = "The line is still busy", at: datetime = LATER
) -> Step:
    """What families say of an answer."""
    return Step(state=CHECKED, at=at, said=said, asked=asked, note=note)


def taken_down_meanwhile(action: Action) -> AbstractContextManager[None]:
    """Somebody else takes it down just before it is held."""
    rows = update(Action).where(Action.id == action.id).values(withdrawn_at=NOW)
    return changing_it_first(lambda connection: connection.execute(rows))


def count(version: SurveyVersion) -> None:
    """The public counts are made."""
    operations.take_loop_snapshot(version.survey_id, NOW)
    db.session.commit()


def at(address: str, version: SurveyVersion) -> str:
    """A public address, of this survey where it is one of a survey."""
    return address.format(slug=version.survey.slug)


def place(theme: Theme, rest: str = "") -> str:
    """Where staff answer the themes of its survey."""
    return f"/staff/surveys/{theme.survey.slug}/actions{rest}"
