"""All indicators of all strategies, as everybody reads them."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from engage.framework import load_pack
from tests.indicators.factories_figures import make_figure

PACK = load_pack("hertfordshire")
OF_2018 = [each for each in PACK.indicators if each.strategy == "send-2018-23"]
OF_2015 = [each for each in PACK.indicators if each.strategy == "send-2015-18"]


def index(client, read=""):
    return client.get("/indicators" + (f"?read={read}" if read else "")).page


def facts(page, title):
    """What stands under the heading of an indicator, by term."""
    (item,) = [li for li in page.soup.select("main li") if li.h3 and li.h3.get_text() == title]
    names = [each.get_text() for each in item.select("dt")]
    return dict(
        zip(names, [each.get_text(" ", strip=True) for each in item.select("dd")], strict=True)
    )


def test_all_seventeen_of_2018_and_fifteen_of_2015_stand_with_letter_and_exact_name(client):
    assert [each.letter for each in OF_2018] == list("abcdefghijklmnopqr")
    assert [each.letter for each in OF_2015] == list("abcdefghijklmno")
    titles = index(client).texts("main li h3")
    for each in OF_2018[:17] + OF_2015:
        assert f"{each.letter}. {' '.join(each.name.split())}" in titles


def test_each_says_which_outcomes_it_is_evidence_for_and_who_measures(client):
    name = "Number and percentage of pupils that attend a state funded school in the same DSPL area"
    found = facts(index(client), f"d. {name} as they live in")
    assert found["Evidence for"] == "outcome 1, outcome 4"
    assert found["Who measures"] == "Other services count it"
    assert found["Newest figure"] == "no figure yet"


def test_the_newest_figure_stands_with_period_source_and_date(client):
    make_figure(value="8.4", period_from=date(2023, 9, 1), period_to=date(2023, 12, 20))
    make_figure(value="8.10")
    found = facts(index(client), "l. Overall absence levels and absence for pupils with SEND")
    assert found["Newest figure"] == (
        "8.10%, 1 September 2024 to 20 December 2024. A table of the council, 1 February 2025"
    )


def test_q_leads_to_its_own_page_and_takes_no_imported_figure(client):
    page = index(client)
    assert page.soup.select_one('main a[href="/indicators/q"]')
    assert client.get("/indicators/ind-2018-q").page.soup.select_one('main a[href="/indicators/q"]')


def test_r_stands_as_unresolved_with_the_open_question(client):
    found = facts(index(client), "r. Not defined")
    assert found["Newest figure"] == "Not defined"
    assert found["Open question"] == "What was indicator r for outcome 4?"
    page = client.get("/indicators/ind-2018-r").page
    assert "Nobody can say what this is" in page.html
    assert "there can be none until it is defined" in page.html


@pytest.mark.parametrize("indicator", PACK.indicators, ids=lambda each: each.code)
@pytest.mark.parametrize("read", ["standard", "easy"])
def test_every_indicator_has_a_page_in_both_readings(client, indicator, read):
    assert client.get(f"/indicators/{indicator.code}?read={read}").status_code == 200


def test_a_page_tells_all_figures_and_what_the_documents_print(client):
    make_figure("ind-2018-b", "165", unit="people", label="Taught at home", numerator=165)
    page = client.get("/indicators/ind-2018-b").page
    assert "165 (people)" in page.html
    assert "“165 children and young people”" in page.html


def test_the_files_hold_what_the_page_shows(client):
    make_figure(value="8.10", numerator=81, denominator=1000)
    (row,) = csv.DictReader(io.StringIO(client.get("/indicators/ind-2018-l.csv").text))
    assert (row["value"], row["source_date"], row["made_up"]) == ("8.10", "2025-02-01", "no")
    file = client.get("/indicators/ind-2018-l.json").json
    assert (file["letter"], file["figures"][0]["value"]) == ("l", "8.10")
    assert file["definition"]


@pytest.mark.parametrize(("value", "printed"), [("-0.40", "-0.40"), ("1E-7", "0.0000001")])
def test_a_number_stays_a_number_in_files_and_on_the_page(client, value, printed):
    make_figure("ind-2018-l", value, unit="score")
    (row,) = csv.DictReader(io.StringIO(client.get("/indicators/ind-2018-l.csv").text))
    assert row["value"] == printed
    assert client.get("/indicators/ind-2018-l.json").json["figures"][0]["value"] == printed
    assert f"{printed} (score)" in client.get("/indicators/ind-2018-l").page.html


def test_an_area_hidden_for_the_one_beside_it_is_not_said_to_be_few(client):
    for area, people in (("dspl1", 4), ("dspl2", 30), ("dspl3", 70)):
        make_figure(
            "ind-2018-b", str(people), unit="people", numerator=people, area=area, place=area
        )
    rows = csv.DictReader(io.StringIO(client.get("/indicators/ind-2018-b.csv").text))
    said = {row["area"]: row["hidden_because"] for row in rows}
    assert said == dict.fromkeys(("dspl1", "dspl2"), "to protect a small group") | {"dspl3": ""}


def test_a_file_never_begins_a_formula(client):
    make_figure(source="=1+1")
    assert "'=1+1" in client.get("/indicators/ind-2018-l.csv").text


def test_fewer_than_ten_people_are_shown_nowhere(client):
    make_figure("ind-2018-c", "0.7", numerator=7, denominator=1000)
    for address in ("/indicators", "/indicators/ind-2018-c"):
        html = client.get(address).page.html
        assert "Not shown, to protect a small group" in html
        assert "0.7" not in html
    (figure,) = client.get("/indicators/ind-2018-c.json").json["figures"]
    assert (figure["value"], figure["numerator"]) == (None, None)
    assert figure["hidden_because"] == "to protect a small group"


def test_complaints_and_independent_measures_stand_beside_and_never_in_q(client):
    make_figure("complaints", "3.7", label="Complaints")
    make_figure(
        *("independent:hpci", None), label="HPCI annual survey", unit="score 0-10", respondents=1414
    )
    words = index(client).soup.select_one('section[aria-labelledby="beside"]').get_text(" ")
    assert "They are never turned into it." in words
    assert "3.7%" in words
    assert "No score was given. 1,414 people answered" in words
    assert len(client.get("/indicators/others.json").json["figures"]) == 2
    assert "independent:hpci" in client.get("/indicators/others.csv").text


def test_the_printed_figures_are_context_in_their_very_words(client):
    rows = index(client).soup.select('section[aria-labelledby="printed"] tbody tr')
    assert len(rows) == len(PACK.baselines)
    told = {row.th.get_text(): row.get_text("|") for row in rows}
    assert "3.7%|Quarter 1 2025/26|6.7%, Quarter 4 2022/23" in told["Complaint rate"]
    assert "over 2,000 people" in told["Children placed in specialist provision"]
    assert "15 to 20 people" in told["Young people to join the My Future Job Club"]


def test_the_easy_page_has_short_sentences_and_no_table(client):
    make_figure(value="8.1")
    page = index(client, "easy")
    assert page.heading == "How are we doing?"
    assert "There is no number yet." in page.html
    assert "8.1%" in page.html
    assert not page.soup.select("table")


def test_an_unknown_indicator_is_not_found(client):
    for ending in ("", ".json", ".csv"):
        assert client.get(f"/indicators/ind-2018-z{ending}").status_code == 404


def test_the_list_takes_one_query(client, queries):
    make_figure()
    del queries[:]
    client.get("/indicators")
    assert len(queries) == 1


def test_numbers_keep_the_digits_they_were_printed_with(session):
    made = make_figure(value="3.70")
    session.expire_all()
    assert made.value == Decimal("3.70")
    assert str(made.value) == "3.70"
