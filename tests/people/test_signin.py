"""The door: a password and a code, both, and what happens to those who have neither."""

import re
import time
from urllib.parse import urlsplit

import pytest
from flask_security import verify_password
from passlib.totp import TOTP

from engage.people import tries
from engage.people.models import AuditEvent, Staff, WrongTry
from tests.factories import PASSWORD, TOTP_SECRET, StaffFactory
from tests.signin import sign_in

SIGN_IN, SECOND_STEP = "/staff/sign-in", "/staff/second-step"


def code(secret=TOTP_SECRET, *, ahead=0):
    return TOTP(key=secret, format="base32").generate(time.time() + 30 * ahead).token


def send(client, url, **data):
    """Fills in the form of a page as a browser does, hidden fields with it."""
    page = client.get(url).page
    hidden = {box["name"]: box["value"] for box in page.soup.select("main input[type=hidden]")}
    return client.post(url, data=hidden | data)


def give_password(client, staff, password=PASSWORD, url=SIGN_IN):
    return send(client, url, email=staff.email, password=password)


def done(session, staff):
    rows = session.query(AuditEvent).filter_by(staff_id=staff.id).order_by(AuditEvent.id)
    return [event.what for event in rows]


@pytest.fixture
def staff(app):
    return StaffFactory(has_app=True)


def test_a_password_and_a_code_open_the_staff_pages(client, staff, session):
    second = give_password(client, staff)
    assert client.get(second.location).page.heading == "Type the code from your app"

    first_page = send(client, second.location, code=code())

    assert first_page.status_code == 302
    account = client.get("/staff/account").page
    assert account.heading == "Your sign-in"
    assert staff.organisation.name in account.html
    assert done(session, staff) == ["signed in"]


def test_somebody_new_sets_up_their_app_first(client, session):
    staff = StaffFactory()
    setting_up = give_password(client, staff)
    assert setting_up.location == "/staff/second-step/set-up"
    shown = send(client, setting_up.location)

    assert shown.page.soup.img["src"].startswith("data:image/svg+xml")
    secret = shown.page.texts("ol strong")[0].replace("-", "")
    send_code = {
        "code": code(secret),
        "csrf_token": shown.page.soup.select_one("[name=csrf_token]")["value"],
    }
    assert client.post(SECOND_STEP, data=send_code).status_code == 302

    assert client.get("/staff/account").page.heading == "Your sign-in"
    assert session.get(Staff, staff.id).tf_primary_method == "authenticator"
    assert secret not in session.get(Staff, staff.id).tf_totp_secret


def test_after_sign_in_people_come_to_the_page_they_asked_for(client, staff):
    asked = client.get("/staff/account")
    second = give_password(client, staff, url=asked.location)

    assert send(client, second.location, code=code()).location.endswith("/staff/account")


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/", "/\\evil.test"])
def test_sign_in_leads_to_no_other_website(client, staff, elsewhere):
    second = give_password(client, staff, url=f"{SIGN_IN}?next={elsewhere}")
    url = f"{SECOND_STEP}?next={elsewhere}"
    if second.status_code == 200:  # the sign-in page itself refused it
        give_password(client, staff)
    location = send(client, url, code=code()).location

    assert not urlsplit(location.replace("\\", "/")).netloc


@pytest.mark.parametrize("wrong", ["", "something else"])
def test_a_wrong_password_opens_nothing(client, staff, wrong):
    refused = give_password(client, staff, wrong)

    assert refused.page.heading == "Sign in"
    assert refused.page.texts(".govuk-error-summary li")
    assert client.get("/staff/account").status_code == 302


def test_an_unknown_address_is_answered_like_a_wrong_password(client, staff):
    known = give_password(client, staff, "something else").page
    unknown = send(client, SIGN_IN, email="nobody@council.example", password="something else").page

    words = ".govuk-error-summary li"
    assert known.texts(words) == unknown.texts(words) != []


def test_somebody_who_was_stopped_is_answered_like_a_wrong_password(client):
    staff = StaffFactory(active=False, has_app=True)
    refused = give_password(client, staff)

    assert "not right" in refused.page.texts(".govuk-error-summary li")[0]


def test_a_wrong_code_opens_nothing(client, staff, session):
    second = give_password(client, staff)
    refused = send(client, second.location, code="000000")

    assert "That code is not right" in refused.page.texts(".govuk-error-summary li")[0]
    assert client.get("/staff/account").status_code == 302
    assert done(session, staff) == ["was refused"]


def test_a_password_alone_opens_nothing(client, staff):
    give_password(client, staff)

    assert client.get("/staff/account").location.startswith(SIGN_IN)


def test_a_code_works_once(client, staff, app):
    used = code()
    send(client, give_password(client, staff).location, code=used)
    other = app.test_client()
    again = send(other, give_password(other, staff).location, code=used)

    assert "has been used" in again.page.texts(".govuk-error-summary li")[0]


def test_a_code_with_a_space_in_it_is_the_same_code(client, staff):
    now = code()
    answer = send(client, give_password(client, staff).location, code=f"{now[:3]} {now[3:]}")

    assert answer.status_code == 302


def test_after_five_wrong_passwords_the_right_one_waits_too(client, staff, session):
    for _ in range(tries.TRIES):
        give_password(client, staff, "something else")
    waiting = give_password(client, staff)
    assert "Wait 10 minutes" in waiting.page.texts(".govuk-error-summary li")[0]

    session.query(WrongTry).update({"at": tries.since()})
    session.commit()
    assert give_password(client, staff).location.startswith(SECOND_STEP)


def test_after_five_wrong_codes_the_right_one_waits_too(client, staff):
    second = give_password(client, staff).location
    for _ in range(tries.TRIES):
        send(client, second, code="000000")

    waiting = send(client, second, code=code())
    assert "Wait 10 minutes" in waiting.page.texts(".govuk-error-summary li")[0]


def test_others_do_not_wait(client, staff):
    for _ in range(tries.TRIES):
        send(client, SIGN_IN, email="nobody@council.example", password="something else")

    assert give_password(client, staff).location.startswith(SECOND_STEP)


def test_wrong_tries_are_forgotten_after_a_full_sign_in(client, staff, session):
    give_password(client, staff, "something else")
    send(client, give_password(client, staff).location, code=code())

    assert session.query(WrongTry).count() == 0


def test_a_recovery_code_works_once_in_place_of_the_app(client, staff, app, session):
    sign_in(client, staff)
    made = client.post("/staff/recovery-codes", data={"generate_new_codes": "1"})
    recovery = made.page.texts("li strong bdi")[0]
    assert recovery not in str(session.get(Staff, staff.id).mf_recovery_codes)

    other = app.test_client()
    give_password(other, staff)
    assert send(other, "/staff/second-step/recovery", code=recovery).status_code == 302
    assert other.get("/staff/account").status_code == 200

    third = app.test_client()
    give_password(third, staff)
    refused = send(third, "/staff/second-step/recovery", code=recovery)
    assert "has been used" in refused.page.texts(".govuk-error-summary li")[0]
    assert done(session, staff) == [
        "made new recovery codes",
        "used a recovery code",
        "signed in",
        "was refused",
    ]


def test_signing_out_is_a_form_and_ends_it(client, staff, session):
    sign_in(client, staff)
    assert client.get("/staff/sign-out").status_code == 405
    assert client.post("/staff/sign-out").location.endswith(SIGN_IN)

    assert client.get("/staff/account").status_code == 302
    assert done(session, staff) == ["signed out"]


def test_a_form_without_its_token_is_refused(client, staff):
    sign_in(client, staff)
    del client.environ_base["HTTP_X_CSRFTOKEN"]

    assert client.post("/staff/sign-out").status_code == 400


def test_a_changed_password_signs_other_places_out(client, staff, app, session):
    elsewhere = sign_in(app.test_client(), staff)
    sign_in(client, staff)
    new = "four loud umbrellas"
    changed = client.post(
        "/staff/password",
        data={"password": PASSWORD, "new_password": new, "new_password_confirm": new},
    )

    assert changed.status_code == 302
    assert verify_password(new, session.get(Staff, staff.id).password)
    assert elsewhere.get("/staff/account").status_code == 302
    assert client.get("/staff/account").status_code == 200
    assert done(session, staff) == ["changed their password"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"password": "something else"}, "That password is not right"),
        ({"new_password": "short", "new_password_confirm": "short"}, "at least 12"),
        ({"new_password_confirm": "four loud umbrella"}, "not the same"),
    ],
)
def test_a_new_password_is_checked(client, staff, field, words):
    sign_in(client, staff)
    new = "four loud umbrellas"
    data = {"password": PASSWORD, "new_password": new, "new_password_confirm": new} | field

    refused = client.post("/staff/password", data=data)

    assert words in refused.page.texts(".govuk-error-summary li")[0]


def test_setting_up_another_app_asks_for_the_password_after_a_while(client, staff, session):
    sign_in(client, staff)
    with client.session_transaction("/staff/") as cookie:
        cookie["fs_paa"] = time.time() - 60 * 60
    asked = client.get("/staff/second-step/set-up")
    assert "/staff/password-again" in asked.location

    assert client.post(asked.location, data={"password": "something else"}).status_code == 200
    assert client.post(asked.location, data={"password": PASSWORD}).status_code == 302
    assert client.get("/staff/second-step/set-up").page.heading == "Set up your app"
    assert done(session, staff) == ["was refused"]


def test_another_app_takes_the_place_of_the_old_one(client, staff, session):
    sign_in(client, staff)
    shown = client.post("/staff/second-step/set-up", data={"setup": "authenticator"}).page
    secret = shown.texts("ol strong")[0].replace("-", "")
    url = shown.soup.select_one("main form")["action"]

    assert client.post(url, data={"code": code(secret)}).location == "/staff/recovery-codes"
    assert done(session, staff) == ["set up a new authenticator app"]


def test_nobody_can_do_without_the_second_step(client, staff, session):
    sign_in(client, staff)
    client.post("/staff/second-step/set-up", data={"setup": "disable"})

    assert session.get(Staff, staff.id).tf_totp_secret


def test_a_sign_in_lasts_a_day_of_work(client, staff):
    sign_in(client, staff)
    with client.session_transaction("/staff/") as session:
        session["fs_paa"] = time.time() - 13 * 60 * 60

    assert client.get("/staff/account").location.startswith(SIGN_IN)


@pytest.mark.parametrize("url", ["/staff/second-step/help", "/staff/second-step/choose"])
def test_pages_of_the_library_that_are_not_used_are_closed(client, url):
    assert client.get(url).status_code == 403


def test_the_staff_cookie_goes_to_staff_pages_only(client, staff):
    cookie = give_password(client, staff).headers["Set-Cookie"]

    for rule in ("Path=/staff", "HttpOnly", "SameSite=Lax"):
        assert rule in cookie
    assert not re.search("Expires|Max-Age", cookie)
