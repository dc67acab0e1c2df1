"""The reports and "You said, we did" print the numbers of snapshots, and count nobody themselves.

So a reader finds no more in them than `benchmarks.disclosure` puts together of the snapshots.
"""

from datetime import UTC, datetime

import pytest

from engage.extensions import db
from engage.indicators.q.queries import KIND
from engage.loop.public.data import counted
from engage.loop.queries import LOOP
from engage.pages.reports.collecting import ANNUAL, KINDS, REG56, collect
from engage.pages.reports.local_offer import TEMPLATE
from engage.responses import snapshots
from engage.surveys.queries import definition_of
from tests.indicators.conftest import PARENTS, answer, take_q_snapshots
from tests.loop.made import NOW, a_public_action, a_theme, count
from tests.pages.reports.taking import wanted
from tests.survey_factories import make_survey

SATISFIED, DISSATISFIED = {"headline": "very_satisfied"}, {"headline": "very_dissatisfied"}


@pytest.fixture
def wave(app, session):
    """57 people, as q and "You said, we did" count them, and two who have come since."""
    version = make_survey(PARENTS, opens_at=datetime(2026, 1, 10, tzinfo=UTC))
    answer(version, SATISFIED, 30)
    answer(version, DISSATISFIED, 27)
    a_public_action(a_theme(version))
    count(version)
    take_q_snapshots(NOW, app.extensions["pack"].areas)
    answer(version, SATISFIED, 2)
    db.session.commit()
    return version


def kept(version, kind):
    return snapshots.latest(version.survey_id, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_says_how_many_answered_as_the_last_count_does(wave, kind):
    report, shown = collect(wanted(kind)), kept(wave, LOOP)
    (survey,) = report["surveys"]
    assert survey["people"] == counted(shown)["people"] == shown.data["people"] == 55
    assert [*survey["people_by_audience"].values()] == [*shown.data["audiences"].values()]
    of_themes = [each["people"] for each in shown.data["themes"].values()]
    assert [each["people"] for each in report["themes"]] == of_themes == [None]


def test_the_annual_report_has_the_figures_of_q_as_they_are_published(wave):
    (card,), shown = collect(wanted(ANNUAL))["q"], kept(wave, KIND)
    names = ("base", "positive", "negative", "low", "high")
    headline = shown.data["headline"]
    assert [card[name] for name in names] == [headline[name] for name in names]
    assert (card["base"], card["positive"], card["checksum"]) == (55, 53, shown.checksum)


def test_the_shares_under_regulation_56_are_of_a_survey_that_feeds_no_q(wave):
    assert collect(wanted(REG56))["figures"] == []
    local_offer = make_survey(TEMPLATE)
    assert len(local_offer.audiences) > 1, "so it is no series of q"
    assert all(each.feeds_q in (None, "none") for each in questions_of(local_offer))


def questions_of(version):
    return definition_of(version.id).questions()
