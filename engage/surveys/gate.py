"""Whether a survey may ask people to write: only where somebody is there to read it first."""

from datetime import datetime

from engage.safeguarding.queries import missing
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.question_types import TYPES


def takes_words(definition: SurveyDefinition) -> bool:
    """People can write something, so they can tell us that they are not safe."""
    return any(
        TYPES[question.type].is_open_text or any(option.takes_words for option in question.options)
        for question in definition.questions()
    )


def missing_to_read_words(
    version: SurveyVersion, definition: SurveyDefinition, now: datetime
) -> list[str]:
    """What the safeguarding plan lacks before this version, which asks that, may be opened."""
    if not takes_words(definition):
        return []
    return missing(version.survey.organisation, now)
