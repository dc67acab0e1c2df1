"""A survey with two accepted themes, a round over its twelve comments, and two who code."""

import pytest

from engage.analysis.checking import operations
from engage.analysis.models import Theme
from tests.analysis.checking.made import WORDS, a_mention
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import NOW, a_survey
from tests.signin import sign_in


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def officer(app, version):
    """A browser of somebody at the survey's organisation, with this role."""

    def officer(name="Ann", role="analyst"):
        staff = StaffFactory(organisation=version.survey.organisation, roles=[role], name=name)
        client = sign_in(app.test_client(), staff)
        client.staff = staff
        return client

    return officer


@pytest.fixture
def ann(officer):
    return officer()


@pytest.fixture
def ben(officer):
    return officer("Ben")


@pytest.fixture
def said(version):
    return comments(version, WORDS)


@pytest.fixture
def themes(version, said, session):
    """Waits and Buses, as the machine put them: right, but for one comment."""
    run = a_run(version, {"waits": said[:6], "buses": said[6:]})
    decided_by = StaffFactory(organisation=version.survey.organisation)
    made = []
    for name, found, some in (
        ("Waits", run.themes[0], said[:7]),
        ("Buses", run.themes[1], said[7:]),
    ):
        theme = Theme(
            survey_id=version.survey_id,
            found=found,
            name=name,
            state="accepted",
            decided_by=decided_by,
            decided_at=NOW,
        )
        session.add(theme)
        session.flush()
        session.add_all(a_mention(theme, answer) for answer in some)
        made.append(theme)
    session.commit()
    return made


@pytest.fixture
def round(version, themes, session):
    by = StaffFactory(organisation=version.survey.organisation)
    round = operations.begin(version.survey, by, NOW, seed=7)
    session.commit()
    return round
