"""A survey that two organisations lead together, and people of both."""

import pytest

from engage.extensions import db
from engage.loop import partners
from engage.loop.co_lead import operations as together
from engage.surveys import operations as surveys
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.co_lead.made import agree
from tests.loop.made import NOW, a_survey, a_theme


@pytest.fixture
def led(session):
    """A draft of a council that a forum leads together with it."""
    version = a_survey(published=False, title="Parents")
    forum = OrganisationFactory(code="org-hpci", name="The forum of parents", short_name="HPCI")
    officer = StaffFactory(organisation=version.survey.organisation, roles=["survey_lead"])
    partners.add(version.survey, forum, officer, NOW)
    signing_together.make_co_lead(version.survey, forum.id, officer)
    session.commit()
    return version


@pytest.fixture
def forum(led):
    (organisation,) = signed.co_leads_of(led.survey_id)
    return StaffFactory(organisation=organisation, roles=["survey_lead"])


@pytest.fixture
def officer(led):
    return StaffFactory(organisation=led.survey.organisation, roles=["survey_lead"])


@pytest.fixture
def launched(led, forum, officer):
    """The same, open, with a theme that waits for the forum."""
    together.ask_to_launch(led.survey, officer, NOW)
    agree(led.survey, signed.to_launch(led), forum)
    surveys.publish(led, NOW)
    theme = a_theme(led)
    db.session.commit()
    return theme
