"""The ledger as everybody reads it, and as staff keep it."""

import csv
import io

import pytest

from engage.framework import load_pack
from engage.indicators.ledger import operations as ledger_operations
from engage.indicators.ledger import queries as ledger_queries
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.indicators.factories_figures import make_activity
from tests.signin import sign_in

LEDGER = "/staff/indicators/ledger"
TYPED = {
    "label": "Library morning",
    "date_from": "2026-03-04",
    "date_to": "2026-03-04",
    "in_area": "y",
    "audiences": ["parent_carer"],
    "n_people_met": "31",
    "q_people_met": "over",
    "p_people_met": "over 31",
    "overlap": "Some sent an answer too.",
}


@pytest.fixture
def printed(session):
    ledger_operations.load(load_pack("hertfordshire").activities)
    session.commit()


def test_an_empty_ledger_says_so(client):
    assert "Nothing is in the ledger yet." in client.get("/indicators/engagement").page.html


def test_each_kind_has_its_sum_and_none_is_added_to_another(client, printed):
    page = client.get("/indicators/engagement").page
    sums = {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")]
        for row in page.soup.select('section[aria-labelledby="sums"] tbody tr')
    }
    assert sums["Answers to surveys"] == ["859", "859", "3"]
    assert sums["People met"] == ["at least 207", "at least 207", "2"]
    assert sums["Young people"] == ["at least 428", "at least 557", "3"]
    assert sums["Events"] == ["23", "23", "1"]
    assert len(sums) == 8


def test_it_says_why_over_1000_voices_cannot_be_added_up(client, printed):
    words = " ".join(client.get("/indicators/engagement").page.texts("#voices, #voices ~ *"))
    assert "Why “over 1,000 voices” cannot simply be added up" in words
    assert "Put together they make 1,066. That mixes answers with people" in words


def test_possible_overlap_stands_beside_each_activity(client, printed):
    html = client.get("/indicators/engagement").page.html
    assert "Never add to survey answers." in html
    assert "Not counted in the county’s reach" in html


def test_a_few_people_are_not_told_on_the_page_or_in_a_file(client):
    make_activity("Small group", {"people_met": 7, "groups": 3})
    make_activity("Large group", {"people_met": 41})
    page = client.get("/indicators/engagement").page
    assert "fewer than 10" in page.html
    assert "at least 41" in page.html
    rows = list(csv.DictReader(io.StringIO(client.get("/indicators/engagement.csv").text)))
    assert {(row["unit"], row["value"]) for row in rows} == {
        *{("people_met", ""), ("groups", "3"), ("people_met", "41")}
    }
    file = client.get("/indicators/engagement.json").json
    sums = {each["unit"]: each["everywhere"] for each in file["sums_within_one_unit"]}
    assert sums == {"people_met": 41, "groups": 3}


def test_the_easy_page_tells_each_activity_in_short_sentences(client, printed):
    page = client.get("/indicators/engagement?read=easy").page
    assert "Staff went to 23 events. They talked to 77 people." in page.html
    assert not page.soup.select("table")


def test_staff_add_an_activity_and_it_is_in_the_record(staff_client, session):
    reply = staff_client.post(f"{LEDGER}/new", data=TYPED)
    assert reply.status_code == 302
    (entry,) = ledger_queries.entries()
    assert (entry.code, entry.date_from) == ("library-morning", "2026-03-04")
    assert entry.counts[0].value == 31
    assert session.query(AuditEvent).one().what == "added an activity to the ledger"


def test_staff_change_an_activity_and_the_record_keeps_what_stood_there(staff_client, session):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    page = staff_client.get(f"{LEDGER}/library-morning").page
    assert page.soup.select_one("#n_people_met")["value"] == "31"
    staff_client.post(
        f"{LEDGER}/library-morning", data={**TYPED, "n_people_met": "33"} | seen(page)
    )
    assert ledger_queries.entry("library-morning").counts[0].value == 33
    changed = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert changed.detail["before"]["counts"] == {"people_met": "over 31"}


def seen(page):
    return {"seen": page.soup.select_one("input[name=seen]")["value"]}


def test_who_opened_an_activity_before_another_changed_it_is_told_and_nothing_typed_is_lost(
    staff_client,
):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    opened = seen(staff_client.get(f"{LEDGER}/library-morning").page)
    other = {**TYPED, "n_people_met": "33"} | opened
    staff_client.post(f"{LEDGER}/library-morning", data=other)
    mine = {**TYPED, "n_people_met": "35"} | opened
    refused = staff_client.post(f"{LEDGER}/library-morning", data=mine)
    assert refused.status_code == 422
    assert "Somebody changed this since you opened the page." in refused.page.html
    assert refused.page.soup.select_one("#n_people_met")["value"] == "35"
    assert ledger_queries.entry("library-morning").counts[0].value == 33
    staff_client.post(f"{LEDGER}/library-morning", data=mine | seen(refused.page))
    assert ledger_queries.entry("library-morning").counts[0].value == 35


@pytest.mark.parametrize("why", ["", "   "])
def test_spaces_are_no_reason(staff_client, why):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    reply = staff_client.post(f"{LEDGER}/library-morning/remove", data={"why": why})
    assert reply.status_code == 422
    assert len(ledger_queries.entries()) == 1


def test_removing_an_activity_asks_why(staff_client, session):
    staff_client.post(f"{LEDGER}/new", data=TYPED)
    assert staff_client.post(f"{LEDGER}/library-morning/remove").status_code == 422
    staff_client.post(f"{LEDGER}/library-morning/remove", data={"why": "Counted twice"})
    assert ledger_queries.entries() == []
    removed = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert removed.detail["why"] == "Counted twice"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("label", "", "Write what it was"),
        ("date_from", "spring", "Write a year, a month or a day"),
        ("date_from", "2026-13", "Write a year, a month or a day"),
        ("date_to", "2025-01", "It ends before it begins"),
        ("n_people_met", "many", "Write a whole number, like 340"),
        ("n_people_met", "-4", "Write a whole number, like 340"),
    ],
)
def test_a_mistake_is_said_beside_its_box(staff_client, name, typed, words):
    reply = staff_client.post(f"{LEDGER}/new", data={**TYPED, name: typed})
    assert reply.status_code == 422
    assert words in reply.page.soup.select_one(f"#{name}-error").get_text()


def test_the_printed_activities_come_with_one_button_and_only_once(staff_client):
    assert "activities that are not here" in staff_client.get(LEDGER).page.html
    staff_client.post(f"{LEDGER}/load")
    assert len(ledger_queries.entries()) == 13
    assert "Add them" not in staff_client.get(LEDGER).page.html
    staff_client.post(f"{LEDGER}/load")
    assert len(ledger_queries.entries()) == 13


def test_a_reader_sees_the_ledger_and_cannot_change_it(app):
    reader = sign_in(app.test_client(), StaffFactory(roles=["reader"]))
    make_activity("Fair", {"events": 2})
    page = reader.get(LEDGER).page
    assert "Fair" in page.html
    assert not page.soup.select('main form, main a[href$="/new"]')
    assert reader.get(f"{LEDGER}/new").status_code == 403
    assert reader.post(f"{LEDGER}/load").status_code == 403
