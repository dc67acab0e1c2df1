"""What stands ready in the served demonstration: a survey with every kind of question, and for
each way of reading somebody who has just begun, somebody who has answered, and somebody who sent.

Put straight into its database, so that every page can be opened by its address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engage import create_app
from engage.config import settings
from engage.extensions import db, write_transaction
from engage.loop.models import Action
from engage.loop.queries import published_actions
from engage.responses.opening import opened
from engage.responses.operations import save_answer, start, submit
from engage.responses.receipt import receipt_of
from engage.surveys.branching import path
from engage.surveys.models import SurveyVersion
from engage.surveys.operations import close
from tests.responses.kind_surveys import area, dated, number, statements, zero_to_ten
from tests.survey_factories import ask, make_small_survey, worded

SLUG = "every-kind"


@dataclass(frozen=True)
class Reading:
    """One of the faces of a page, and how an address asks for it."""

    name: str
    easy_read: bool = False
    language: str = "en"

    def __str__(self) -> str:
        return self.name

    @property
    def in_address(self) -> str:
        return f"read={'easy' if self.easy_read else 'standard'}&lang={self.language}"


ENGLISH = Reading("english")
EASY = Reading("easy read", easy_read=True)
ARABIC = Reading("arabic", language="ar")
READINGS = (ENGLISH, EASY, ARABIC)


@dataclass(frozen=True)
class Person:
    """The tokens of somebody who reads one way."""

    begun: str
    answered: str
    sent: str
    too_late: str  # of a survey that has closed

    @property
    def code(self) -> str:
        return " ".join(receipt_of(self.sent))


@dataclass(frozen=True)
class Stage:
    people: dict[str, Person]
    organisation: str  # its code
    theme: str  # the address where staff see how far a theme of the demonstration has come
    answer: str  # and that of its answer

    def person(self, reading: Reading) -> Person:
        return self.people[reading.name]


def questions() -> list[dict[str, Any]]:
    """One of each kind. Those that can be refused must be answered."""
    friend = {"code": "friend", **worded("A friend"), "free_text": True}
    used = [{"code": code, **worded(words)} for code, words in USED.items()]
    many = {"options": [*used, friend, NOBODY], "max_choices": 2, "required": True}
    return [
        ask("CHOICE", required=True),
        ask("FACES", "scale", scale="quality5"),
        ask("CHOICES", "multi") | many,
        ask("USED", "multi") | {"options": used},
        ask("LOOP", "loop", scale="quality5", loop_over="USED"),
        ask("RANK", "rank") | {"options": used, "required": True},
        ask("TEXT", "text", role="free_text", max_chars=40),
        ask("INFO", "info"),
        statements("STATEMENTS", required=True),
        zero_to_ten("ZERO", required=True),
        number("NUMBER", required=True),
        dated("DATE", required=True),
        area("AREA", required=True),
    ]


USED = {"school": "My school", "therapy": "A therapist", "bus": "The school bus"}
NOBODY = {"code": "nobody", **worded("Nobody"), "missing": True, "exclusive": True}


# What somebody who answered said.
ANSWERS = {
    "CHOICE": "yes",
    "FACES": "4",
    "CHOICES": ["school", "friend"],
    "USED": ["school", "bus"],
    "LOOP": {"school": "4", "bus": "2"},
    "RANK": ["bus", "school"],
    "TEXT": "The bus comes late.",
    "STATEMENTS": {"heard": "agree", "safe": "disagree"},
    "ZERO": "7",
    "NUMBER": "12",
    "DATE": "2026-03-27",
    "AREA": "dspl5",
}


def set_the_stage(instance: Path, address: str) -> Stage:
    asked = {"ENGAGE_INSTANCE": str(instance), "PUBLIC_URL": address, "ANALYSIS_TOOLS": "simple"}
    app = create_app(settings(asked))
    with app.app_context():
        # The worker writes at the same time, so each asks for the lock before it reads.
        with write_transaction():
            version = make_small_survey(questions(), slug=SLUG, title="Every kind of question")
            closed = make_small_survey(questions(), slug="closed", title="A survey that has closed")
            people = {each.name: make_person(version, closed, each) for each in READINGS}
            close(closed, datetime(2026, 3, 9, tzinfo=UTC))
        organisation = version.survey.organisation.code
        far = far_along()
        theme = f"/staff/surveys/{far.theme.survey.slug}/lifecycle/{far.theme_id}"
        answer = f"{theme}/answers/{far.id}"
        db.session.remove()
        db.engine.dispose()
    return Stage(people, organisation, theme, answer)


def far_along() -> Action:
    """The answer to parents with the longest history."""
    slug = "parent-carers-2026"
    ours = [each for each in published_actions() if each.theme.survey.slug == slug]
    return max(ours, key=lambda each: len(each.steps))


def make_person(version: SurveyVersion, closed: SurveyVersion, reading: Reading) -> Person:
    begun, answered, sent, too_late = (
        begin(each, reading) for each in (version, version, version, closed)
    )
    keep(begun, {"USED": ["school", "bus"]})
    for token in (answered, sent):
        keep(token, ANSWERS)
    draft, survey = opened(sent)
    submit(draft, survey)
    return Person(begun, answered, sent, too_late)


def begin(version: SurveyVersion, reading: Reading) -> str:
    return start(version, "web", easy_read=reading.easy_read, language=reading.language)


def keep(token: str, answers: dict[str, Any]) -> None:
    for code, value in answers.items():
        draft, survey = opened(token)
        for step in path(survey, draft.said, draft.seed):
            if step.question.code == code:
                said = value if step.item is None else value[step.item]
                draft = save_answer(draft, step, said)
