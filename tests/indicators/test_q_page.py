"""The page of indicator q in full: weights, waves, areas, targets, and what is not shown."""

from datetime import date, timedelta

import pytest

from engage.extensions import db
from engage.indicators.county import take_county_snapshot
from engage.indicators.q_models import QSetting, Target
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer
from tests.indicators.factories_figures import make_margins
from tests.survey_factories import make_survey

A_YEAR = timedelta(days=365)
SATISFIED, DISSATISFIED = {"headline": "fairly_satisfied"}, {"headline": "fairly_dissatisfied"}


def q(client, query=""):
    return client.get(f"/indicators/q{query}").page


def section(page, id):
    return page.texts(f'section[aria-labelledby="{id}"]')[0]


def rows_of(page, id):
    found = page.soup.select(f'section[aria-labelledby="{id}"] tbody tr')
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in found]


@pytest.fixture
def county(session, publish):
    """Publish every wave, then what is said of the county."""

    def at(now=NOW):
        publish(now)
        take_county_snapshot(now)
        session.commit()

    return at


def a_wave(satisfied, dissatisfied, slug="parents", template=PARENTS, said=None, **details):
    version = make_survey(template, slug=slug, title=f"Survey {slug}", **details)
    answer(version, SATISFIED | (said or {}), satisfied)
    answer(version, DISSATISFIED | (said or {}), dissatisfied)
    return version


def say(version, **said):
    staff = StaffFactory(organisation=version.survey.organisation)
    for name, value in said.items():
        row = QSetting(name=name, value=value, said_by=staff, said_at=NOW)
        row.survey = version.survey
        db.session.add(row)
    db.session.commit()


@pytest.fixture
def weighted(county):
    """Those with a plan are three times as content, and three times too many among the replies."""
    make_margins()
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for support, satisfied, dissatisfied in (("ehcp", 90, 60), ("sens", 10, 40)):
        answer(version, SATISFIED | {"weight_support": support}, satisfied)
        answer(version, DISSATISFIED | {"weight_support": support}, dissatisfied)
    county()


# ---- weighted beside unweighted


def test_the_weighted_figure_stands_first_and_the_other_beside_it(client, weighted):
    page = q(client)
    assert page.texts(".bigfig") == ["30% satisfied"]
    told = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.soup.select("details[open] tbody tr")
    ]
    weighted_row, plain_row = told[:2]
    assert weighted_row[:3] == ["Parents and carers", "Weighted", "30%"]
    assert weighted_row[5] == "worth 85 equal replies"
    assert plain_row[:3] == ["Parents and carers", "As they came, not weighted", "50%"]
    assert plain_row[5] == "200"


def test_what_the_range_assumes_is_said_with_the_weighted_figure(client, weighted):
    card = section(q(client), "q-PC")
    assert "Weighted, so that those who replied look like those they speak for." in card
    assert "95% uncertainty range: assumes that, after weighting" in card
    assert "The true figure is likely to be between 21 and 40" in card
    assert "confidence interval" not in card


def test_why_a_figure_is_not_weighted_is_said_in_words(client, county):
    a_wave(100, 100)
    a_wave(40, 40, "young", YOUNG_PEOPLE)
    make_margins("young_person")
    county()
    page = q(client)
    assert "Not weighted: nobody has brought in what the population is like." in section(
        page, "q-PC"
    )
    assert "Not weighted: fewer than 100 young people replied." in section(page, "q-YP")
    assert "As they came, not weighted" in " ".join(page.texts("details[open] table"))


def test_weights_too_large_to_trust_do_not_lead_and_are_told_beside(client, county):
    make_margins()
    version = a_wave(150, 150, said={"weight_support": "ehcp"})
    answer(version, SATISFIED | {"weight_support": "sens"}, 15)
    county()
    page = q(client)
    assert page.texts(".bigfig") == ["52% satisfied"]
    assert "Not weighted first: weighting would cost too much of the sample." in page.html
    assert "Weighted" in " ".join(page.texts("details[open] table"))


def test_a_weighted_figure_that_must_be_hidden_hides_the_number(client, county):
    """4 people of great weight: the plain share is blurred, the weighted one would tell."""
    make_margins(shares={"support": {"ehcp": 0.3, "sen_support": 0.7}})
    version = make_survey(PARENTS, slug="parents", title="Survey")
    for support, said, people in (
        ("ehcp", DISSATISFIED, 45),
        ("sens", DISSATISFIED, 11),
        ("sens", SATISFIED, 4),
    ):
        answer(version, said | {"weight_support": support}, people)
    county()
    page = q(client)
    assert page.texts(".bigfig") == []
    assert "Not shown, to protect a small group" in section(page, "q-PC")


# ---- over time


def test_the_first_wave_says_that_there_is_nothing_to_compare_it_with(client, county):
    a_wave(40, 60)
    county()
    page = q(client)
    assert "This is the first wave." in section(page, "q-PC")
    assert "This is the first wave." in section(page, "time-q-PC")


def test_the_change_stands_on_the_card_with_the_rest_under_over_time(client, county):
    a_wave(177, 354, "older", opens_at=NOW - A_YEAR)
    a_wave(221, 339, "newer", opens_at=NOW)
    county()
    page = q(client)
    assert "Up 6 points since April 2025." in section(page, "q-PC")
    told = section(page, "time-q-PC")
    assert "The true difference is likely to be between 0 and 12 points." in told
    assert "a rise of under 9 points could not be told from chance" in told
    assert [row[:3] for row in rows_of(page, "time-q-PC")] == [
        ["Survey older, 1 April 2025", "Not weighted", "33%"],
        ["Survey newer, 1 April 2026", "Not weighted", "39%"],
    ]


def test_no_clear_change_is_said_as_such(client, county):
    a_wave(34, 66, "older", opens_at=NOW - A_YEAR)
    a_wave(40, 60, "newer", opens_at=NOW)
    county()
    card = section(q(client), "q-PC")
    assert "No clear change since April 2025." in card
    assert "Up" not in card


def test_waves_weighted_and_not_are_told_apart_with_the_reason(client, county):
    a_wave(50, 50, "older", opens_at=NOW - A_YEAR)
    county()
    make_margins()
    newer = a_wave(60, 40, "newer", said={"weight_support": "ehcp"}, opens_at=NOW)
    answer(newer, DISSATISFIED | {"weight_support": "sens"}, 60)
    county(NOW + timedelta(days=1))
    page = q(client)
    assert "How we asked has changed" in section(page, "q-PC")
    assert "Weighted from here on, or no more" in section(page, "time-q-PC")


# ---- one number


def test_one_number_is_given_only_to_who_asks_for_it(client, county):
    a_wave(20, 40)
    a_wave(40, 20, "young", YOUNG_PEOPLE)
    county()
    asked_for = q(client).soup.select_one('main a[href="/indicators/q?one=yes"]')
    assert asked_for.get_text() == "I need one number"
    assert "One number, half parents" not in q(client).html
    page = q(client, "?one=yes")
    assert "half parents and carers and half young people: 50% (42 to 58)" in page.html
    assert "It hides which of the two is which" in page.html
    assert page.texts(".bigfig") == ["33% satisfied", "67% satisfied"]


def test_where_there_is_no_one_number_that_is_said(client, county):
    a_wave(20, 40)
    county()
    assert "One number cannot be given" in q(client, "?one=yes").html


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


# ---- targets


def test_the_target_stands_on_the_card_and_a_withdrawn_one_does_not(client, county, session):
    a_wave(40, 60)
    county()
    staff = StaffFactory()
    usual = {"series": "q-PC", "from_percent": 40, "smallest_change": 20, "reason": "The board"}
    for percent, withdrawn in ((55, NOW), (60, None)):
        session.add(
            Target(
                percent=percent,
                by=date(2028, 3, 31),
                set_by=staff,
                set_at=NOW,
                withdrawn_at=withdrawn,
                **usual,
            )
        )
    session.commit()
    page = q(client)
    assert "The target is 60% by 31 March 2028." in section(page, "q-PC")
    assert "55%" not in page.html
    assert page.html.count("The target is") == 1


# ---- how people were found


def test_an_invited_list_has_a_confidence_interval(client, county):
    version = a_wave(60, 60)
    say(version, grade="A", invited="150")
    county()
    card = section(q(client), "q-PC")
    assert "95% confidence interval." in card
    assert "uncertainty range" not in card


def test_events_show_no_percentage_anywhere(client, county):
    version = a_wave(60, 60, said={"domain_needs": "agree", "weight_area": "dspl1"})
    say(version, grade="C")
    county()
    for query in ("", "?one=yes", "?read=easy"):
        page = q(client, query)
        assert not page.soup.select(".bigfig")
        for part in page.soup.select('[aria-hidden="true"], footer, header, nav'):
            part.decompose()
        assert "50%" not in page.soup.main.get_text()
    assert "people were met at events, which gives no percentage" in section(q(client), "q-PC")
    assert "people were met at events" in section(q(client), "areas-q-PC")
    assert "We met people at events." in q(client, "?read=easy").html


# ---- nothing, and next to nothing


@pytest.mark.parametrize("people", [1, 29])
@pytest.mark.parametrize("query", ["", "?one=yes", "?read=easy"])
def test_a_page_of_which_everything_is_hidden_is_sentences(client, county, people, query):
    a_wave(people, 0)
    a_wave(0, people, "young", YOUNG_PEOPLE)
    county()
    page = q(client, query)
    assert page.status == 200
    assert not page.soup.select(".bigfig")
    assert "too few" in page.html or "Not enough people have answered yet" in page.html


@pytest.mark.parametrize(("satisfied", "said"), [(0, "Fewer than 10"), (60, "More than 90")])
def test_the_easy_page_never_says_nobody_or_everybody(client, county, satisfied, said):
    a_wave(satisfied, 60 - satisfied)
    county()
    page = q(client, "?read=easy")
    assert f"{said} of them are happy with the help." in page.html
    assert "Think of 100 people." in page.html


def test_the_easy_page_uses_the_figure_that_stands_first(client, weighted):
    page = q(client, "?read=easy")
    assert "About 30 of them are happy with the help." in page.html
    assert "About 70 of them are not happy." in page.html
    assert "About 200 people told us." in page.html


def test_made_up_answers_are_marked_on_the_card_and_the_page(client, county, session):
    version = a_wave(40, 60)
    version.survey.is_invented = True
    county()
    page = q(client)
    assert page.texts(".tag")[0] == "Example with made-up answers."
    assert "Made-up answers" in section(page, "q-PC")
