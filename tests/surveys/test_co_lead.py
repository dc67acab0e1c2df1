"""A survey that two organisations lead together opens only as both have agreed to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from engage.errors import FrozenError, NotReadyError
from engage.extensions import db
from engage.loop import partners
from engage.surveys import operations
from engage.surveys.co_lead import operations as together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead import signing
from engage.surveys.co_lead.models import SignOff
from engage.surveys.co_lead.operations import Said
from engage.surveys.co_lead.signing import AGREED, CHANGED, LAUNCH, NOT_AGREED, WAITING
from engage.surveys.models import Option, OptionText, Question, SurveyPartner, SurveyVersion
from tests.factories import OrganisationFactory, StaffFactory
from tests.indicators.rivals import changing_it_first
from tests.survey_factories import ask, make_small_survey, small_definition

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def draft(session):
    """Of a council that has a forum and a youth service for partners."""
    version = make_small_survey([ask("Q1"), ask("Q2", "text")], published=False)
    officer = StaffFactory(organisation=version.survey.organisation, roles=["survey_lead"])
    for name in ("HPCI", "Voices"):
        partners.add(version.survey, OrganisationFactory(short_name=name), officer, NOW)
    session.commit()
    return version


@pytest.fixture
def officer(draft):
    return StaffFactory(organisation=draft.survey.organisation, roles=["survey_lead"])


@pytest.fixture
def forum(draft, officer):
    """Somebody of the forum, which leads the survey too."""
    first, _second = partners.partners_of(draft.survey_id)
    together.make_co_lead(draft.survey, first.organisation_id, officer)
    return StaffFactory(organisation=first.organisation, roles=["survey_lead"])


def agree(draft, by, said=AGREED):
    return together.sign(draft.survey, signed.to_launch(draft), Said(said, "Our note"), by, NOW)


# ---- known again by a checksum


def test_a_definition_has_one_checksum_until_anything_in_it_changes():
    def of(definition):
        return signing.thing(LAUNCH, 1, definition).checksum

    same, again = small_definition([ask("Q1")]), small_definition([ask("Q1")])
    (section,) = same.sections
    (question,) = section.questions
    # Where a question is kept is not what it is, and words have no order of their own.
    moved = replace(question, id=7, wordings=question.wordings[::-1])
    assert of(same) == of(again)
    assert of(same) == of(replace(same, sections=(replace(section, questions=(moved,)),)))
    others = [
        small_definition([ask("Q2")]),
        small_definition([ask("Q1", options=("yes", "no"))]),
        small_definition([ask("Q1", required=True)]),
        small_definition([ask("Q1")], ("parent_carer", "young_person")),
        replace(same, titles=()),
    ]
    assert len({of(each) for each in [same, *others]}) == 6
    assert signing.thing(LAUNCH, 1, same).checksum != signing.thing(LAUNCH, 2, same).checksum


def test_the_last_word_on_the_very_thing_is_the_one_that_stands():
    wanted = signing.thing(LAUNCH, 1, {"a": 1})

    def word(said, checksum=wanted.checksum, who=5):
        return SignOff(organisation_id=who, what=LAUNCH, about_id=1, checksum=checksum, said=said)

    def standing(*words):
        return signing.standing(words, 5, wanted)

    assert standing() == WAITING
    assert standing(word(AGREED)) == AGREED
    assert standing(word(AGREED), word(NOT_AGREED)) == NOT_AGREED
    assert standing(word(NOT_AGREED), word(AGREED)) == AGREED
    assert standing(word(AGREED, "other")) == CHANGED
    assert standing(word(NOT_AGREED, "other")) == WAITING
    assert standing(word(AGREED), word(AGREED, "other")) == AGREED
    assert standing(word(AGREED, who=6)) == WAITING


def test_two_weeks_are_long_only_once_they_are_over():
    day = NOW.date()
    assert [signing.is_long(signing.days_waited(day, day + timedelta(n))) for n in (0, 14, 15)] == [
        False,
        False,
        True,
    ]


# ---- opening


def test_a_survey_without_a_co_lead_opens_as_ever(draft):
    operations.publish(draft, NOW)
    assert draft.published_at


def test_a_survey_opens_once_the_co_lead_agreed_to_this_very_definition(draft, forum):
    with pytest.raises(NotReadyError, match="HPCI leads this survey together with you"):
        operations.publish(draft, NOW)
    agree(draft, forum, NOT_AGREED)
    with pytest.raises(NotReadyError, match="has not agreed"):
        operations.publish(draft, NOW)
    agree(draft, forum)
    operations.publish(draft, NOW)
    assert draft.published_at


def test_it_cannot_be_opened_as_collected_elsewhere_either(draft, forum):
    with pytest.raises(NotReadyError, match="has not agreed"):
        operations.publish_as_collected(draft, NOW)


def change_a_word(draft):
    draft.sections[0].questions[0].wordings[0].text = "Another question?"


def change_an_option(draft):
    draft.sections[0].questions[0].options[0].wordings[0].text = "Perhaps"


def add_an_option(draft):
    question = draft.sections[0].questions[0]
    words = [OptionText(language="en", easy_read=easy, text="More") for easy in (False, True)]
    question.options.append(Option(code="more", position=9, wordings=words))


def take_a_question_out(draft):
    db.session.delete(db.session.query(Question).filter_by(code="Q2").one())


def change_who_it_is_for(draft):
    operations.set_details(draft, audiences=["young_person"])


def change_the_title(draft):
    operations.set_details(draft, title="Another name")


CHANGES = (
    change_a_word,
    change_an_option,
    add_an_option,
    take_a_question_out,
    change_who_it_is_for,
    change_the_title,
)


def test_any_change_makes_the_agreement_void_by_itself(draft, forum):
    for change in CHANGES:
        agree(draft, forum)
        with db.session.begin_nested() as before:
            change(draft)
            db.session.flush()
            db.session.expire_all()
            with pytest.raises(NotReadyError, match="as it is now"):
                operations.publish(draft, NOW)
            before.rollback()
        db.session.expire_all()
    operations.publish(draft, NOW)


def test_its_days_may_move_without_asking_again(draft, forum):
    agree(draft, forum)
    operations.set_details(draft, closes_at=NOW + timedelta(days=9))
    operations.publish(draft, NOW)
    assert draft.published_at


def test_every_co_lead_has_to_agree_and_every_version_anew(draft, forum, officer):
    first, second = partners.partners_of(draft.survey_id)
    together.make_co_lead(draft.survey, second.organisation_id, officer)
    agree(draft, forum)
    with pytest.raises(NotReadyError, match="^Voices"):
        operations.publish(draft, NOW)
    agree(draft, StaffFactory(organisation=second.organisation))
    operations.publish(draft, NOW)
    following = operations.new_version(draft.survey)
    with pytest.raises(NotReadyError, match="HPCI and Voices"):
        operations.publish(following, NOW)


def test_nobody_else_can_agree(draft, forum, officer):
    plain = partners.partners_of(draft.survey_id)[1].organisation
    for by in (officer, StaffFactory(), StaffFactory(organisation=plain)):
        with pytest.raises(NotReadyError, match="Only a co-lead"):
            agree(draft, by)


# ---- beginning and ending it


def test_before_the_launch_a_co_lead_is_made_and_taken_back_freely(draft, forum, officer):
    organisation = forum.organisation_id
    together.end_co_lead(draft.survey, organisation, officer)
    assert signed.co_leads_of(draft.survey_id) == []
    together.make_co_lead(draft.survey, organisation, officer)
    partners.remove(draft.survey, organisation, officer)
    assert signed.co_leads_of(draft.survey_id) == []


def test_after_the_launch_only_the_co_lead_ends_it(draft, forum, officer):
    agree(draft, forum)
    operations.publish(draft, NOW)
    first, second = partners.partners_of(draft.survey_id)
    with pytest.raises(NotReadyError, match="A co-lead is made before it opens"):
        together.make_co_lead(draft.survey, second.organisation_id, officer)
    for out in (together.end_co_lead, partners.remove):
        with pytest.raises(NotReadyError, match="Only they can end that"):
            out(draft.survey, first.organisation_id, officer)
    together.step_down(draft.survey, forum)
    assert signed.co_leads_of(draft.survey_id) == []
    assert db.session.get(SurveyPartner, (draft.survey_id, first.organisation_id))
    assert signed.sign_offs_of(draft.survey_id)
    partners.remove(draft.survey, first.organisation_id, officer)


def meanwhile(statement):
    return changing_it_first(lambda connection: connection.execute(statement))


def test_a_survey_does_not_open_alone_where_a_co_lead_is_made_at_that_moment(draft):
    made = update(SurveyPartner).where(SurveyPartner.survey_id == draft.survey_id)
    with meanwhile(made.values(is_co_lead=True)), pytest.raises(NotReadyError, match="Voices"):
        operations.publish(draft, NOW)


def test_a_survey_that_opens_at_that_moment_keeps_who_leads_it(draft, forum, officer):
    first, second = partners.partners_of(draft.survey_id)
    opened = update(SurveyVersion).where(SurveyVersion.id == draft.id).values(published_at=NOW)
    for change, partner in ((together.make_co_lead, second), (together.end_co_lead, first)):
        with db.session.begin_nested() as before:
            with meanwhile(opened), pytest.raises(NotReadyError):
                change(draft.survey, partner.organisation_id, officer)
            before.rollback()
    assert [each.short_name for each in signed.co_leads_of(draft.survey_id)] == ["HPCI"]


# ---- nobody changes what was said


@pytest.mark.parametrize("table", ["sign_off", "sign_off_ask"])
def test_the_database_itself_refuses_to_change_what_was_said(draft, forum, officer, table):
    agree(draft, forum)
    together.ask(draft.survey, signed.to_launch(draft), officer, NOW)
    for statement in (f"UPDATE {table} SET what = 'themes'", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
            db.session.execute(text(statement))


@pytest.mark.parametrize("change", ["what", "delete"])
def test_so_does_the_session(draft, forum, officer, change):
    asked = together.ask(draft.survey, signed.to_launch(draft), officer, NOW)
    for row in (agree(draft, forum), asked):
        db.session.commit()
        if change == "delete":
            db.session.delete(row)
        else:
            row.what = "themes"
        with pytest.raises(FrozenError):
            db.session.flush()
        db.session.rollback()
