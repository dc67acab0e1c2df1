"""Phrases that tell families nothing, looked up in the words of an answer. Pure.

The phrases are data, in phrases.yaml, with why each matters and what to say instead.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from engage.framework.yaml_files import read_yaml
from engage.loop.writing.findings import Finding, Text

ANSWER = frozenset(
    {
        "we_did",
        "we_did_easy",
        "place",
        "will_ask",
        "evidence",
        "how_to_get",
        "instead",
        "instead_easy",
        "challenge",
    }
)
READS = {
    "answer": ANSWER,
    "everything": ANSWER | {"you_said", "you_said_easy"},
    "owner": frozenset({"owner", "decided_by"}),
}
# What somebody else said, or a word that is spoken about: no phrase of the writer's.
_QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
_ENDS = ".?!\n"


class Phrase(BaseModel):
    """A way of saying it, as a regular expression. A space is any gap between words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    find: str
    instead: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{_any_gap(self.find)})(?![\w-])", re.IGNORECASE)


class Group(BaseModel):
    """Phrases that matter for the same reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    why: str
    instead: str
    reads: Literal["answer", "everything", "owner"] = "answer"
    kinds: tuple[str, ...] = ()  # of answer; none named: every kind
    unless_dated: bool = False  # a date in the same sentence says when
    phrases: tuple[Phrase, ...]


class PhraseBook(BaseModel):
    """What phrases.yaml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dates: tuple[str, ...]
    known_in_standard: tuple[str, ...]
    groups: tuple[Group, ...]

    @cached_property
    def dated(self) -> re.Pattern[str]:
        each = "|".join(_any_gap(date) for date in self.dates)
        return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


@cache
def phrase_book() -> PhraseBook:
    return PhraseBook.model_validate(read_yaml(Path(__file__).with_name("phrases.yaml")))


def phrases_in(text: Text, kind: str) -> Iterator[Finding]:
    """The phrases of these words, first to last, none of them inside another."""
    end = 0
    for finding in sorted(_all_of(text, kind), key=lambda each: (each.start, -each.end)):
        if finding.start >= end:
            end = finding.end
            yield finding


def _all_of(text: Text, kind: str) -> Iterator[Finding]:
    words = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text.plain)
    for group in _groups_for(text.part, kind):
        for phrase in group.phrases:
            for match in phrase.pattern.finditer(words):
                if not (group.unless_dated and _is_dated(words, match.span())):
                    say = phrase.instead or group.instead
                    yield text.finding(group.code, match.span(), group.why, say)


def _groups_for(part: str, kind: str) -> Iterable[Group]:
    for group in phrase_book().groups:
        if part in READS[group.reads] and (not group.kinds or kind in group.kinds):
            yield group


def _is_dated(words: str, span: tuple[int, int]) -> bool:
    """The sentence says when."""
    start = max(words.rfind(end, 0, span[0]) for end in _ENDS) + 1
    ends = [place for end in _ENDS if (place := words.find(end, span[1])) >= 0]
    return bool(phrase_book().dated.search(words[start : min(ends, default=len(words))]))


def _any_gap(find: str) -> str:
    return find.replace(" ", r"\s+")
