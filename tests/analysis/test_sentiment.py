"""How comments feel: scores that know the question, four outcomes, and what may never read them."""

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer

import engage.indicators
from engage.analysis import sentiment
from engage.analysis.mood import MIXED, NEGATIVE, NEUTRAL, POSITIVE, feel, label_of
from engage.analysis.pipeline import analyse
from engage.analysis.prepare import prepare, sentences
from engage.analysis.sentiment import (
    HEAD,
    LEXICON,
    TONES,
    VaderScorer,
    hashed_words,
    installed_scorer,
    load_head,
    word_list,
)
from engage.analysis.tools import default_tools
from engage.analysis.types import AnalysisError, Comment, Settings

MOST_BYTES = 300_000
# How far two people agree is a statistic like any other, and says nothing of feelings.
MAY_BE_READ = ("engage.analysis.checking.agreement",)
OURS = word_list()
NLTKS = SentimentIntensityAnalyzer(lexicon_file=LEXICON)
NLTKS.lexicon = OURS.lexicon
FEELINGS = ("sentiment", "mood", "analysis", "theme_sentiment", "sentiment_label")


SAID = ("GREAT", "great", "not good", "sad", ":)", "kind of", "but", "lovely", "the", "awful", ":D")
MARKS = ("", "!", "!!", "!?!", "...", ",", "-", "'", '"', "(", ")", "?", "#", "’")
marked_words = st.tuples(*map(st.sampled_from, (MARKS, SAID, MARKS))).map("".join)


@given(st.lists(marked_words, max_size=12).map(" ".join) | st.text(max_size=60))
def test_the_word_list_gives_the_numbers_that_nltk_gives(text: str) -> None:
    assert OURS.polarity_scores(text) == NLTKS.polarity_scores(text)


def labels(*asked: tuple[str, str]) -> list[str]:
    tools = default_tools(Settings())
    comments = [Comment(str(n), text, question_tone=tone) for n, (text, tone) in enumerate(asked)]
    return [c.sentiment_label for c in analyse(comments, tools, [], Settings()).comments]


@pytest.mark.slow
def test_nothing_is_good_news_only_where_it_should_be() -> None:
    tools = default_tools(Settings())
    comments = [
        Comment("1", "Nothing.", question_tone="improve"),
        Comment("2", "Nothing.", question_tone="praise"),
    ]
    scores = [c.sentiment for c in analyse(comments, tools, [], Settings()).comments]
    assert scores[0] > scores[1]


@pytest.mark.slow
def test_all_four_outcomes_are_found_in_plain_comments() -> None:
    assert labels(
        ("The staff were lovely and so kind to us. Thank you.", "neutral"),
        ("Rude staff. Nobody told us anything and we waited for hours.", "neutral"),
        (
            "The staff were lovely and so kind. The wait was awful.",
            "neutral",
        ),
        ("The letter came on Tuesday.", "neutral"),
    ) == [POSITIVE, NEGATIVE, MIXED, NEUTRAL]


@pytest.mark.slow
def test_whatever_the_vectors_say_scores_stay_between_minus_one_and_one() -> None:
    texts = [f"The helper at door {n} was kind and we came home happy." for n in range(200)]
    vectors = np.random.default_rng(1).normal(size=(len(texts), 384)).astype(np.float32)
    scores = installed_scorer().score(texts, vectors, ["neutral"] * len(texts))
    assert np.abs(scores).max() <= 1


def test_the_head_is_small_and_holds_its_own_thresholds() -> None:
    assert HEAD.stat().st_size < MOST_BYTES
    assert load_head(HEAD).classes.shape[1] == len((NEGATIVE, NEUTRAL, POSITIVE))


@pytest.mark.parametrize("content", [b"", b"no head", None])
def test_a_head_that_does_not_fit_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    file = tmp_path / "head.npz"
    if content is None:
        with np.load(HEAD) as real:
            np.savez(file, **{**real, "weights": real["weights"][:-1]})
    else:
        file.write_bytes(content)
    monkeypatch.setattr(sentiment, "HEAD", file)
    with pytest.raises(AnalysisError, match=r"head\.npz cannot be used by this version"):
        installed_scorer()


def test_without_a_head_the_word_list_is_used_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentiment, "HEAD", tmp_path / "no-head.npz")
    assert installed_scorer().name == VaderScorer.name


def test_scoring_nothing_gives_nothing() -> None:
    none = np.zeros((0, 384), dtype=np.float32)
    assert len(installed_scorer().score([], none, [])) == 0
    assert feel([], [], {}, installed_scorer()).labels == ()


def test_the_word_list_knows_the_question() -> None:
    rows = np.zeros((2, 1), dtype=np.float32)
    better, good = VaderScorer().score(["A kind nurse"] * 2, rows, ["improve", "praise"])
    assert better < good


def test_a_score_does_not_depend_on_its_neighbours() -> None:
    rows = np.random.default_rng(2).normal(size=(3, 384)).astype(np.float32)
    texts, tones = ["So kind.", "We waited.", "It is open."], ["neutral", "improve", "praise"]
    together = installed_scorer().score(texts, rows, tones)
    alone = [installed_scorer().score([texts[n]], rows[[n]], [tones[n]])[0] for n in range(3)]
    assert np.allclose(together, alone, atol=1e-4)


def test_hashed_words_are_the_same_for_the_same_words() -> None:
    assert np.array_equal(*hashed_words(["Kind, so kind", "kind so KIND"], ["praise"] * 2))


def test_mixed_needs_one_happy_and_one_unhappy_part() -> None:
    assert label_of(0.0, [0.8, -0.8]) == MIXED
    assert label_of(0.0, [0.1, -0.1]) == NEUTRAL
    assert label_of(0.6, [0.6]) == POSITIVE
    assert label_of(-0.6, [-0.6]) == NEGATIVE


@pytest.mark.parametrize("tone", TONES)
def test_a_plain_fact_is_neither_by_the_word_list_whatever_was_asked(tone: str) -> None:
    score = VaderScorer().score(["The letter came on Tuesday."], np.zeros((1, 4)), [tone])
    assert label_of(float(score[0]), []) == NEUTRAL


def test_a_little_unhappy_is_counted_and_a_little_happy_is_not() -> None:
    """The head is shy of saying unhappy; the shares it counts are those that people gave."""
    assert label_of(-0.15, []) == NEGATIVE
    assert label_of(-0.05, []) == label_of(0.15, []) == NEUTRAL


def test_a_comment_nobody_can_read_has_no_label() -> None:
    given = prepare([Comment("1", "")])
    assert feel(given, [sentences(item) for item in given], {}, VaderScorer()).labels == ("",)


def test_no_indicator_imports_or_reads_how_people_feel() -> None:
    """Indicator q is what people answered on a scale; a machine's guess never feeds it."""
    for file in Path(engage.indicators.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        for name in names_in(tree):
            assert name in MAY_BE_READ or not any(word in FEELINGS for word in name.split(".")), (
                f"{file.name}: {name}"
            )


def names_in(tree: ast.Module) -> list[str]:
    """Every module imported, every name and attribute used, and every text written."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module or "", *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif isinstance(node, ast.Name):
            found.append(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += node.value.lower().split()
    return found
