"""The small notation in which our phrase rules are written, and finding phrases. Pure.

    he hits me         these words, one after the other
    kick*              any word that begins so
    (hit|punch*|beats up)   any of these
    <person>           any of the list of that name
    really?            may be missing
    ~3                 up to three other words, never past the end of a sentence
    ^  $               where a sentence begins, where it ends

Each phrase becomes one regular expression whose gaps are bounded and hold whole words, so that
no comment, however odd, makes it slow.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engage.errors import InvalidInputError
from engage.safeguarding.plain_words import END, PlainText

MAX_GAP = 8
MAX_GAPS = 4
A_WORD = r"[^ .]+ "
PART = re.compile(r"\([^()]*\)\??|<\w+>\??|\S+")
GAP = re.compile(r"~(\d)")
PLAIN = re.compile(r"[^\W_]+\*?")

WordLists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a phrase: what may stand there, each alternative a few words."""

    written: str
    alternatives: tuple[str, ...]
    optional: bool = False

    @property
    def pattern(self) -> str:
        choices = "|".join(_pattern_of(words) for words in self.alternatives)
        return f"(?:{choices}){'?' if self.optional else ''}"


@dataclass(frozen=True)
class Phrase:
    """One line of a rule, ready to be looked for. `owner` says whose it is."""

    owner: str
    written: str
    regex: re.Pattern[str]
    parts: tuple[Part, ...]

    @cached_property
    def needed(self) -> frozenset[str]:
        """The parts without which there is no use in trying."""
        return frozenset(part.written for part in self.parts if not part.optional)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text: from the first of its words up to, not with, `end`."""

    phrase: Phrase
    start: int
    end: int

    def touches(self, other: "Found") -> bool:
        return self.start < other.end and other.start < self.end


class PhraseBook:
    """Many phrases, looked for at once: only where their first word stands."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)
        self.stems: dict[str, set[str]] = defaultdict(set)
        self.beginning: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            self.beginning[phrase.parts[0].written].append(phrase)
            for part in phrase.parts:
                self._learn(part)

    def _learn(self, part: Part) -> None:
        for alternative in part.alternatives:
            word = alternative.split()[0]
            known = self.stems if word.endswith("*") else self.words
            known[word.rstrip("*")].add(part.written)

    def find(self, text: PlainText) -> Iterator[Found]:
        """Every phrase wherever it begins, from left to right."""
        places = {word: self._parts_of(word) for word in set(text.words)}
        present = frozenset[str]().union(*places.values())
        for start, word in enumerate(text.words):
            for part in places[word]:
                yield from self._at(text, start, part, present)

    def _at(
        self, text: PlainText, start: int, part: str, present: frozenset[str]
    ) -> Iterator[Found]:
        for phrase in self.beginning.get(part, ()):
            if not phrase.needed <= present:
                continue
            match = phrase.regex.match(text.line, text.offsets[start])
            if match:
                yield Found(phrase, start, text.word_at(match.end()))

    def _parts_of(self, word: str) -> frozenset[str]:
        """The parts of phrases that this word may begin."""
        found = set(self.words.get(word, ()))
        for length in range(1, len(word) + 1):
            found |= self.stems.get(word[:length], set())
        return frozenset(found)


def phrase_from(owner: str, written: str, lists: WordLists) -> Phrase:
    """A line of the notation, understood; or a sentence that says what is wrong with it."""
    pieces = PART.findall(written)
    parts = [_part(piece, lists, written) for piece in pieces if not _is_mark(piece)]
    if not parts or parts[0].optional or GAP.fullmatch(pieces[0]):
        raise InvalidInputError(f"“{written}” must begin with a word.")
    gaps = [int(gap[1]) for piece in pieces if (gap := GAP.fullmatch(piece))]
    if len(gaps) > MAX_GAPS or max(gaps, default=0) > MAX_GAP:
        raise InvalidInputError(f"“{written}” has gaps that are too many or too wide.")
    remaining = iter(parts)
    regex = "".join(
        _mark_pattern(piece) if _is_mark(piece) else next(remaining).pattern for piece in pieces
    )
    return Phrase(owner, written, re.compile(regex), tuple(parts))


def vocabulary(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Every whole word that some phrase knows; stems stand with their star."""
    return frozenset(
        word
        for phrase in phrases
        for part in phrase.parts
        for alternative in part.alternatives
        for word in alternative.split()
    )


def _is_mark(piece: str) -> bool:
    return piece in ("^", "$") or bool(GAP.fullmatch(piece))


def _mark_pattern(piece: str) -> str:
    if piece == "^":
        return rf"(?<=\{END} )"
    if piece == "$":
        return rf"(?=\{END} )"
    return f"(?:{A_WORD}){{0,{piece[1:]}}}?"


def _part(piece: str, lists: WordLists, written: str) -> Part:
    body = piece.removesuffix("?")
    choices = body[1:-1].split("|") if body.startswith("(") else [body]
    alternatives = tuple(word for choice in choices for word in _choice(choice, lists, written))
    return Part(body, alternatives, piece.endswith("?"))


def _choice(choice: str, lists: WordLists, written: str) -> tuple[str, ...]:
    choice = choice.strip()
    if choice.startswith("<"):
        name = choice[1:-1]
        if name not in lists:
            raise InvalidInputError(f"“{written}” names a list that is not there: {name}.")
        return tuple(word for each in lists[name] for word in _choice(each, lists, written))
    if not choice or not all(PLAIN.fullmatch(word) for word in choice.split()):
        raise InvalidInputError(f"“{written}” holds something that is not a word: “{choice}”.")
    return (choice,)


def _pattern_of(words: str) -> str:
    return "".join(
        f"{re.escape(word[:-1])}[^ .]* " if word.endswith("*") else f"{re.escape(word)} "
        for word in words.split()
    )
