"""A theme with a public answer, and an officer who may publish reports about it."""

import pytest

from tests.factories import StaffFactory
from tests.loop.made import (
    PARENT,
    a_public_action,
    a_survey,
    a_theme,
    count,
    people_say,
)
from tests.signin import sign_in


@pytest.fixture
def theme(session):
    """Of 12 parents, enough to be told of as about 10, with an answer that everyone can read."""
    version = a_survey(title="Parents <2026>")
    theme = a_theme(version, people_say(version, PARENT, 12))
    a_public_action(theme, "cannot", you_said="You wait #panic(1)")
    count(version)
    return theme


@pytest.fixture
def officer(app, theme):
    staff = StaffFactory(organisation=theme.survey.organisation, roles=["survey_lead"])
    return sign_in(app.test_client(), staff)
