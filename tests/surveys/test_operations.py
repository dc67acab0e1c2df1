"""Making, changing, opening and closing surveys, and reading them back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from engage.errors import ClosedError, FrozenError, InvalidInputError, NotReadyError
from engage.safeguarding.queries import plan_of
from engage.surveys import catalogue, operations, queries
from tests.survey_factories import (
    HOW_IS_IT_GOING,
    PUBLISHED_AT,
    a_pack,
    ask,
    make_small_survey,
    make_survey,
    small_definition,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
QUERIES_FOR_A_DEFINITION = 9
EVERY_TEMPLATE = [*(summary.code for summary in catalogue.templates()), "equality-monitoring"]


@pytest.fixture
def queries_of(session, request):
    """How many queries it takes to read a definition when the session holds nothing."""
    seen = request.getfixturevalue("queries")

    def read(version_id):
        session.flush()
        session.expunge_all()
        seen.clear()
        queries.definition_of(version_id)
        return len(seen)

    return read


@pytest.mark.parametrize("code", EVERY_TEMPLATE)
def test_every_template_is_stored_and_read_back_equal(session, code):
    definition = catalogue.read_template(code, a_pack())
    version = make_survey(definition, published=False)
    session.expire_all()

    stored = queries.definition_of(version.id)

    assert stored == definition
    assert all(question.id for question in stored.questions())


def test_a_new_survey_is_a_draft(session):
    version = make_survey(published=False)

    assert (version.number, version.published_at) == (1, None)
    assert not version.is_open(NOW)


def test_an_address_belongs_to_one_survey(session):
    make_small_survey(slug="parks")

    with pytest.raises(InvalidInputError, match="already has the address “parks”"):
        make_small_survey(slug="parks")


def test_details_can_be_given_when_a_survey_is_made(session):
    version = make_small_survey(title="Parks", title_easy="Our parks", closes_at=NOW)

    assert version.title() == "Parks"
    assert version.title(easy_read=True) == "Our parks"
    assert version.closes_at == NOW


def test_what_is_not_given_stays(session):
    version = make_small_survey(title="Parks", opens_at=NOW, published=False)

    operations.set_details(version, closes_at=NOW + DAY)

    assert (version.title(), version.opens_at) == ("Parks", NOW)


def test_a_survey_cannot_close_before_it_opens(session):
    with pytest.raises(InvalidInputError, match="closing date must be after"):
        make_small_survey(opens_at=NOW, closes_at=NOW - DAY, published=False)


@pytest.mark.parametrize(
    "change",
    [{"title": "Other"}, {"title_easy": "Other"}, {"audiences": ["public"]}, {"opens_at": NOW}],
    ids=["title", "easy title", "audiences", "opening"],
)
def test_a_published_version_stays_as_it_is(session, change):
    version = make_small_survey(title="Parks")

    with pytest.raises(FrozenError):
        operations.set_details(version, **change)


def test_a_published_version_takes_a_form_that_changes_nothing(session):
    version = make_small_survey(title="Parks")

    operations.set_details(version, title="Parks", audiences=["parent_carer"], opens_at=None)

    assert version.title() == "Parks"


def test_a_closing_date_can_only_move_later(session):
    version = make_small_survey(closes_at=NOW)

    operations.set_details(version, closes_at=NOW + DAY)
    assert version.closes_at == NOW + DAY
    with pytest.raises(FrozenError, match="later day"):
        operations.set_details(version, closes_at=NOW)


def test_what_has_ended_opens_again_only_where_somebody_reads_it(session):
    version = make_small_survey(closes_at=NOW + DAY)
    plan = plan_of(version.survey.organisation_id)
    plan.tested_at = None

    with pytest.raises(NotReadyError, match="somebody must be there to read it first"):
        operations.set_details(version, now=NOW + 2 * DAY, closes_at=NOW + 9 * DAY)
    operations.set_details(version, now=NOW, closes_at=NOW + 9 * DAY)


def test_an_open_end_cannot_become_a_date(session):
    version = make_small_survey()

    with pytest.raises(FrozenError, match="later day"):
        operations.set_details(version, closes_at=NOW)


def test_the_questions_of_a_published_version_never_change(session):
    version = make_survey()

    with pytest.raises(FrozenError):
        operations.switch_questions(version, {"YP14"})


def test_optional_questions_are_switched_in_a_draft(session):
    version = make_survey(published=False, switch_on={"YP14"})

    operations.switch_questions(version, {"YP15"})

    asked = {question.code for question in queries.definition_of(version.id).questions()}
    assert "YP15" in asked
    assert "YP14" not in asked


def test_only_optional_questions_are_switched(session):
    version = make_survey(published=False)

    with pytest.raises(InvalidInputError, match="YP01"):
        operations.switch_questions(version, {"YP01"})


def test_publishing_says_when(session):
    version = make_small_survey(published=False)

    operations.publish(version, NOW)

    assert version.published_at == NOW
    with pytest.raises(FrozenError):
        operations.publish(version, NOW)


@pytest.mark.parametrize(
    ("questions", "details", "sentence"),
    [
        ([ask("Q1")], {"audiences": []}, "Choose who the survey is for"),
        ([ask("Q1", "info")], {}, "no questions yet"),
        ([ask("Q1", optional_module=True)], {}, "no questions yet"),
        ([ask("Q1")], {"closes_at": NOW - DAY}, "closing date has passed"),
    ],
)
def test_a_survey_that_is_not_ready_is_not_published(session, questions, details, sentence):
    version = make_survey(small_definition(questions), published=False, **details)

    with pytest.raises(NotReadyError, match=sentence):
        operations.publish(version, NOW)


def test_closing_says_when_and_once(session):
    version = make_small_survey()

    operations.close(version, NOW)

    assert version.closed_at == NOW
    with pytest.raises(ClosedError):
        operations.close(version, NOW)


def test_a_draft_cannot_be_closed(session):
    with pytest.raises(NotReadyError):
        operations.close(make_small_survey(published=False), NOW)


def test_the_next_version_asks_the_same(session):
    first = make_survey(title="Parks", switch_on={"YP14"}, closes_at=NOW)

    second = operations.new_version(first.survey)

    assert (second.number, second.published_at, second.closes_at) == (2, None, None)
    assert second.title() == "Parks"
    assert queries.definition_of(second.id) == queries.definition_of(first.id)


def test_one_draft_at_a_time(session):
    version = make_small_survey(published=False)

    with pytest.raises(NotReadyError, match="Version 1 is still a draft"):
        operations.new_version(version.survey)


def test_the_earlier_version_makes_way(session):
    first = make_small_survey(slug="parks")
    second = operations.new_version(first.survey)

    operations.publish(second, NOW)

    assert first.closed_at == NOW
    assert queries.open_version("parks", NOW) is second


def test_the_earlier_version_stays_until_the_next_one_opens(session):
    first = make_small_survey(slug="parks")
    second = operations.new_version(first.survey)
    operations.set_details(second, opens_at=NOW + DAY)

    operations.publish(second, NOW)

    assert queries.open_version("parks", NOW) is first
    assert queries.open_version("parks", NOW + DAY) is second


# ---- reading


def test_open_versions_are_those_people_can_answer_now(session):
    make_small_survey(slug="draft", published=False)
    make_small_survey(slug="over", closes_at=NOW)
    make_small_survey(slug="later", opens_at=NOW + DAY)
    make_small_survey(slug="endless")
    make_small_survey(slug="soon-over", closes_at=NOW + DAY)
    operations.close(make_small_survey(slug="closed"), NOW)

    slugs = [version.survey.slug for version in queries.open_versions(NOW)]

    assert slugs == ["soon-over", "endless"]


def test_a_survey_nobody_published_is_unknown(session):
    make_small_survey(slug="draft", published=False)

    with pytest.raises(NoResultFound):
        queries.open_version("draft", NOW)
    with pytest.raises(NoResultFound):
        queries.open_version("nothing", NOW)


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"opens_at": NOW + DAY}, "This survey opens on 11 March 2026."),
        ({"closes_at": NOW}, "This survey has closed. Thank you"),
    ],
)
def test_a_survey_outside_its_dates_says_so_kindly(session, details, sentence):
    make_small_survey(slug="parks", **details)

    with pytest.raises(ClosedError, match=sentence):
        queries.open_version("parks", NOW)


def test_an_organisation_sees_its_own_surveys(session):
    ours = make_small_survey(slug="ours").survey
    make_small_survey(slug="theirs")

    assert queries.surveys_of(ours.organisation_id) == [ours]
    assert queries.survey_of(ours.organisation_id, "ours") is ours
    with pytest.raises(NoResultFound):
        queries.survey_of(ours.organisation_id, "theirs")


@pytest.mark.parametrize("count", [1, 40])
def test_reading_a_definition_takes_the_same_number_of_queries(session, queries_of, count):
    version = make_small_survey([ask(f"Q{n}") for n in range(count)], published=False)

    assert queries_of(version.id) == QUERIES_FOR_A_DEFINITION


def test_a_published_definition_is_kept_in_memory(session, queries_of):
    version = make_small_survey()
    queries.definition_of(version.id)

    assert queries_of(version.id) == 1


def test_a_draft_is_read_each_time(session):
    version = make_survey(published=False)
    before = queries.definition_of(version.id)

    operations.switch_questions(version, {"YP14"})

    assert queries.definition_of(version.id) != before


@pytest.mark.parametrize("words", ["first", "second"])
def test_what_one_test_published_is_not_met_in_the_next(session, words):
    # Both rounds publish a version with the same id at the same moment, in databases undone.
    version = make_small_survey([ask("Q1", wording={"standard": words})])

    assert version.published_at == PUBLISHED_AT
    assert queries.definition_of(version.id).question("Q1").wordings[0].text == words


def test_the_first_template_is_the_usual_one_in_tests(session):
    assert make_survey().template == HOW_IS_IT_GOING
