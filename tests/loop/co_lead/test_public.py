"""What everyone reads of a survey that two organisations lead together."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from engage.analysis import operations as analysis
from engage.errors import FrozenError, NotReadyError
from engage.extensions import db
from engage.loop import operations, partners
from engage.loop.co_lead import operations as together
from engage.loop.co_lead.models import CoLeadNote
from engage.loop.co_lead.public import public_names
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.co_lead.made import agree, agree_to_themes, place, published, standings
from tests.loop.made import NOW, a_public_action, a_survey, a_theme
from tests.signin import sign_in

HOSTILE = "<script>alert(1)</script>"


def test_a_theme_that_nobody_agreed_to_has_no_public_name(launched, forum):
    alone = a_theme(a_survey(), name="Ours alone")
    assert public_names([launched, alone]) == {alone.id: "Ours alone"}


def test_a_new_name_is_public_once_it_is_agreed_to(client, launched, forum, officer):
    published(launched, forum, officer)
    analysis.accept(launched, "All is well", officer)
    db.session.commit()
    address = f"/you-said-we-did/{launched.survey.slug}"
    for rest in ("", "?read=easy", ".json", ".atom", "/poster"):
        assert "All is well" not in client.get(address + rest).text
    assert "Waiting for help" in client.get(address).text
    assert public_names([launched]) == {launched.id: "Waiting for help"}
    agree_to_themes(launched, forum)
    assert public_names([launched]) == {launched.id: "All is well"}
    assert "All is well" in client.get(address).text
    assert client.get(f"{address}.json").json["actions"][0]["theme"] == "All is well"


@pytest.fixture
def second(led, forum, officer):
    """Somebody of one more organisation that leads it too."""
    organisation = OrganisationFactory(code="org-second", name="The second", short_name="Second")
    partners.add(led.survey, organisation, officer, NOW)
    signing_together.make_co_lead(led.survey, organisation.id, officer)
    somebody = StaffFactory(organisation=organisation, roles=["survey_lead"])
    agree(led.survey, signed.to_launch(led), somebody)
    return somebody


def say(said, theme, by):
    """Their word on the theme as it is now."""
    (thing,) = [each.thing for key, each in standings(theme, by).items() if key[0] == "themes"]
    signing_together.sign(theme.survey, thing, signing_together.Said(said, "Because"), by, NOW)
    db.session.commit()
    db.session.expire_all()


def test_each_may_think_again_before_it_is_public(launched, forum):
    say("agreed", launched, forum)
    assert public_names([launched]) == {launched.id: "Waiting for help"}
    say("not_agreed", launched, forum)
    assert public_names([launched]) == {}


def test_a_name_that_one_of_two_thought_better_of_is_not_public(second, launched, forum, officer):
    for who in (forum, second):
        say("agreed", launched, who)
    analysis.rename(launched, "All is well", officer)
    say("agreed", launched, forum)
    say("not_agreed", launched, forum)
    say("agreed", launched, second)
    assert public_names([launched]) == {launched.id: "Waiting for help"}
    say("agreed", launched, forum)
    assert public_names([launched]) == {launched.id: "All is well"}


def test_what_was_agreed_to_stays_public_when_somebody_thinks_again(
    client, launched, forum, officer
):
    published(launched, forum, officer)
    say("not_agreed", launched, forum)
    analysis.rename(launched, "All is well", officer)
    db.session.commit()
    shown = client.get(f"/you-said-we-did/{launched.survey.slug}").text
    assert "Waiting for help" in shown
    assert "All is well" not in shown


def test_an_answer_moves_to_another_ambition_once_it_is_agreed_to(client, launched, forum, officer):
    published(launched, forum, officer)
    analysis.accept(launched, launched.name, officer, "ambition-5")
    db.session.commit()
    assert ambitions_of(client, launched) == {"ambition-2"}
    agree_to_themes(launched, forum)
    assert ambitions_of(client, launched) == {"ambition-5"}


def ambitions_of(client, theme):
    """Where everyone finds the answers to the theme, by the data, the pages and the list."""
    survey = client.get(f"/you-said-we-did/{theme.survey.slug}.json").json
    every = client.get("/you-said-we-did").page.texts(".chips a")
    codes = ("ambition-2", "ambition-5")
    return (
        {each["ambition"] for each in survey["actions"]}
        | {
            code
            for code in codes
            if client.get(f"/you-said-we-did/ambition/{code}.json").json["actions"]
        }
        | {code for code in codes if any(f"Ambition {code[-1]}:" in each for each in every)}
    )


def test_a_co_lead_says_something_beside_an_answer_and_takes_it_back(app, launched, forum, officer):
    action = published(launched, forum, officer)
    theirs, anybody = sign_in(app.test_client(), forum), app.test_client()
    address = f"/you-said-we-did/{launched.survey.slug}"
    note = place(launched, f"/answers/{action.id}/note")
    theirs.post(note, data={"note": HOSTILE, "note_easy": "We want buses."})
    assert HOSTILE not in anybody.get(address).text
    assert (
        f"HPCI says about this answer: “{HOSTILE}”" in anybody.get(address).page.texts(".pair")[0]
    )
    easy = anybody.get(f"{address}?read=easy").page.texts(".pair")[0]
    assert "HPCI says about this answer: “We want buses.”" in easy
    (data,) = anybody.get(f"{address}.json").json["actions"]
    (said,) = data["co_lead_notes"]
    assert said["organisation"] == "HPCI"
    assert said["note"] == {"standard": HOSTILE, "easy_read": "We want buses."}
    theirs.post(note, data={"note": "Half of it is true"})
    assert "Half of it is true" in anybody.get(address).text
    # Who leads no more can still take back what it said, and say nothing else.
    signing_together.step_down(launched.survey, forum)
    db.session.commit()
    assert theirs.post(note, data={"note": "More"}).status_code == 409
    assert "Half of it is true" in anybody.get(address).text
    theirs.post(note, data={"note": ""})
    assert "says about this answer" not in anybody.get(address).text
    assert anybody.get(f"{address}.json").json["actions"][0]["co_lead_notes"] == []


def test_the_note_goes_with_the_answer_and_nobody_else_writes_one(launched, forum, officer):
    action = published(launched, forum, officer)
    together.say_in_public(action, ("Not true", ""), forum, NOW)
    db.session.commit()
    with pytest.raises(NotReadyError, match="Only a co-lead"):
        together.say_in_public(action, ("It is", ""), officer, NOW)
    with pytest.raises(NotReadyError, match="Only a co-lead"):
        together.say_in_public(action, ("", ""), officer, NOW)
    with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
        db.session.execute(text("DELETE FROM co_lead_note"))
    row = db.session.scalars(select(CoLeadNote)).one()
    row.note = "True"
    with pytest.raises(FrozenError):
        db.session.flush()
    db.session.rollback()
    operations.take_down(action, officer)
    with pytest.raises(NotReadyError, match="Nobody outside"):
        together.say_in_public(action, ("Still", ""), forum, NOW)


# ---- what it costs


def test_pages_of_surveys_without_a_co_lead_ask_nothing_more(client, session, queries):
    a_public_action(a_theme(a_survey(slug="alone")))
    queries.clear()
    client.get("/you-said-we-did/alone")
    tables = ("FROM sign_off", "FROM co_lead_note", "is_co_lead")
    own = [each for each in queries if each.lstrip().startswith("SELECT sign_off")]
    assert not own
    assert not [each for each in queries if any(each.count(name) for name in tables[1:])]


def test_pages_take_as_many_queries_however_many_answers(client, launched, forum, officer, queries):
    address = f"/you-said-we-did/{launched.survey.slug}"
    together.say_in_public(published(launched, forum, officer), ("Hm", ""), forum, NOW)
    db.session.commit()
    client.get(address)
    queries.clear()
    client.get(address)
    one = len(queries)
    for number in range(3):
        other = a_theme(launched.survey.versions[0], name=f"Theme {number}")
        together.say_in_public(published(other, forum, officer), ("Hm", ""), forum, NOW)
    db.session.commit()
    db.session.expire_all()
    queries.clear()
    client.get(address)
    assert len(queries) == one
