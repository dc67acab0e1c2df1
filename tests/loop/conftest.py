"""A survey with an accepted theme, and who may do something about it."""

import pytest

from tests.factories import StaffFactory
from tests.loop.made import a_partner, a_survey, a_theme
from tests.signin import sign_in


@pytest.fixture
def version(session):
    return a_survey()


@pytest.fixture
def theme(session, version):
    theme = a_theme(version)
    session.commit()
    return theme


@pytest.fixture
def lead(client, theme):
    staff = StaffFactory(organisation=theme.survey.organisation, roles=["survey_lead"])
    return sign_in(client, staff)


@pytest.fixture
def analyst(client, theme):
    staff = StaffFactory(organisation=theme.survey.organisation, roles=["analyst"])
    return sign_in(client, staff)


@pytest.fixture
def forum(version):
    """Somebody of a partner of the survey."""
    return a_partner(version.survey, short_name="HPCI")
