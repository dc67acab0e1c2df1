"""What the invented officers and partners did, told by the actions of the demonstration."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engage.clock import day_of
from engage.demo.curation import PARTNERS, curate
from engage.demo.told import read
from engage.extensions import db
from engage.loop import staff_board
from engage.loop.models import KINDS, LoopStep
from engage.surveys.models import SurveyPartner
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import PARENT, a_found, a_run, a_survey, people_say

NOW = datetime.now(UTC)
OWNERS = {"parent-carers-2026": "org-hcc", "young-people-2026": "org-voices"}


@pytest.fixture
def curated(session):
    """Every action of the demonstration finds a theme of its own words, and is told."""
    actions = read("actions")["actions"]
    organisations = {
        code: OrganisationFactory(code=code) for code in ("org-hcc", "org-hpci", "org-voices")
    }
    for organisation in organisations.values():
        StaffFactory(organisation=organisation, roles=["survey_lead"])
    for slug in PARTNERS:
        owner = organisations[OWNERS.get(slug, "org-hcc")]
        version = a_survey(organisation=owner, slug=slug)
        found_in(version, [action for action in actions if action["survey"] == slug])
    assert curate(actions, NOW)
    session.commit()
    return staff_board.rows([row.survey_id for row in partners()], day_of(NOW))


def partners():
    return db.session.scalars(select(SurveyPartner)).all()


def found_in(version, actions):
    """A run with one theme for each action, and four comments of yesterday under it."""
    run = a_run(version, finished_at=NOW)
    for number, action in enumerate(actions):
        said = people_say(version, PARENT, 4)
        for answer in said:
            answer.response.submitted_at = NOW - timedelta(days=1)
        words = {"label": action["topic"], "keywords": action["keywords"]}
        a_found(run, said, number=number, people=4, **words)


def test_every_kind_of_answer_is_shown(curated):
    assert {row.action.kind for row in curated} == set(KINDS)


def test_something_is_late_again_not_yet_done_or_partly_done(curated):
    rules = [row.light.rule for row in curated]
    assert {rule: rules.count(rule) for rule in ("overdue", "comments", "not_yet", "partly")} == {
        "overdue": 1,
        "comments": 1,
        "not_yet": 1,
        "partly": 1,
    }


def test_only_partners_say_what_families_say(curated):
    checks = db.session.scalars(select(LoopStep).where(LoopStep.state == "checked")).all()
    allowed = {(row.survey_id, row.organisation_id) for row in partners()}
    assert {(check.theme.survey_id, check.organisation_id) for check in checks} <= allowed
    assert {check.organisation.code for check in checks} == {"org-hpci", "org-voices"}
