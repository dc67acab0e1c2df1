"""What a rule is, and what it is given to read. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from engage.surveys.easyread.findings import Finding, Place, Severity
from engage.surveys.easyread.text import is_question, sentences

Thing = TypeVar("Thing")

# Which wording a rule reads.
EASY = frozenset({True})
STANDARD = frozenset({False})
BOTH = EASY | STANDARD


@dataclass(frozen=True)
class Passage:
    """One piece of English wording. `kind` is question, option or title."""

    text: str
    kind: str = "question"
    # Initials and hard words that have been explained, here or before, in small letters.
    explained: frozenset[str] = frozenset()
    # Families or the public answer, not only people who work in a service.
    for_families: bool = True

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.text)

    @cached_property
    def questions(self) -> list[str]:
        return [sentence for sentence in self.sentences if is_question(sentence)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, in one wording, as a person reads them."""

    text: str
    kind: str
    answers: tuple[str, ...]
    # "I do not know" and "I do not want to say": shown apart, never counted.
    set_apart: tuple[str, ...] = ()
    pictured: int = 0
    # Many answers are shown five to a screen.
    on_pages: bool = False
    # Ways to answer in one's own words: text, audio, video, image.
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the words, and what could be said instead."""

    quote: str
    plainer: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Thing]):
    """One line of a table: what it is called, how sure it is, why it matters, how to find it."""

    name: str
    severity: Severity
    why: str
    find: Callable[[Thing], Iterable[Hit]] = field(repr=False)
    wordings: frozenset[bool] = EASY
    is_structural: bool = False

    def findings(self, thing: Thing, place: Place) -> list[Finding]:
        return [self._finding(hit, place) for hit in self.find(thing)]

    def _finding(self, hit: Hit, place: Place) -> Finding:
        return Finding(
            severity=self.severity,
            rule=self.name,
            place=place,
            quote=hit.quote,
            why=self.why,
            plainer=hit.plainer,
            is_structural=self.is_structural,
        )
