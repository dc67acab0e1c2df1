"""Sentences, words and syllables of English. Pure."""

import re

# "No." is left out: in a survey it is an answer.
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|e\.g|i\.e|etc|vs|approx)\.(?=\s+\S)", re.IGNORECASE)
_DOT = "\u2024"  # stands in for a full stop that ends no sentence
_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COUNTED = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$")


def sentences(text: str) -> list[str]:
    """ "Mr. Khan came. Did you?" is two."""
    shielded = _SHORTENED.sub(lambda match: match[0].replace(".", _DOT), text.strip())
    parts = (part.strip().replace(_DOT, ".") for part in _END.split(shielded))
    return [part for part in parts if part]


def words(text: str) -> list[str]:
    """Words of letters. "Joined-up" and "don't" are one word each."""
    return _WORD.findall(text)


def length(text: str) -> int:
    """How many words a reader gets through, numbers among them."""
    return len(_COUNTED.findall(text))


def syllables(word: str) -> int:
    """About nine in ten come out right; good enough to point at a long word."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    if not re.search(r"[^aeiouy]le$", letters):
        letters = _SILENT_END.sub("", letters)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", re.sub(r"^y", "", letters))))


def is_question(sentence: str) -> bool:
    return sentence.rstrip("\"”’') ").endswith("?")
