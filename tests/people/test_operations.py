"""What the demonstration and the administrators' page do to people."""

import pytest
from passlib.totp import TOTP

from engage.errors import InvalidInputError, NotReadyError
from engage.people import audit, operations, queries
from engage.people.access import ROLES
from engage.people.models import Role
from engage.people.signin import SETTINGS
from tests.factories import PASSWORD, TOTP_SECRET, OrganisationFactory, StaffFactory


def make(**changes):
    details = {
        "organisation": OrganisationFactory(),
        "name": "Noor Patel",
        "email": "Noor@Council.example",
        "password": PASSWORD,
        "roles": ["analyst"],
    }
    return operations.create_staff(**(details | changes))


def test_roles_are_made_once(session):
    operations.ensure_roles()
    operations.ensure_roles()

    assert {role.name for role in session.query(Role)} == set(ROLES)
    assert session.query(Role).count() == len(ROLES)


def test_an_organisation_is_found_by_its_code(session):
    made = operations.create_organisation("forum", "Parent forum", "Forum", help_phone="01992")

    assert queries.organisation("forum") is made
    assert made.leave_url.startswith("https://")


def test_a_member_of_staff_is_found_however_the_address_is_written(session):
    staff = make()

    assert queries.staff_by_email(" NOOR@council.EXAMPLE") is staff


def test_a_known_secret_makes_the_codes_the_app_makes(session):
    staff = make(totp_secret=TOTP_SECRET)
    given = operations.authenticator(staff)

    assert given.secret == TOTP_SECRET
    assert TOTP.from_uri(given.uri).generate().token == TOTP(TOTP_SECRET).generate().token
    assert TOTP_SECRET not in staff.tf_totp_secret


def test_a_new_secret_can_be_used(session):
    secret = operations.new_totp_secret()

    assert operations.authenticator(make(totp_secret=secret)).secret == secret


def test_there_is_no_secret_before_the_app_is_set_up(session):
    with pytest.raises(NotReadyError):
        operations.authenticator(make())


@pytest.mark.parametrize("changes", [{"roles": ["wizard"]}, {"email": "TAKEN@council.example"}])
def test_what_cannot_be_is_refused(session, changes):
    StaffFactory(email="taken@council.example")

    with pytest.raises(InvalidInputError):
        make(**changes)


def test_passwords_are_kept_by_argon2():
    # The settings of the tests keep it plain for speed; those of the service do not.
    assert SETTINGS["PASSWORD_HASH"] == "argon2"
    assert SETTINGS["PASSWORD_SCHEMES"] == ["argon2"]


def test_nobody_of_another_organisation_is_stopped(session):
    with pytest.raises(InvalidInputError):
        operations.deactivate(StaffFactory(), StaffFactory())


def test_a_record_says_who_did_what(session):
    staff = StaffFactory()
    event = audit.record(staff, "published a survey", "Your parks", version=2)
    session.flush()

    assert (event.organisation_id, event.staff) == (staff.organisation_id, staff)
    assert event.detail == {"version": 2}
    assert event.at.tzinfo


def test_a_first_organisation_begins_with_somebody_who_can_sign_in(session):
    names = ("newtown", "Newtown Council", "Newtown")
    password = operations.begin_organisation(names, "A Name", "a@newtown.example")

    staff = queries.staff_by_email("a@newtown.example")
    assert len(password) >= 12
    assert staff.organisation.name == "Newtown Council"
    assert {role.name for role in staff.roles} == {"administrator", "survey_lead", "analyst"}


def test_an_organisation_does_not_begin_twice(session):
    names = ("newtown", "Newtown Council", "Newtown")
    operations.begin_organisation(names, "A Name", "a@newtown.example")
    with pytest.raises(InvalidInputError, match="already"):
        operations.begin_organisation(names, "Another", "b@newtown.example")
