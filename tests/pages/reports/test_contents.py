"""What a report says: numbers that are safe, its own year, and each part of the regulation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete

from engage.extensions import db
from engage.loop import steps
from engage.pages.reports import local_offer, operations
from engage.pages.reports.collecting import REG56, collect
from engage.responses.models import Answer
from engage.responses.snapshots import checksum
from engage.surveys import operations as surveys
from engage.surveys.definition import OptionDefinition
from engage.surveys.queries import definition_of
from engage.surveys.timing import start_of
from tests.loop.made import (
    HOSTILE,
    NOW,
    PARENT,
    a_check,
    a_partner,
    a_public_action,
    a_survey,
    a_theme,
    count,
    people_say,
    question_of,
    send,
)
from tests.loop.quotes.made import colleague
from tests.pages.reports.taking import (
    FORMS,
    public_place,
    publish,
    said_in,
    wanted,
)
from tests.signin import sign_in
from tests.survey_factories import make_survey

# ---- numbers


def test_fewer_than_10_people_are_never_a_number(client, app, session):
    version = a_survey()
    theme = a_theme(version, people_say(version, PARENT, 9))
    a_public_action(theme)
    count(version)
    data = collect(wanted())
    assert data["surveys"][0]["people"] is None
    assert data["themes"][0]["people"] is None
    publish(sign_in(app.test_client(), colleague(theme)))
    assert "Fewerthan10peoplesaidthis." in said_in(client, "")


def test_a_theme_without_a_public_answer_is_counted_and_not_named(client, officer, theme):
    a_theme(theme.survey.versions[0], name="A secret theme")
    db.session.commit()
    publish(officer)
    for form in FORMS:
        assert "Asecrettheme" not in said_in(client, form)
    assert "1 more theme has no answer" in client.get(public_place()).page.html


def test_late_refused_and_checked_answers_are_told(theme):
    version = theme.survey.versions[0]
    done_one = a_public_action(a_theme(version, name="Letters"), "did")
    steps.record_check(done_one, a_check("not_yet"), a_partner(version.survey))
    late = a_public_action(a_theme(version, name="Buses"), "will", due_on=date(2027, 2, 26))
    db.session.commit()
    data = collect(wanted(now=NOW + timedelta(days=200)))
    by_name = {each["name"]: each["answers"][0] for each in data["themes"]}
    assert by_name["Letters"]["families_say"] == "not_yet"
    assert by_name["Buses"]["days_late"] == (NOW + timedelta(days=200)).date().toordinal() - (
        late.due_on.toordinal()
    )
    assert by_name["Waiting for help"]["reason"] == "money"


def test_a_theme_of_another_year_is_not_in_it(theme):
    assert collect(wanted())["themes"]
    assert not collect(wanted(year="2025-26"))["themes"]


def test_made_up_surveys_say_so_everywhere_and_never_stand_beside_real_ones(client, app, session):
    version = a_survey(is_invented=True)
    theme = a_theme(version, name="Invented theme")
    a_public_action(theme)
    publish(sign_in(app.test_client(), colleague(theme)))
    for form in FORMS:
        marked = '"is_invented":true' if form == ".json" else "made-upanswers"
        assert marked in said_in(client, form)
    a_public_action(a_theme(a_survey(), name="A real theme"))
    names = [each["name"] for each in collect(wanted())["themes"]]
    assert names == ["A real theme"]


def test_hostile_words_are_words_on_the_page(client, officer, theme):
    a_public_action(theme, "did", we_did=HOSTILE)
    publish(officer)
    assert HOSTILE not in client.get(public_place()).page.html


# ---- the Local Offer


@pytest.fixture
def local_survey(session):
    return make_survey(local_offer.TEMPLATE, slug="local-offer")


def answer_local(version, people, code):
    for _ in range(people):
        send(
            version,
            Answer(question=question_of(version, "LO05"), value=code),
            Answer(question=question_of(version, "LO08"), value=["words"]),
        )
    db.session.commit()


def test_themes_stand_under_the_part_that_people_were_asked_about(local_survey):
    asked = question_of(local_survey, "LO10")
    said = [Answer(question=asked, value="Ask us first") for _ in range(12)]
    for each in said:
        send(local_survey, each)
    theme = a_theme(local_survey, said, name="Ask families")
    a_public_action(theme)
    a_public_action(a_theme(a_survey(), name="Buses"))
    groups = {each["name"]: each["group"] for each in collect(wanted(REG56))["themes"]}
    assert groups == {"Ask families": "c_development", "Buses": None}


def test_figures_of_closed_questions_keep_the_rules_of_public_figures(local_survey, app):
    ours = local_survey.survey.organisation_id

    def figure(code, asks=ours):
        found = collect(wanted(REG56, asks=asks))["figures"]
        return next((each for each in found if each["question"] == code), None)

    staff = colleague(a_theme(local_survey))
    answer_local(local_survey, 29, "agree")
    assert figure("LO05")["base"] is None
    answer_local(local_survey, 12, "disagree")
    shown = figure("LO05")
    assert shown["base"] == 40
    assert figure("LO08")["is_many"]
    assert figure("LO05", asks=None) is None  # nobody else sees what is not public yet
    mine = wanted(REG56, asks=ours)
    operations.publish(mine, staff, checksum(collect(mine)))
    db.session.commit()
    answer_local(local_survey, 5, "disagree")
    assert figure("LO05") == shown  # five more would be about those five
    answer_local(local_survey, 25, "disagree")
    assert figure("LO05")["base"] > shown["base"]
    assert figure("LO05", asks=None) == shown


def test_of_many_choices_none_of_these_is_never_told(local_survey):
    asked = question_of(local_survey, "LO08")
    for chosen, people in ((["none"], 18), (["search"], 11), (["words"], 1)):
        for _ in range(people):
            send(local_survey, Answer(question=asked, value=chosen))
    ours = wanted(REG56, asks=local_survey.survey.organisation_id)
    (figure,) = [each for each in collect(ours)["figures"] if each["question"] == "LO08"]
    shares = {each["code"]: each["percent"] for each in figure["shares"]}
    assert shares["none"] is None
    assert shares["search"] == 37
    without_none = replace(
        definition_of(local_survey.id).question("LO08"),
        options=(OptionDefinition("a", ()), OptionDefinition("b", ())),
    )
    assert local_offer._left_out(without_none) == {"b"}


def test_a_corrected_version_counts_on_and_takes_no_figure_away(client, app, local_survey):
    ours = wanted(REG56, asks=local_survey.survey.organisation_id)
    staff = colleague(a_theme(local_survey))
    answer_local(local_survey, 40, "agree")
    operations.publish(ours, staff, checksum(collect(ours)))
    db.session.commit()
    assert "Theseareallanswersuntil" in said_in(client, "", REG56)
    corrected = surveys.new_version(local_survey.survey)
    surveys.set_details(corrected, audiences=local_survey.audiences)
    surveys.publish(corrected, NOW)
    db.session.commit()
    assert figure_of(ours)["base"] == 40
    answer_local(corrected, 20, "disagree")
    assert figure_of(ours)["base"] == 60
    db.session.execute(delete(Answer))  # as when the answers are old enough to go
    assert figure_of(ours)["base"] == 40


def figure_of(wanted, code="LO05"):
    return next(each for each in collect(wanted)["figures"] if each["question"] == code)


def test_a_survey_that_opens_again_was_not_open_in_the_year_between(session):
    first = a_survey(title="Parents")
    first.published_at = datetime(2024, 10, 1, tzinfo=UTC)
    first.closes_at = start_of(date(2025, 9, 1))
    first.first_closed_on = date(2025, 5, 31)  # before that day was moved
    again = surveys.new_version(first.survey)
    surveys.set_details(again, audiences=first.audiences)
    surveys.publish(again, NOW)
    db.session.commit()
    times = {
        year: [each["when"] for each in collect(wanted(year=year))["surveys"]]
        for year in ("2024-25", "2025-26", "2026-27")
    }
    assert not collect(wanted(now=NOW - timedelta(hours=1)))["surveys"], "it has yet to begin"
    assert times == {
        "2024-25": ["1 October 2024 to 31 August 2025"],
        "2025-26": [],
        "2026-27": ["Since 22 November 2026"],
    }
