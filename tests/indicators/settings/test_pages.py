"""An officer says which questions feed q, and how people were found."""

import pytest

from engage.indicators.q.models import QSetting
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.indicators.conftest import PARENTS, answer
from tests.signin import sign_in
from tests.survey_factories import ask, make_small_survey, make_survey

AREAS = [{"code": f"dspl{n}", "standard": f"Area {n}", "easy_read": f"Area {n}"} for n in (1, 2)]
FIVE = [
    {"code": f"p{n}", "standard": f"Place {n}", "easy_read": f"Place {n}", "value": n}
    for n in (5, 4, 3, 2, 1)
]


@pytest.fixture
def ours(staff_client):
    return make_survey(PARENTS, slug="ours", organisation=staff_client.staff.organisation)


def address(version):
    return f"/staff/surveys/{version.survey.slug}/q"


def options(page, name):
    return [option.get("value") for option in page.tree.cssselect(f"#{name} option")]


def chosen(page, name):
    found = page.tree.cssselect(f"#{name} option[selected]")
    return found[0].get("value") if found else ""


def value(page, name):
    (found,) = page.tree.cssselect(f"main input[name={name}]")
    return found.get("value")


def typed(page, **changed):
    """The form as it stands, with what somebody changes."""
    form = {
        select.get("name"): chosen(page, select.get("id"))
        for select in page.tree.cssselect("main select")
    }
    for radio in page.tree.cssselect("main input[type=radio][checked]"):
        form[radio.get("name")] = radio.get("value")
    return form | {name: value(page, name) for name in ("invited", "seen")} | changed


def save(client, version, **changed):
    page = client.get(address(version)).page
    return client.post(address(version), data=typed(page, **changed), follow_redirects=True).page


def rows(session):
    return {row.name: row.value for row in session.query(QSetting).order_by(QSetting.id)}


def test_the_survey_links_to_the_page(staff_client, ours):
    page = staff_client.get("/staff/surveys/ours").page
    assert page.tree.cssselect(f'a[href="{address(ours)}"]')


def test_the_template_presets_every_part_and_role(staff_client, ours):
    page = staff_client.get(address(ours)).page
    assert chosen(page, "headline") == "PC10"
    assert chosen(page, "weight_area") == "PC08"
    assert chosen(page, "setting") == "PC06"
    (grade,) = page.tree.cssselect("input[name=grade][checked]")
    assert grade.get("value") == "B"
    assert "It is as the survey’s template says." in page.html


def test_a_select_offers_only_questions_that_can_play_the_part(staff_client):
    version = make_small_survey(
        [ask("WORDS", "text"), ask("FIVE", options=FIVE), ask("AREA", options=AREAS), ask("YES")],
        organisation=staff_client.staff.organisation,
    )
    page = staff_client.get(address(version)).page
    assert options(page, "headline") == ["", "FIVE"]
    assert options(page, "weight_area") == ["", "AREA"]
    assert not options(page, "completion_mode")
    assert "No question of this survey can play this part." in page.html


def test_a_change_is_kept_beside_the_survey_with_who_and_when(staff_client, session, ours):
    page = save(staff_client, ours, domain_info="")
    assert "The change is kept." in page.html
    assert rows(session) == {"domain_info": ""}
    (told,) = page.texts('section[aria-labelledby="history"] tbody tr')
    assert "We can find information" in told
    assert "No question" in told
    assert staff_client.staff.name in told
    event = session.query(AuditEvent).filter_by(what="changed how a survey feeds q").one()
    assert event.detail["before"] == {"domain_info": "PC16"}


def test_what_is_not_changed_is_not_written(staff_client, session, ours):
    assert "Nothing was changed." in save(staff_client, ours).html
    assert not rows(session)


def test_a_part_can_be_given_back_its_question(staff_client, session, ours):
    save(staff_client, ours, headline="")
    page = save(staff_client, ours, headline="PC10")
    assert chosen(page, "headline") == "PC10"
    assert [row.value for row in session.query(QSetting).order_by(QSetting.id)] == ["", "PC10"]


def test_a_list_says_how_many_were_invited(staff_client, session, ours):
    page = save(staff_client, ours, grade="A", invited="1,200")
    assert rows(session) == {"grade": "A", "invited": "1200"}
    assert value(page, "invited") == "1200"


def test_an_open_link_forgets_how_many_were_invited(staff_client, session, ours):
    save(staff_client, ours, grade="A", invited="1200")
    save(staff_client, ours, grade="B")
    assert rows(session) == {"grade": "B", "invited": ""}


MISTAKES = (
    ({"grade": "A", "invited": "many"}, "invited", "Write how many people were sent a link"),
    ({"grade": "A", "invited": ""}, "invited", "Write how many people were sent a link"),
    ({"grade": "A", "invited": "0"}, "invited", "Write how many people were sent a link"),
    ({"grade": "A", "invited": "9" * 30}, "invited", "Write how many people were sent a link"),
    ({"grade": "A", "invited": "3000000"}, "invited", "more people than live in the county"),
    ({"grade": "A", "invited": "7"}, "invited", "8 people replied"),
    ({"headline": "PC99"}, "headline", "That question is not in this survey"),
    ({"headline": "PC07"}, "headline", "cannot play this part"),
    ({"domain_needs": "PC10"}, "domain_needs", "plays another part already"),
    ({"grade": "Z"}, "grade", "Choose how people were found"),
)


def test_a_mistake_is_said_beside_its_field(staff_client, session, ours):
    answer(ours, {"headline": "neither"}, 8)
    form = typed(staff_client.get(address(ours)).page)
    for changed, field, words in MISTAKES:
        reply = staff_client.post(address(ours), data=form | changed)
        assert (changed, reply.status_code) == (changed, 422)
        (said,) = reply.page.texts(f"#{field}-error")
        assert words in said, changed
        summary = f'.govuk-error-summary a[href="#{field}"]'
        assert reply.page.tree.cssselect(summary), changed
    assert not rows(session)


@pytest.mark.parametrize("sent", ["of before", "", None])
def test_who_has_not_seen_what_holds_is_told_and_nothing_typed_is_lost(
    staff_client, session, ours, sent
):
    """Another changed it since, or the page did not say what was seen: nobody undoes a change."""
    opened = typed(staff_client.get(address(ours)).page)
    save(staff_client, ours, domain_info="")
    mine = opened | {"domain_needs": "", "grade": "A", "invited": "1200"}
    if sent != "of before":
        mine |= {"seen": sent}
    reply = staff_client.post(
        address(ours), data={name: value for name, value in mine.items() if value is not None}
    )
    assert reply.status_code == 422
    (told,) = reply.page.texts(".govuk-error-summary li")
    assert told.startswith("Somebody changed this since you opened the page.")
    assert chosen(reply.page, "domain_needs") == ""
    assert value(reply.page, "invited") == "1200"
    assert rows(session) == {"domain_info": ""}
    again = typed(reply.page)
    assert staff_client.post(address(ours), data=again).status_code == 302
    assert rows(session)["invited"] == "1200"


def test_it_says_what_a_change_does_to_the_series(staff_client, ours):
    html = staff_client.get(address(ours)).page.html
    assert "makes a break in the series" in html
    assert "until ten more people have answered" in html


def test_what_was_said_feeds_q(staff_client, ours, publish):
    save(staff_client, ours, grade="C")
    answer(ours, {"headline": "very_satisfied"}, 40)
    (made,) = publish()
    assert made.data["headline"]["reason"] == "events"


def test_a_survey_for_two_audiences_says_that_it_feeds_nothing(staff_client):
    version = make_small_survey(
        audiences=("parent_carer", "young_person"), organisation=staff_client.staff.organisation
    )
    assert "Only a survey for one audience" in staff_client.get(address(version)).page.html


def test_a_draft_shows_its_own_questions(staff_client):
    version = make_survey(
        PARENTS, organisation=staff_client.staff.organisation, published=False, slug="draft"
    )
    assert chosen(staff_client.get(address(version)).page, "headline") == "PC10"


def test_a_reader_sees_what_holds_and_cannot_change_it(client, ours, session):
    sign_in(client, StaffFactory(roles=["reader"], organisation=ours.survey.organisation))
    page = client.get(address(ours)).page
    assert not page.tree.cssselect("main form")
    assert "PC10. Thinking about all the SEND services" in page.html
    assert client.post(address(ours), data={}).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, session):
    version = make_survey(PARENTS, slug="theirs")
    assert "/staff/sign-in" in client.get(address(version)).location


def test_another_organisations_survey_is_not_found(staff_client):
    version = make_survey(PARENTS, slug="theirs")
    assert staff_client.get(address(version)).status_code == 404
    assert staff_client.post(address(version), data={}).status_code == 404
