"""Surveys for tests: a real template, or a few questions of the test's own."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from engage.extensions import db
from engage.framework import load_pack
from engage.people.models import Organisation
from engage.surveys import catalogue, operations
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from tests.factories import ready_plan

PUBLISHED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOW_IS_IT_GOING = "young-people-how-is-it-going"

_numbers = count(1)


def make_survey(
    template: str | SurveyDefinition = HOW_IS_IT_GOING,
    slug: str | None = None,
    organisation: Organisation | None = None,
    published: bool = True,
    safeguarded: bool = True,
    **details: Any,
) -> SurveyVersion:
    """A survey in the database. `details`: title, title_easy, audiences, opens_at, closes_at.

    Unless told otherwise its organisation has somebody who reads what people write.
    """
    definition = template
    if isinstance(definition, str):
        switch_on = frozenset(details.pop("switch_on", ()))
        definition = catalogue.read_template(definition, load_pack("hertfordshire"), switch_on)
    version = operations.create_survey(
        organisation or _organisation(), definition, slug or f"survey-{next(_numbers)}", **details
    )
    if safeguarded:
        ready_plan(version.survey.organisation)
    if published:
        operations.publish(version, _before_closing(version))
    # As after the request that made it: the next page opened does not undo it.
    db.session.commit()
    return version


def make_small_survey(
    questions: Iterable[Mapping[str, Any]] | None = None,
    audiences: Iterable[str] = ("parent_carer",),
    **details: Any,
) -> SurveyVersion:
    """A survey of these questions, made with `ask`, for these audiences. Then as make_survey."""
    return make_survey(small_definition(questions, audiences), **details)


def small_definition(
    questions: Iterable[Mapping[str, Any]] | None = None,
    audiences: Iterable[str] = ("parent_carer",),
    **keys: Any,
) -> SurveyDefinition:
    """The same without a database. `keys` go to the template, as in a survey file."""
    return catalogue.survey_from(small_template(questions, audiences, **keys), a_pack())


def small_template(
    questions: Iterable[Mapping[str, Any]] | None = None,
    audiences: Iterable[str] = ("parent_carer",),
    **keys: Any,
) -> dict[str, Any]:
    asked = [ask("Q1"), ask("Q2", "text")] if questions is None else list(questions)
    section = {"id": "all", "title": worded("All the questions"), "questions": asked}
    usual = {
        "id": "small",
        "version": "1.0.0",
        "title": worded("A small survey"),
        "audience": list(audiences),
        "estimated_minutes": 2,
        "sections": [section],
    }
    return {"template": usual | keys}


def ask(
    code: str, type: str = "single", options: Iterable[Any] = (), **keys: Any
) -> dict[str, Any]:
    """A question as in a survey file. Options are codes, or whole options.

    A choice without options offers yes, no and "not sure", which is a missing answer.
    """
    question = {"id": code, "type": type, "wording": worded(f"Question {code}?")}
    if type in ("single", "multi", "rank") and "options_from" not in keys:
        question["options"] = [_option(option) for option in options or YES_NO]
    return question | {"feeds_q": "none"} | keys


def worded(text: str) -> dict[str, str]:
    return {"standard": text, "easy_read": text}


def a_pack() -> Any:
    return load_pack("hertfordshire")


NOT_SURE = {"code": "not_sure", "standard": "Not sure", "easy_read": "I don’t know"}
YES_NO = ("yes", "no", NOT_SURE | {"missing": True, "exclusive": True})


def _option(option: Any) -> dict[str, Any]:
    if isinstance(option, Mapping):
        return dict(option)
    return {"code": option, **worded(str(option).replace("_", " ").capitalize())}


def _organisation() -> Organisation:
    number = next(_numbers)
    organisation = Organisation(
        code=f"organisation-{number}", name=f"Organisation {number}", short_name=f"Org {number}"
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation


def _before_closing(version: SurveyVersion) -> datetime:
    """Published early enough that a survey may be closed by its date in the test's own now."""
    if version.closes_at is None or version.closes_at > PUBLISHED_AT:
        return PUBLISHED_AT
    return version.closes_at - timedelta(days=1)
