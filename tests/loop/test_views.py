import pytest
from sqlalchemy import select

from engage.loop.models import Action
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.loop.made import HOSTILE, WHOLE, WORDS, a_draft, a_public_action, a_survey, place, typed
from tests.signin import sign_in


def written(session):
    return session.scalars(select(Action)).one()


def test_the_list_shows_themes_that_wait_for_an_answer(lead, theme):
    page = lead.get(place(theme)).page
    assert page.texts(f'a[href$="/new?theme={theme.id}"]')


def test_the_list_shows_who_can_read_each_answer(lead, theme):
    a_public_action(theme)
    assert lead.get(place(theme)).page.texts("tbody td")[1] == "Everyone"


def test_a_draft_needs_no_more_than_its_kind(lead, theme, session):
    sent = lead.post(place(theme, f"/new?theme={theme.id}"), data={"kind": "did"})
    assert sent.status_code == 302
    assert not written(session).is_public


def test_an_answer_of_no_kind_is_not_saved(lead, theme, session):
    sent = lead.post(place(theme, f"/new?theme={theme.id}"), data={"we_did": "We hire"})
    assert sent.status_code == 422
    assert sent.page.texts(".govuk-error-summary a") == ["Choose what kind of answer this is"]
    assert session.scalars(select(Action)).all() == []


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_answer_is_published(lead, theme, session, kind):
    action = a_draft(theme)
    sent = lead.post(place(theme, f"/{action.id}/publish"), data=typed(kind))
    assert sent.status_code == 302
    assert (written(session).kind, written(session).is_public) == (kind, True)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_missing_part_is_named_beside_its_field_and_above(lead, theme, session, kind):
    address = place(theme, f"/{a_draft(theme).id}/publish")
    for part in (*WHOLE[kind], *WORDS):
        page = lead.post(address, data=typed(kind, **{part: ""})).page
        assert (part, page.status) == (part, 422)
        links = page.tree.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
        assert f"#{part}" in links
        missing = {part, f"{part}-error"} - set(page.tree.xpath("//@id"))
        assert missing == set()
        session.expire_all()
        assert (part, written(session).is_public) == (part, False)


def test_after_a_refused_publishing_saving_does_not_publish(lead, theme):
    action = a_draft(theme)
    page = lead.post(place(theme, f"/{action.id}/publish"), data=typed("did", owner="")).page
    assert page.tree.xpath("//main//form/@action")[0] == place(theme, f"/{action.id}")


def test_a_new_answer_is_saved_for_its_theme(lead, theme):
    address = place(theme, f"/new?theme={theme.id}")
    assert lead.get(address).page.tree.xpath("//main//form/@action")[0] == address


def test_nothing_typed_is_lost(lead, theme):
    action = a_draft(theme)
    wrong = typed("did", reached="lots", done_on="last spring", owner="", evidence="We counted")
    page = lead.post(place(theme, f"/{action.id}/publish"), data=wrong).page
    kept = {box["name"]: box.get("value") for box in page.soup.select("input[type=text]")}
    assert kept["reached"] == "lots"
    assert page.soup.select_one("#done_on")["value"] == "last spring"
    assert page.soup.select_one("#evidence").get_text(strip=True) == "We counted"
    assert page.soup.select_one("input[name=kind][checked]")["value"] == "did"


def test_a_date_is_read_as_people_write_it(lead, theme, session):
    address = place(theme, f"/{a_draft(theme).id}")
    for written_as in ("2026-09-01", "1/9/2026", "1 September 2026"):
        lead.post(address, data=typed("did", done_on="2026-08-31"))
        lead.post(address, data=typed("did", done_on=written_as))
        session.expire_all()
        assert (written_as, written(session).done_on) == (written_as, WHOLE["did"]["done_on"])


def test_the_form_shows_how_to_write_it(lead, theme):
    page = lead.get(place(theme, f"/new?theme={theme.id}")).page
    assert "not “soon”" in page.texts("#we_did-hint")[0]


def test_an_analyst_writes_but_does_not_publish(analyst, theme, session):
    action = a_draft(theme)
    assert analyst.post(place(theme, f"/{action.id}"), data=typed("did")).status_code == 302
    assert analyst.post(place(theme, f"/{action.id}/publish"), data=typed("did")).status_code == 403
    assert not analyst.get(place(theme, f"/{action.id}")).page.texts("[formaction]")


def test_an_analyst_does_not_change_what_everyone_reads(analyst, theme, session):
    action = a_public_action(theme)
    page = analyst.post(place(theme, f"/{action.id}"), data=typed("did", we_did="Ours")).page
    assert page.status == 422
    assert page.texts("#we_did") == ["Ours"]
    session.expire_all()
    assert written(session).we_did == "We hire"


def test_an_answer_is_taken_down(lead, theme, session):
    action = a_public_action(theme)
    assert lead.post(place(theme, f"/{action.id}/take-down")).status_code == 302
    assert not written(session).is_public


def test_reading_a_page_changes_nothing(lead, theme):
    action = a_draft(theme)
    for rest in ("publish", "take-down"):
        assert (rest, lead.get(place(theme, f"/{action.id}/{rest}")).status_code) == (rest, 405)


@pytest.mark.parametrize("state", ["named", "set_aside"])
def test_a_theme_that_is_not_accepted_has_no_form(lead, theme, session, state):
    theme.state = state
    session.commit()
    assert lead.get(place(theme, f"/new?theme={theme.id}")).status_code == 404


def test_an_address_without_a_theme_is_not_found(lead, theme):
    most = "99999999999999999999"
    for asked in ("", "?theme=", "?theme=x", f"?theme={most}", f"?theme=-{most}"):
        assert (asked, lead.get(place(theme, f"/new{asked}")).status_code) == (asked, 404)


def test_another_organisation_finds_nothing(client, theme):
    action = a_draft(theme)
    stranger = sign_in(client, StaffFactory(roles=["survey_lead"]))
    for rest in ("", f"/new?theme={theme.id}", f"/{action.id}"):
        assert (rest, stranger.get(place(theme, rest)).status_code) == (rest, 404)


def test_another_organisation_changes_nothing(client, theme):
    action = a_draft(theme)
    stranger = sign_in(client, StaffFactory(roles=["survey_lead"]))
    for rest in ("", "/publish", "/take-down"):
        sent = stranger.post(place(theme, f"/{action.id}{rest}"), data=typed("did"))
        assert (rest, sent.status_code) == (rest, 404)


def test_an_answer_is_not_reached_through_another_survey(lead, theme, session):
    other = a_survey(organisation=theme.survey.organisation)
    action = a_draft(theme)
    session.commit()
    assert lead.get(f"/staff/surveys/{other.survey.slug}/actions/{action.id}").status_code == 404


def test_who_may_not_curate_sees_no_answers(client, theme):
    for role in ("reader", "safeguarding_lead", "administrator"):
        staff = StaffFactory(organisation=theme.survey.organisation, roles=[role])
        assert (role, sign_in(client, staff).get(place(theme)).status_code) == (role, 403)


def test_a_stranger_is_asked_to_sign_in(client, theme):
    assert client.get(place(theme)).status_code == 302


def test_hostile_words_come_back_as_words(lead, theme):
    wrong = typed("did", owner="", **dict.fromkeys(("you_said", "place"), HOSTILE))
    action = a_draft(theme)
    page = lead.post(place(theme, f"/{action.id}/publish"), data=wrong).page
    assert HOSTILE not in page.html
    assert page.soup.select_one("#place")["value"] == HOSTILE


def test_what_a_page_did_is_written_down(lead, theme, session):
    lead.post(place(theme, f"/new?theme={theme.id}"), data=typed("did"))
    assert "wrote an answer" in session.scalars(select(AuditEvent.what)).all()


def test_the_list_takes_as_many_queries_however_many_answers(lead, theme, queries):
    a_public_action(theme)
    lead.get(place(theme))
    queries.clear()
    lead.get(place(theme))
    one = len(queries)
    for _ in range(5):
        a_public_action(theme)
    queries.clear()
    lead.get(place(theme))
    assert len(queries) == one
