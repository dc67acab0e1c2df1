"""Who may do what, and that nothing is open by accident."""

import flask
import pytest
from flask import Flask

from engage import create_app
from engage.people.access import ROLES, Permission, any_staff, may, permissions_of, staff_may
from engage.people.models import Role, Staff
from engage.web.access import public
from tests.conftest import test_settings
from tests.factories import StaffFactory
from tests.signin import sign_in

EXPECTED = {
    "administrator": {"view_results", "edit_surveys", "publish", "manage_staff"},
    "survey_lead": {
        "view_results",
        "read_answers",
        "edit_surveys",
        "curate",
        "publish",
        "export",
    },
    "analyst": {"view_results", "read_answers", "curate", "export"},
    "safeguarding_lead": {"view_results", "read_answers", "safeguard"},
    "reader": {"view_results"},
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory) -> Flask:
    """An app of its own with one page for each permission, and some that are not staff's."""
    app = create_app(test_settings(tmp_path_factory.mktemp("doors")))
    for permission in Permission:
        view = staff_may(permission)(lambda: "open")
        app.add_url_rule(f"/staff/door/{permission.value}", permission.value, view)
    app.add_url_rule("/staff/door/any", "any", any_staff(lambda: "open"))
    app.add_url_rule("/undeclared", "undeclared", lambda: "open")
    app.add_url_rule("/open", "open", public(lambda: f"open {may(Permission.EXPORT)}"))
    app.add_url_rule("/cookie", "cookie", public(set_a_cookie))
    return app


def set_a_cookie() -> str:
    flask.session["seen"] = True
    return "set"


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_this_much_and_no_more(role, permission):
    given = permissions_of(Staff(roles=[Role(name=role)]))

    assert (permission in given) is (permission.value in EXPECTED[role])


def test_two_roles_may_do_what_either_may():
    staff = Staff(roles=[Role(name="administrator"), Role(name="safeguarding_lead")])

    assert {Permission.MANAGE_STAFF, Permission.SAFEGUARD} <= permissions_of(staff)


def test_a_role_nobody_knows_may_do_nothing():
    assert not permissions_of(Staff(roles=[Role(name="wizard")]))


@pytest.mark.parametrize("door", [*(each.value for each in Permission), "any"])
def test_a_stranger_is_asked_to_sign_in_and_brought_back(doors, door):
    answer = doors.test_client().get(f"/staff/door/{door}?page=2")

    assert answer.status_code == 302
    assert answer.location == f"/staff/sign-in?next=/staff/door/{door}?page%3D2"


def test_a_stranger_who_sends_a_form_is_not_brought_back_to_it(client):
    answer = client.post("/staff/sign-out", headers=token(client))

    assert answer.location == "/staff/sign-in"


def token(client):
    page = client.get("/staff/sign-in").page
    return {"X-CSRFToken": page.soup.select_one("[name=csrf_token]")["value"]}


def test_a_view_that_declares_nothing_is_closed(doors):
    assert doors.test_client().get("/undeclared").status_code == 403


def test_a_public_page_sets_no_cookie(doors):
    answer = doors.test_client().get("/open")

    assert answer.text == "open False"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_public_page_cannot_set_a_cookie_even_by_mistake(doors):
    answer = doors.test_client().get("/cookie")

    assert answer.status_code == 500
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("url", ["/static/mark.svg", "/no-such-page", "/staffroom"])
def test_other_public_addresses_set_no_cookie(client, url):
    with client.get(url) as answer:
        assert "Set-Cookie" not in answer.headers


def test_a_public_page_knows_nobody_even_while_staff_are_signed_in(staff_client):
    assert staff_client.get_cookie("engage_staff", path="/staff")
    answer = staff_client.get("/no-such-page")

    assert "Set-Cookie" not in answer.headers
    assert staff_client.staff.name not in answer.text


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_staff_without_the_permission_are_refused(client, role):
    sign_in(client, StaffFactory(roles=[role]))

    assert client.get("/staff/people").status_code == 403


def test_staff_who_are_stopped_are_out_at_once(client, session):
    staff = StaffFactory()
    sign_in(client, staff)
    assert client.get("/staff/account").status_code == 200
    staff.active = False
    session.commit()

    assert client.get("/staff/account").status_code == 302
