"""Two organisations that lead a survey together: nothing is public before both agreed to it."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from engage.analysis import operations as analysis
from engage.analysis.frame import operations as frame
from engage.analysis.models import Theme
from engage.clock import day_of
from engage.errors import NotReadyError
from engage.extensions import db
from engage.loop import operations
from engage.loop.co_lead import things
from engage.loop.co_lead.words import part_rows
from engage.surveys import operations as surveys
from engage.surveys.co_lead import queries as signed
from tests.indicators.rivals import changing_it_first
from tests.loop.co_lead.made import (
    about,
    agree,
    agree_to_answer,
    agree_to_themes,
    place,
    published,
    standings,
)
from tests.loop.made import NOW, a_theme, an_action, whole
from tests.signin import sign_in

HOSTILE = "<script>alert(1)</script>"


# ---- the whole way, on pages


def test_a_partner_is_made_co_lead_on_the_page_and_only_before_the_launch(app, led, forum, officer):
    own, ours = sign_in(app.test_client(), officer), f"/staff/surveys/{led.survey.slug}"
    theirs = sign_in(app.test_client(), forum)
    partner = f"{ours}/co-lead/partners/{forum.organisation_id}"
    assert "Take co-lead back" in own.get(f"{ours}/partners").page.html
    own.post(f"{partner}/end")
    assert signed.co_leads_of(led.survey_id) == []
    assert theirs.get(f"/staff/co-lead/{led.survey.slug}").status_code == 404
    own.post(f"{partner}/make")
    agree(led.survey, signed.to_launch(led), forum)
    surveys.publish(led, NOW)
    db.session.commit()
    page = own.get(f"{ours}/partners").page
    assert "Only they can end this." in page.html
    assert page.texts("main .list button") == []
    for address in (f"{partner}/end", f"{ours}/partners/{forum.organisation_id}/remove"):
        answer = own.post(address)
        assert answer.status_code == 409
        assert "Only they can end that" in answer.text
    assert "Stop being co-lead" in theirs.get("/staff/co-lead/" + led.survey.slug).page.html
    assert "leads this survey together with you" in own.get(ours).page.html
    assert "Surveys of others that we lead together" in theirs.get("/staff/loop").page.html


def test_two_organisations_bring_a_survey_and_an_answer_to_the_public(app, led, forum, officer):
    own, theirs = (sign_in(app.test_client(), by) for by in (officer, forum))
    slug, version = led.survey.slug, led
    theirs_at = f"/staff/co-lead/{slug}"
    ours_at = f"/staff/surveys/{slug}"

    # Nobody outside reads a draft before they are asked.
    assert theirs.get(f"{theirs_at}/launch").status_code == 404
    assert "Nothing waits for us." in theirs.get("/staff/co-lead").page.html
    refused = own.post(f"{ours_at}/open")
    assert (
        "HPCI leads this survey together with you" in refused.page.texts(".govuk-error-summary")[0]
    )
    assert own.post(f"{ours_at}/co-lead/launch").status_code == 302

    assert theirs.get("/staff/co-lead").page.texts("main h3") == ["Parents"]
    page = theirs.get(f"{theirs_at}/launch").page
    assert any("Question SAY?" in text for text in page.texts("h3"))
    assert theirs.get(f"{theirs_at}/launch?read=easy").page.status == 200
    sent = {"about": about(page), "said": "not_agreed", "note": ""}
    mistake = theirs.post(f"{theirs_at}/launch", data=sent).page
    assert mistake.texts(".govuk-error-summary a") == ["Say what would have to be different"]
    sent["note"] = HOSTILE
    assert theirs.post(f"{theirs_at}/launch", data=sent).status_code == 302
    assert HOSTILE not in own.get(f"{ours_at}/co-lead").text
    assert own.get(f"{ours_at}/co-lead").page.texts("main .as-typed") == [HOSTILE] * 2

    # What is changed while they read is not agreed to.
    surveys.set_details(version, title="Families")
    db.session.commit()
    sent = {"about": about(page), "said": "agreed", "note": "Good"}
    mistake = theirs.post(f"{theirs_at}/launch", data=sent).page
    assert mistake.texts(".govuk-error-summary a") == [CHANGED_MEANWHILE]
    assert mistake.soup.select_one("#note").get_text(strip=True) == "Good"
    sent["about"] = about(mistake)
    assert theirs.post(f"{theirs_at}/launch", data=sent).status_code == 302
    surveys.set_details(version, title="Others")
    db.session.commit()
    void = own.get(f"{ours_at}/co-lead").page.texts("main .row--tight")[0]
    assert "It was changed after HPCI agreed, so that counts no more." in void
    surveys.set_details(version, title="Families")
    db.session.commit()
    assert own.post(f"{ours_at}/open").status_code == 302

    # A theme that is accepted waits for them by itself.
    theme = a_theme(version)
    db.session.commit()
    page = theirs.get(f"{theirs_at}/themes/{theme.id}").page
    assert page.heading == "Theme: Waiting for help"
    action = an_action(theme, we_did="Secret draft")
    other = an_action(theme, we_did="Another secret")
    db.session.commit()
    sent = {"about": about(page), "said": "agreed"}
    assert theirs.post(f"{theirs_at}/themes/{theme.id}", data=sent).status_code == 302

    # The words of an answer, once they are asked about it, and of no other.
    edit = f"{ours_at}/actions/{action.id}"
    assert "Secret draft" not in theirs.get(theirs_at).text
    assert theirs.get(f"{theirs_at}/answers/{action.id}").status_code == 404
    buttons = own.get(edit).page.texts("main button")
    assert "Ask HPCI to agree to these words" in buttons
    assert "Publish" not in buttons
    typed = as_typed(whole("will", we_did="We hire three"))
    assert own.post(f"{edit}/publish", data=typed).status_code == 409
    asked = own.post(f"{ours_at}/co-lead/answers/{action.id}/ask", data=typed)
    assert asked.status_code == 302
    page = theirs.get(f"{theirs_at}/answers/{action.id}").page
    assert "We hire three" in page.html
    for address in (theirs_at, "/staff/co-lead", f"{theirs_at}/answers/{action.id}"):
        assert "Another secret" not in theirs.get(address).text
    assert theirs.get(f"{theirs_at}/answers/{other.id}").status_code == 404
    sent = {"about": about(page), "said": "agreed", "note": "Good"}
    assert theirs.post(f"{theirs_at}/answers/{action.id}", data=sent).status_code == 302
    assert "Publish the words that they agreed to" in own.get(edit).page.texts("main button")
    assert own.post(f"{ours_at}/co-lead/answers/{action.id}/publish").status_code == 302
    assert action.is_public
    assert action.we_did == "We hire three"
    assert "everyone can read them" in own.get(edit).page.texts("main .card")[0]

    # What is public stays as it is while other words are agreed to.
    typed = as_typed(whole("will", we_did="We hire four"))
    own.post(f"{ours_at}/co-lead/answers/{action.id}/ask", data=typed)
    assert action.we_did == "We hire three"
    assert "We hire four" in own.get(edit).page.texts("main .card")[0]
    assert own.post(f"{ours_at}/co-lead/answers/{action.id}/publish").status_code == 409
    assert own.post(f"{edit}/take-down").status_code == 302
    assert not action.is_public


CHANGED_MEANWHILE = "It was changed while you read. Read it again first."


def as_typed(parts):
    return {name: value for name, value in asdict(parts).items() if value not in (None, "")}


def test_one_button_agrees_to_all_themes_that_were_on_the_page(app, launched, forum):
    client = sign_in(app.test_client(), forum)
    read = about(client.get(place(launched)).page)
    a_theme(launched.survey.versions[0], name="Came meanwhile")
    db.session.commit()
    page = client.post(place(launched, "/themes"), data={"about": read}, follow_redirects=True).page
    assert CHANGED_MEANWHILE in page.html
    client.post(place(launched, "/themes"), data={"about": about(page)})
    assert {each.state for each in standings(launched, forum).values()} == {"agreed"}


def test_a_theme_that_is_renamed_at_that_moment_is_not_agreed_to(app, launched, forum):
    client, address = sign_in(app.test_client(), forum), place(launched, f"/themes/{launched.id}")
    sent = {"about": about(client.get(address).page), "said": "agreed"}
    renamed = update(Theme).where(Theme.id == launched.id).values(name="All is well")
    with changing_it_first(lambda connection: connection.execute(renamed)):
        page = client.post(address, data=sent).page
    assert page.heading == "Theme: All is well"
    assert page.texts(".govuk-error-summary a") == [CHANGED_MEANWHILE]
    assert list(waiting_themes(launched, forum).values()) == ["waiting"]


# ---- themes


def blocked(action, by, words):
    with pytest.raises(NotReadyError, match=words):
        operations.publish(action, by, NOW)


def test_an_answer_waits_for_its_theme_and_for_no_other(launched, forum, officer):
    action = an_action(launched)
    agree_to_answer(action, forum, officer)
    blocked(action, officer, "HPCI has not agreed to this theme as it is now")
    agree_to_themes(launched, forum)
    a_theme(launched.survey.versions[0], name="Another")
    operations.publish(action, officer, NOW)
    assert action.is_public


def waiting_themes(theme, forum):
    return {
        each.thing.shown["name"]: each.state
        for each in standings(theme, forum).values()
        if each.waits and each.thing.what == "themes"
    }


def test_what_changes_about_a_theme_asks_again_for_that_theme_alone(launched, forum, officer):
    version = launched.survey.versions[0]
    other, third = a_theme(version, name="Buses"), a_theme(version, name="Taxis")
    agree_to_themes(launched, forum)
    assert waiting_themes(launched, forum) == {}
    analysis.rename(other, "Transport", officer)
    assert waiting_themes(launched, forum) == {"Transport": "changed"}
    agree_to_themes(launched, forum)
    frame.define(other, "Buses and trains", officer)
    assert waiting_themes(launched, forum) == {"Transport": "changed"}
    agree_to_themes(launched, forum)
    frame.merge(third, other, officer)
    assert waiting_themes(launched, forum) == {"Taxis": "changed", "Transport": "changed"}
    agree_to_themes(launched, forum)
    analysis.set_aside(other, officer, "Not ours")
    assert waiting_themes(launched, forum) == {"Transport": "changed"}


def test_a_theme_that_was_agreed_to_cannot_be_dropped_alone(app, launched, forum, officer):
    gone = a_theme(launched.survey.versions[0], name="Gone")
    gone_id = gone.id
    agree_to_themes(launched, forum)
    action = an_action(launched)
    agree_to_answer(action, forum, officer)
    analysis.take_back(gone, officer)
    db.session.commit()
    blocked(action, officer, "agreed to a theme that stands no more.*“Gone”")
    client = sign_in(app.test_client(), forum)
    page = client.get(place(launched, f"/themes/{gone_id}")).page
    assert "It does not stand any more." in page.html
    sent = {"about": about(page), "said": "agreed"}
    client.post(place(launched, f"/themes/{gone_id}"), data=sent)
    operations.publish(action, officer, NOW)
    assert action.is_public


def test_the_home_of_the_co_lead_says_that_something_waits(app, launched, forum, officer):
    says = [sign_in(app.test_client(), who).get("/staff").page for who in (forum, officer)]
    assert says[0].texts(".urgent h2") == ["1 thing waits for us to agree"]
    assert "waits for us" not in says[1].html
    agree_to_themes(launched, forum)
    assert "waits for us" not in sign_in(app.test_client(), forum).get("/staff").page.html


# ---- answers


def test_only_the_very_words_that_were_agreed_to_are_published(launched, forum, officer):
    agree_to_themes(launched, forum)
    action = an_action(launched)
    agree_to_answer(action, forum, officer)
    for part in ({"we_did": "We think"}, {"you_said_easy": "Wait."}, {"due_on": None}):
        with pytest.raises(NotReadyError, match="very words|Missing"):
            operations.publish(action, officer, NOW, whole("will", **part))
    operations.publish(action, officer, NOW, whole("will"))
    operations.publish(action, officer, NOW)
    with pytest.raises(NotReadyError, match="very words"):
        operations.publish(action, officer, NOW, whole("will", owner="Somebody else"))
    with pytest.raises(NotReadyError, match="very words"):
        operations.publish(action, officer, NOW, whole("will", areas=["dspl2"]))
    operations.take_down(action, officer)
    operations.publish(action, officer, NOW)
    assert action.is_public


def test_the_co_lead_reads_which_areas_an_answer_is_about(app):
    rows = {row["key"]: row["value"] for row in part_rows(whole("will", areas=["dspl2"]))}
    assert rows["Which areas it is about"] == "2. Stevenage"
    assert "Which areas it is about" not in [row["key"] for row in part_rows(whole("will"))]


def test_an_agreement_from_before_there_were_areas_still_stands():
    assert "areas" not in things.of_answer(1, whole("will"), "Waiting").shown["parts"]


def test_two_weeks_later_the_page_says_how_long_it_waits(app, launched, officer, forum):
    (theme,) = standings(launched, forum, day_of(NOW + timedelta(days=15))).values()
    assert theme.is_long
    launched.decided_at = datetime.now(UTC) - timedelta(days=16)
    db.session.commit()
    page = (
        sign_in(app.test_client(), officer)
        .get(f"/staff/surveys/{launched.survey.slug}/co-lead")
        .page
    )
    assert "It has waited 16 days. That is more than 14 days." in page.texts("main .row--tight")[0]


def test_once_the_co_lead_stepped_down_everything_is_as_ever(client, launched, forum, officer):
    published(launched, forum, officer)
    analysis.accept(launched, "All is well", officer)
    sign_in(client, forum).post(place(launched, "/stop"))
    assert client.get(place(launched)).status_code == 404
    operations.publish(an_action(launched), officer, NOW)
    assert "All is well" in client.get(f"/you-said-we-did/{launched.survey.slug}").text


# ---- notes in public
