from datetime import UTC, datetime, timedelta

import pytest

from engage.responses import snapshots
from tests.survey_factories import make_small_survey

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def survey_id(session):
    return make_small_survey().survey_id


def test_the_first_snapshot_is_always_taken(survey_id):
    taken = snapshots.take(survey_id, "q", 3, {"base": None}, NOW)
    assert snapshots.latest(survey_id, "q") is taken
    assert (taken.made_at, taken.answers_counted, taken.data) == (NOW, 3, {"base": None})


@pytest.mark.parametrize(("answers", "is_taken"), [(40, False), (49, False), (50, True)])
def test_the_next_snapshot_needs_ten_new_answers(survey_id, answers, is_taken):
    first = snapshots.take(survey_id, "q", 40, {"n": 1}, NOW)
    second = snapshots.take(survey_id, "q", answers, {"n": 2}, NOW + timedelta(days=1))
    assert (second is not None) == is_taken
    assert snapshots.latest(survey_id, "q") is (second or first)


def test_answers_taken_back_do_not_make_a_new_snapshot(survey_id):
    snapshots.take(survey_id, "q", 40, {"n": 1}, NOW)
    assert snapshots.take(survey_id, "q", 20, {"n": 2}, NOW) is None


def test_each_kind_and_survey_has_its_own_snapshots(survey_id):
    snapshots.take(survey_id, "loop", 40, {"n": 1}, NOW)
    assert snapshots.latest(survey_id, "q") is None
    assert snapshots.take(survey_id, "q", 41, {"n": 2}, NOW)
    assert snapshots.take(make_small_survey().survey_id, "q", 1, {"n": 3}, NOW)


def test_the_checksum_is_of_what_is_said_and_not_of_how_it_is_laid_out():
    assert snapshots.checksum({"a": 1, "b": "é"}) == snapshots.checksum({"b": "é", "a": 1})
    assert snapshots.checksum({"a": 1}) != snapshots.checksum({"a": 2})


def test_anyone_can_work_the_checksum_out_again():
    # printf '{"a":[1,null],"b":"é"}' | sha256sum
    expected = "e03c3c1ebb5fccd76e3bd35b9a86169f35e6f1b069645d48ac278175f54c4208"
    assert snapshots.checksum({"b": "é", "a": [1, None]}) == expected
