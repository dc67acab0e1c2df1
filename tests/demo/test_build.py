"""The invented demonstration."""

import pytest
from sqlalchemy import func, select

from engage.demo.build import build_demo
from engage.extensions import db
from engage.jobs import queue
from engage.people.models import Organisation, Staff
from engage.responses.models import Response
from engage.surveys.models import Survey, SurveyVersion

VOLUMES = {
    "parent-carers-2026": 531,
    "young-people-2026": 135,
    "professionals-2026": 193,
    "parent-carers-2025": 402,
    "pulse-2026": 654,
    "school-staff-spring-2026": 90,
    "school-staff-summer-2026": 110,
    "school-staff-autumn-2025": 60,
    "local-offer-2026": 120,
}
PAGES = [
    "/",
    "/have-your-say/parent-carers-2026",
    "/have-your-say/young-people-2026",
    "/have-your-say/professionals-2026",
    "/you-said-we-did",
    "/you-said-we-did/parent-carers-2026",
    "/you-said-we-did/on-time",
    "/promises/promise-03",
    "/indicators/q",
    "/indicators/q/method",
    "/indicators/pulse",
]


@pytest.fixture
def built(app, tmp_path, monkeypatch):
    """The demonstration, and what it told the person who made it."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    told = []
    build_demo(told.append)
    return told


def rows():
    """How many rows there are of everything."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.tables.values()
    }


def volumes():
    found = (
        select(Survey.slug, func.count())
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .join(Response, Response.version_id == SurveyVersion.id)
        .where(Response.submitted_at.is_not(None))
        .group_by(Survey.slug)
    )
    return dict(map(tuple, db.session.execute(found)))


@pytest.mark.slow
def test_the_demonstration_is_made_once_and_can_be_looked_at(built, client):
    """One long test: making it takes a few seconds."""
    assert volumes() == VOLUMES
    codes = set(db.session.scalars(select(Organisation.code)))
    assert codes == {"org-hcc", "org-hpci", "org-voices"}
    assert len(set(db.session.scalars(select(Staff.organisation_id)))) == 3
    assert set(db.session.scalars(select(Survey.is_invented))) == {True}
    assert not queue.any_waiting()

    before = rows()
    assert before["action"] > 0
    assert before["survey_partner"] == 7
    build_demo(lambda words: None)
    assert rows() == before

    for address in PAGES:
        page = client.get(address).page
        assert page.status == 200
        assert "made up" in page.html or "made-up" in page.html
