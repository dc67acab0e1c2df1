"""A comment with what people took out of it left out. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engage.analysis.redaction.lists import instead
from engage.analysis.redaction.suggestion import Suggestion

PERSON = "person"  # the rule of what nobody suggested
READ = "read"  # somebody read the comment and found nothing to take out
SOMETHING = "[taken out]"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said about some letters of a comment."""

    start: int
    end: int
    rule: str
    is_out: bool
    reason: str = ""


def as_read(text: str, decided: Iterable[Decided]) -> str:
    """The comment as others read it: a kind word in square brackets for what was taken out."""
    parts: list[str] = []
    at = 0
    for start, end, word in _gaps(decided):
        parts += [text[at:start], word]
        at = min(end, len(text))
    return "".join([*parts, text[at:]])


def in_pieces(text: str, marked: Iterable[tuple[int, int]]) -> list[tuple[str, int]]:
    """The text in pieces, each with the number of its mark, from 1; 0 for what has none.

    `marked` is where each mark begins and ends, in the order of the text.
    """
    found: list[tuple[str, int]] = []
    at = 0
    for number, (start, end) in enumerate(marked, start=1):
        if start < at:
            continue  # lies within the one before
        found += [(text[at:start], 0), (text[start:end], number)]
        at = end
    return [piece for piece in [*found, (text[at:], 0)] if piece[0]]


def sentence_as_read(text: str, sentence: str, decided: Iterable[Decided]) -> str:
    """A sentence of the comment, as others read it.

    It is looked for in the comment, whatever the spaces between its words are. Where it stands
    twice, what was taken out of one of them is taken out.
    """
    out = [each for each in decided if each.is_out]
    if not out:
        return sentence
    text, out = _composed(text, out)
    found = list(_places_of(text, sentence))
    if not found:
        return _without_words(sentence, text, out)
    readings = (_between(text, match.start(), match.end(), out) for match in found)
    return min(readings, key=lambda reading: (-reading.count("["), reading))


def _composed(text: str, out: Iterable[Decided]) -> tuple[str, list[Decided]]:
    """As sentences are kept: a letter and its accent are one. The answer may hold them as two."""

    def place(letters: int) -> int:
        return len(unicodedata.normalize("NFC", text[:letters]))

    moved = [replace(each, start=place(each.start), end=place(each.end)) for each in out]
    return unicodedata.normalize("NFC", text), moved


def is_decided(suggested: Suggestion, decided: Iterable[Decided]) -> bool:
    return any(d.start <= suggested.start and suggested.end <= d.end for d in decided)


def undecided(suggested: Iterable[Suggestion], decided: Sequence[Decided]) -> list[Suggestion]:
    return [each for each in suggested if not is_decided(each, decided)]


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where these words stand, in whatever letters, but not inside another word."""
    return [match.span() for match in _places_of(text, words, whole=True, any_case=True)]


def _gaps(decided: Iterable[Decided]) -> Iterator[tuple[int, int, str]]:
    """What is taken out, from first to last; gaps that overlap are one, with the first's word."""
    out = sorted((d.start, d.end, d.rule) for d in decided if d.is_out and d.start < d.end)
    current: tuple[int, int, str] | None = None
    for start, end, rule in out:
        if current and start < current[1]:
            current = (current[0], max(end, current[1]), current[2])
            continue
        if current:
            yield current
        current = (start, end, instead().get(rule, SOMETHING))
    if current:
        yield current


def _between(text: str, start: int, end: int, out: Iterable[Decided]) -> str:
    inside = [
        Decided(max(d.start, start) - start, min(d.end, end) - start, d.rule, is_out=True)
        for d in out
        if d.start < end and start < d.end
    ]
    return as_read(text[start:end], inside)


def _without_words(sentence: str, text: str, out: Iterable[Decided]) -> str:
    """The sentence was tidied before it was kept, so what was taken out is looked for in it."""
    gone = [
        Decided(start, end, each.rule, is_out=True)
        for each in out
        for start, end in find_words(sentence, text[each.start : each.end])
    ]
    return as_read(sentence, gone)


def _places_of(
    text: str, words: str, whole: bool = False, any_case: bool = False
) -> Iterator[re.Match[str]]:
    pieces = words.split()
    if not pieces:
        return iter(())
    pattern = r"\s+".join(map(re.escape, pieces))
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.finditer(pattern, text, re.IGNORECASE if any_case else 0)
