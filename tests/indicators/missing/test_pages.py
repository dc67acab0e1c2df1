"""Staff see who has not answered, while there is time to ask them."""

import csv
import io
from datetime import timedelta

import pytest

from engage.responses.models import Response
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer
from tests.indicators.factories_figures import make_activity, make_margins
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey, make_survey

AREAS = {f"dspl{number}": 1 / 9 for number in range(1, 10)}
SUPPORT = {"ehcp": 0.25, "sen_support": 0.75}
SEN_SUPPORT = "sens"


@pytest.fixture
def ours(staff_client):
    return make_survey(PARENTS, slug="ours", organisation=staff_client.staff.organisation)


def address(version):
    return f"/staff/surveys/{version.survey.slug}/who-is-missing"


def over_days(version, said, people, first=0):
    """One a day, so that no day gives most of them."""
    for day in range(people):
        answer(version, said, sent_at=NOW - timedelta(days=first + day))


def table(page, name):
    rows = page.soup.select(f'section[aria-labelledby="{name}"] tbody tr')
    return {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in rows}


def section(page, name):
    return " ".join(page.texts(f'section[aria-labelledby="{name}"]'))


def test_the_survey_links_to_the_page(staff_client, ours):
    page = staff_client.get("/staff/surveys/ours").page
    assert page.soup.select_one(f'a[href="{address(ours)}"]')


def test_each_group_stands_beside_its_share_of_the_population(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp"}, 60)
    answer(ours, {"weight_support": SEN_SUPPORT}, 40)
    page = staff_client.get(address(ours)).page
    rows = list(table(page, "support").values())
    assert rows[0] == ["40", "40%", "75%", "about 140", "Too few"]
    assert rows[1] == ["60", "60%", "25%", "", "About as expected"]
    assert "Balance: 0.65 (far from the population)." in section(page, "support")
    (short, _) = page.soup.select('section[aria-labelledby="support"] svg.meter')
    assert short["aria-label"] == "40% of replies, 75% expected"


def test_groups_with_nobody_are_named_first_with_towns_and_who_could_help(staff_client, ours):
    make_margins(shares={"area": AREAS})
    for number in range(1, 9):
        answer(ours, {"weight_area": f"dspl{number}"}, 20 if number > 1 else 5)
    page = staff_client.get(address(ours)).page
    (nobody, short) = page.soup.select('section[aria-labelledby="next"] ol > li')
    assert "Nobody yet" in nobody.get_text()
    assert "Towns: " in nobody.get_text()
    assert "DSPL areas" in nobody.get_text()
    assert "HPCI" in nobody.get_text()
    assert "About 20 more replies would bring it level." in nobody.get_text()
    assert "Too few" in short.get_text()
    assert "Balance over all groups: 0.8" in page.html


def test_an_area_that_is_in_the_margins_and_no_longer_in_the_pack_has_no_towns(staff_client, ours):
    make_margins(shares={"area": {"dspl1": 0.5, "dspl-gone": 0.5}})
    answer(ours, {"weight_area": "dspl1"}, 40)
    page = staff_client.get(address(ours)).page
    (nobody,) = page.soup.select('section[aria-labelledby="next"] ol > li')
    assert "Area: dspl-gone" in nobody.get_text()
    assert "Towns: " not in nobody.get_text()


def test_the_ledger_says_what_reached_these_people_before(staff_client, ours):
    make_margins()
    make_activity(
        "Library morning",
        {"people_met": 20},
        channel="channel-outreach",
        organisation="org-hpci",
        audiences=["parent_carer"],
    )
    make_activity("For staff", channel="channel-summit", audiences=["education_professional"])
    told = section(staff_client.get(address(ours)).page, "next")
    assert "Library morning" in told
    assert "Herts Parent Carer Involvement" in told
    assert "For staff" not in told


def test_without_margins_the_replies_stand_alone(staff_client, ours):
    answer(ours, {"weight_support": "ehcp"}, 30)
    page = staff_client.get(address(ours)).page
    assert "There are no margins for these people yet" in page.html
    assert page.soup.select_one('main a[href="/staff/indicators"]').get_text() == "Bring in margins"
    assert ["30", "100%"] in table(page, "support").values()
    assert "Balance" not in page.html


def test_what_has_no_margins_stands_alone_beside_what_has(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp", "setting": "special"}, 30)
    page = staff_client.get(address(ours)).page
    assert "The margins say nothing about this." in section(page, "setting")
    assert table(page, "setting")["Special school"] == ["30", "100%"]


def test_counts_of_1_to_4_are_hidden_and_another_with_them(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp"}, 40)
    answer(ours, {"weight_support": SEN_SUPPORT}, 3)
    answer(ours, {"weight_support": None}, 7)
    page = staff_client.get(address(ours)).page
    rows = table(page, "support")
    assert rows["Did not say, or in none of these"][0] == "hidden"
    assert [cells[0] for cells in rows.values()].count("hidden") == 2
    assert ["3"] not in [cells[:1] for cells in rows.values()]
    # Whatever is hidden, they are too few: of 10 hidden people at most 9 are in this group.
    assert any(cells[-1] == "Too few" and cells[0] == "hidden" for cells in rows.values())


def test_those_from_elsewhere_are_not_found_by_subtracting(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp", "weight_area": "dspl1"}, 40)
    answer(ours, {"weight_support": "ehcp", "weight_area": "outside"}, 3)
    page = staff_client.get(address(ours)).page
    assert "43 people have answered." in page.html
    assert table(page, "support")["Not counted in this survey’s group"][0] == "hidden"


def test_under_30_replies_the_page_says_that_shares_jump(staff_client, ours):
    make_margins()
    answer(ours, {"weight_support": "ehcp"}, 29)
    assert "Shares will jump about" in staff_client.get(address(ours)).page.html
    answer(ours, {"weight_support": "ehcp"}, 1)
    assert "Shares will jump about" not in staff_client.get(address(ours)).page.html


def test_under_10_replies_there_is_no_share(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp"}, 9)
    page = staff_client.get(address(ours)).page
    assert "% of replies" not in page.html
    assert "not worked out of fewer than 10 replies" in section(page, "support")


def test_a_few_replies_are_too_few_to_count(staff_client, ours):
    make_margins()
    answer(ours, {"weight_support": "ehcp"}, 3)
    assert "too few to say how many" in staff_client.get(address(ours)).page.html


def test_before_anybody_answered_every_group_has_nobody_yet(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    page = staff_client.get(address(ours)).page
    assert "0 people have answered." in page.html
    assert {cells[-1] for cells in table(page, "support").values()} == {"Nobody yet"}
    assert "Nobody has answered yet" in section(page, "next")


def test_one_setting_and_one_day_that_give_most_replies_are_named(staff_client, ours):
    over_days(ours, {"setting": "mainstream"}, 12, first=1)
    answer(ours, {"setting": "special"}, 15)
    told = section(staff_client.get(address(ours)).page, "large")
    assert "56% of replies come from one group: Special school." in told
    assert "56% of replies came on 1 April 2026. Was it a group?" in told
    assert "100% of replies came one way: made-up answers." in told


def test_a_day_is_named_without_its_share_where_few_came_on_the_others(staff_client, ours):
    over_days(ours, {"setting": "special"}, 3, first=1)
    answer(ours, {"setting": "special"}, 20)
    told = section(staff_client.get(address(ours)).page, "large")
    assert "More than 30% of replies came on 1 April 2026." in told


def test_replies_spread_over_settings_days_and_ways_are_not_named(staff_client, ours, session):
    for number, setting in enumerate(("mainstream", "special", "college")):
        over_days(ours, {"setting": setting}, 8, first=8 * number)
    sent = session.query(Response).order_by(Response.id).all()
    for number, response in enumerate(sent):
        response.channel = ("web", "import", "demo")[number % 3]
    session.commit()
    assert not section(staff_client.get(address(ours)).page, "large")


def test_made_up_margins_say_so(staff_client, ours):
    make_margins(is_synthetic=True)
    assert "Made up" in staff_client.get(address(ours)).page.texts("main .tag")


def test_a_survey_for_several_audiences_has_no_population(staff_client):
    make_margins()
    version = make_survey(
        PARENTS,
        audiences=["parent_carer", "young_person"],
        organisation=staff_client.staff.organisation,
    )
    answer(version, {"weight_support": "ehcp"}, 30)
    page = staff_client.get(address(version)).page
    assert "This survey is for several audiences." in page.html
    assert ["30", "100%"] in table(page, "support").values()


def test_young_people_are_held_against_their_own_margins(staff_client):
    make_margins("young_person", {"support": {"ehcp": 0.9, "sen_support": 0.1}})
    version = make_survey(YOUNG_PEOPLE, organisation=staff_client.staff.organisation)
    answer(version, {"weight_support": "ehcp"}, 90)
    answer(version, {"weight_support": SEN_SUPPORT}, 10)
    page = staff_client.get(address(version)).page
    assert "Balance: 1.00 (close to the population)." in section(page, "support")


def test_a_survey_that_asks_nothing_of_the_kind_says_where_to_say_so(staff_client):
    version = make_small_survey(
        [ask("Q1")], organisation=staff_client.staff.organisation, slug="small"
    )
    page = staff_client.get(address(version)).page
    assert "This survey asks nobody where they live" in page.html
    assert page.soup.select_one('main a[href="/staff/surveys/small/q"]')


def test_the_file_has_the_tables_of_the_page(staff_client, ours):
    make_margins(shares={"support": SUPPORT})
    answer(ours, {"weight_support": "ehcp"}, 60)
    answer(ours, {"weight_support": SEN_SUPPORT}, 3)
    answer(ours, {"weight_support": None}, 30)
    response = staff_client.get(f"{address(ours)}/who-is-missing.csv")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    found = {row["category"]: row for row in rows if row["variable"] == "support"}
    assert found["sen_support"]["replies"] == "hidden"
    assert found["sen_support"]["percent_of_replies"] == ""
    assert found["ehcp"] | {"label": ""} == {
        "variable": "support",
        "category": "ehcp",
        "label": "",
        "replies": "60",
        "percent_of_replies": "65",
        "percent_expected": "25",
        "more_to_be_level": "0",
        "standing": "level",
    }


def test_a_reader_may_see_it(client, ours):
    sign_in(client, StaffFactory(roles=["reader"], organisation=ours.survey.organisation))
    assert client.get(address(ours)).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client, session):
    version = make_survey(PARENTS, slug="theirs")
    assert "/staff/sign-in" in client.get(address(version)).location


def test_another_organisations_survey_is_not_found(staff_client):
    version = make_survey(PARENTS, slug="theirs")
    assert staff_client.get(address(version)).status_code == 404
    assert staff_client.get(f"{address(version)}/who-is-missing.csv").status_code == 404
