"""What the invented officers quoted, and what a partner said of it."""

import pytest
from sqlalchemy import select

from engage.demo.quotes import make_quotes
from engage.demo.told import read
from engage.extensions import db
from engage.loop import partners
from engage.loop.quotes.models import Quote
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import NOW, a_public_action
from tests.loop.quotes.made import a_survey_that_asks, says, theme_of


@pytest.fixture
def told(session, tmp_path, monkeypatch):
    """The sentences of the demonstration, said by people who allow it."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    told = read("quotes")["quotes"]
    owner, forum = OrganisationFactory(code="org-hcc"), OrganisationFactory(code="org-hpci")
    officer = StaffFactory(organisation=owner, roles=["survey_lead"])
    StaffFactory(organisation=forum, roles=["survey_lead"])
    version = a_survey_that_asks(organisation=owner, slug="parent-carers-2026")
    partners.add(version.survey, forum, officer, NOW)
    said = [says(version, each["said"], allowed(each)) for each in told]
    a_public_action(theme_of(version, *said))
    return told


def allowed(told):
    is_other = "words" in told and "[…]" not in told["words"]
    return "paraphrase" if is_other else "yes"


def test_some_are_read_one_waits_and_one_is_vetoed_however_often_it_is_made(told, client):
    for _again in range(2):
        make_quotes(told, NOW)
        db.session.commit()
    quotes = db.session.scalars(select(Quote)).all()
    assert [quote.state for quote in quotes].count("approved") == 3
    assert {quote.is_own for quote in quotes if quote.state == "approved"} == {True, False}
    assert [quote.is_vetoed for quote in quotes].count(True) == 1
    page = client.get("/you-said-we-did/parent-carers-2026").page
    assert len(page.soup.select(".pair blockquote")) == 3
