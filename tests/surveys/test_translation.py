"""The words of a survey in other languages: out to a translator and in again."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from engage.errors import InvalidInputError, NotReadyError
from engage.surveys import catalogue, operations, queries, translating
from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.models import Translation
from engage.surveys.translation import (
    Status,
    all_texts_of,
    cover_of,
    languages_of,
    texts_of,
    tidy,
)
from engage.surveys.translation_checks import (
    FileText,
    TranslationFile,
    read_against,
    refuse_another,
)
from engage.surveys.translation_files import LARGEST, FileHead, read_file, to_csv, to_xliff
from tests.survey_factories import a_pack, ask, make_small_survey, small_definition

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
POLISH = translating.Taking("pl", None)
HEAD = FileHead("parks-2026", 2, "pl", Status.DRAFTED)
LOOP = {"standard": "How good was {service}?", "easy_read": "Was {service} good?"}
EVERY_TEMPLATE = [summary.code for summary in catalogue.templates()]


def a_file(definition=None, language="pl", survey="parks-2026", version=2, **targets):
    """The file of a survey with these words by id, "/" written as "_"."""
    texts = texts_of(definition or small_definition(), language)
    lines = tuple(
        FileText(text.id, text.english, targets.get(text.id.replace("/", "_"), text.target))
        for text in texts
    )
    return TranslationFile(survey, version, language, lines)


def only(file, wanted, **changes):
    """A file with that line alone, changed."""
    (line,) = [line for line in file.texts if line.id == wanted]
    values = {"id": line.id, "english": line.english, "target": line.target} | changes
    return TranslationFile(file.survey, file.version, file.language, (FileText(**values),))


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


# ---- out and in again

WORDS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\"'<>&{};,\t\n\r=+-@\N{MINUS SIGN}"),
        st.sampled_from("مرحباשלום😀👩‍👧\u200f\u2067\u2069\ufeff]]>"),
    ),
    max_size=40,
)
KINDS = {"xliff": to_xliff, "csv": to_csv}


@st.composite
def surveys(draw):
    """A survey of any words, some of them translated."""

    def said():
        english = draw(WORDS.filter(lambda words: tidy(words)))
        target = draw(WORDS)
        spoken = [Words("en", False, tidy(english))]
        return (*spoken, Words("pl", False, tidy(target))) if tidy(target) else tuple(spoken)

    option = OptionDefinition("yes", said())
    question = QuestionDefinition("Q1", "single", said(), (option,))
    section = SectionDefinition("all", said(), (question,))
    return SurveyDefinition(said(), (), 2, False, "any", "1", (section,))


@pytest.mark.parametrize("kind", KINDS)
@given(survey=surveys())
def test_a_file_comes_back_as_it_went_out(kind, survey):
    texts = texts_of(survey, "pl")
    written = KINDS[kind](HEAD, texts)

    file = read_file(written.encode())

    assert (file.survey, file.version, file.language) == ("parks-2026", 2, "pl")
    assert [(t.id, t.english, t.target) for t in file.texts] == [
        (t.id, t.english, t.target) for t in texts
    ]
    reading = read_against(survey, file)
    assert (reading.taken, reading.problems) == ((), ())


@pytest.mark.parametrize("kind", KINDS)
@given(words=WORDS)
def test_any_words_of_a_translator_are_kept_as_they_are(kind, words):
    survey = small_definition([ask("Q1", options=["yes"])])
    changed = read_against(survey, a_file(survey, title=words))
    if "{" in words or not tidy(words):
        return
    texts = [text for text in changed.taken if text.id == "title"]

    back = read_file(KINDS[kind](HEAD, texts).encode())

    assert [text.target for text in read_against(survey, back).taken] == [tidy(words)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("kind", KINDS)
def test_files_are_read_in_the_encodings_programs_write(kind, encoding):
    written = KINDS[kind](HEAD, texts_of(small_definition(), "pl"))

    assert read_file(written.encode(encoding)).version == 2


def test_a_table_saved_with_semicolons_is_read():
    written = to_csv(HEAD, texts_of(small_definition(), "pl")).replace('","', '";"')

    assert len(read_file(written.encode()).texts) == len(texts_of(small_definition(), "pl"))


def test_what_programs_put_around_words_is_left_out():
    written = to_xliff(HEAD, texts_of(small_definition(), "pl"))
    marked = written.replace(
        '<target state="needs-translation"></target>',
        '<target state="translated"><g id="1">Ma<mrk mtype="seg">ły</mrk></g></target>'
        "<alt-trans><target>Not this</target></alt-trans>",
        1,
    ).replace('target-language="pl"', 'target-language="pl-PL"')

    file = read_file(marked.encode())

    assert (file.language, file.texts[0].target) == ("pl", "Mały")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "For safety"),
        ("<x>&a;</x>", "The XML is broken"),
        ("<x/>", "not an XLIFF 1.2 file"),
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "Save it as XLIFF 1.2"),
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "one survey in one language"),
        ("", "Keep the first row"),
        ("a,b,c,d\n", "Keep the first row"),
        ('id in a, version 1,b,c,"d', "The table is broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(content, sentence):
    with pytest.raises(InvalidInputError, match=sentence):
        read_file(content.encode())


def test_a_doctype_is_refused_in_any_encoding():
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'

    with pytest.raises(InvalidInputError, match="DOCTYPE"):
        read_file(bomb.encode("utf-16"))


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(InvalidInputError, match="larger than 2 MB"):
        read_file(b" " * (LARGEST + 1))


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail_in_another_way(content):
    for begin in (b"", b"<", to_csv(HEAD, []).encode()):
        with suppress(InvalidInputError):
            read_file(begin + content)


# ---- what a file brings


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"survey": "schools"}, "for the survey “schools”"),
        ({"version": 1}, "for version 1 of the survey"),
        ({"language": "ro"}, "in the language “ro”"),
    ],
)
def test_a_file_for_something_else_is_refused_whole(changes, sentence):
    with pytest.raises(InvalidInputError, match=sentence):
        refuse_another(a_file(**changes), "parks-2026", 2, "pl")


def test_english_is_never_changed():
    with pytest.raises(InvalidInputError, match="English words"):
        refuse_another(a_file(language="en"), "parks-2026", 2, "en")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "question/Q9"}, "has no text of this name"),
        ({"english": "Another question?"}, "The English has changed"),
        ({"target": "Jak było?"}, "{service} is missing"),
        ({"target": "Jak było {serwis} i {service}?"}, "{serwis} is not in the English"),
        ({"target": "{service}" + "o" * 5000}, "longer than 5,000"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported_and_not_taken(changes, sentence):
    survey = small_definition([ask("Q1", wording=LOOP)])

    reading = read_against(survey, only(a_file(survey), "question/Q1", **changes))

    assert reading.taken == ()
    (problem,) = reading.problems
    assert sentence in problem
    assert problem.startswith(changes.get("id", "question/Q1"))


def test_one_bad_line_does_not_lose_the_others():
    survey = small_definition([ask("Q1", wording=LOOP)])

    reading = read_against(survey, a_file(survey, title="Ankieta", question_Q1="Bez nazwy"))

    assert [text.target for text in reading.taken] == ["Ankieta"]
    assert len(reading.problems) == 1


def test_blanks_and_line_ends_of_the_english_do_not_matter():
    survey = small_definition([ask("Q1", wording={"standard": "One\ntwo"})])
    line = only(a_file(survey), "question/Q1", english="One two ", target="Raz")

    assert len(read_against(survey, line).taken) == 1


def test_an_empty_target_is_not_translated():
    reading = read_against(small_definition(), a_file())

    assert (reading.taken, reading.empty) == ((), len(texts_of(small_definition(), "pl")))


def test_the_first_of_two_lines_with_one_id_is_taken():
    file = only(a_file(), "title", target="Raz")
    twice = TranslationFile(
        file.survey, 2, "pl", (*file.texts, FileText("title", "A small survey", "Dwa"))
    )

    reading = read_against(small_definition(), twice)

    assert [text.target for text in reading.taken] == ["Raz"]
    assert "in the file twice" in reading.problems[0]


def test_the_same_english_is_filled_in_when_asked():
    survey = small_definition([ask("Q1"), ask("Q2"), ask("Q3")])
    file = a_file(survey, question_Q1_option_yes="Tak")

    assert len(read_against(survey, file).taken) == 1
    reading = read_against(survey, file, fill_same=True)

    filled = {text.id for text in reading.taken}
    assert reading.filled == 5  # standard and easy read, under three questions
    assert "question/Q3/option/yes/easy" in filled


def test_english_that_is_said_in_two_ways_is_not_filled_in():
    survey = small_definition([ask("Q1"), ask("Q2"), ask("Q3")])
    file = a_file(survey, question_Q1_option_yes="Tak", question_Q2_option_yes="Owszem")

    assert read_against(survey, file, fill_same=True).filled == 0


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
