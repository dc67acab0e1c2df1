"""The phrase rules bring comments that may mean danger to the front of the reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.safeguarding_rules import found, long_texts
from engage.errors import InvalidInputError
from engage.safeguarding.notation import Notation
from engage.safeguarding.rules import READ_FIRST, reason_for, rules_version, screen
from tests.corpora.safeguarding_sentences import sentences


def share(kind):
    hits, of = found("held_out", kind)
    return hits / of


@pytest.mark.parametrize(
    "said",
    [
        "my dad hits me",
        "MY DAD HITS ME",
        "my dad hiiiits me",
        "my dad h i t s me",
        "he h1ts me",
        "dad smaks me",
        "he tuched me",
        "he’s gunna hurt me",
        "bus man hit me",
        "i wana dye",
        "i dont want to be here any more",
        "they lock me in the cupboard",
        "My partner slaps our son",
    ],
)
def test_however_it_is_written_harm_is_read_first(said):
    assert screen(said).level >= READ_FIRST


@pytest.mark.parametrize(
    "said",
    [
        "maths is killing me",
        "nobody hits me",
        "he beat me at chess",
        "the school hit its target",
        "my phone died",
        "I am not scared of the dark",
        "we made posters against bullying",
        "the glue gun was fun",
        "",
    ],
)
def test_what_only_sounds_like_harm_waits_its_turn(said):
    assert screen(said).level == 0


def test_a_denial_about_one_person_does_not_hide_another():
    assert screen("mum does not hit me but dad hits me").level >= READ_FIRST


def test_the_words_shown_are_the_words_written():
    hits = screen("I like art.  My DAD hiiits   me lots").hits

    assert any("hiiits me" in hit.phrase for hit in hits)


def test_every_rule_that_is_met_says_why():
    for hit in screen("dad hits me and i want to die").hits:
        assert reason_for(hit.rule).endswith(".")


def test_a_screening_says_which_rules_it_was_made_with():
    assert screen("hello").version == rules_version() != ""


def test_the_rules_find_as_much_as_they_should():
    """Level 1 or more, in the half of the corpus that the rules were not written for."""
    assert share("direct") >= 0.95
    assert share("indirect") >= 0.80


def test_a_worrying_word_alone_is_read_sooner_and_raises_no_alert():
    assert screen("She had a bruise").level == 1


def test_the_longest_comment_is_screened_to_its_end():
    """How long that takes is in `benchmarks.safeguarding_rules`."""
    alarming, comments = "He hits me at night", [each.text for each in sentences()]
    level = screen(alarming).level
    assert level
    for text in long_texts(comments):
        assert screen(f"{text} {alarming}").level >= level


@given(st.text())
def test_no_comment_is_too_odd_to_screen(said):
    assert screen(said).level in range(4)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "~2 hit",
        "hits? me",
        "(hit|kick me",
        "hit) me",
        "<nobody> hits",
        "hit ~1 ~1 ~1 ~1 ~1 me",
        "h!t",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_with_its_words(written):
    with pytest.raises(InvalidInputError, match="physical"):
        Notation({}).phrase("physical", written)
