"""A comment as plain words: one spelling for the many ways people write a word. Pure.

The words keep their places in the comment, so that a person is shown what was really written.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

END = "."
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"))
QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
# Letters pulled apart to slip past a filter, or by a device that speaks letter by letter
APART = r"(?<![^\W_])(?:[^\W\d_][ .*_-]{1,2}){2,40}[^\W\d_](?![^\W_])"
WORD = r"[^\W_]+(?:['*@$!][^\W_]+)*"
STOP = r"[.!?;]+|\n\s*\n"
LONGEST_WORD = 16
INSIDE = re.compile(r"[*@$!]")
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
LONG_RUN = re.compile(r"(.)\1{2,}")
ANY_RUN = re.compile(r"(.)\1+")
# “smaks”, “bulley”, “hiting”, “fone”: one sound, several ways to write it
SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("ck|c(?=[^eiyh]|$)|q"), "k"),
    (re.compile("(?:ey|ie|i)$"), "y"),
    (re.compile("wh"), "w"),
    (re.compile("z"), "s"),
    (ANY_RUN, r"\1"),
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """Words, and where each stands in `source`. A full stop stands alone as a word."""

    source: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    line: str
    offsets: tuple[int, ...]

    def word_at(self, offset: int) -> int:
        """The number of the word that begins at this place of the line."""
        return bisect_left(self.offsets, offset)

    def written(self, start: int, end: int) -> str:
        """What the person wrote, from one word up to another."""
        return " ".join(self.source[self.spans[start][0] : self.spans[end - 1][1]].split())


@dataclass(frozen=True)
class Spelling:
    """How words are put into one form. `known` are the words the rules use."""

    replace: Mapping[str, str]
    emoji: Mapping[str, str]
    known: frozenset[str]
    often_misspelt: tuple[str, ...] = ()
    real_words: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def tokens(self) -> re.Pattern[str]:
        pictures = "|".join(map(re.escape, self.emoji))
        return re.compile("|".join(filter(None, [APART, WORD, STOP, pictures])))

    @cached_property
    def slips(self) -> dict[str, str]:
        """One letter left out of a word, or two in each other's place: the word meant."""
        return {
            slip: word
            for word in self.often_misspelt
            for slip in _slips(word)
            if slip not in self.real_words and not self.knows(slip)
        }

    @cached_property
    def sounds(self) -> dict[str, str]:
        """The words the rules use, by how they sound."""
        words = sorted(word for word in self.known if len(word) > 3 and "*" not in word)
        return {_sound(word): word for word in words}

    def knows(self, word: str) -> bool:
        if word in self.known:
            return True
        return any(f"{word[:length]}*" in self.known for length in range(3, len(word) + 1))

    def repaired(self, word: str) -> str | None:
        """The word or words meant, or nothing where we cannot tell."""
        guesses = list(dict.fromkeys(_guesses(word)))
        for guess in guesses:
            if guess in self.replace:
                return self.replace[guess]
            if guess in self.known:
                return guess
        if word in self.real_words:
            return None
        known = next(filter(self.knows, guesses), None)
        return known or self.slips.get(word) or self.sounds.get(_sound(guesses[-1]))


def plain_text(text: str, spelling: Spelling) -> PlainText:
    """The comment, ready to be looked through."""
    source = unicodedata.normalize("NFKC", text).translate(INVISIBLE).translate(QUOTES)
    words, spans = [END], [(0, 0)]
    for match in spelling.tokens.finditer(source):
        for word in _words_of(match[0], spelling):
            words.append(word)
            spans.append(match.span())
    words.append(END)
    spans.append((len(source), len(source)))
    offsets = tuple(accumulate((len(word) + 1 for word in words), initial=0))
    return PlainText(source, tuple(words), tuple(spans), " ".join(words) + " ", offsets[:-1])


def _words_of(token: str, spelling: Spelling) -> list[str]:
    if token in spelling.emoji:
        return spelling.emoji[token].split()
    if not token[0].isalnum():
        return [END]
    word = _without_accents(token.casefold())
    if word.isalnum():
        return _one_word(word, spelling)
    letters = re.sub(r"[ .*_-]", "", word)
    if len(letters) * 2 - 1 <= len(word) and len(letters) > 2:
        return _joined(letters, spelling)
    return _one_word(word, spelling)


def _one_word(word: str, spelling: Spelling) -> list[str]:
    # Some words change meaning without the apostrophe: “we'll” is not “well”.
    if word in spelling.replace:
        return spelling.replace[word].split()
    bare = word.replace("'", "")
    meant = spelling.replace.get(bare) or (
        _without_owner(word) if word.endswith("'s") else spelling.repaired(bare)
    )
    if meant:
        return meant.split()
    return [part for part in INSIDE.split(bare) if part]


def _without_owner(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


def _joined(letters: str, spelling: Spelling) -> list[str]:
    """“killmyself” as “kill myself”: from the left, the longest word we know."""
    words = []
    while letters:
        lengths = range(min(len(letters), LONGEST_WORD), 1, -1)
        length = next((n for n in lengths if letters[:n] in spelling.known), 1)
        words.append(letters[:length])
        letters = letters[length:]
    return [part for word in words for part in (spelling.repaired(word) or word).split()]


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _guesses(word: str) -> Iterable[str]:
    yield word
    if len(word) > 2:
        yield LONG_RUN.sub(r"\1\1", word)
        yield LONG_RUN.sub(r"\1", word)
        if LONG_RUN.search(word):
            yield ANY_RUN.sub(r"\1", word)
    if not word.isdecimal():
        yield word.translate(LOOKALIKES)
    if word.endswith("in") and len(word) > 3:
        yield f"{word}g"


def _sound(word: str) -> str:
    """Roughly how a word sounds, as far as children's spelling keeps to it."""
    for letters, sound in SOUNDS:
        word = letters.sub(sound, word)
    return word


def _slips(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        if place < len(word) - 1:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
