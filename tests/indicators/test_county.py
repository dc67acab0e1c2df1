"""What is said of the whole county, worked out from issues that are public already."""

from datetime import timedelta

import pytest

from engage.indicators.q.county import county_figures, take_county_snapshot, waves_of
from engage.indicators.q.queries import county, published_q
from engage.responses import snapshots
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer, same_organisation
from tests.indicators.factories_figures import make_figure
from tests.survey_factories import make_survey

LATER = NOW + timedelta(days=7)


def a_wave(template, satisfied, dissatisfied, slug, is_invented=False, **details):
    details.setdefault("organisation", same_organisation())
    version = make_survey(template, slug=slug, title=slug, **details)
    version.survey.is_invented = is_invented
    answer(version, {"headline": "fairly_satisfied"}, satisfied)
    answer(version, {"headline": "fairly_dissatisfied"}, dissatisfied)
    return version


def figures():
    return county_figures(published_q(), "Hertfordshire")


def test_before_anything_is_published_there_is_nothing_to_say(session):
    assert figures()["trends"] == {}
    assert figures()["composite"] is None
    assert figures()["dials"]["text"] == "not_enough"


def test_each_series_has_its_own_trend_and_they_are_never_one(session, publish):
    a_wave(PARENTS, 20, 40, "parents")
    a_wave(YOUNG_PEOPLE, 40, 20, "young")
    publish()
    found = figures()
    assert list(found["trends"]) == ["q-PC", "q-YP"]
    assert [len(each["waves"]) for each in found["trends"].values()] == [1, 1]


def test_waves_stand_in_the_order_in_which_they_opened(session, publish):
    a_wave(PARENTS, 50, 50, "newer", opens_at=NOW)
    a_wave(PARENTS, 25, 75, "older", opens_at=NOW - timedelta(days=365))
    publish()
    waves = waves_of(published_q()["q-PC"])
    assert [each.survey for each in waves] == ["older", "newer"]
    change = figures()["trends"]["q-PC"]["change"]
    assert (change["from"], change["to"], change["points"]) == ("older", "newer", 25)


def test_one_number_needs_both_series(session, publish):
    a_wave(PARENTS, 20, 40, "parents")
    publish()
    assert figures()["composite"] is None
    a_wave(YOUNG_PEOPLE, 40, 20, "young")
    publish(LATER)
    assert figures()["composite"]["percent"] == 50


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_one_number_is_never_made_of_real_and_made_up_answers(session, publish, first, second):
    a_wave(PARENTS, 20, 40, "parents", is_invented=first)
    a_wave(YOUNG_PEOPLE, 40, 20, "young", is_invented=second)
    publish()
    assert figures()["composite"] is None


def test_one_number_is_never_made_of_a_blurred_figure(session, publish):
    a_wave(PARENTS, 2, 58, "parents")
    a_wave(YOUNG_PEOPLE, 40, 20, "young")
    publish()
    assert figures()["composite"] is None


def test_made_up_waves_take_no_part_where_there_is_a_real_one(session, publish):
    a_wave(PARENTS, 20, 40, "made-up", is_invented=True)
    a_wave(PARENTS, 40, 20, "real")
    publish()
    found = figures()["trends"]["q-PC"]
    assert [each["survey"] for each in found["waves"]] == ["real"]
    assert found["why_not"] == "one_wave"


def test_a_change_from_a_blurred_figure_is_told_nowhere(session, publish):
    a_wave(PARENTS, 2, 58, "older", opens_at=NOW - timedelta(days=365))
    a_wave(PARENTS, 40, 20, "newer", opens_at=NOW)
    publish()
    found = figures()["trends"]["q-PC"]
    assert (found["change"], found["why_not"]) == (None, "hidden")


def test_it_is_kept_anew_only_where_something_changed(session, publish):
    a_wave(PARENTS, 20, 40, "parents")
    publish()
    assert take_county_snapshot(NOW, "Hertfordshire") is not None
    assert take_county_snapshot(LATER, "Hertfordshire") is None
    make_figure("complaints", "3.7", label="Complaints")
    assert take_county_snapshot(LATER, "Hertfordshire") is not None
    assert county().checksum == snapshots.checksum(county().data)


def test_it_holds_nothing_exact(session, publish):
    a_wave(PARENTS, 21, 42, "parents")
    publish()
    snapshot = take_county_snapshot(NOW, "Hertfordshire")
    assert (snapshot.answers_counted, snapshot.exact) == (0, {})
    text = str(snapshot.data)
    assert "0.33333" not in text
    assert not any(number in text for number in (" 21,", " 42,", " 63,"))
