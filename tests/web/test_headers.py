"""What browsers are told on every page."""

import pytest

from tests.survey_factories import make_small_survey

EVERY_KIND_OF_PAGE = [
    ("/", 200),
    ("/have-your-say/small", 200),
    ("/you-said-we-did", 200),
    ("/indicators/q", 200),
    ("/indicators/q.json", 200),
    ("/indicators/q.csv", 200),
    ("/privacy", 200),
    ("/staff/surveys", 302),
    ("/staff/sign-in", 200),
    ("/staff/surveys/small/themes", 302),
    ("/nothing-here", 404),
    ("/have-your-say/none", 404),
    ("/static/mark.svg", 200),
]


@pytest.mark.parametrize(("address", "status"), EVERY_KIND_OF_PAGE)
def test_every_kind_of_page_is_guarded(client, address, status):
    make_small_survey(slug="small")
    with client.get(address) as reply:
        headers = reply.headers
    assert reply.status_code == status
    parts = headers["Content-Security-Policy"].split(";")
    policy = dict(part.strip().split(" ", 1) for part in parts)
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_an_answer_and_a_broken_page_are_guarded_too(client, app, monkeypatch):
    make_small_survey(slug="small")
    started = client.post("/have-your-say/small", data={})
    monkeypatch.setitem(app.config, "MIN_FREE_MEGABYTES", 10**12)
    refused = client.post(started.location, data={})
    for reply in (started, client.get(started.location), refused):
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/you-said-we-did", "/you-said-we-did.atom", "/reports"])
def test_whoever_keeps_a_copy_asks_each_time_whether_it_still_stands(client, session, address):
    assert client.get(address).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/staff/surveys", "/staff/sign-in", "/staff/nothing-here"])
def test_staff_pages_leave_no_copy(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/mark.svg", "max-age=3600"),
        ("/static/mark.svg?v=1", "public, max-age=31536000, immutable"),
    ],
)
def test_files_are_kept_by_browsers(client, address, kept):
    with client.get(address) as reply:
        assert reply.headers["Cache-Control"] == kept


@pytest.mark.parametrize("address", ["/", "/have-your-say/small", "/staff/sign-in"])
def test_pages_hold_nothing_the_policy_would_stop(client, address):
    make_small_survey(slug="small")
    soup = client.get(address).page.soup
    assert not soup.select("style, script:not([src]), [style], [onclick], [onload]")


def test_the_public_pages_set_no_cookie(client):
    make_small_survey(slug="small")
    replies = [client.get(a) for a in ("/", "/you-said-we-did", "/indicators/q", "/privacy")]
    assert not [reply for reply in replies if "Set-Cookie" in reply.headers]
