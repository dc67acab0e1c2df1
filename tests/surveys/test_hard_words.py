"""Hard words are explained where they stand, in the words of the county's glossary."""

import pytest

from engage.framework import load_pack
from engage.surveys.hard_words import explained

GLOSSARY = load_pack("hertfordshire").glossary
PLAN = "A paper that says what help you must get."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Do you have an EHCP?", ["EHCP"]),
        ("Do you have an EHC plan?", ["EHC plan"]),
        ("Do you have a plan for today?", []),
        ("Is the SENCO kind?", ["SENCO"]),
        ("How is school?", []),
    ],
)
def test_a_word_is_explained_as_it_is_written(text, words):
    assert [word for word, _meaning in explained([text], GLOSSARY)] == words


def test_the_meaning_is_the_easy_one():
    assert explained(["An EHCP"], GLOSSARY) == [("EHCP", PLAN)]


def test_each_word_is_explained_once_and_in_order():
    found = explained(["The EHCP", "SENCO or EHCP"], GLOSSARY)
    assert [word for word, _meaning in found] == ["EHCP", "SENCO"]


def test_a_word_inside_a_longer_one_is_left_to_the_longer():
    words = [word for word, _meaning in explained(["An EHC needs assessment"], GLOSSARY)]
    assert words == ["EHC needs assessment"]
