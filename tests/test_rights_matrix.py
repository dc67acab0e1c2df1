"""Who may open and do what: every staff address that names a survey, for everybody who asks.

The addresses come from the app, so that none can be forgotten; what is expected of each is
written here once more, by a person. An address that is not declared here is a failure.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engage.analysis import operations as analysis
from engage.analysis.checking import operations as checking
from engage.analysis.frame.framing import keep_version
from engage.analysis.frame.models import CurationStep
from engage.analysis.models import CommentFinding
from engage.extensions import db
from engage.loop import operations, partners
from engage.loop.co_lead import operations as together
from engage.loop.co_lead import queries as to_agree
from engage.people.access import ROLES, Permission
from engage.people.models import Organisation, Staff
from engage.responses.models import Answer
from engage.surveys import operations as surveys
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.operations import Said
from engage.surveys.models import SurveyVersion
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import NOW, a_found, an_action, whole
from tests.loop.quotes.made import a_survey_that_asks, prepared, says, sentence_of, theme_of
from tests.signin import sign_in

P = Permission
OWN, PARTNER, CO_LEAD, OTHER = "own", "partner", "co_lead", "other"
STANDINGS = (OWN, PARTNER, CO_LEAD, OTHER)
# Whose staff an address is there for. A co-lead is a partner too.
OURS, SHARED = (OWN,), (OWN, PARTNER, CO_LEAD)
CHECKING, LEADING = (PARTNER, CO_LEAD), (CO_LEAD,)

# Whose staff, with one of which permissions: addresses by the names of their views.
RULES: dict[tuple[tuple[str, ...], tuple[Permission, ...]], str] = {
    (OURS, (P.VIEW_RESULTS,)): """
        surveys.survey surveys.preview analysis.themes analysis.theme frame.theme frame.history
        frame.versions exploring.comments exploring.comment_map explaining.transparency
        explaining.transparency_json missing.index missing.download page_one.show
        q_settings.index""",
    (OURS, (P.EDIT_SURVEYS,)): """
        surveys.edit surveys.open surveys.close surveys.last_day surveys.new_version
        q_settings.save survey_languages.index survey_languages.language
        survey_languages.download survey_languages.upload survey_languages.checked
        survey_media.index survey_media.question survey_media.file survey_media.add_sound
        survey_media.add_signs survey_media.take_away loop_partners.index loop_partners.remove
        co_leads.ask_to_launch co_leads.make co_leads.end""",
    (OURS, (P.CURATE,)): """
        analysis.decide analysis.read_again analysis.set_aside analysis.take_back
        frame.decide frame.define frame.keep frame.mark frame.merge frame.move frame.nest
        frame.put frame.same frame.set_aside frame.split frame.take_back frame.undo_step
        frame.keep_as_version frame.bring frame.suggested frame.ask_for_suggestions frame.confirm
        checking.begin checking.code checking.end checking.open_before checking.open_next
        exploring.confirm loop.actions loop.edit loop.new loop_lifecycle.acknowledge
        loop_lifecycle.assign co_leads.ask_about_answer""",
    (OURS, (P.READ_ANSWERS,)): """
        analysis.words analysis.words_in_none analysis.words_set_aside frame.words
        frame.suggested_words exploring.search exploring.why checking.results checking.download
        redaction.index redaction.open_next redaction.open_one redaction.decide
        page_one.with_quotes loop_quotes.sentences loop_quotes.open_one loop_quotes.prepare""",
    (OURS, (P.PUBLISH,)): """
        loop.publish loop.take_down loop_lifecycle.difference loop_lifecycle.close
        loop_quotes.approve loop_quotes.send_back loop_quotes.take_down
        co_leads.publish_as_asked""",
    (OURS, (P.EXPORT,)): "responses_staff.choose responses_staff.download",
    (OURS, (P.CURATE, P.EXPORT)): "frame.current_file frame.version_file",
    (OURS, (P.CURATE, P.READ_ANSWERS)): "checking.index",
    (OURS, (P.CURATE, P.EDIT_SURVEYS)): "co_leads.index",
    (OURS, (P.CURATE, P.PUBLISH)): "telling_staff.followers",
    (SHARED, (P.CURATE,)): "loop_lifecycle.survey loop_lifecycle.theme",
    (SHARED, (P.CURATE, P.PUBLISH)): "loop_quotes.index loop_quotes.theme",
    (CHECKING, (P.CURATE,)): "loop_lifecycle.check loop_quotes.veto loop_quotes.lift_veto",
    (LEADING, (P.CURATE, P.PUBLISH)): """
        co_lead.survey co_lead.launch co_lead.theme co_lead.answer""",
    (LEADING, (P.PUBLISH,)): """
        co_lead.sign_launch co_lead.sign_theme co_lead.sign_all_themes co_lead.sign_answer
        co_lead.note""",
    (LEADING, (P.EDIT_SURVEYS,)): "co_lead.stop",
}
DECLARED = {
    name: (whose, needed) for (whose, needed), names in RULES.items() for name in names.split()
}
# Only a draft has these.
OF_A_DRAFT = {
    *("surveys.edit", "surveys.open", "co_lead.launch", "co_lead.sign_launch"),
    *("co_leads.ask_to_launch", "co_leads.make", "co_leads.end"),
}
# Whoever opens raw words to take some out, or to choose from them, has to be one who curates too.
READS_AND_CURATES = {
    *("redaction.index", "redaction.open_next", "redaction.open_one", "redaction.decide"),
    *("loop_quotes.sentences", "loop_quotes.open_one", "loop_quotes.prepare"),
}
# Our own publish quotes, and partners look at them as those who curate.
CURATES_AS_PARTNER = {"loop_quotes.index", "loop_quotes.theme"}
# No sound and no video is there in this world: who may try finds nothing, as everybody else.
NOTHING_THERE = {"survey_media.file", "survey_media.take_away"}
FEWEST_CELLS = 600


# ---- a world with something at every address


def led_by(version: SurveyVersion, forum: Organisation, plain: Organisation, by: Staff) -> None:
    """The forum leads it too and was asked; the other is a partner and no more."""
    for each in (forum, plain):
        partners.add(version.survey, each, by, NOW)
    signing_together.make_co_lead(version.survey, forum.id, by)
    together.ask_to_launch(version.survey, by, NOW)


def a_world() -> dict[str, Any]:
    """What to put into an address, and for whom each standing works."""
    forum, plain, other = OrganisationFactory.create_batch(3)
    version = a_survey_that_asks(published=False)
    council = version.survey.organisation
    draft = a_survey_that_asks(published=False, organisation=council)
    officer = StaffFactory(organisation=council, roles=["survey_lead"])
    theirs = StaffFactory(organisation=forum, roles=["survey_lead"])
    for each in (version, draft):
        led_by(each, forum, plain, officer)
    agree = Said("agreed")
    signing_together.sign(version.survey, signed.to_launch(version), agree, theirs, NOW)
    surveys.publish(version, NOW)
    said = [says(version, f"We wait for somebody to ring us, {n}") for n in range(3)]
    theme = theme_of(version, *said)
    db.session.add_all(finding_of(theme.found.run_id, answer) for answer in said)
    unnamed = a_found(theme.found.run)
    analysis.rename(theme, "Waiting to be rung", officer)
    keep_version(version.survey, "First", officer, NOW)
    round = checking.begin(version.survey, officer, NOW, seed=7)
    quote = prepared(theme, said[0])
    answered, asked = an_action(theme), an_action(theme)
    for asked_about in to_agree.themes_of(version.survey_id, []):
        signing_together.sign(version.survey, asked_about.thing, agree, theirs, NOW)
    for action in (answered, asked):
        together.ask_about_answer(action, whole("did"), officer, NOW)
    thing = to_agree.thing_of(answered)
    signing_together.sign(version.survey, thing, agree, theirs, NOW)
    operations.publish(answered, officer, NOW)
    db.session.commit()
    step = db.session.query(CurationStep).first()
    return {
        "of": {OWN: council, PARTNER: plain, CO_LEAD: forum, OTHER: other},
        "slug": version.survey.slug,
        "draft": draft.survey.slug,
        "theme": theme.id,
        "found": theme.found.number,
        "comment": said[1].id,
        "answer": answered.id,
        "asked": asked.id,
        "quote": quote.id,
        "round": round.id,
        "item": round.items[0].id,
        "sentence": sentence_of(theme, said[1]).code,
        "found_key": f"f{unnamed.id}",
        "step": step.id,
        "partner": plain.id,
    }


def finding_of(run_id: int, answer: Answer) -> CommentFinding:
    """What the machine made of the comment: without it nobody can draw it."""
    return CommentFinding(
        run_id=run_id,
        answer=answer,
        language="en",
        sentiment=0.0,
        sentiment_label="neutral",
        ambitions=[],
    )


def values_of(name: str, world: dict[str, Any]) -> dict[str, Any]:
    """What stands in the address, by the name that its view gives it."""
    blueprint = name.partition(".")[0]
    by_blueprint = {
        "loop": {"id": world["answer"], "theme": world["theme"]},
        "loop_lifecycle": {"id": world["theme"], "action": world["answer"]},
        "co_leads": {"id": world["asked"]},
        "co_lead": {"id": world["asked"]},
        "loop_quotes": {"id": world["quote"]},
        "exploring": {"number": world["found"]},
        "frame": {"number": 1, "answer": "belong"},
        "survey_languages": {"kind": "xlf"},
        "analysis": {"number": world["found"], "deed": "name", "reason": "empty"},
    }
    usual = {
        "slug": world["draft"] if name in OF_A_DRAFT else world["slug"],
        "kind": "csv",
        "deed": "name",
        "mark": "critical",
        "key": f"t{world['theme']}",
        "theme_id": world["theme"],
        "answer_id": world["comment"],
        "item_id": world["item"],
        "round_id": world["round"],
        "step_id": world["step"],
        "organisation": world["partner"],
        "language": "pl",
        "code": "SAY",
        "name": "none.mp3",
    }
    return {**usual, **by_blueprint.get(blueprint, {}), **OF_ONE.get(name, lambda _: {})(world)}


OF_ONE: dict[str, Any] = {
    "frame.same": lambda world: {"key": world["found_key"]},
    "co_lead.theme": lambda world: {"id": world["theme"]},
    "co_lead.sign_theme": lambda world: {"id": world["theme"]},
    "co_lead.note": lambda world: {"id": world["answer"]},
    **dict.fromkeys(
        (
            "loop_quotes.theme",
            "loop_quotes.sentences",
            "loop_quotes.open_one",
            "loop_quotes.prepare",
        ),
        lambda world: {"id": world["theme"]},
    ),
}


# ---- the table


def routes(app: Flask) -> Iterator[tuple[str, str, Any]]:
    """Method, name and rule of every staff address that names a survey."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if rule.rule.startswith("/staff/") and "slug" in rule.arguments:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, rule.endpoint, rule


def test_every_address_that_names_a_survey_is_declared_and_nothing_else_is(app):
    names = {name for _method, name, _rule in routes(app)}
    assert sorted(names - DECLARED.keys()) == [], "say in RULES who may open these"
    assert sorted(DECLARED.keys() - names) == [], "these are not there any more"
    assert len(list(routes(app))) * len(ROLES) * len(STANDINGS) >= FEWEST_CELLS


def address_of(app: Flask, name: str, rule: Any, world: dict[str, Any]) -> str:
    values = values_of(name, world)
    wanted = rule.arguments | ({"theme"} if name == "loop.new" else set())
    with app.test_request_context():
        return app.url_for(name, **{each: values[each] for each in wanted})


@pytest.mark.parametrize("standing", STANDINGS)
def test_everybody_may_do_what_is_theirs_and_nothing_else(app, session, standing):
    world = a_world()
    everybody = {role: somebody(app, world["of"][standing], role) for role in ROLES}
    wrong = []
    for method, name, rule in routes(app):
        address = address_of(app, name, rule, world)
        for role, client in everybody.items():
            got = answer_to(client, method, address, {"place": world["sentence"]})
            if got != expected(name, role, standing):
                wrong.append(f"{method} {name}: {role} of {standing} was {got}")
    assert wrong == []


def somebody(app: Flask, organisation: Organisation, role: str) -> FlaskClient:
    """Signed in; a plain client, since what stands on the pages is tested elsewhere."""
    client = FlaskClient(app)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    staff = StaffFactory(organisation=organisation, roles=[role])
    db.session.commit()
    return sign_in(client, staff)


def answer_to(client: FlaskClient, method: str, address: str, typed: dict[str, str]) -> str:
    """What became of it. Whatever it did is undone, so that the next finds the world as it was."""
    db.session.remove()
    undone = db.engines[None].begin_nested()
    try:
        with client.open(address, method=method, data=typed) as answer:
            asked_to_sign_in = (answer.location or "").startswith("/staff/sign-in")
            return "a stranger" if asked_to_sign_in else outcome(answer.status_code)
    finally:
        db.session.remove()
        undone.rollback()


def outcome(status: int) -> str:
    """Refused, not found, or let in: what is sent is empty, so a form may well be wrong."""
    known = {400: "broken", 403: "refused", 404: "not found"}
    return known.get(status, "in" if status < 500 else "broken")


def expected(name: str, role: str, standing: str) -> str:
    whose, needed = DECLARED.get(name, ((), ()))
    also = name in READS_AND_CURATES or (standing in CHECKING and name in CURATES_AS_PARTNER)
    if not set(needed) & ROLES[role] or (also and P.CURATE not in ROLES[role]):
        return "refused"
    return "in" if standing in whose and name not in NOTHING_THERE else "not found"
