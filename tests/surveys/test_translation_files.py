"""The words of a survey as a file, out to a translator and in again."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.translation import (
    Status,
    texts_of,
    tidy,
)
from engage.surveys.translation_checks import (
    read_against,
)
from engage.surveys.translation_files import LARGEST, FileHead, read_file, to_csv, to_xliff
from tests.survey_factories import ask, small_definition
from tests.surveys.translation_files import a_file

HEAD = FileHead("parks-2026", 2, "pl", Status.DRAFTED)


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
