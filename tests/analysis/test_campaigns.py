"""Comments that say nearly the same, and one text that many people sent."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.campaigns import known_campaign, nearest_sentence, repeats
from engage.analysis.pipeline import analyse
from engage.analysis.prepare import prepare
from engage.analysis.simple import simple_tools
from engage.analysis.types import Comment, Settings
from tests.analysis.comments import some_comments

LETTER = (
    "Please do not close the short breaks centre in our town because it is the only place "
    "where our children are safe and we can rest for a day."
)


def sent(texts: list[str]) -> list[Comment]:
    return [Comment(str(number), text) for number, text in enumerate(texts, start=1)]


def found(texts: list[str]):
    return repeats(prepare(sent(texts)))


def test_who_says_the_same_words_repeats_the_first() -> None:
    assert found(["So kind!", "nothing to add", "so KIND"]).first == {"3": "1"}


def test_a_word_changed_in_a_long_comment_is_still_a_repeat() -> None:
    assert found([LETTER, LETTER.replace("town", "village")]).first == {"2": "1"}


def test_short_comments_repeat_only_word_for_word() -> None:
    assert found(["The bus was late.", "The bus was early."]).first == {}


def test_five_people_with_one_text_are_a_campaign() -> None:
    nearly = [LETTER, LETTER.upper(), LETTER.replace("town", "village"), LETTER, LETTER]
    told = found([*nearly, "The bus was late again and nobody told the school about it."])
    assert told.campaigns == dict.fromkeys("12345", 1)
    assert told.leaders == {1: "1"}


def test_four_people_are_no_campaign_and_neither_is_a_short_answer() -> None:
    assert found([LETTER] * 4).campaigns == {}
    assert found(["More short breaks please."] * 50).campaigns == {}


def test_the_larger_campaign_is_the_first() -> None:
    other = "Our school needs a lift so that every pupil can reach the music room upstairs."
    told = found([other] * 5 + [LETTER] * 6)
    assert {told.campaigns[str(n)] for n in range(1, 6)} == {2}
    assert {told.campaigns[str(n)] for n in range(6, 12)} == {1}


@given(st.randoms(use_true_random=False))
def test_the_order_in_which_people_send_changes_nothing(chance: random.Random) -> None:
    texts = [LETTER, LETTER.replace("safe", "happy"), *[LETTER] * 4]
    comments = [*sent(texts), *(Comment(f"x{c.id}", c.text) for c in some_comments(30))]
    shuffled = chance.sample(comments, len(comments))
    assert repeats(prepare(comments)) == repeats(prepare(shuffled))


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_words_can_be_compared(texts: list[str]) -> None:
    told = found(texts)
    assert not set(told.first) & set(told.first.values())


def test_a_new_comment_joins_a_campaign_that_is_known() -> None:
    known = {3: LETTER}
    assert known_campaign(LETTER.replace("town", "village"), known) == 3
    assert known_campaign("The bus was late again and nobody told us about it.", known) is None
    assert known_campaign("Too short", known) is None


def test_what_somebody_added_to_a_campaign_is_their_own() -> None:
    known = {"a": "The bus was late again.", "b": "Please keep the centre open for us."}
    assert nearest_sentence("Please keep the centre open.", known) == "b"
    assert nearest_sentence("My son cries every morning.", known) is None


def test_a_campaign_counts_its_people_and_teaches_the_grouping_once() -> None:
    taught: list[str] = []
    tools = simple_tools()

    class Listening:
        name = "listening"

        def find(self, texts, vectors, comments, settings):
            taught.extend(texts)
            return tools.finder.find(texts, vectors, comments, settings)

    letters = [f"{LETTER} My son cries." if n == 3 else LETTER for n in range(20)]
    letters[7] = LETTER.replace("town", "village")
    comments = [*some_comments(40), *(Comment(f"c{n}", text) for n, text in enumerate(letters))]
    findings = analyse(comments, replace(tools, finder=Listening()), [], Settings())

    assert sum("centre" in text for text in taught) == 1
    assert "My son cries." in taught
    [theme] = {a.theme for a in findings.assignments if "centre" in a.sentence}
    assert findings.themes[theme].people >= 20
    assert findings.settings["campaigns"] == [{"campaign": 1, "comments": 20}]
    assert sum(c.campaign == 1 for c in findings.comments) == 20
