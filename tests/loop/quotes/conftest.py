"""A theme under which people allow different things, and who may do something about it."""

import pytest

from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import a_partner, a_public_action
from tests.loop.quotes.made import a_survey_that_asks, says, theme_of
from tests.signin import sign_in

OWN = "We wait for Mrs Smith to ring us back"
OTHER = "Every letter is long and full of words that we do not know"


@pytest.fixture
def version(session):
    return a_survey_that_asks(title="Parents")


@pytest.fixture
def own(version):
    """They allow their own words."""
    return says(version, OWN)


@pytest.fixture
def other(version):
    """They allow it only in other words."""
    return says(version, OTHER, may="paraphrase")


@pytest.fixture
def theme(session, version, own, other):
    """Answered in public, with a partner that looks on."""
    theme = theme_of(version, own, other)
    a_partner(version.survey, name="The forum of parents", short_name="HPCI")
    a_public_action(theme)
    session.commit()
    return theme


@pytest.fixture
def forum(theme):
    """Somebody of the partner."""
    return a_partner(theme.survey, short_name="Voices")


@pytest.fixture
def somebody(app, theme):
    """Signed in as staff with this role of the survey's own organisation, a partner or another."""

    def somebody(of="own", role="survey_lead"):
        organisation = {
            "own": lambda: theme.survey.organisation,
            "partner": lambda: a_partner(theme.survey).organisation,
            "other": OrganisationFactory,
        }[of]()
        staff = StaffFactory(organisation=organisation, roles=[role])
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return somebody
