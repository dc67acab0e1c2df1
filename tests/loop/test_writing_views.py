"""The button that helps with the words of an answer, on the page where it is written."""

import pytest
from sqlalchemy import func, select

from engage.loop import operations, views
from engage.loop.models import Action
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.loop.made import HOSTILE, a_draft, a_public_action, place, typed
from tests.signin import sign_in

VAGUE = "We will look at it in due course."
CHECK = {"check_words": "yes"}


def checked(browser, address, kind="will", **parts):
    return browser.post(address, data={**typed(kind, **parts), **CHECK}).page


def panel(page, name):
    return page.soup.select_one(f"section[aria-labelledby=writing-{name}]")


def test_the_form_offers_help_and_shows_none_before_it_is_asked(lead, theme):
    page = lead.get(place(theme, f"/new?theme={theme.id}")).page
    assert page.texts("button[name=check_words]") == ["Check my words"]
    assert not panel(page, "standard")


def test_the_panel_gets_the_focus_once_it_is_asked_for(lead, theme):
    address = place(theme, f"/{a_draft(theme).id}")
    assert not lead.get(address).page.soup.select("#writing[autofocus]")
    assert checked(lead, address).soup.select("#writing[tabindex='-1'][autofocus]")


def test_help_comes_after_a_publishing_that_lacked_something_too(lead, theme, session):
    action = a_draft(theme)
    page = checked(lead, place(theme, f"/{action.id}/publish"), we_did=VAGUE)
    assert page.status == 200
    assert panel(page, "standard")
    session.expire_all()
    assert not action.is_public


def test_pressing_enter_in_a_box_still_saves(lead, theme):
    page = lead.get(place(theme, f"/{a_draft(theme).id}")).page
    assert page.texts("main form[novalidate] button[type=submit]")[0] == "Save as draft"


@pytest.mark.parametrize("is_new", [True, False])
def test_what_was_found_is_shown_by_field_with_why(lead, theme, is_new):
    rest = f"/new?theme={theme.id}" if is_new else f"/{a_draft(theme).id}"
    page = checked(lead, place(theme, rest), we_did=VAGUE)
    assert page.status == 200
    assert panel(page, "standard").select_one('h4 a[href="#we_did"]')
    assert "“in due course” Families cannot tell from this when it will happen." in " ".join(
        panel(page, "standard").get_text(" ").split()
    ).replace("“ ", "“").replace(" ”", "”")
    assert page.soup.select_one("#we_did")


def test_easy_read_is_shown_apart(lead, theme):
    page = checked(lead, place(theme, f"/{a_draft(theme).id}"), we_did_easy="It comes soon.")
    assert panel(page, "easy").select_one('h4 a[href="#you_said_easy"]')
    assert not panel(page, "standard").select_one('h4 a[href$="_easy"]')


def test_nothing_typed_is_lost_and_nothing_is_kept(lead, theme, session):
    action = a_draft(theme)
    before = (action.we_did, action.changed_at)
    events = session.scalar(select(func.count()).select_from(AuditEvent))
    page = checked(lead, place(theme, f"/{action.id}"), kind="did", we_did=VAGUE, reached="lots")
    assert page.soup.select_one("#we_did").get_text(strip=True) == VAGUE
    assert page.soup.select_one("#reached")["value"] == "lots"
    assert page.soup.select_one("input[name=kind][checked]")["value"] == "did"
    session.expire_all()
    assert (action.we_did, action.changed_at) == before
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == events


def test_a_new_answer_is_not_begun_by_asking_for_help(lead, theme, session):
    checked(lead, place(theme, f"/new?theme={theme.id}"), we_did=VAGUE)
    assert session.scalars(select(Action)).all() == []


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kind": "nonsense"},
        {"kind": "will", "due_on": "last spring", "reached": "lots"},
        {"kind": "did", "we_did": "x" * 5000},
        {"kind": "cannot", "reason": "nonsense", "we_did": "\x00"},
    ],
)
def test_help_comes_with_wrong_input_too(lead, theme, sent):
    page = lead.post(place(theme, f"/{a_draft(theme).id}"), data={**sent, **CHECK}).page
    assert page.status == 200
    assert panel(page, "standard")
    assert page.texts(".govuk-error-summary") == []
    if "due_on" in sent:
        assert page.soup.select_one("#due_on")["value"] == "last spring"


def test_words_with_nothing_to_point_at_are_not_called_good(lead, theme):
    whole = {"you_said_easy": "You wait.", "we_did_easy": "We hire.", "owner": "Head of therapies"}
    page = checked(lead, place(theme, f"/{a_draft(theme).id}"), **whole)
    assert page.texts("#writing [role=status]") == [
        "The machine has nothing to point at. That does not mean the words are clear: only a"
        " reader can say that."
    ]


def test_the_promises_are_asked_about_and_no_check_is_claimed_that_was_not_made(lead, theme):
    page = checked(lead, place(theme, f"/{a_draft(theme).id}"), we_did=VAGUE)
    timely = page.soup.select_one("section[aria-labelledby=act-timely]").get_text(" ")
    assert "It points at one thing." in " ".join(timely.split())
    open_ = page.soup.select_one("section[aria-labelledby=pp-open]").get_text(" ")
    assert "The machine cannot look at this." in open_
    assert "Only you can judge:" in open_


def test_every_region_of_the_help_has_a_name(lead, theme):
    page = checked(lead, place(theme, f"/{a_draft(theme).id}"), we_did=VAGUE)
    for region in page.soup.select("#writing, #writing section"):
        assert page.soup.select_one(f"#{region['aria-labelledby']}").get_text(strip=True)
    assert page.soup.select_one("#writing-hint")
    levels = [int(heading.name[1]) for heading in page.soup.select("#writing h2, h3, h4")]
    assert set(levels) <= {2, 3, 4}


def test_a_link_beside_a_finding_leads_to_its_field(lead, theme):
    page = checked(
        lead,
        place(theme, f"/{a_draft(theme).id}"),
        we_did=VAGUE,
        owner="",
        due_on=None,
        challenge="We will tell you in due course.",
    )
    links = [link["href"] for link in page.soup.select("#writing h4 a")]
    assert {"#we_did", "#owner", "#due_on", "#challenge", "#we_did_easy"} <= set(links)
    assert all(page.soup.select_one(link) for link in links)


def test_hostile_words_come_back_as_words(lead, theme):
    page = checked(lead, place(theme, f"/{a_draft(theme).id}"), we_did=f"{HOSTILE} in due course")
    assert "<script>alert" not in page.html


def test_help_is_for_those_who_may_write(analyst, theme, client):
    action = a_draft(theme)
    assert panel(checked(analyst, place(theme, f"/{action.id}"), we_did=VAGUE), "standard")
    reader = StaffFactory(organisation=theme.survey.organisation, roles=["reader"])
    sent = sign_in(client, reader).post(place(theme, f"/{action.id}"), data=CHECK)
    assert sent.status_code == 403


def test_another_organisation_gets_no_help_with_an_answer(client, theme):
    action = a_draft(theme)
    stranger = sign_in(client, StaffFactory(roles=["survey_lead"]))
    assert stranger.post(place(theme, f"/{action.id}"), data=CHECK).status_code == 404


def test_an_answer_that_everyone_reads_is_checked_without_changing_it(analyst, theme, session):
    action = a_public_action(theme)
    page = checked(analyst, place(theme, f"/{action.id}"), we_did=VAGUE)
    assert page.status == 200
    session.expire_all()
    assert action.we_did == "We hire"
    assert action.is_public


def test_publishing_is_never_stopped_and_says_how_much_could_be_kinder(lead, theme, session):
    action = a_draft(theme)
    whole = typed("will", you_said_easy="You wait.", we_did_easy="We hire.", we_did=VAGUE)
    sent = lead.post(place(theme, f"/{action.id}/publish"), data=whole)
    assert sent.status_code == 302
    session.expire_all()
    assert action.is_public
    assert any(
        "2 things in its words could be kinder." in said
        for said in lead.get(sent.location).page.texts(".callout")
    )


def test_publishing_words_with_nothing_to_point_at_says_nothing_of_it(lead, theme):
    action = a_draft(theme)
    whole = typed("will", you_said_easy="You wait.", we_did_easy="We hire.")
    sent = lead.post(place(theme, f"/{action.id}/publish"), data=whole)
    said = lead.get(sent.location).page.texts(".callout")
    assert said == ["Published. Everyone can read it now."]


def test_the_words_are_read_before_anything_is_held(lead, theme, monkeypatch):
    done = []
    real_help, real_publish = views.help_with, operations.publish
    monkeypatch.setattr(views, "help_with", lambda form: done.append("read") or real_help(form))
    monkeypatch.setattr(
        operations,
        "publish",
        lambda *given, **named: done.append("published") or real_publish(*given, **named),
    )
    lead.post(place(theme, f"/{a_draft(theme).id}/publish"), data=typed("will"))
    assert done == ["read", "published"]
