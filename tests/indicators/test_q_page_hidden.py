"""The page of indicator q: areas, how people were found, and what is not shown."""

from functools import partial

import pytest

from tests.indicators.conftest import PARENTS, YOUNG_PEOPLE, answer
from tests.indicators.q_pages import (
    DISSATISFIED,
    SATISFIED,
    a_wave,
    publish_county,
    q,
    rows_of,
    say,
    section,
)
from tests.page import words_of
from tests.survey_factories import make_survey


@pytest.fixture
def county(publish):
    return partial(publish_county, publish)


# ---- areas


@pytest.fixture
def areas(county):
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for number, satisfied, dissatisfied in ((3, 90, 30), (1, 40, 80), (7, 40, 80), (9, 50, 70)):
        where = {"weight_area": f"dspl{number}"}
        answer(version, SATISFIED | where, satisfied)
        answer(version, DISSATISFIED | where, dissatisfied)
    answer(version, SATISFIED | {"weight_area": "dspl5"}, 12)
    county()


def test_areas_stand_in_map_order_and_never_best_to_worst(client, areas):
    page = q(client)
    rows = rows_of(page, "areas-q-PC")
    assert [row[0].split(".")[0] for row in rows] == [str(number) for number in range(1, 10)]
    assert "In map order, not best to worst." in section(page, "areas-q-PC")
    for word in ("rank", "best area", "worst area", "top of"):
        assert word not in page.html.lower()


def test_an_area_is_called_different_only_where_holm_says_so(client, areas):
    page = q(client)
    told = {row[0].split(".")[0]: row[-1] for row in rows_of(page, "areas-q-PC")}
    assert told["3"] == "Higher than the rest of the county"
    assert told["9"] == "No clear difference"
    assert told["5"] == "", "what is hidden is not compared"
    sentence = "Only where the table says so is an area clearly different from the rest."
    assert sentence in section(page, "areas-q-PC")


def test_areas_that_do_not_differ_are_said_not_to(client, county):
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for number in (1, 2, 3):
        answer(version, SATISFIED | {"weight_area": f"dspl{number}"}, 20 + number)
        answer(version, DISSATISFIED | {"weight_area": f"dspl{number}"}, 40)
    county()
    said = section(q(client), "areas-q-PC")
    assert "No area is clearly different from the rest of the county." in said


def test_where_no_area_is_shown_one_sentence_stands_for_nine_rows(client, county):
    a_wave(20, 20, said={"weight_area": "dspl1"})
    county()
    page = q(client)
    assert section(page, "areas-q-PC") == (
        "Parents and carers by area No area can be shown yet. A figure of an area needs at least "
        "30 people there who gave a view."
    )
    assert rows_of(page, "areas-q-PC") == []


# ---- how people were found


def test_an_invited_list_has_a_confidence_interval(client, county):
    version = a_wave(60, 60)
    say(version, grade="A", invited="150")
    county()
    card = section(q(client), "q-PC")
    assert "95 per cent confidence interval." in card
    assert "uncertainty range" not in card


def test_events_show_no_percentage_anywhere(client, county):
    version = a_wave(60, 60, said={"domain_needs": "agree", "weight_area": "dspl1"})
    say(version, grade="C")
    county()
    for query in ("", "?one=yes", "?read=easy"):
        page = q(client, query)
        assert (query, page.texts(".bigfig")) == (query, [])
        (main,) = page.tree.cssselect("main")
        for part in main.cssselect('[aria-hidden="true"], footer, header, nav'):
            part.drop_tree()
        assert "50%" not in words_of(main), query
    assert "people were met at events, which gives no percentage" in section(q(client), "q-PC")
    assert "people were met at events" in section(q(client), "areas-q-PC")
    assert "We met people at events." in q(client, "?read=easy").html


# ---- nothing, and next to nothing


TOO_FEW = "No figure yet: fewer than 30 people have given a view."


@pytest.mark.parametrize("people", [1, 29])
def test_a_page_of_which_everything_is_hidden_is_sentences(client, county, people):
    a_wave(people, 0)
    a_wave(0, people, "young", YOUNG_PEOPLE)
    county()
    for query, said in (
        ("", TOO_FEW),
        ("?one=yes", TOO_FEW),
        ("?read=easy", "Not enough people have answered yet."),
    ):
        page = q(client, query)
        assert (query, page.status, page.texts(".bigfig")) == (query, 200, [])
        for series in ("q-PC", "q-YP"):
            assert said in section(page, series), (query, series)


@pytest.mark.parametrize(("satisfied", "said"), [(0, "Fewer than 10"), (60, "More than 90")])
def test_the_easy_page_never_says_nobody_or_everybody(client, county, satisfied, said):
    a_wave(satisfied, 60 - satisfied)
    county()
    page = q(client, "?read=easy")
    assert f"{said} of them are happy with the help." in page.html
    assert "Think of 100 people." in page.html


def test_made_up_answers_are_marked_on_the_card_and_the_page(client, county, session):
    version = a_wave(40, 60)
    version.survey.is_invented = True
    county()
    page = q(client)
    assert page.texts(".tag")[0] == "Example with made-up answers."
    assert "Made-up answers" in section(page, "q-PC")
