"""The lists of words beside this file, read once. Pure but for that reading."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from engage.surveys.easyread.text import words

WORDS = Path(__file__).parent / "words"
BEGINNING = 3  # letters; endings change later ones
_TAILS = {"e": "(?:e|es|ed|ing|er|ers)", "y": "(?:y|ys|yed|ying|ies|ied)"}
_SWAPS = (
    ("your", "my", "his", "her", "its", "our", "their", "someone's"),
    ("you", "me", "him", "us", "them", "someone"),
    ("a", "an", "the"),
)
_USUAL_TAIL = "(?:s|es|ed|ing|ly)?"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or saying to look for, and what to say instead."""

    text: str
    plainer: str


class Terms:
    """A list to look up in a sentence: the longest is found first, and no word twice."""

    def __init__(self, plainer: Mapping[str, str]) -> None:
        by_length = sorted(plainer, key=lambda text: (-len(text), text))
        self._terms = [Term(text, plainer[text]) for text in by_length]
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(by_length):
            for beginning in _beginnings(text):
                self._by_beginning[beginning].append(place)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def found(self, sentence: str) -> Iterator[tuple[str, str]]:
        """(the words as written, what to say instead)."""
        left = sentence.replace("’", "'")
        for place in sorted(self._possible(left)):
            term = self._terms[place]
            for match in _pattern(term.text).finditer(left):
                yield sentence[match.start() : match.end()], term.plainer
                left = left[: match.start()] + "_" * len(match[0]) + left[match.end() :]

    def _possible(self, sentence: str) -> set[int]:
        """Those that begin like a word of the sentence: trying all of them takes seconds."""
        beginnings = {word[:BEGINNING].lower() for word in words(sentence)}
        return {place for start in beginnings for place in self._by_beginning.get(start, ())}


@lru_cache(maxsize=1)
def jargon() -> Terms:
    return Terms(_plainer("jargon.yaml"))


@lru_cache(maxsize=1)
def formal() -> Terms:
    return Terms(_plainer("formal.yaml"))


@lru_cache(maxsize=1)
def unkind() -> Terms:
    return Terms(_plainer("unkind.yaml"))


@lru_cache(maxsize=1)
def idioms() -> Terms:
    return Terms(dict.fromkeys(_lines("idioms.txt"), ""))


@lru_cache(maxsize=1)
def verb_forms() -> Mapping[str, tuple[str, ...]]:
    """Every form of a verb by each of its forms."""
    lines = (tuple(line.split()) for line in _lines("verbs.txt"))
    return {form: forms for forms in lines for form in forms}


@lru_cache(maxsize=1)
def one_idea() -> re.Pattern[str]:
    """The pairs that are one idea, such as "fish and chips", longest first."""
    known = sorted(_lines("pairs.txt"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(pair.lower()) for pair in known)})\b")


@cache
def ways_of_asking(rule: str) -> re.Pattern[str]:
    """What words/patterns.yaml lists for a rule, as one expression."""
    content = yaml.safe_load((WORDS / "patterns.yaml").read_text(encoding="utf-8"))
    joined = "|".join(content[rule])
    for name, part in content["parts"].items():
        joined = joined.replace(f"{{{name}}}", part)
    return re.compile(joined, re.IGNORECASE)


@cache
def one_by_one(name: str) -> frozenset[str]:
    """The single words of a list, in small letters."""
    return frozenset(word.lower() for line in _lines(f"{name}.txt") for word in line.split())


@lru_cache(maxsize=1)
def same_things() -> tuple[tuple[str, ...], ...]:
    """Lines of words that mean one thing."""
    return tuple(tuple(line.split()) for line in _lines("same_thing.txt"))


@lru_cache(maxsize=1)
def sides() -> Mapping[str, str]:
    """Answers of a scale, each with the side it is on: "+" or "-"."""
    return {line[2:]: line[0] for line in _lines("scale_sides.txt")}


def _plainer(name: str) -> dict[str, str]:
    content = yaml.safe_load((WORDS / name).read_text(encoding="utf-8"))
    return {str(term): str(plainer) for term, plainer in content.items()}


def _lines(name: str) -> list[str]:
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The saying in any form: its first and its last word may have another ending."""
    parts = text.replace(",", "").split()
    ends = {0, len(parts) - 1}
    forms = [_form(part, n in ends, len(parts) > 1) for n, part in enumerate(parts)]
    joined = r"[\s,]+".join(forms)
    return re.compile(rf"(?<![\w-]){joined}(?![\w-])", re.IGNORECASE)


def _beginnings(text: str) -> set[str]:
    first = text.replace(",", "").split()[0]
    forms = verb_forms().get(first) or _swapped(first) or (first,)
    return {form[:BEGINNING].lower() for form in (*forms, first)}


def _form(word: str, is_end: bool, in_saying: bool) -> str:
    if in_saying and (forms := verb_forms().get(word) or _swapped(word)):
        return f"(?:{'|'.join(re.escape(form) for form in forms)})"
    if not is_end or len(word) < 4:
        return re.escape(word)
    tail = _TAILS.get(word[-1])
    return re.escape(word[:-1]) + tail if tail else re.escape(word) + _USUAL_TAIL


def _swapped(word: str) -> tuple[str, ...]:
    """Little words that take each other's place: "in your shoes", "in their shoes"."""
    return next((group for group in _SWAPS if word in group), ())
