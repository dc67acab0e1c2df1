"""The words of a survey in other languages: what there is to say, what is said and kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from engage.errors import InvalidInputError, NotReadyError
from engage.surveys import catalogue, operations, queries, translating
from engage.surveys.definition import (
    Words,
)
from engage.surveys.models import Translation
from engage.surveys.translation import (
    Status,
    all_texts_of,
    cover_of,
    languages_of,
    texts_of,
)
from engage.surveys.translation_checks import (
    read_against,
)
from engage.surveys.translation_files import FileHead, read_file, to_xliff
from tests.survey_factories import a_pack, ask, make_small_survey, small_definition
from tests.surveys.translation_files import a_file

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
POLISH = translating.Taking("pl", None)
HEAD = FileHead("parks-2026", 2, "pl", Status.DRAFTED)
LOOP = {"standard": "How good was {service}?", "easy_read": "Was {service} good?"}
EVERY_TEMPLATE = [summary.code for summary in catalogue.templates()]


# ---- what there is to say


def test_every_text_has_an_id_of_its_own_in_the_order_people_meet_it():
    ids = [text.id for text in texts_of(small_definition([ask("Q1", options=["yes"])]), "pl")]

    assert ids == [
        "title",
        "title/easy",
        "section/all",
        "section/all/easy",
        "question/Q1",
        "question/Q1/easy",
        "question/Q1/option/yes",
        "question/Q1/option/yes/easy",
    ]


@pytest.mark.parametrize("code", EVERY_TEMPLATE)
def test_no_two_texts_of_a_template_share_an_id(code):
    texts = all_texts_of(catalogue.read_template(code, a_pack()), "pl")

    assert len({text.id for text in texts}) == len(texts)


def test_a_question_that_is_not_asked_is_not_translated():
    survey = small_definition([ask("Q1"), ask("Q2", optional_module=True)])

    assert not [text for text in texts_of(survey, "pl") if "Q2" in text.id]
    assert [text for text in all_texts_of(survey, "pl") if "Q2" in text.id]


def test_a_translator_is_told_what_a_text_is():
    survey = small_definition([ask("Q1", wording=LOOP), ask("Q2"), ask("Q3")])
    xml = to_xliff(HEAD, texts_of(survey, "pl"), {"Question": "something we ask"})

    assert "A question. Keep {service} as it is: a name is put there." in xml
    assert "An answer to: Was {service} good? Easy read: use short, simple words." in xml
    assert "An answer to: Question Q2? The same English is in 6 places." in xml
    assert "Question means: something we ask" in xml


# ---- how much of it is said


def translated(survey, **targets):
    """The survey with these words, through the database as they would come."""
    version = make_small_survey(survey, slug="parks-2026")
    file = a_file(queries.definition_of(version.id), version=1, **targets)
    translating.take(version, file, POLISH, NOW)
    return version


def test_a_survey_in_english_knows_no_other_language():
    assert languages_of(small_definition()) == []
    cover = cover_of(small_definition(), "pl")
    assert (cover.has_any, cover.has_questions, cover.is_complete) == (False, False, False)


def test_a_language_can_be_asked_when_title_and_questions_are_said(session):
    version = translated([ask("Q1", options=["yes"])], title="Ankieta", question_Q1="Pytanie?")

    (cover,) = languages_of(queries.definition_of(version.id))

    assert (cover.language, cover.has_any, cover.has_questions) == ("pl", True, True)
    assert (cover.standard, cover.easy_read, cover.missing) == ((2, 4), (0, 4), 6)
    assert not cover.is_complete


def test_a_language_is_complete_when_every_text_is_said():
    survey = small_definition()
    file = a_file(survey, **{t.id.replace("/", "_"): "słowo" for t in texts_of(survey, "pl")})
    taken = {text.id: text.target for text in read_against(survey, file).taken}

    assert len(taken) == cover_of(survey, "pl").total


# ---- kept


def test_a_published_survey_learns_a_language_and_says_it_at_once(session):
    version = make_small_survey([ask("Q1")], slug="parks-2026")
    before = queries.definition_of(version.id)

    translating.take(version, a_file(before, version=1, question_Q1="Pytanie?"), POLISH, NOW)

    question = queries.definition_of(version.id).question("Q1")
    assert Words("pl", False, "Pytanie?") in question.wordings
    assert [w.text for w in question.wordings if w.language == "en"] == ["Question Q1?"] * 2


def test_words_change_a_second_time_even_in_the_same_moment(session):
    version = translated([ask("Q1")], question_Q1="Raz?")
    queries.definition_of(version.id)

    again = a_file(queries.definition_of(version.id), version=1, question_Q1="Dwa?")
    translating.take(version, again, POLISH, NOW)
    other = a_file(queries.definition_of(version.id), "ro", version=1, question_Q1="Trei?")
    translating.take(version, other, translating.Taking("ro", None), NOW - timedelta(days=1))

    words = {w.language: w.text for w in queries.definition_of(version.id).question("Q1").wordings}
    assert (words["pl"], words["ro"]) == ("Dwa?", "Trei?")


def test_a_published_survey_is_still_read_from_memory(session, request):
    version = translated([ask("Q1")], question_Q1="Raz?")
    queries.definition_of(version.id)
    seen = request.getfixturevalue("queries")

    queries.definition_of(version.id)

    assert len(seen) == 1


def test_what_the_file_says_is_what_the_file_says_next_time(session):
    version = translated([ask("Q1")], title="„Ankieta”\nmała", question_Q1="عربي 😀?")

    for kind in ("xlf", "csv"):
        first = translating.file_for(version, "pl", kind, a_pack())
        file = read_file(first.encode())
        assert translating.take(version, file, POLISH, NOW).taken == ()
        assert translating.file_for(version, "pl", kind, a_pack()) == first


@pytest.mark.parametrize(
    ("is_machine", "status", "state"),
    [(True, "machine_draft", "needs-review-translation"), (False, "drafted", "translated")],
)
def test_words_have_a_status_which_the_file_tells(session, is_machine, status, state):
    version = make_small_survey([ask("Q1")], slug="parks-2026")
    how = translating.Taking("pl", None, is_machine=is_machine)

    translating.take(version, a_file(version=1, title="Ankieta"), how, NOW)

    kept = queries.translations_of(version.id)["pl"]
    assert (kept.status, kept.checked_by, kept.changed_at) == (status, "", NOW)
    assert f'state="{state}">Ankieta' in translating.file_for(version, "pl", "xlf", a_pack())


def test_a_file_that_changes_nothing_leaves_the_status(session):
    version = translated([ask("Q1")], title="Ankieta")
    translating.mark_checked(version, POLISH, " Ola Nowak ", NOW)

    translating.take(version, read_back(version), POLISH, NOW)

    kept = queries.translations_of(version.id)["pl"]
    assert (kept.status, kept.checked_by) == ("checked", "Ola Nowak")


def read_back(version):
    return read_file(translating.file_for(version, "pl", "xlf", a_pack()).encode())


def test_words_that_do_not_exist_cannot_be_checked(session):
    version = make_small_survey([ask("Q1")])

    with pytest.raises(NotReadyError, match="no words in this language"):
        translating.mark_checked(version, POLISH, "Ola", NOW)
    with pytest.raises(InvalidInputError, match="English already"):
        translating.file_for(version, "en", "csv", a_pack())


def test_a_new_version_begins_with_what_is_known_of_the_words(session):
    version = translated([ask("Q1")], title="Ankieta")
    translating.mark_checked(version, POLISH, "Ola", NOW)

    later = operations.new_version(version.survey)
    if not queries.translations_of(later.id):
        translating.carry_over(version, later)

    assert queries.translations_of(later.id)["pl"].checked_by == "Ola"
    assert cover_of(queries.definition_of(later.id), "pl").has_any


def test_a_version_has_one_row_for_a_language(session):
    version = translated([ask("Q1")], title="Ankieta")

    session.add(Translation(version_id=version.id, language="pl", status="drafted", changed_at=NOW))
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("code", EVERY_TEMPLATE)
def test_what_is_counted_is_what_a_file_holds(code):
    survey = catalogue.read_template(code, a_pack())

    assert cover_of(survey, "pl").total == len(texts_of(survey, "pl"))


def test_taking_a_file_asks_few_questions_of_the_database(session, request):
    version = make_small_survey([ask(f"Q{n}") for n in range(20)], slug="parks-2026")
    file = a_file(queries.definition_of(version.id), version=1, title="Ankieta")
    session.expire_all()
    seen = request.getfixturevalue("queries")

    translating.take(version, file, POLISH, NOW)

    assert len(seen) < 25
