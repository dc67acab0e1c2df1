"""The inbox, one alert, and the plan, as staff use them."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.errors import NotReadyError
from engage.jobs import queue
from engage.people.models import AuditEvent
from engage.safeguarding import operations, queries
from engage.safeguarding.models import Alert, AlertStep, SafeguardingPlan
from tests.factories import OrganisationFactory, StaffFactory, ready_plan
from tests.safeguarding.made import QUESTION, WORDS, an_alert
from tests.signin import sign_in

INBOX = "/staff/safeguarding"
PLAN = "/staff/safeguarding/plan"
WHY = "We rang the front door."


@pytest.fixture
def plan(session):
    return ready_plan(OrganisationFactory())


@pytest.fixture
def council(plan):
    return plan.organisation


@pytest.fixture
def lead(app, plan):
    return sign_in(app.test_client(), plan.lead)


@pytest.fixture
def administrator(app, council):
    staff = StaffFactory(organisation=council, roles=["administrator"])
    return sign_in(app.test_client(), staff)


def at(alert, rest=""):
    return f"{INBOX}/alerts/{alert.id}{rest}"


def deal_with(client, alert, steps=3):
    sent = [
        ("/acknowledge", {}),
        ("/decide", {"decision": "referral", "decision_reason": WHY}),
        ("/close", {"released": "no", "closing_reason": "They are safe."}),
    ]
    for rest, form in sent[:steps]:
        assert client.post(at(alert, rest), data=form).status_code == 303


# ---- the list


def test_an_empty_inbox_says_so_and_that_rules_miss_things(lead):
    page = lead.get(INBOX).page

    assert page.heading == "Safeguarding inbox"
    assert "There is no open alert." in page.html
    assert "miss things" in page.html
    assert "A person still reads every comment" in page.html


def test_the_list_says_state_level_age_and_mail_and_no_words(lead, council):
    now = datetime.now(UTC)
    an_alert(council, level=3, now=now - timedelta(hours=3), contact={"reach": "At school"})
    an_alert(council, kind="help", level=3, now=now - timedelta(days=4))

    page = lead.get(INBOX).page

    oldest, other = page.texts("section[aria-labelledby=open] li")
    assert "Please help me" in oldest
    assert "4 days ago" in oldest
    for part in ("Level 3: danger now", "New", "3 hours ago", "Mail is on its way", "Parks"):
        assert part in other
    for secret in (WORDS, QUESTION, "hurts me", "At school"):
        assert secret not in page.html


def test_the_list_says_who_was_last_on_it(lead, council, plan):
    deal_with(lead, an_alert(council), steps=1)

    (row,) = lead.get(INBOX).page.texts("section[aria-labelledby=open] li")
    assert "Acknowledged" in row
    assert plan.lead.name in row


def test_a_closed_alert_is_kept_in_a_list_of_its_own(lead, council):
    alert = an_alert(council)
    deal_with(lead, alert)

    assert "There is no open alert." in lead.get(INBOX).page.html
    page = lead.get(f"{INBOX}/closed").page
    assert page.texts("main li h3") == [f"Words in a survey, number {alert.id}"]
    assert WORDS not in page.html


def test_many_closed_alerts_have_pages(lead, council, plan):
    for _ in range(51):
        alert = an_alert(council)
        operations.acknowledge(alert, plan.lead)
        operations.decide(alert, plan.lead, "none", WHY)
        operations.close(alert, plan.lead, WHY, released=False)
    operations.db.session.commit()

    assert len(lead.get(f"{INBOX}/closed").page.texts("main li h3")) == 50
    assert len(lead.get(f"{INBOX}/closed?page=2").page.texts("main li h3")) == 1


# ---- one alert


def test_words_are_shown_to_whoever_opens_them_and_that_is_recorded(lead, council, session, plan):
    alert = an_alert(council, contact={"reach": "Ring my gran", "when": "After tea"})

    before = lead.get(at(alert)).page
    assert WORDS not in before.html
    assert "recorded with your name" in before.html
    opened = lead.post(at(alert)).page

    for shown in (WORDS, QUESTION, "hurts me", "Ring my gran", "After tea"):
        assert shown in opened.html
    (event,) = session.query(AuditEvent).all()
    assert (event.what, event.staff_id) == ("read the words of an alert", plan.lead_id)
    assert WORDS not in event.subject


def test_words_in_html_are_only_words(lead, council):
    hostile = "<script>alert(1)</script>"
    alert = an_alert(council, words=[(hostile, hostile)], contact={"reach": hostile})

    assert hostile not in lead.post(at(alert)).page.html
    assert "&lt;script&gt;" in lead.post(at(alert)).page.html


def test_an_alert_without_a_way_to_reach_them_says_not_to_search(lead, council):
    assert "Do not try to find out who they are" in lead.post(at(an_alert(council))).page.html


def test_an_alert_is_dealt_with_step_by_step(lead, council, session, plan):
    alert = an_alert(council)

    for name in ("Acknowledge", "Keep this decision", "Close the alert"):
        assert name in lead.get(at(alert)).page.texts("main button")
        deal_with_next(lead, alert)

    page = lead.get(at(alert)).page
    assert page.texts("section[aria-labelledby=steps] li strong") == [
        "Acknowledged",
        "Decided: Made a referral to children’s services",
        "Closed",
    ]
    assert page.html.count(plan.lead.name) >= 3
    assert WHY in page.html
    assert "The words stay apart" in page.html
    assert page.texts("main button") == ["Open the words"]


def deal_with_next(client, alert):
    rest, form = {
        "new": ("/acknowledge", {}),
        "acknowledged": ("/decide", {"decision": "referral", "decision_reason": WHY}),
        "decision": ("/close", {"released": "no", "closing_reason": "They are safe."}),
    }[alert.state]
    client.post(at(alert, rest), data=form)


def test_a_step_out_of_order_is_refused_in_a_sentence(lead, council, session):
    alert = an_alert(council)

    refused = lead.post(
        at(alert, "/decide"), data={"decision": "999", "decision_reason": "Because."}
    )

    assert refused.status_code == 409
    assert "Acknowledge the alert first" in refused.page.html
    assert session.query(AlertStep).count() == 0


@pytest.mark.parametrize(
    ("rest", "form", "sentences"),
    [
        ("/decide", {}, ["Choose what you decided", "Write down why"]),
        ("/decide", {"decision": "999"}, ["Write down why"]),
        ("/decide", {"decision": "wait", "decision_reason": "a"}, ["Not a valid choice."]),
        ("/close", {"closing_reason": "Safe"}, ["Choose yes or no"]),
        ("/close", {"released": "yes"}, ["Write down why"]),
    ],
)
def test_a_mistake_is_said_and_nothing_is_kept(lead, council, rest, form, sentences):
    alert, steps = an_alert(council), {"/decide": 1, "/close": 2}[rest]
    deal_with(lead, alert, steps)

    refused = lead.post(at(alert, rest), data=form)

    assert refused.status_code == 422
    links = refused.page.tree.cssselect(".govuk-error-summary a")
    assert [link.text_content() for link in links] == sentences
    assert all(refused.page.tree.cssselect(link.get("href")) for link in links)
    assert len(alert.steps) == steps


def test_a_cry_for_help_is_closed_without_asking_about_words(lead, council):
    alert = an_alert(council, kind="help")
    deal_with(lead, alert, 2)

    assert "see these words again" not in lead.get(at(alert)).page.html
    lead.post(at(alert, "/close"), data={"closing_reason": "They are safe."})
    assert alert.state == "closed"


@pytest.mark.parametrize(
    ("rest", "status"), [("/alerts/99999999999999999999", 404), ("/closed?page=" + "9" * 30, 200)]
)
def test_numbers_nobody_types_are_no_fault_of_ours(lead, rest, status):
    assert lead.get(f"{INBOX}{rest}").status_code == status


def test_there_is_no_way_to_delete(app):
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(INBOX)]

    assert rules
    assert not [rule for rule in rules if "delete" in rule.rule or "DELETE" in rule.methods]


# ---- who may


def test_only_those_who_safeguard_come_in(app, council):
    for role in ("administrator", "survey_lead", "analyst", "reader"):
        client = sign_in(app.test_client(), StaffFactory(organisation=council, roles=[role]))
        for rest in ("", "/closed", "/alerts/1"):
            found = client.get(f"{INBOX}{rest}").status_code
            assert (role, rest, found) == (role, rest, 403)


DEEDS = ("", "/acknowledge", "/decide", "/close")


def test_readers_change_nothing(app, council, session):
    alert = an_alert(council)
    client = sign_in(app.test_client(), StaffFactory(organisation=council, roles=["reader"]))

    for rest in DEEDS:
        assert (rest, client.post(at(alert, rest)).status_code) == (rest, 403)
        assert (rest, session.query(AlertStep).count()) == (rest, 0)


def test_another_organisation_finds_nothing(app, council, session):
    alert = an_alert(council)
    stranger = sign_in(app.test_client(), StaffFactory(roles=["safeguarding_lead"]))
    form = {"decision": "999", "decision_reason": "a", "closing_reason": "a", "released": "no"}

    for rest in DEEDS:
        assert (rest, stranger.post(at(alert, rest), data=form).status_code) == (rest, 404)
        assert (rest, session.query(AlertStep).count()) == (rest, 0)
    assert stranger.get(at(alert)).status_code == 404
    assert f"number {alert.id}" not in stranger.get(INBOX).page.html
    assert f"number {alert.id}" not in stranger.get(f"{INBOX}/closed").page.html
    assert session.query(AlertStep).count() == 0


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(INBOX).status_code == 302
    assert client.get(PLAN).status_code == 302


def test_a_form_without_its_token_is_refused(lead, council, session):
    alert = an_alert(council)
    del lead.environ_base["HTTP_X_CSRFTOKEN"]

    assert lead.post(at(alert, "/acknowledge")).status_code == 400
    assert session.query(AlertStep).count() == 0


# ---- the staff home


def test_the_home_of_those_who_safeguard_says_what_needs_them_first(lead, council):
    an_alert(council)
    deal_with(lead, an_alert(council), steps=1)

    page = lead.get("/staff").page

    assert "2 comments need you first" in page.texts(".urgent h2")
    assert "1 has not been acknowledged" in page.texts(".urgent p")[0]
    assert page.soup.select_one(f'.urgent a[href="{INBOX}"]')


def test_the_home_of_others_says_nothing_of_it(administrator, council):
    an_alert(council)

    page = administrator.get("/staff").page

    assert "need you first" not in " ".join(page.texts(".urgent h2"))
    assert not page.soup.select(f'a[href="{INBOX}"]')


# ---- the plan


@pytest.fixture
def new_council(session):
    return OrganisationFactory()


def typed(first, second, **changes):
    return {
        "lead": str(first.id),
        "deputy": str(second.id),
        "service_head_email": "head@council.example",
        "hours": "9am to 5pm",
        "help_phone": "01632 960118",
        "help_hours": "9am to 5pm",
        "out_of_hours_phone": "01632 960119",
        "leave_url": "https://www.bbc.co.uk/weather",
    } | changes


@pytest.fixture
def readers(new_council):
    return StaffFactory.create_batch(2, organisation=new_council, roles=["safeguarding_lead"])


@pytest.fixture
def office(app, new_council):
    staff = StaffFactory(organisation=new_council, roles=["administrator"])
    return sign_in(app.test_client(), staff)


def test_a_plan_is_made_tested_and_ready(app, office, new_council, readers, session):
    page = office.get(PLAN).page
    assert "a safeguarding lead who can sign in" in page.texts(
        "section[aria-labelledby=missing] li"
    )

    saved = office.post(PLAN, data=typed(*readers), follow_redirects=True).page
    assert saved.texts("section[aria-labelledby=missing] li") == [
        "a test alert that somebody has acknowledged"
    ]
    office.post(f"{PLAN}/test")
    test = session.query(Alert).one()
    lead = sign_in(app.test_client(), readers[0])
    too_soon = lead.post(at(test, "/acknowledge"))
    assert too_soon.status_code == 409
    assert "The test mail has not gone out yet" in too_soon.page.html
    queue.work_off()
    session.expire_all()
    assert lead.post(at(test, "/acknowledge")).status_code == 303

    assert "The plan is complete." in office.get(PLAN).page.html
    assert not queries.missing(new_council)
    assert not queries.open_alerts(new_council.id)
    events = [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert events == [
        "changed the safeguarding plan",
        "sent a test alert",
        "alert: acknowledged",
    ]


def test_a_plan_may_be_saved_half_done(office, new_council, session):
    half = {"hours": "", "leave_url": "https://www.bbc.co.uk", "lead": "", "deputy": ""}

    assert office.post(PLAN, data=half).status_code == 303
    assert session.query(SafeguardingPlan).one().lead_id is None
    assert new_council.leave_url == "https://www.bbc.co.uk"


MISTAKES = (
    ("leave_url", "", "Type a whole web address"),
    ("leave_url", "javascript:alert(1)", "Type a whole web address"),
    ("leave_url", "ftp://council.example", "Type a whole web address"),
    ("leave_url", "//council.example", "Type a whole web address"),
    ("leave_url", "https://", "Type a whole web address"),
    ("leave_url", "https://[", "Type a whole web address"),
    ("leave_url", "https://a b.example", "Type a whole web address"),
    ("help_phone", "ask Sam", "Type a telephone number"),
    ("out_of_hours_phone", "<b>1</b>", "Type a telephone number"),
    ("service_head_email", "head", "Type an e-mail address"),
    ("lead", "999999", "Not a valid choice"),
)


def test_a_mistake_in_the_plan_is_said(office, readers, session):
    for field, wrong, sentence in MISTAKES:
        refused = office.post(PLAN, data=typed(*readers, **{field: wrong}))

        about = field, wrong
        assert refused.status_code == 422, about
        (link,) = refused.page.tree.cssselect(".govuk-error-summary a")
        assert sentence in link.text_content(), about
        assert refused.page.tree.cssselect(link.get("href")), about
        assert session.query(SafeguardingPlan).count() == 0, about


def test_the_deputy_is_not_the_lead(office, readers):
    refused = office.post(PLAN, data=typed(readers[0], readers[0]))

    assert "Choose a deputy who is not the lead" in refused.page.texts(".govuk-error-summary li")


def test_only_ones_own_staff_with_the_role_can_be_chosen(office, new_council, readers):
    StaffFactory(organisation=new_council, roles=["analyst"])
    StaffFactory(organisation=new_council, roles=["safeguarding_lead"], active=False)
    stranger = StaffFactory(roles=["safeguarding_lead"])

    options = office.get(PLAN).page.texts("#lead option")
    assert options == ["Nobody yet", *sorted(staff.name for staff in readers)]
    assert office.post(PLAN, data=typed(readers[0], stranger)).status_code == 422


def test_another_lead_needs_another_test(lead, plan, council, session):
    other = StaffFactory(organisation=council, roles=["safeguarding_lead"])
    same = typed(plan.lead, plan.deputy, hours="Day and night")
    lead.post(PLAN, data=same)
    assert not queries.missing(council)

    lead.post(PLAN, data=typed(other, plan.deputy))

    assert queries.missing(council) == ["a test alert that somebody has acknowledged"]


def test_a_test_needs_somebody_to_go_to(office, session):
    refused = office.post(f"{PLAN}/test")

    assert refused.status_code == 409
    assert "Choose a lead and a deputy first" in refused.page.html
    assert session.query(Alert).count() == 0


def test_the_plan_is_not_for_everybody(app, council):
    for role in ("survey_lead", "analyst", "reader"):
        client = sign_in(app.test_client(), StaffFactory(organisation=council, roles=[role]))

        found = client.get(PLAN).status_code, client.post(f"{PLAN}/test").status_code
        assert (role, *found) == (role, 403, 403)


def test_an_incomplete_plan_is_said_in_the_inbox(lead, plan, session):
    plan.tested_at = datetime.now(UTC) - timedelta(days=121)
    session.commit()

    assert "the last one is more than 120 days old" in lead.get(INBOX).page.html


def test_a_test_that_reached_somebody_else_is_not_passed(plan, council, session):
    plan.tested_at = None
    alert = an_alert(council, kind="test")
    session.query(queue.Job).delete()
    for recipient in ("lead", "deputy"):
        operations.note_mail(
            alert.id, recipient, "test", "who.left@council.example", datetime.now(UTC)
        )
    session.refresh(alert)

    operations.acknowledge(alert, plan.lead)

    assert plan.tested_at is None
    assert queries.missing(council)


def test_a_test_waits_until_both_mails_have_gone(plan, council):
    alert = an_alert(council, kind="test")
    operations.note_mail(alert.id, "lead", "test", plan.lead.email, datetime.now(UTC))
    operations.db.session.refresh(alert)

    with pytest.raises(NotReadyError, match="has not gone out yet"):
        operations.acknowledge(alert, plan.lead)
