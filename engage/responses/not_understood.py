"""Which questions people did not understand: they are to be asked in better words."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from engage.extensions import db
from engage.responses.models import NotUnderstood
from engage.surveys.models import Question, QuestionText, SurveyVersion
from engage.surveys.wording import ENGLISH


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A question, and how many said that they do not understand it."""

    question: str
    people: int


def not_understood(survey_id: int) -> list[Misunderstood]:
    """In all versions of a survey, the question most people did not understand first."""
    people: Counter[str] = Counter()
    words: dict[str, str] = {}
    for code, text, number in db.session.execute(_marked(survey_id)):
        people[code] += number
        words[code] = text  # the newest version comes last, and its words stay
    return [Misunderstood(words[code], number) for code, number in people.most_common()]


def _marked(survey_id: int) -> Select[str, str, int]:
    return (
        select(Question.code, QuestionText.text, func.count(NotUnderstood.response_id))
        .join(SurveyVersion, SurveyVersion.id == Question.version_id)
        .join(NotUnderstood, NotUnderstood.question_id == Question.id)
        .join(QuestionText, QuestionText.question_id == Question.id)
        .where(
            SurveyVersion.survey_id == survey_id,
            QuestionText.language == ENGLISH,
            QuestionText.easy_read.is_(False),
        )
        .group_by(Question.id, Question.code, QuestionText.text, SurveyVersion.number)
        .order_by(SurveyVersion.number, Question.id)
    )
