"""The people page, as an administrator uses it."""

from datetime import UTC, datetime

import pytest

from engage.people.models import AuditEvent, Staff
from tests.factories import PASSWORD, StaffFactory
from tests.signin import sign_in

NEW = {
    "name": "Noor Patel",
    "email": "Noor@Council.example",
    "roles": ["analyst", "reader"],
    "password": PASSWORD,
}


@pytest.fixture
def administrator(client):
    staff = StaffFactory(roles=["administrator"])
    sign_in(client, staff)
    return staff


def test_the_list_names_colleagues_and_nobody_elses(client, administrator):
    colleague = StaffFactory(organisation=administrator.organisation)
    stranger = StaffFactory()

    page = client.get("/staff/people").page

    assert page.heading == "People"
    assert {administrator.name, colleague.name} == set(page.texts("tbody th"))
    assert stranger.email not in page.html


def test_the_list_asks_no_more_for_more_people(client, administrator, queries):
    client.get("/staff/people")
    few = len(queries)
    queries.clear()
    StaffFactory.create_batch(10, organisation=administrator.organisation)
    queries.clear()
    client.get("/staff/people")

    assert len(queries) <= few


def test_an_administrator_adds_a_colleague(client, administrator, session):
    assert client.get("/staff/people/add").page.heading == "Add a person"
    added = client.post("/staff/people/add", data=NEW)

    assert added.location == "/staff/people"
    staff = session.query(Staff).filter_by(email="noor@council.example").one()
    assert staff.organisation_id == administrator.organisation_id
    assert {role.name for role in staff.roles} == {"analyst", "reader"}
    event = session.query(AuditEvent).one()
    assert (event.staff_id, event.what, event.subject) == (
        administrator.id,
        "added a member of staff",
        "noor@council.example",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Type their name"),
        ({"email": "noor"}, "like name@example.org"),
        ({"roles": []}, "Choose at least one"),
        ({"roles": ["wizard"]}, "not a valid choice"),
        ({"password": "short"}, "at least 12"),
    ],
)
def test_a_colleague_is_not_added_with_mistakes(client, administrator, session, change, words):
    refused = client.post("/staff/people/add", data=NEW | change)

    assert refused.status_code == 422
    assert words in refused.page.texts(".govuk-error-summary li")[0]
    assert session.query(Staff).count() == 1


def test_an_address_signs_one_person_in(client, administrator, session):
    taken = StaffFactory(email="noor@council.example")
    refused = client.post("/staff/people/add", data=NEW)

    assert "already signs in" in refused.page.texts(".govuk-error-summary li")[0]
    assert session.query(Staff).count() == 2
    assert taken.organisation.name not in refused.page.html


def test_an_administrator_stops_a_colleague(client, administrator, session, app):
    colleague = StaffFactory(organisation=administrator.organisation)
    theirs = sign_in(app.test_client(), colleague)
    url = f"/staff/people/{colleague.id}/stop"
    assert client.get(url).page.heading == f"Stop {colleague.name} signing in"

    assert client.post(url).status_code == 302

    assert theirs.get("/staff/account").status_code == 302
    assert session.query(AuditEvent).one().subject == colleague.email
    assert "Stopped" in client.get("/staff/people").page.texts("tbody td")


def test_nobody_stops_themselves(client, administrator, session):
    assert client.post(f"/staff/people/{administrator.id}/stop").status_code == 422
    assert session.get(Staff, administrator.id).active


def test_somebody_of_another_organisation_is_not_there(client, administrator, session):
    stranger = StaffFactory()

    assert client.get(f"/staff/people/{stranger.id}/stop").status_code == 404
    assert client.post(f"/staff/people/{stranger.id}/stop").status_code == 404
    assert session.get(Staff, stranger.id).active


def test_the_history_is_ones_own(client, administrator, session):
    stranger = StaffFactory(roles=["administrator"])
    for who in (administrator, stranger):
        session.add(event_of(who))
    session.commit()

    page = client.get("/staff/people/history").page

    assert page.heading == "What was done"
    assert administrator.email in page.html
    assert stranger.email not in page.html


def event_of(staff):
    return AuditEvent(
        organisation_id=staff.organisation_id,
        staff=staff,
        at=datetime.now(UTC),
        what="signed in",
        subject=staff.email,
        detail={},
    )


def test_a_long_history_has_pages(client, administrator, session):
    session.add_all(event_of(administrator) for _ in range(51))
    session.commit()

    first = client.get("/staff/people/history").page
    second = client.get("/staff/people/history?page=2").page

    assert len(first.texts("tbody tr")) == 50
    assert len(second.texts("tbody tr")) == 1
