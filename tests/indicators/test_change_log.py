"""When figures were taken, and what changed between one and the next."""

from datetime import timedelta

import pytest

from engage.indicators.q.changes import changed
from engage.indicators.q.display_method import CHANGES, MOST_LISTED
from engage.indicators.q.queries import published_q, taken
from engage.indicators.q.settling import Publication
from engage.responses.models import Snapshot
from tests.indicators.conftest import NOW, YOUNG_PEOPLE, answer
from tests.indicators.factories_figures import make_margins
from tests.indicators.q_pages import SATISFIED, a_wave, rows_of, say
from tests.indicators.test_method_page import method

LATER = NOW + timedelta(days=7)
A_YEAR = timedelta(days=365)


def log(client, series="q-PC"):
    return rows_of(method(client), f"log-{series}")


def what_changed(client):
    """The newest row's last cell."""
    return log(client)[0][-1]


@pytest.fixture
def wave(session, publish):
    version = a_wave(60, 60, said={"weight_support": "ehcp"})
    publish()
    return version


def more(version, publish, day=LATER):
    answer(version, SATISFIED, 20, day)
    publish(day)


def test_the_first_figures_have_a_day_a_survey_a_version_and_a_checksum(client, wave):
    issue = published_q()["q-PC"][0]
    version = f"Definition 2.0, checksum {issue.checksum[:12]}"
    assert log(client) == [["1 April 2026", "Survey parents", version, "The first figures."]]


def test_the_last_stands_at_the_top_and_each_has_its_own_checksum(client, wave, publish):
    more(wave, publish)
    rows = log(client)
    assert [row[0] for row in rows] == ["8 April 2026", "1 April 2026"]
    assert what_changed(client) == "More answers are counted."
    assert rows[0][2] != rows[1][2]


def test_another_way_of_finding_people_is_a_break(client, wave, publish):
    say(wave, grade="A", invited="400")
    more(wave, publish)
    assert what_changed(client) == (
        "More answers are counted. People were found in another way. Another number of people "
        "invited. Cannot be compared with the figures before."
    )


def test_figures_that_go_from_view_are_not_said_to_be_of_more_people(client, wave, publish):
    say(wave, grade="C")
    publish(LATER)
    assert what_changed(client) == (
        "People were found in another way. Cannot be compared with the figures before."
    )


def test_where_ten_more_came_that_is_said_too(client, wave, publish):
    say(wave, grade="C")
    more(wave, publish)
    assert what_changed(client).startswith("More answers are counted. People were found")


def test_an_earlier_publication_with_nothing_noted_is_one_of_more_answers(
    client, session, wave, publish
):
    more(wave, publish)
    row = session.query(Snapshot).filter_by(kind="q").order_by(Snapshot.id.desc()).first()
    row.data = {**row.data, "came_after": {**row.data["came_after"], "changed": []}}
    session.commit()
    assert what_changed(client) == "More answers are counted."


def test_a_wave_follows_what_was_published_and_not_what_too_few_more_would_make(
    client, session, publish
):
    """People who live elsewhere are no newcomers: their survey is not published anew."""
    first = a_wave(60, 60)
    answer(first, SATISFIED | {"weight_area": "outside"}, 20)
    publish()
    answer(first, SATISFIED, 3, LATER)
    a_wave(50, 50, slug="next", opens_at=NOW + A_YEAR)
    (taken_now,) = publish(LATER)
    assert taken_now.data["came_after"]["survey"] == "parents"
    assert taken_now.data["came_after"]["made_at"] == NOW.isoformat()


def test_questions_beside_the_headline_may_change_without_a_break(client, wave, publish):
    say(wave, domain_info="")
    more(wave, publish)
    assert what_changed(client) == (
        "More answers are counted. Other questions beside the one about overall satisfaction."
    )


def test_margins_that_come_are_told_and_that_the_figure_is_weighted_by_them(client, wave, publish):
    make_margins(is_synthetic=False)
    answer(wave, SATISFIED | {"weight_support": "sens"}, 120, LATER)
    publish(LATER)
    assert "Weighed by other shares of the population." in what_changed(client)
    assert "Weighted from here on, or no more." in what_changed(client)
    assert what_changed(client).endswith("Cannot be compared with the figures before.")


def test_a_new_wave_is_held_against_the_one_before(client, session, wave, publish):
    later = a_wave(50, 50, slug="next", opens_at=NOW + A_YEAR)
    say(later, grade="A", invited="400")
    publish(NOW + A_YEAR)
    assert what_changed(client) == (
        "A new survey. People were found in another way. Cannot be compared with the figures "
        "before."
    )


def test_waves_that_are_published_on_one_day_follow_each_other(client, session, publish):
    a_wave(50, 50, slug="second", opens_at=NOW)
    a_wave(50, 50, slug="first", opens_at=NOW - A_YEAR)
    publish()
    told = {row[1]: row[-1] for row in log(client)}
    assert told == {"Survey first": "The first figures.", "Survey second": "A new survey."}


def test_each_series_has_a_log_of_its_own(client, wave, publish):
    a_wave(40, 40, slug="young", template=YOUNG_PEOPLE)
    publish(LATER)
    assert [row[1] for row in log(client)] == ["Survey parents"]
    assert [row[-1] for row in log(client, "q-YP")] == ["The first figures."]


def test_made_up_figures_are_not_in_the_log_of_real_ones(client, session, wave, publish):
    invented = a_wave(50, 50, slug="invented", opens_at=NOW - A_YEAR)
    invented.survey.is_invented = True
    session.commit()
    publish(LATER)
    assert [row[1] for row in log(client)] == ["Survey parents"]
    assert taken(published_q()).keys() == {"q-PC"}


def test_of_very_many_the_newest_are_listed_and_the_file_has_all(client, session, wave):
    first = session.query(Snapshot).filter_by(kind="q").one()
    for day in range(MOST_LISTED):
        session.add(
            Snapshot(
                survey_id=first.survey_id,
                kind="q",
                made_at=NOW + timedelta(days=1 + day),
                answers_counted=120,
                data=first.data,
                exact=first.exact,
                checksum=first.checksum,
            )
        )
    session.commit()
    assert len(log(client)) == MOST_LISTED
    assert log(client)[0][0] == "1 May 2026"
    assert method(client).tree.cssselect('section a[href="/indicators/everything.json"]')


def test_the_log_takes_one_query_however_many_there_are(client, wave, publish, queries):
    more(wave, publish)
    published = published_q()
    del queries[:]
    assert len(taken(published)["q-PC"]) == 2
    assert len(queries) == 1


def publication(**about):
    survey = {
        "slug": "parents",
        "title": "Parents",
        "opened_on": None,
        "wordings": {"headline": {"standard": "How satisfied?"}},
        "scale": "five",
        "organisation": "council",
        "invited": None,
    }
    data = {
        "survey": survey | about.pop("survey", {}),
        "headline": {"base": None, "weighted": None},
        "grade": "B",
        "definition_version": "2.0",
        "weights": {},
    }
    return Publication(data | about, {"is_weighted": False})


def headline_asks(words):
    return {"wordings": {"headline": {"standard": words}}}


@pytest.mark.parametrize(
    ("after", "codes"),
    [
        ({}, []),
        ({"survey": headline_asks("How happy?")}, ["wording"]),
        ({"survey": {"scale": "three"}}, ["scale"]),
        ({"grade": "C"}, ["grade"]),
        ({"survey": {"organisation": "forum"}}, ["organisation"]),
        ({"definition_version": "3.0"}, ["definition"]),
        ({"survey": {"invited": 400}}, ["list"]),
        ({"survey": {"slug": "other", "invited": 400}}, []),
        ({"weights": {"population": {"title": "Census"}}}, ["margins"]),
        ({"grade": "A", "survey": {"scale": "three"}}, ["scale", "grade"]),
    ],
)
def test_what_matters_to_a_reader_is_noted(after, codes):
    assert list(changed(publication(), publication(**after))) == codes
    assert {*codes} <= CHANGES.keys()


def test_what_early_publications_did_not_say_is_no_change():
    early = publication()
    del early.data["weights"], early.data["survey"]["organisation"]
    early = Publication(early.data, {})
    weighted = Publication(
        publication(weights={"margins": {"area": {}}}).data, {"is_weighted": True}
    )
    assert list(changed(early, weighted)) == []


def test_a_change_that_is_noted_stays_with_the_figures(client, wave, publish):
    say(wave, grade="A", invited="400")
    more(wave, publish)
    say(wave, grade="B", invited="")
    assert "People were found in another way." in what_changed(client)
