"""The small notation in which our phrase rules are written, and finding phrases. Pure.

    he hits me         these words, one after the other
    kick*              any word that begins so
    (hit|punch*|beats ~1 up)   any of these
    <person>           any of the list of that name
    really?            may be missing
    ~3                 up to three other words, never past a denial or the end of a sentence
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

MAX_GAPS = 4
# “He does not hit me” must not be read as “he … hit me”.
DENIALS = "not|never|nobody"
A_WORD = rf"(?!(?:{DENIALS}) )[^ .]+ "
TOKEN = re.compile(r"~\d|\)\??|<\w+>\??|[(|^$]|[^\s()|<>^$]+|.")
WORD = re.compile(r"[^\W_]+\*?")
MARKS = {"^": rf"(?<=\{END} )", "$": rf"(?=\{END} )"}

WordLists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a phrase. `starts` are the words one of which must stand there."""

    written: str
    pattern: str
    starts: frozenset[str]
    words: frozenset[str]
    gaps: int = 0
    is_needed: bool = True


@dataclass(frozen=True)
class Phrase:
    """One line of a rule, ready to be looked for. `owner` says whose it is."""

    owner: str
    written: str
    parts: tuple[Part, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile("".join(part.pattern for part in self.parts))

    @cached_property
    def first(self) -> Part:
        return next(part for part in self.parts if part.starts)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The parts without which there is no use in trying."""
        return frozenset(part.written for part in self.parts if part.is_needed)


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
            self.beginning[phrase.first.written].append(phrase)
            for part in phrase.parts:
                self._learn(part)

    def _learn(self, part: Part) -> None:
        for word in part.starts:
            known = self.stems if word.endswith("*") else self.words
            known[word.rstrip("*")].add(part.written)

    def find(self, text: PlainText) -> Iterator[Found]:
        """Every phrase wherever it begins, from left to right."""
        places = {word: self._parts_of(word) for word in set(text.words)}
        present = frozenset[str]().union(*places.values())
        possible = {
            part: [phrase for phrase in self.beginning[part] if phrase.needed <= present]
            for part in present & self.beginning.keys()
        }
        for start, word in enumerate(text.words):
            for part in places[word] & possible.keys():
                for phrase in possible[part]:
                    match = phrase.regex.match(text.line, text.offsets[start])
                    if match:
                        yield Found(phrase, start, text.word_at(match.end()))

    def _parts_of(self, word: str) -> frozenset[str]:
        """The parts of phrases that this word may begin."""
        found = set(self.words.get(word, ()))
        for length in range(1, len(word) + 1):
            found |= self.stems.get(word[:length], set())
        return frozenset(found)


def vocabulary(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Every whole word that some phrase knows; stems stand with their star."""
    return frozenset().union(*(part.words for phrase in phrases for part in phrase.parts))


class Notation:
    """Reads lines of the notation with the lists of words they may name."""

    def __init__(self, lists: WordLists) -> None:
        self.lists = lists
        self.read_lists: dict[str, Part] = {}

    def phrase(self, owner: str, written: str) -> Phrase:
        """A line understood; or a sentence that says what is wrong with it."""
        tokens = [token for token in TOKEN.findall(written) if token.strip()]
        try:
            parts = self._sequence(tokens)
        except (ValueError, RecursionError) as error:
            raise InvalidInputError(f"“{written}” of “{owner}”: {error}.") from error
        first = next((part for part in parts if part.pattern not in MARKS.values()), None)
        if tokens or first is None or not (first.is_needed and first.starts):
            raise InvalidInputError(f"“{written}” of “{owner}” must begin with a word.")
        if sum(part.gaps for part in parts) > MAX_GAPS:
            raise InvalidInputError(f"“{written}” of “{owner}” has too many gaps.")
        return Phrase(owner, written, parts)

    def _sequence(self, tokens: list[str]) -> tuple[Part, ...]:
        """Parts up to a bar, a closing bracket or the end; `tokens` are used up on the way."""
        parts = []
        while tokens and tokens[0] != "|" and not tokens[0].startswith(")"):
            parts.append(self._part(tokens))
        return tuple(parts)

    def _part(self, tokens: list[str]) -> Part:
        token = tokens.pop(0)
        if token == "(":  # noqa: S105  a bracket
            return self._group(tokens)
        if token in MARKS:
            return Part(token, MARKS[token], frozenset(), frozenset(), is_needed=False)
        if token[0] == "~" and token[1:].isdecimal():
            gap = f"(?:{A_WORD}){{0,{token[1:]}}}?"
            return Part(token, gap, frozenset(), frozenset(), gaps=1, is_needed=False)
        part = self._list(token) if token[0] == "<" else _word(token.removesuffix("?"))
        return _optional(part) if token.endswith("?") else part

    def _group(self, tokens: list[str]) -> Part:
        choices = [self._sequence(tokens)]
        while tokens and tokens[0] == "|":
            tokens.pop(0)
            choices.append(self._sequence(tokens))
        if not tokens:
            raise ValueError("a bracket is not closed")
        part = _one_of(choices)
        return _optional(part) if tokens.pop(0) == ")?" else part

    def _list(self, token: str) -> Part:
        name = token.strip("<>?")
        if name not in self.lists:
            raise ValueError(f"there is no list named “{name}”")
        if name not in self.read_lists:
            choices = [self._sequence(each.split()) for each in self.lists[name]]
            self.read_lists[name] = _one_of(choices)
        return self.read_lists[name]


def _word(token: str) -> Part:
    if not WORD.fullmatch(token):
        raise ValueError(f"“{token}” is not a word")
    pattern = f"{re.escape(token[:-1])}[^ .]* " if token[-1] == "*" else f"{token} "
    return Part(token, pattern, frozenset([token]), frozenset([token]))


def _optional(part: Part) -> Part:
    return Part(
        f"{part.written}?", f"(?:{part.pattern})?", part.starts, part.words, part.gaps, False
    )


def _one_of(choices: list[tuple[Part, ...]]) -> Part:
    """Any of several sequences; each once, however many lists hold it."""
    patterns = dict.fromkeys("".join(part.pattern for part in parts) for parts in choices)
    parts = [part for choice in choices for part in choice]
    return Part(
        written="|".join(" ".join(part.written for part in choice) for choice in choices),
        pattern=f"(?:{'|'.join(patterns)})",
        starts=frozenset().union(*map(_starts, choices)),
        words=frozenset().union(*(part.words for part in parts)),
        gaps=max(sum(part.gaps for part in choice) for choice in choices),
        is_needed=all(choice and choice[0].is_needed for choice in choices),
    )


def _starts(parts: tuple[Part, ...]) -> frozenset[str]:
    """The words that may begin a sequence."""
    found: frozenset[str] = frozenset()
    for part in parts:
        found |= part.starts
        if part.is_needed:
            break
    return found
