"""The pages of the lifecycle: who may open which, what they show, what everyone reads of it."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import insert, select

from engage.analysis.frame.models import CurationStep
from engage.clock import day_of
from engage.extensions import db
from engage.loop import operations, partners, steps
from engage.loop.models import LoopStep
from engage.people.access import ROLES, Permission
from engage.surveys.models import SurveyPartner
from engage.surveys.operations import new_version, set_details
from tests.factories import OrganisationFactory, StaffFactory
from tests.indicators.rivals import changing_it_first
from tests.loop.made import (
    HOSTILE,
    NOW,
    PARENT,
    WHOLE,
    a_check,
    a_draft,
    a_partner,
    a_public_action,
    a_survey,
    a_theme,
    people_say,
    whole,
)
from tests.signin import sign_in

TODAY = day_of(datetime.now(UTC))
CURATORS = [role for role, may in ROLES.items() if Permission.CURATE in may]


@pytest.fixture
def theme(session):
    """Of a council that has a forum for a partner, and families."""
    theme = a_theme(a_survey(title="Parents"))
    a_partner(theme.survey, code="org-hpci", name="The forum of parents", short_name="HPCI")
    session.commit()
    return theme


@pytest.fixture
def somebody(app, theme):
    """Signed in as staff with this role of the survey's own organisation, a partner or another."""

    def somebody(of="own", role="survey_lead"):
        known = {
            "own": lambda: theme.survey.organisation,
            "partner": lambda: partners.partners_of(theme.survey_id)[0].organisation,
            "other": OrganisationFactory,
        }
        staff = StaffFactory(organisation=known[of](), roles=[role])
        return sign_in(app.test_client(), staff)

    return somebody


def place(theme, rest=""):
    return f"/staff/surveys/{theme.survey.slug}/lifecycle{rest}"


def of_answer(action, rest=""):
    return place(action.theme, f"/{action.theme_id}/answers/{action.id}/{rest}")


def as_read(action, sent):
    """What is typed, on the page that shows the answer as it stands now."""
    return {**sent, "about": str(steps.last_decided(action).id)}


def checked(action, said="yes", asked=24, note="The line is still busy", by=None):
    """Families say so, through the first partner unless it is another."""
    by = by or partners.partners_of(action.theme.survey_id)[0].organisation
    staff = StaffFactory(organisation=by, roles=["analyst"])
    at = datetime(2026, 9, 20, tzinfo=UTC)
    steps.record_check(action, a_check(said, asked, note, at), staff)
    db.session.commit()


def shown(action):
    steps.show_difference(action, "Half the wait there was", 3, action.written_by)
    db.session.commit()


def closed(action):
    checked(action)
    shown(action)
    steps.close(action, "It works", action.written_by)
    db.session.commit()


# ---- who may open and do what: every route, role and organisation

CURATE, PUBLISH = Permission.CURATE, Permission.PUBLISH
VIEW, EDIT = Permission.VIEW_RESULTS, Permission.EDIT_SURVEYS
ASSIGNED = {"owner": "Head of therapies", "due_on": "2097-03-26"}
CHECKED_FORM = {"said": "partly", "asked": "24", "note": "The line is still busy"}
DIFFERENT = {"note": "Half the wait there was", "evidence_level": "3"}
ABOUT = {"about": "{about}"}
# method, address, who it needs, whose staff may, what is sent, what they get
ROUTES = {
    "board": ("get", "/staff/loop", VIEW, ("own", "partner", "other"), {}),
    "survey": ("get", "{survey}", CURATE, ("own", "partner"), {}),
    "theme": ("get", "{theme}", CURATE, ("own", "partner"), {}),
    "acknowledge": ("post", "{theme}/acknowledge", CURATE, ("own",), {}),
    "assign page": ("get", "{theme}/assign", CURATE, ("own",), {}),
    "assign": ("post", "{theme}/assign", CURATE, ("own",), ASSIGNED),
    "difference page": ("get", "{answer}/difference", PUBLISH, ("own",), {}),
    "difference": ("post", "{answer}/difference", PUBLISH, ("own",), DIFFERENT | ABOUT),
    "close page": ("get", "{answer}/close", PUBLISH, ("own",), {}),
    "close": ("post", "{answer}/close", PUBLISH, ("own",), {"note": "It works"} | ABOUT),
    "check page": ("get", "{answer}/check", CURATE, ("partner",), {}),
    "check": ("post", "{answer}/check", CURATE, ("partner",), CHECKED_FORM | ABOUT),
    "partners page": ("get", "{partners}", EDIT, ("own",), {}),
    "add a partner": ("post", "{partners}", EDIT, ("own",), {"organisation": "{stranger}"}),
    "remove a partner": ("post", "{partners}/{partner}/remove", EDIT, ("own",), {}),
}


def one_of_each(route):
    """Who may with least else, and who may not with most; `test_rights_matrix` asks them all."""
    needed = ROUTES[route][2]
    by_size = sorted(ROLES, key=lambda role: len(ROLES[role]))
    having = [role for role in by_size if needed in ROLES[role]]
    return [*having[:1], *[role for role in by_size if role not in having][-1:]]


def ready_for(route, theme):
    """An answer that stands where the route finds work to do, and the address to ask."""
    answered = a_public_action(a_theme(theme.survey.versions[0], name="Letters"), "did")
    if route in ("difference", "close"):
        checked(answered)
    if route == "close":
        shown(answered)
    if route == "assign":
        steps.acknowledge(theme, theme.decided_by)
    db.session.commit()
    slug = theme.survey.slug
    # Who has just removed the partner finds another one to remove.
    if not partners.partners_of(theme.survey_id):
        a_partner(theme.survey)
    return {
        "survey": place(theme),
        "theme": place(theme, f"/{theme.id}"),
        "answer": of_answer(answered).rstrip("/"),
        "about": steps.last_decided(answered).id,
        "partners": f"/staff/surveys/{slug}/partners",
        "partner": partners.partners_of(theme.survey_id)[0].organisation_id,
        "stranger": OrganisationFactory().id,
    }


@pytest.mark.parametrize("route", ROUTES)
def test_everybody_may_do_what_is_theirs_and_nothing_else(theme, somebody, route):
    refused, allowed = [], []
    for of, role in product(["own", "partner", "other"], one_of_each(route)):
        may = ROUTES[route][2] in ROLES[role] and of in ROUTES[route][3]
        (allowed if may else refused).append((of, role))
    known = ready_for(route, theme)
    for who in refused:
        try_it(route, known, somebody, who, 404 if ROUTES[route][2] in ROLES[who[1]] else 403)
    for number, who in enumerate(allowed):
        # Who was refused left the work to do; who did it did not.
        if number and ROUTES[route][0] == "post":
            another = a_theme(theme.survey.versions[0], name=f"Theme {number}")
            known = ready_for(route, another)
        try_it(route, known, somebody, who, 0)


def try_it(route, known, somebody, who, refusal):
    method, address, _needed, _whose, sent = ROUTES[route]
    before = db.session.scalar(select(LoopStep.id).order_by(LoopStep.id.desc()))
    data = {name: value.format(**known) for name, value in sent.items()}
    answer = getattr(somebody(*who), method)(address.format(**known), data=data)
    assert (who, answer.status_code) == (who, refusal or (302 if method == "post" else 200))
    after = db.session.scalar(select(LoopStep.id).order_by(LoopStep.id.desc()))
    is_as_before = bool(refusal) or method == "get" or "partner" in route
    assert (who, before == after) == (who, is_as_before)


def test_a_stranger_reads_nothing_and_does_nothing(client, theme):
    known = ready_for("close", theme)
    for route, (method, address, _needed, _whose, _sent) in ROUTES.items():
        answer = getattr(client, method)(address.format(**known))
        # A form without its token goes no further; a page asks for the sign-in.
        assert (route, answer.status_code) == (route, 400 if method == "post" else 302)


# ---- the way of one theme


def test_an_officer_takes_a_theme_from_heard_to_closed(theme, somebody, session):
    own, forum = somebody(), somebody("partner")
    own.post(place(theme, f"/{theme.id}/acknowledge"))
    own.post(place(theme, f"/{theme.id}/assign"), data=ASSIGNED)
    action = a_public_action(theme, "did")
    forum.post(of_answer(action, "check"), data=as_read(action, CHECKED_FORM))
    own.post(of_answer(action, "difference"), data=as_read(action, DIFFERENT))
    own.post(of_answer(action, "close"), data=as_read(action, {"note": "It works"}))
    history = own.get(place(theme, f"/{theme.id}")).page.texts(".steps strong")
    assert history == [
        "Heard",
        "Acknowledged",
        "Assigned",
        "Decided: We did",
        "Said to be done",
        "Checked by families: Partly",
        "Difference shown",
        "Closed",
    ]


def test_the_history_says_who_for_whom_and_when(theme, somebody):
    somebody().post(place(theme, f"/{theme.id}/acknowledge"))
    line = somebody().get(place(theme, f"/{theme.id}")).page.texts(".steps li")[1]
    assert theme.survey.organisation.name in line
    assert "Sam Officer" in line


def test_a_step_out_of_its_turn_says_so_in_plain_words(theme, somebody):
    answer = somebody().post(place(theme, f"/{theme.id}/assign"), data=ASSIGNED)
    assert answer.status_code == 409
    assert "That step cannot come now" in answer.text


MISTAKES_OF_AN_ASSIGNMENT = [
    ({"due_on": "2097-03-26"}, "Write the role that will answer"),
    ({"owner": "Head"}, "Give the date by which there is an answer"),
    ({"owner": "Head", "due_on": "soon"}, "Write a date like 2027-02-26"),
]
MISTAKES_OF_A_CHECK = [
    ({"said": "", "asked": "24"}, "Choose what families say"),
    ({"said": "perhaps", "asked": "24"}, "Not a valid choice."),
    ({"said": "yes", "asked": ""}, "Write how many people you asked"),
    ({"said": "yes", "asked": "0"}, "Write a whole number, like 24"),
    ({"said": "yes", "asked": "lots"}, "Write a whole number, like 340"),
    ({"said": "not_yet", "asked": "24"}, "Write what is missing"),
    ({"said": "yes", "asked": "24", "note": "x" * 2001}, "Make this shorter: up to 2,000 letters"),
]


def refused(browser, address, sent):
    """What it says of what was sent, which is not taken."""
    page = browser.post(address, data=sent).page
    return page.status, page.texts(".govuk-error-summary a")


def test_a_missing_part_of_an_assignment_is_named(theme, somebody):
    own = somebody()
    own.post(place(theme, f"/{theme.id}/acknowledge"))
    for sent, mistake in MISTAKES_OF_AN_ASSIGNMENT:
        told = refused(own, place(theme, f"/{theme.id}/assign"), sent)
        assert (sent, told) == (sent, (422, [mistake]))


def test_a_missing_part_of_a_check_is_named(theme, somebody):
    action, forum = a_public_action(theme, "did"), somebody("partner")
    for sent, mistake in MISTAKES_OF_A_CHECK:
        told = refused(forum, of_answer(action, "check"), as_read(action, sent))
        assert (sent, told) == (sent, (422, [mistake]))
        assert (sent, action.steps[-1].state) == (sent, "done_claimed")


def test_a_difference_is_at_least_what_families_report(theme, somebody):
    action, own = a_public_action(theme, "did"), somebody()
    checked(action)
    for level in ("0", "1", "2", "6", "x", ""):
        sent = as_read(action, {**DIFFERENT, "evidence_level": level})
        page = own.post(of_answer(action, "difference"), data=sent).page
        assert (level, page.status) == (level, 422)
        assert page.texts('.govuk-error-summary a[href="#evidence_level"]'), level


# ---- an answer that changes while somebody writes of it

CHANGED = "The answer was changed while you wrote. Read it again first."
# of whom, what was typed, what stands before it
OF_AN_ANSWER = {
    "check": ("partner", CHECKED_FORM, lambda action: None),
    "difference": ("own", DIFFERENT, checked),
    "close": ("own", {"note": "It works"}, lambda action: (checked(action), shown(action))),
}


def change(action, **parts):
    operations.publish(action, action.written_by, NOW, whole("did", **parts))
    db.session.commit()


@pytest.mark.parametrize("rest", OF_AN_ANSWER)
def test_a_step_does_not_land_on_an_answer_that_nobody_read(theme, somebody, rest):
    of, typed, before = OF_AN_ANSWER[rest]
    action = a_public_action(theme, "did")
    before(action)
    sent = as_read(action, typed)
    change(action, we_did="We hire three")
    page = somebody(of).post(of_answer(action, rest), data=sent).page
    assert page.status == 422
    assert page.texts(".govuk-error-summary a") == [CHANGED]
    assert "We hire three" in page.texts("main .as-typed")
    assert page.soup.select_one("#note").get_text(strip=True) == typed["note"]
    assert action.steps[-1].state == "done_claimed"


@pytest.mark.parametrize("rest", OF_AN_ANSWER)
def test_a_step_that_does_not_say_which_answer_was_read_is_not_taken(theme, somebody, rest):
    of, typed, before = OF_AN_ANSWER[rest]
    action = a_public_action(theme, "did")
    before(action)
    page = somebody(of).post(of_answer(action, rest), data=typed).page
    assert page.texts(".govuk-error-summary a") == [CHANGED]


def test_what_was_typed_is_sent_once_the_new_answer_was_read(theme, somebody):
    action, forum = a_public_action(theme, "did"), somebody("partner")
    page = forum.post(of_answer(action, "check"), data=CHECKED_FORM).page
    about = page.soup.select_one("input[name=about]")["value"]
    sent = {**CHECKED_FORM, "about": about}
    assert forum.post(of_answer(action, "check"), data=sent).status_code == 302


def test_mending_how_it_is_said_stops_no_check(theme, somebody):
    action = a_public_action(theme, "did")
    sent = as_read(action, CHECKED_FORM)
    change(action, we_did_easy="We hire.")
    assert somebody("partner").post(of_answer(action, "check"), data=sent).status_code == 302


def test_an_answer_that_changes_as_the_check_is_sent_is_not_checked(theme, somebody):
    action, forum = a_public_action(theme, "did"), somebody("partner")
    sent = as_read(action, CHECKED_FORM)

    def decide_again(connection):
        latest = steps.last_decided(action)
        names = [column.key for column in LoopStep.__table__.columns if column.key != "id"]
        connection.execute(insert(LoopStep).values({name: getattr(latest, name) for name in names}))

    with changing_it_first(decide_again):
        page = forum.post(of_answer(action, "check"), data=sent).page
    assert page.texts(".govuk-error-summary a") == [CHANGED]


def test_nothing_typed_is_lost(theme, somebody):
    action = a_public_action(theme, "did")
    sent = {"said": "partly", "asked": "", "note": HOSTILE}
    page = somebody("partner").post(of_answer(action, "check"), data=sent).page
    assert page.soup.select_one("input[name=said][checked]")["value"] == "partly"
    assert page.soup.select_one("#note").get_text(strip=True) == HOSTILE


def test_a_partner_sees_no_draft_and_no_way_to_change_anything(theme, somebody):
    a_public_action(theme, "did")
    a_draft(theme, we_did="Secret plan")
    page = somebody("partner").get(place(theme, f"/{theme.id}")).page
    assert "Secret plan" not in page.html
    assert page.texts(".actions") == ["Record what families say"]


def a_taken_down_action(theme):
    action = a_public_action(theme, "did", owner="Secret team")
    operations.take_down(action, action.written_by)
    db.session.commit()
    return action


def test_a_partner_reads_no_history_of_what_was_taken_down(theme, somebody):
    steps.acknowledge(theme, theme.decided_by)
    a_taken_down_action(theme)
    address = place(theme, f"/{theme.id}")
    assert somebody("partner").get(address).page.texts(".steps strong") == ["Heard", "Acknowledged"]
    assert "Secret team" not in somebody("partner").get(address).page.html
    assert "Secret team" in somebody().get(address).page.html


def test_after_taking_down_the_only_answer_the_theme_takes_its_steps_again(theme, somebody):
    a_taken_down_action(theme)
    own, address = somebody(), place(theme, f"/{theme.id}")
    assert own.get(address).page.texts(".actions button") == ["Acknowledge it"]
    assert own.post(f"{address}/acknowledge").status_code == 302
    assert own.post(f"{address}/assign", data=ASSIGNED).status_code == 302


def test_a_theme_was_heard_when_it_was_first_accepted_with_an_answer_or_without(theme, somebody):
    first = datetime(2026, 3, 2, tzinfo=UTC)
    db.session.add(
        CurationStep(
            survey_id=theme.survey_id,
            at=first,
            by=theme.decided_by,
            deed="accepted",
            themes=[theme.id],
            before={},
            after={},
        )
    )
    theme.decided_at = datetime(2026, 5, 4, tzinfo=UTC)
    db.session.commit()
    address = place(theme, f"/{theme.id}")
    before = somebody().get(address).page.texts(".steps .quiet")[0]
    a_public_action(theme, "did")
    after = somebody().get(address).page.texts(".steps .quiet")[0]
    assert (before, after) == ("2 March 2026", "2 March 2026")


# so many people, as a partner and as its own organisation read it
AS_READ_BY = [
    (3, "fewer than 10", "fewer than 5"),
    (4, "fewer than 10", "fewer than 5"),
    (9, "fewer than 10", "9"),
    (1142, "about 1,140", "1,142"),
]


@pytest.mark.parametrize(("people", "partly", "whole"), AS_READ_BY)
def test_numbers_of_the_history_are_for_those_who_may_read_them(
    theme, somebody, people, partly, whole
):
    checked(a_public_action(theme, "did", reached=people), asked=people)
    for of, words in (("partner", partly), ("own", whole)):
        history = " ".join(somebody(of).get(place(theme, f"/{theme.id}")).page.texts(".steps p"))
        assert f"How many it reached: {words}." in history, of
        assert f"How many people were asked: {words}." in history, of


@pytest.mark.parametrize(("of", "state"), [("own", "Looked at again"), ("partner", "Closed")])
def test_a_partner_does_not_learn_of_new_comments(theme, somebody, of, state):
    version = theme.survey.versions[0]
    said = people_say(version, PARENT, 3)
    letters = a_theme(version, said, name="Letters")
    closed(a_public_action(letters, "did"))
    for answer in said:
        answer.response.submitted_at = datetime.now(UTC) + timedelta(days=1)
    db.session.commit()
    page = somebody(of).get(place(theme, f"/{letters.id}")).page
    assert page.texts(".facts dd")[0] == state


def test_a_partner_reads_the_title_that_was_published(theme, somebody):
    draft = new_version(theme.survey)
    set_details(draft, NOW, title="Secret title")
    db.session.commit()
    forum = somebody("partner")
    for address in ("/staff/loop", place(theme)):
        assert "Parents" in forum.get(address).page.html
        assert "Secret title" not in forum.get(address).page.html
    assert "Secret title" in somebody().get(place(theme)).page.html


def test_a_partner_knows_nothing_of_a_survey_that_was_never_published(theme, somebody):
    draft = a_survey(theme.survey.organisation, title="Secret survey", published=False)
    forum = partners.partners_of(theme.survey_id)[0].organisation
    partners.add(draft.survey, forum, theme.decided_by, NOW)
    db.session.commit()
    assert "Secret survey" not in board(somebody("partner")).html
    address = f"/staff/surveys/{draft.survey.slug}/lifecycle"
    assert somebody("partner").get(address).status_code == 404
    assert somebody().get(address).status_code == 200


def test_the_own_organisation_is_told_who_records_the_check(theme, somebody):
    a_public_action(theme, "did")
    page = somebody().get(place(theme, f"/{theme.id}")).page
    assert "Partners of this survey record what families say." in page.html
    assert "Record what families say" not in page.html


def test_a_partner_does_not_check_a_draft(theme, somebody):
    action = a_draft(theme, "did")
    assert somebody("partner").get(of_answer(action, "check")).status_code == 404


def test_a_theme_is_not_reached_through_another_survey(theme, somebody):
    other = a_survey(organisation=theme.survey.organisation)
    db.session.commit()
    address = f"/staff/surveys/{other.survey.slug}/lifecycle/{theme.id}"
    assert somebody().get(address).status_code == 404


# ---- partners


def test_a_partner_is_added_and_removed(theme, somebody, session):
    own, voices = somebody(), OrganisationFactory(name="Voices of the county")
    address = f"/staff/surveys/{theme.survey.slug}/partners"
    assert own.post(address, data={"organisation": voices.id}).status_code == 302
    assert own.get(address).page.texts(".list li span")[::2] == [
        "The forum of parents",
        "Voices of the county",
    ]
    own.post(f"{address}/{voices.id}/remove")
    rows = session.scalars(select(SurveyPartner.organisation_id)).all()
    assert voices.id not in rows


def test_no_organisation_is_no_partner(theme, somebody):
    own, address = somebody(), f"/staff/surveys/{theme.survey.slug}/partners"
    for sent in ("", "0", "x", "999999"):
        answer = own.post(address, data={"organisation": sent})
        assert (sent, answer.status_code) == (sent, 422)


def test_the_own_organisation_is_not_offered(theme, somebody):
    page = somebody().get(f"/staff/surveys/{theme.survey.slug}/partners").page
    assert page.texts(f'option[value="{theme.survey.organisation_id}"]') == []


# ---- the board


def board(client):
    return client.get("/staff/loop").page


def test_the_board_says_the_colour_and_its_rule_in_words(theme, somebody):
    a_public_action(theme, "will", due_on=TODAY - timedelta(days=12))
    assert board(somebody()).texts(".list > li > p") == ["Red 12 days overdue."]


def test_the_board_says_who_answers_and_by_when(theme, somebody):
    a_public_action(theme, "will", due_on=date(2099, 2, 26))
    (line,) = board(somebody()).texts(".list > li")
    assert "State Decided" in line
    assert "Who answers for this Head of therapies" in line
    assert "Due 26 February 2099" in line
    assert "Survey Parents" in line


def test_the_board_shows_red_first(theme, somebody):
    version = theme.survey.versions[0]
    a_public_action(theme, "cannot")
    late = a_theme(version, name="Late letters")
    a_public_action(late, "will", due_on=TODAY - timedelta(days=1))
    assert board(somebody()).texts(".list h3") == ["Late letters", "Waiting for help"]


def test_the_board_lists_barriers_by_reason(theme, somebody):
    a_public_action(theme, "cannot")
    page = board(somebody())
    assert "We do not have the money: 1" in page.texts("h3")
    assert "Waiting for help. Who decided: The SEND board." in page.texts("main ul li")


def test_a_theme_nobody_answered_for_12_weeks_is_red(theme, somebody):
    theme.decided_at = datetime.now(UTC) - timedelta(weeks=12, days=1)
    db.session.commit()
    assert "No decision 12 weeks after" in board(somebody()).texts(".list > li > p")[0]


def test_the_board_leads_a_partner_to_what_they_may_check(theme, somebody):
    page = board(somebody("partner", "analyst"))
    assert page.texts(f'a[href="{place(theme)}"]')
    assert page.texts(".list") == []


def test_the_board_shows_nothing_of_another_organisation(theme, somebody):
    a_public_action(theme)
    assert theme.name not in board(somebody("other")).html


def test_the_board_is_reached_from_where_staff_start(theme, somebody):
    own = somebody()
    for where in ("/staff", f"/staff/surveys/{theme.survey.slug}/actions"):
        assert own.get(where).page.texts('a[href="/staff/loop"]'), where


def test_what_was_passed_on_and_closed_is_owed_no_more(theme, somebody):
    action = a_public_action(theme, "passed_on", due_on=TODAY - timedelta(days=3))
    steps.close(action, "They answered", action.written_by)
    db.session.commit()
    assert "No answer has promised a day." in somebody().get("/staff").page.html


def test_pages_take_as_many_queries_however_many_answers(theme, somebody, queries):
    own, pages = somebody(), ["/staff/loop", place(theme), place(theme, f"/{theme.id}")]

    def how_many(page):
        queries.clear()
        own.get(page)
        return page, len(queries)

    checked(a_public_action(theme, "did"))
    for page in pages:
        own.get(page)
    one = [how_many(page) for page in pages]
    for kind in WHOLE:
        a_public_action(theme, kind)
        a_public_action(a_theme(theme.survey.versions[0], name=f"Theme {kind}"), kind)
    assert [how_many(page) for page in pages] == one


# ---- what everyone reads


def pair(client, theme, rest=""):
    return client.get(f"/you-said-we-did/{theme.survey.slug}{rest}").page.texts(".pair")[0]


@pytest.mark.parametrize(
    ("said", "words"), [("yes", "yes, it is done"), ("partly", "partly"), ("not_yet", "not yet")]
)
def test_everyone_reads_what_families_say(client, theme, said, words):
    checked(a_public_action(theme, "did"), said)
    for rest in ("", "?read=easy"):
        shown = pair(client, theme, rest)
        assert f"Families checked this: {words}." in shown, rest
        assert "HPCI asked 24 people in September 2026." in shown, rest
        assert "HPCI adds: “The line is still busy”" in shown, rest


@pytest.mark.parametrize("asked", [1, 9])
def test_a_few_people_asked_are_fewer_than_10(client, theme, asked):
    checked(a_public_action(theme, "did"), asked=asked)
    assert "HPCI asked fewer than 10 people in September 2026." in pair(client, theme)


def test_two_organisations_are_told_apart(client, theme):
    action = a_public_action(theme, "did")
    voices = a_partner(theme.survey, name="Voices of the county", short_name="Voices")
    checked(action, "yes")
    checked(action, "not_yet", by=voices.organisation)
    shown = pair(client, theme)
    assert "Families checked this with HPCI: yes, it is done." in shown
    assert "Families checked this with Voices: not yet." in shown


def test_everyone_reads_that_it_is_looked_at_again(client, theme):
    checked(a_public_action(theme, "did"), "not_yet")
    assert "We are looking at this again." in pair(client, theme)


def test_everyone_reads_that_nobody_checked_yet(client, theme):
    a_public_action(theme, "did")
    assert "Families have not checked this yet." in pair(client, theme)


def test_everyone_reads_what_is_different_and_that_it_is_closed(client, theme):
    action = a_public_action(theme, "did")
    closed(action)
    shown = pair(client, theme)
    assert "What is different: Half the wait there was" in shown
    assert "What this shows: families report a difference." in shown
    assert "Closed on" in shown


def test_what_is_already_there_says_where_and_how_to_get_it(client, theme):
    a_public_action(theme, "already")
    shown = pair(client, theme)
    assert "It is already there" in shown
    assert "Where: On the Local Offer" in shown
    assert "How to get it: Ask your school" in shown


def test_what_has_to_be_asked_says_what_and_by_when(client, theme):
    a_public_action(theme, "ask_more", due_on=date(2099, 2, 26))
    shown = pair(client, theme)
    assert "What we will ask: Which letters are hard" in shown
    assert "We will ask this by 26 February 2099." in shown


def test_a_question_that_was_not_asked_in_time_is_late(client, theme):
    a_public_action(theme, "ask_more", due_on=TODAY - timedelta(days=5))
    shown = pair(client, theme)
    assert "We were to ask this by" in shown
    assert "5 days late." in shown


def test_words_of_a_partner_are_words(client, theme):
    checked(a_public_action(theme, "did"), note=HOSTILE)
    assert HOSTILE not in client.get(f"/you-said-we-did/{theme.survey.slug}").text


def test_the_data_say_what_families_say(client, theme):
    checked(a_public_action(theme, "did"), "partly", asked=8)
    (action,) = client.get(f"/you-said-we-did/{theme.survey.slug}.json").json["actions"]
    assert action["state"] == "checked"
    assert action["is_looked_at_again"] is False
    assert action["families"] == [
        {
            "organisation": "HPCI",
            "said": "partly",
            "asked": None,
            "month": "2026-09",
            "note": "The line is still busy",
        }
    ]


def test_what_was_taken_down_takes_its_check_with_it(client, theme):
    action = a_public_action(theme, "did")
    checked(action, note="Secret note")
    operations.take_down(action, action.written_by)
    db.session.commit()
    assert "Secret note" not in client.get(f"/you-said-we-did/{theme.survey.slug}").text
