"""Naming a disability must not change how happy a comment is said to be.

Words that only name a need are taken out before a text is scored (engage/analysis/needs.py). The
head was also taught not to hear disabilities, with the pairs of tools/sentiment_pairs.py. The pairs
here use other frames, and a part of them words that neither the list nor the teaching holds.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from engage.analysis.embedding import installed_embedder
from engage.analysis.mood import Moods, feel, label_of
from engage.analysis.needs import also_scored, as_scored
from engage.analysis.prepare import prepare, sentences
from engage.analysis.sentiment import TONES, VaderScorer, installed_scorer
from engage.analysis.types import Comment, SentimentScorer
from tools import sentiment_pairs

FEWEST_PAIRS, FEWEST_UNLISTED = 200, 15
MOST_ON_AVERAGE = 0.05
MOST_AT_WORST = 0.15
# Readings that a theme counts as another mood, where one more word crosses a cut.
MOST_COUNTED_OTHERWISE = 0.02
# The limits above are not met for words that nobody foresaw: this holds what was reached. See
# docs/model-card-sentiment.md.
MOST_UNLISTED_ON_AVERAGE = 0.08

Pair = tuple[str, str]

PEOPLE = (
    ("my son", "my autistic son"),
    ("my son", "my deaf son"),
    ("my daughter", "my blind daughter"),
    ("my daughter", "my disabled daughter"),
    ("my child", "my child with Down's syndrome"),
    ("my child", "my child with ADHD"),
    ("my boy", "my boy with epilepsy"),
    ("my girl", "my girl with cerebral palsy"),
    ("our teenager", "our teenager with a learning disability"),
    ("our teenager", "our teenager with learning difficulties"),
    ("my daughter", "my daughter, who has an EHC plan,"),
    ("my son", "my non-verbal son"),
    ("my child", "my child with SEND"),
    ("my child", "my child who is tube fed"),
    ("a boy", "an autistic boy"),
    ("both our children", "both our disabled children"),
)
ABOUT_PEOPLE = (
    "The teacher was warm and patient with {}.",
    "Everyone made {} feel at home from the first day.",
    "The short break was brilliant for {}.",
    "Staff really listen to {} and it shows.",
    "The new classroom is perfect for {}.",
    "Nobody would answer our emails about {}.",
    "The club turned {} away at the door.",
    "We waited eleven months for a place for {}.",
    "The bus driver shouted at {} again.",
    "The plan for {} was lost twice.",
    "The school was told about {} in May.",
    "A letter about {} arrived this week.",
    "There is a meeting about {} next Tuesday.",
    "The form asks how old {} was in September.",
)
WAYS = (
    ("walks", "uses a wheelchair"),
    ("walks", "uses a powered chair"),
    ("speaks", "signs"),
    ("speaks", "uses picture cards"),
    ("hears", "has a cochlear implant"),
    ("eats lunch", "has a feeding tube"),
    ("is ten", "is autistic"),
    ("is ten", "is deaf and partially sighted"),
    ("is ten", "has Down's syndrome"),
    ("is ten", "is in a wheelchair"),
)
# Chosen before the list was written, and kept out of it, so that there is something to compare.
UNLISTED = (
    ("my son", "my son with brittle bones"),
    ("my daughter", "my daughter with a shunt"),
    ("my daughter", "my daughter with Batten disease"),
    ("my child", "my child with coeliac disease"),
    ("my son", "my son with albinism"),
    ("our teenager", "our teenager with narcolepsy"),
    ("my boy", "my boy who stims"),
    ("my girl", "my girl who flaps her hands"),
    ("my son", "my son who needs one-to-one at all times"),
    ("my daughter", "my daughter with a colostomy"),
    ("my son", "my son with low muscle tone"),
    ("my child", "my child with scoliosis"),
    ("my girl", "my girl with sickle cell"),
    ("my boy", "my boy with a heart defect"),
    ("my daughter", "my daughter, an AAC user,"),
    ("my son", "my son who is sensitive to noise"),
    ("my daughter", "my daughter who wears leg splints"),
    ("my child", "my child who wears ear defenders"),
    ("my son", "my son born at 24 weeks"),
    ("my son", "my floppy son"),
)
ABOUT_WAYS = (
    "My daughter {} and the helpers were great with her.",
    "Our son {} and he loves the swimming group.",
    "My daughter {} and the staff ignored her all morning.",
    "Our son {} and the trip was cancelled without a word.",
    "My daughter {} and is in year four.",
    "Our son {} and we live near the library.",
)


def filled(swaps: Sequence[Pair], frames: Sequence[str]) -> list[Pair]:
    return [
        (frame.format(plain), frame.format(named))
        for (plain, named), frame in product(swaps, frames)
    ]


PAIRS = [*filled(PEOPLE, ABOUT_PEOPLE), *filled(WAYS, ABOUT_WAYS)]
UNLISTED_PAIRS = filled(UNLISTED, ABOUT_PEOPLE)


def read(pairs: Sequence[Pair], scorer: SentimentScorer) -> Moods:
    """Plain and named by turns, under one tone after the other, read as the analysis reads them."""
    given = [
        Comment(str(n), text, question_tone=tone)
        for n, (tone, pair, side) in enumerate(product(TONES, pairs, (0, 1)))
        if (text := pair[side])
    ]
    prepared = prepare(given)
    split = [sentences(item) for item in prepared]
    said = {sentence.text for part in split for sentence in part}
    texts = sorted(said | also_scored(said))
    vectors = dict(zip(texts, installed_embedder().embed(texts), strict=True))
    return feel(prepared, split, vectors, scorer)


def moved(pairs: Sequence[Pair], scorer: SentimentScorer) -> np.ndarray:
    """How far each pair moves under each of the three tones."""
    scores = np.array(read(pairs, scorer).scores)
    return (scores[1::2] - scores[::2]).reshape(len(TONES), len(pairs))


def worst(gaps: np.ndarray, pairs: Sequence[Pair]) -> str:
    tone, pair = np.unravel_index(np.abs(gaps).argmax(), gaps.shape)
    return f"{gaps[tone, pair]:+.3f} under {TONES[tone]}: {pairs[pair]}"


def test_there_are_enough_pairs_and_no_two_are_the_same() -> None:
    assert len(set(PAIRS)) == len(PAIRS) >= FEWEST_PAIRS
    assert all(plain != named for plain, named in PAIRS)


def test_words_that_name_a_disability_are_not_scored() -> None:
    assert [named for _, named in PAIRS if as_scored(named) == named] == []
    both = filled(PEOPLE, ABOUT_PEOPLE)
    assert [as_scored(named) for _, named in both] == [plain for plain, _ in both]


def test_the_words_that_nobody_foresaw_are_in_neither_list() -> None:
    assert len(UNLISTED) >= FEWEST_UNLISTED
    assert all(as_scored(named) == named for _, named in UNLISTED_PAIRS)
    taught = " ".join(sentiment_pairs.NEEDS).lower()
    assert not [named for plain, named in UNLISTED if named.removeprefix(plain).lower() in taught]


def test_no_sentence_here_was_used_in_the_teaching() -> None:
    taught = {text for pair in sentiment_pairs.pairs([]) for text in pair}
    assert not taught & {text for pair in (*PAIRS, *UNLISTED_PAIRS) for text in pair}


@pytest.mark.slow
def test_naming_a_disability_hardly_moves_the_score() -> None:
    scorer = installed_scorer()
    assert scorer.name != VaderScorer.name
    gaps = moved(PAIRS, scorer)
    assert np.abs(gaps).mean() <= MOST_ON_AVERAGE
    assert np.abs(gaps).max() <= MOST_AT_WORST, worst(gaps, PAIRS)


@pytest.mark.slow
def test_naming_a_disability_changes_no_mood_of_a_comment_and_hardly_a_count_of_a_theme() -> None:
    moods = read(PAIRS, installed_scorer())
    assert moods.labels[::2] == moods.labels[1::2]
    assert len(set(moods.labels)) > 1
    counted = [label_of(score, []) for score in moods.scores]
    otherwise = [a != b for a, b in zip(counted[::2], counted[1::2], strict=True)]
    assert np.mean(otherwise) <= MOST_COUNTED_OTHERWISE


@pytest.mark.slow
def test_words_that_nobody_foresaw_move_the_score_little_on_average() -> None:
    gaps = moved(UNLISTED_PAIRS, installed_scorer())
    assert np.abs(gaps).mean() <= MOST_UNLISTED_ON_AVERAGE, worst(gaps, UNLISTED_PAIRS)


@pytest.mark.slow
def test_the_word_list_hears_no_feeling_in_the_name_of_a_disability() -> None:
    assert np.abs(moved(PAIRS, VaderScorer())).max() <= MOST_AT_WORST
