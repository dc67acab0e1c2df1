"""What young people are told before they begin, by how old they say they are. Pure.

The age chooses the words of one page and is kept nowhere.
"""

from engage.surveys.definition import SurveyDefinition

YOUNG = "young_person"
UNDER_13, UNDER_16, OLDER, NOT_SAID = "under-13", "13-to-15", "16-or-over", "not-said"
AGES = (UNDER_13, UNDER_16, OLDER, NOT_SAID)


def is_for_young_people(survey: SurveyDefinition) -> bool:
    return YOUNG in survey.audiences


def needs_assent(age: str) -> bool:
    """Under 16 we ask "do you want to take part?" Nobody is asked to prove an age."""
    return age != OLDER
