"""The page and its files, as people see them."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from engage.indicators.q import display
from engage.indicators.q.queries import published_q
from engage.responses import snapshots
from engage.surveys.models import Survey
from tests.indicators.conftest import PARENTS, answer
from tests.indicators.q_pages import rows_of
from tests.survey_factories import make_survey


def page(client, read=None):
    return client.get("/indicators/q" + (f"?read={read}" if read else "")).page


def method(client):
    return client.get("/indicators/q/method").page


@pytest.fixture
def some_figures(parents, young_people, publish):
    answer(parents, {"headline": "very_satisfied", "weight_area": "dspl1"}, 50)
    answer(parents, {"headline": "very_dissatisfied", "weight_area": "dspl2"}, 103, easy_read=True)
    answer(parents, {"headline": "neither", "weight_area": "dspl3"}, 4)
    answer(young_people, {"headline": "fairly_satisfied", "domain_needs": "agree"}, 20)
    answer(young_people, {"headline": "fairly_dissatisfied", "domain_needs": "disagree"}, 20)
    publish()


def test_before_any_figures_the_page_says_so(client):
    assert "There are no figures yet" in page(client).html


def test_the_index_leads_to_indicator_q(client):
    assert client.get("/indicators").page.tree.cssselect('main a[href="/indicators/q"]')


def test_parents_and_young_people_stand_apart_with_their_own_figure(client, some_figures):
    found = page(client)
    assert found.texts(".card h2") == ["Parents and carers (q-PC)", "Young people (q-YP)"]
    assert found.texts(".bigfig") == ["32% satisfied", "50% satisfied"]
    assert "The two figures are never added together." in found.texts(".lead")[0]


def test_the_range_says_that_the_figures_are_not_weighted(client, some_figures):
    words = " ".join(page(client).texts(".card"))
    assert "Unweighted. 95 per cent uncertainty range, as if people who replied were like" in words
    assert "confidence interval" not in words


def test_a_low_base_is_marked_and_a_large_one_is_not(client, some_figures):
    parents, young_people = page(client).texts(".card")
    assert "Low base: treat with caution" in young_people
    assert "Low base" not in parents


def test_every_area_keeps_its_row_in_map_order(client, some_figures):
    rows = rows_of(page(client), "areas-q-PC")
    assert [row[0] for row in rows[:3]] == ["1. North Herts", "2. Stevenage", "3. East Herts"]
    assert len(rows) == 9
    assert rows[8][1].startswith("Not shown")


def test_every_picture_says_in_words_what_it_shows_and_has_its_table(client, some_figures):
    found = page(client)
    pictures = found.soup.select('svg[role="img"]')
    assert pictures
    assert all(picture["aria-label"] and not picture.get("viewbox") for picture in pictures)
    assert found.soup.select_one("details[open] table")


def test_the_exact_questions_are_on_the_page(client, some_figures):
    html = method(client).html
    assert "how satisfied or dissatisfied are you with their quality overall?" in html
    assert "How do you feel about the help you get?" in html


def test_exact_numbers_are_nowhere(client, some_figures):
    for address in ("/indicators/q", "/indicators/q.json", "/indicators/q.csv"):
        text = client.get(address).get_data(as_text=True)
        assert "155" in text, address
        assert (address, re.findall(r"\b(153|103)\b", text)) == (address, [])


def test_a_title_is_shown_as_words_and_never_as_html(client, some_figures):
    html = method(client).html
    assert "Parents &lt;2026&gt;" in html
    assert "<2026>" not in html


@pytest.mark.parametrize("said", ["dont_know", None], ids=["all missing", "blank"])
def test_a_survey_without_one_view_is_a_sentence(client, parents, publish, said):
    answer(parents, {"headline": said}, 40)
    publish()
    assert "fewer than 30 people have given a view" in page(client).html


def test_one_answer_is_a_sentence_too(client, young_people, publish):
    answer(young_people, {"headline": "very_satisfied"})
    publish()
    found = page(client)
    assert "fewer than 30 people have given a view" in found.html
    assert found.texts(".bigfig") == []


def test_nearly_nobody_is_said_in_words_without_a_range(client, parents, publish):
    answer(parents, {"headline": "very_dissatisfied"}, 40)
    publish()
    assert page(client).texts(".bigfig") == ["under 15% satisfied"]
    assert "No range is given" in page(client).html


def test_made_up_answers_are_called_so(client, session, some_figures, parents):
    assert "made-up" not in page(client).html
    session.get_one(Survey, parents.survey_id).is_invented = True
    session.commit()
    assert page(client).texts(".tag")[0] == "Example with made-up answers."


def test_a_question_that_was_not_asked_is_called_so(client, some_figures):
    said = page(client).texts("#domains ~ p")
    assert "Young people. Confidence in the next 12 months. Not asked." in said


def test_dates_are_written_as_in_britain(client, some_figures):
    assert "Opened 2 March 2026. Counted 1 April 2026." in method(client).texts("dd")


def test_the_easy_page_says_it_in_short_sentences(client, some_figures):
    found = page(client, "easy")
    assert found.heading == "How happy are people with help?"
    assert "About 32 of them are happy with the help." in found.html
    assert not found.tree.cssselect("table")


def test_the_easy_page_says_when_too_few_have_answered(client, parents, publish):
    answer(parents, {"headline": "very_satisfied"})
    publish()
    assert "Not enough people have answered yet." in page(client, "easy").html


def test_the_json_holds_the_published_figures_and_their_checksum(client, some_figures):
    file = client.get("/indicators/q.json").json
    assert [each["series"] for each in file["published"]] == ["q-PC", "q-YP"]
    for each in file["published"]:
        assert each["checksum"] == snapshots.checksum(each["data"])
        assert each["data"]["definition"].startswith("Indicator q is the percentage")


def test_the_csv_has_a_line_for_each_figure_with_its_definition(client, some_figures):
    reply = client.get("/indicators/q.csv")
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True))))
    assert reply.mimetype == "text/csv"
    assert len(rows) == 2 * (1 + 9 + 6 + 1)
    assert (rows[0]["series"], rows[0]["percent_positive"]) == ("q-PC", "32")
    assert rows[0]["base_to_nearest_5"] == "155"
    assert all(row["definition"] and row["not_weighted_because"] for row in rows)


def test_a_title_cannot_be_a_formula_in_a_spreadsheet(client, session, publish):
    title = " \N{MINUS SIGN}1+1"
    answer(make_survey(PARENTS, slug="parents", title=title), {"headline": "very_satisfied"}, 50)
    publish()
    rows = csv.DictReader(io.StringIO(client.get("/indicators/q.csv").text))
    assert {row["survey"] for row in rows} == {f"'{title}"}


def test_reading_the_page_takes_few_queries(client, some_figures, queries):
    del queries[:]
    client.get("/indicators/q")
    # figures, what feeds q (2), county, comments, targets, and whether themes were answered
    assert len(queries) == 7


@pytest.mark.parametrize(
    ("value", "words"),
    [(33, "33%"), ("under 15", "under 15%"), ("over 95", "over 95%"), (None, "")],
)
def test_percentages_are_said_as_they_were_published(app, value, words):
    with app.test_request_context():
        assert display.percent(value) == words


@pytest.mark.parametrize(
    "when",
    [
        "2026-07-02",
        "2026-07-01T23:30:00+00:00",
        date(2026, 7, 2),
        datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
    ],
)
def test_the_day_of_a_moment_is_the_day_here_kept_or_not(app, when):
    with app.test_request_context():
        assert display.day(when) == "2 July 2026"


def test_a_part_of_q_says_only_the_shares_that_are_shown(app, some_figures):
    with app.test_request_context():
        newest = [issues[0] for issues in published_q().values()]
        needs = next(row for row in display.domain_rows(newest) if row["label"] == "Needs are met")
    assert needs["text"] == "Young people: 50%"
