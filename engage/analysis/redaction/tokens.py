"""A text as words with their places in it. Pure."""

import re
import unicodedata
from dataclasses import dataclass

# Some keyboards send an accent as a letter of its own, after the letter that it belongs to.
LETTERS = r"(?:[^\W\d_]+[\u0300-\u036f]*)+"
WORD = re.compile(rf"{LETTERS}(?:['’\-]{LETTERS})*")
OWNED = re.compile(r"['’]s?$", re.IGNORECASE)
ENDS = re.compile(r"[.!?…:\n\r•]")
# After these a full stop ends no sentence.
SHORTENED = frozenset({"mr", "mrs", "ms", "dr", "st", "prof", "rev", "e.g", "i.e", "no"})
FEWEST_FOR_A_HEADLINE = 4
SHARE_FOR_A_HEADLINE = 0.8


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `end` is before an "’s"; `gap` is what stands between it and the next word."""

    start: int
    end: int
    text: str
    plain: str  # small letters, straight apostrophes, without the "’s"
    owns: bool  # it had an "’s"
    starts: bool  # it begins a sentence
    is_capital: bool  # its capital says something: the sentence is not all in capitals
    gap: str


def tokens(text: str) -> list[Token]:
    found = list(WORD.finditer(text))
    starts = _starts(text, found)
    headline = _in_headlines(found, starts)
    return [
        _token(text, match, found[n + 1].start() if n + 1 < len(found) else len(text), flags)
        for n, (match, flags) in enumerate(
            zip(found, zip(starts, headline, strict=True), strict=True)
        )
    ]


def _token(text: str, match: re.Match[str], until: int, flags: tuple[bool, bool]) -> Token:
    starts, in_headline = flags
    whole = match[0]
    bare = OWNED.sub("", whole)
    return Token(
        start=match.start(),
        end=match.start() + len(bare),
        text=bare,
        plain=unicodedata.normalize("NFC", bare).casefold().replace("’", "'"),
        owns=bare != whole,
        starts=starts,
        is_capital=_is_capital(bare) and not in_headline,
        gap=text[match.end() : until],
    )


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _starts(text: str, found: list[re.Match[str]]) -> list[bool]:
    starts = []
    for n, match in enumerate(found):
        if n == 0:
            starts.append(True)
            continue
        before = found[n - 1]
        between = text[before.end() : match.start()]
        is_short = between.startswith(".") and before[0].casefold() in SHORTENED
        starts.append(bool(ENDS.search(between)) and not is_short)
    return starts


def _in_headlines(found: list[re.Match[str]], starts: list[bool]) -> list[bool]:
    """Whether each word stands in a sentence where nearly every word has a capital."""
    marked: list[bool] = []
    sentence: list[str] = []
    for n, match in enumerate(found):
        sentence.append(match[0])
        if n + 1 == len(found) or starts[n + 1]:
            marked += [_is_headline(sentence)] * len(sentence)
            sentence = []
    return marked


def _is_headline(sentence: list[str]) -> bool:
    long = [word for word in sentence if len(word) > 2]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= FEWEST_FOR_A_HEADLINE and capitals > SHARE_FOR_A_HEADLINE * len(long)
