"""From which age on people read some words with ease, as far as counting can tell. Pure.

Counts by the easy-read checker, put together as Kincaid and others did for the US Navy in 1975: a
school grade, and five years. It knows long words and long sentences. It does not know whether a
short word is a hard one, or whether the words make sense.
"""

from collections.abc import Iterable

from engage.surveys.easyread.text import length, sentences, syllables, words

AIM = 9  # ACT: average reading age
# An estimate is out by a year or two; nobody is told of less.
MOST = 11
FEWEST_WORDS = 30  # below that one name changes everything
YOUNGEST, OLDEST = 5, 18


def reading_age(texts: Iterable[str]) -> int | None:
    """The age; None where there are too few words to tell."""
    read = [sentence for text in texts for sentence in sentences(text)]
    if sum(map(length, read)) < FEWEST_WORDS:
        return None
    return min(max(round(_grade(read)) + 5, YOUNGEST), OLDEST)


def hardest_sentence(texts: Iterable[str]) -> str:
    """The one to begin with; nothing where there are no words."""
    read = (sentence for text in texts for sentence in sentences(text) if words(sentence))
    return max(read, key=lambda sentence: _grade([sentence]), default="")


def _grade(read: list[str]) -> float:
    spoken = [word for sentence in read for word in words(sentence)]
    if not spoken:
        return 0.0
    words_a_sentence = sum(map(length, read)) / len(read)
    syllables_a_word = sum(map(syllables, spoken)) / len(spoken)
    return 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59
