"""The definition sheet and the note on method, made from what was published."""

from datetime import timedelta

import pytest

from engage.extensions import db
from engage.indicators.q.models import QSetting
from engage.indicators.q.queries import published_q
from engage.responses import snapshots
from engage.surveys.models import Survey
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, answer
from tests.indicators.factories_figures import make_margins
from tests.indicators.tracing import numbers_on
from tests.page import words_of

LATER = NOW + timedelta(days=7)
SATISFIED, DISSATISFIED = {"headline": "fairly_satisfied"}, {"headline": "fairly_dissatisfied"}


def method(client):
    return client.get("/indicators/q/method").page


def sheet(page, series="q-PC"):
    names, values = (
        page.texts(f'section[aria-labelledby="sheet-{series}"] {part}') for part in ("dt", "dd")
    )
    return dict(zip(names, values, strict=True))


def table(page, caption):
    """The rows of one table, by the first cell."""
    tables = page.tree.cssselect("table")
    (found,) = [each for each in tables if words_of(each.find("caption")) == caption]
    rows = [[words_of(cell) for cell in row] for row in found.cssselect("tbody tr")]
    return {first: rest for first, *rest in rows}


def note(page, series="q-PC"):
    return page.texts(f'section[aria-labelledby="note-{series}"]')[0]


@pytest.fixture
def weighted(parents, publish):
    make_margins(
        title="School census",
        source="The council, January 2025",
        is_synthetic=False,
        shares={
            "support": {"ehcp": 0.2347, "sen_support": 0.7653},
            "phase": {"0-4": 0.1, "5-10": 0.4, "11-15": 0.3, "16-25": 0.2},
        },
    )
    for support, satisfied, dissatisfied in (("ehcp", 45, 45), ("sens", 20, 70)):
        for area, part in (("dspl1", 1), ("dspl2", 2)):
            said = {"weight_support": support, "weight_area": area, "setting": "mainstream"}
            answer(parents, SATISFIED | said, satisfied * part // 3)
            answer(parents, DISSATISFIED | said, dissatisfied * part // 3)
    publish()


def test_before_any_figures_the_page_says_so(client):
    assert "There are no figures yet." in method(client).html


def test_the_sheet_has_every_field_of_a_definition(client, weighted):
    assert list(sheet(method(client))) == [
        "Definition",
        "Top of the fraction",
        "Bottom of the fraction",
        "Who it speaks for",
        "How people were found",
        "Weighting",
        "The range",
        "Left out",
        "Not counted here",
        "How people read it",
        "Three symbols",
        "What is hidden",
        "Change over time",
        "Known limits",
        "Owner and co-signature",
        "Next figures",
        "Survey",
        "Dates",
        "Version",
    ]
    assert "" not in sheet(method(client)).values()


def test_the_definition_is_that_of_the_published_figures_with_version_and_checksum(
    client, weighted
):
    said = sheet(method(client))
    issue = published_q()["q-PC"][0]
    assert said["Definition"] == issue.data["definition"]
    assert f"Definition {issue.data['definition_version']}, Engage " in said["Version"]
    assert said["Version"].endswith(snapshots.checksum(issue.data)[:12])


def test_the_sheet_says_how_people_were_found_and_what_the_range_assumes(client, weighted):
    said = sheet(method(client))
    assert said["How people were found"].startswith("B: an open link")
    assert said["The range"].startswith(
        "95 per cent uncertainty range: assumes that, after weighting"
    )
    assert said["Weighting"].startswith("Weighted, so that")


def test_the_sheet_of_an_invited_list_says_how_many_were_invited(client, parents, publish):
    answer(parents, SATISFIED, 60)
    answer(parents, DISSATISFIED, 60)
    staff = StaffFactory(organisation=parents.survey.organisation)
    for name, value in (("grade", "A"), ("invited", "400")):
        said = QSetting(name=name, value=value, said_by=staff, said_at=parents.published_at)
        said.survey = parents.survey
        db.session.add(said)
    db.session.commit()
    publish()
    found = sheet(method(client))
    assert found["How people were found"].endswith("(400 were invited)")
    assert found["The range"].startswith("95 per cent confidence interval.")


def test_the_margins_stand_beside_what_weighting_reached(client, weighted):
    rows = table(method(client), "Support: the population and the replies after weighting")
    assert rows == {"Has an EHC plan": ["23%", "23%"], "Gets SEN support": ["77%", "77%"]}


def test_a_margin_nobody_was_weighed_by_is_not_in_the_note(client, weighted):
    assert "Age of the child or young person: the population" not in method(client).html


def test_the_note_says_where_the_margins_are_from(client, weighted):
    page = method(client)
    assert (
        "What the population is like: School census, The council, January 2025, 16 January 2025."
        in note(page)
    )
    assert page.texts("section .tag") == []


def test_made_up_margins_weigh_made_up_answers_alone(client, session, parents, publish):
    make_margins(is_synthetic=True, shares={"support": {"ehcp": 0.2347, "sen_support": 0.7653}})
    for support, people in (("ehcp", 60), ("sens", 90)):
        answer(parents, SATISFIED | {"weight_support": support}, people)
    publish()
    assert "nobody has brought in what the population is like" in note(method(client))
    session.get_one(Survey, parents.survey_id).is_invented = True
    answer(parents, SATISFIED | {"weight_support": "ehcp"}, 40, sent_at=LATER)
    publish(LATER)
    assert method(client).texts("section .tag") == ["Made up for the demonstration"]


def test_the_note_says_what_weighting_costs(client, weighted):
    assert "Weighting makes the sample 1.3 times less sure (the design effect)." in note(
        method(client)
    )


def test_who_replied_stands_in_rounded_counts_with_the_total_last(client, weighted):
    page = method(client)
    by_area = table(page, "Replies by: Area")
    assert by_area == {"1. North Herts": ["60"], "2. Stevenage": ["120"], "All": ["180"]}
    assert list(by_area)[-1] == "All"
    assert table(page, "Replies by: Support")["Has an EHC plan"] == ["90"]


def test_few_replies_are_hidden_in_every_table_of_who_replied(client, parents, publish):
    for support, people in (("ehcp", 63), ("sens", 7), ("none", 22)):
        answer(parents, SATISFIED | {"weight_support": support}, people // 2)
        answer(parents, DISSATISFIED | {"weight_support": support}, people - people // 2)
    publish()
    rows = table(method(client), "Replies by: Support")
    assert rows["Gets SEN support"] == ["hidden"]
    assert list(rows.values()).count(["hidden"]) >= 2, "one alone would be the rest of the total"
    # The checksum of the figures, which may hold any two digits, is no number that people read.
    assert not {"63", "22"} & {*numbers_on(method(client).html)}


def test_area_by_setting_is_one_table_with_totals(client, weighted):
    page = method(client)
    rows = table(page, "Replies by area and where they learn, to the nearest 5")
    assert rows["All"][-1] == "180"
    assert set(rows) == {"1. North Herts", "2. Stevenage", "All"}


def test_small_categories_that_were_put_together_are_named(client, parents, publish):
    make_margins(shares={"phase": {"0-4": 0.2, "5-10": 0.4, "11-15": 0.2, "16-25": 0.2}})
    for age, people in (("0_4", 12), ("5_10", 60), ("11_15", 60), ("16_18", 60)):
        answer(parents, SATISFIED | {"weight_phase": age}, people // 2)
        answer(parents, DISSATISFIED | {"weight_phase": age}, people // 2)
    publish()
    page = method(client)
    assert "they were put together: 0-4 + 5-10." in note(page)
    name = "Age of the child or young person"
    told = table(page, f"{name}: the population and the replies after weighting")
    assert told["0-4"] == ["20%", "together with a neighbour"]


def test_why_nothing_is_weighted_stands_in_sheet_and_note(client, parents, publish):
    answer(parents, SATISFIED, 60)
    answer(parents, DISSATISFIED, 60)
    publish()
    page = method(client)
    reason = "Not weighted: nobody has brought in what the population is like."
    assert sheet(page)["Weighting"] == reason
    assert reason in note(page)
    assert "design effect" not in note(page)


def test_made_up_answers_are_marked(client, session, parents, publish):
    answer(parents, SATISFIED, 60)
    assert parents.survey.is_invented is False
    parents.survey.is_invented = True
    publish()
    assert method(client).texts(".tag")[0] == "Example with made-up answers."


def test_one_reply_makes_a_sheet_without_a_number_about_it(client, parents, publish):
    answer(parents, SATISFIED)
    publish()
    said = sheet(method(client))
    assert said["How people read it"] == "Not shown: fewer than 30 replies."
    assert said["Left out"].endswith("fewer than 10 people.")
    assert "Not weighted: fewer than 100 people replied." not in said["The range"]


def test_dates_are_days_in_words(client, weighted):
    assert sheet(method(client))["Dates"] == "Opened 2 March 2026. Counted 1 April 2026."
    assert "2026-04-01" not in method(client).html
