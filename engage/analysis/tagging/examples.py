"""What the tagger learns from: the pack's own texts, and what people confirmed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engage.analysis.types import Ambition

# A real comment often speaks of several things, so it teaches more softly than an example that was
# written to be clear; a higher weight made other comments worse.
CONFIRMED_WEIGHT = 0.5
NO_AMBITION = ""


@dataclass(frozen=True)
class Example:
    """A text and the codes it stands for: ambitions, parts of them, Outcome Bees; or none."""

    text: str
    codes: frozenset[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Codes:
    """Everything a text can be tagged with, in the order of the columns of a guide."""

    ambitions: tuple[str, ...]
    sub_themes: tuple[tuple[str, ...], ...]
    bees: tuple[str, ...]

    @classmethod
    def of(cls, ambitions: Sequence[Ambition]) -> "Codes":
        return cls(
            tuple(ambition.code for ambition in ambitions),
            tuple(tuple(code for code, _ in ambition.sub_themes) for ambition in ambitions),
            tuple(sorted({code for ambition in ambitions for code, _ in ambition.bees})),
        )

    @cached_property
    def columns(self) -> tuple[str, ...]:
        parts = (code for codes in self.sub_themes for code in codes)
        return (*self.ambitions, *parts, *self.bees)

    def with_ambition(self, code: str) -> frozenset[str]:
        """The code, and the ambition it is a part of where it is one."""
        above = (
            ambition
            for ambition, parts in zip(self.ambitions, self.sub_themes, strict=True)
            if code in parts
        )
        return frozenset((code, *above))


def teaching_texts(ambitions: Sequence[Ambition]) -> list[tuple[int, str]]:
    """Each text an ambition is known by, with the ambition's place in the list."""
    return [
        (place, text)
        for place, ambition in enumerate(ambitions)
        for text in dict.fromkeys(_texts(ambition))
        if text.strip()
    ]


def _texts(ambition: Ambition) -> Iterator[str]:
    yield from (ambition.name, ambition.description, *ambition.anchors)
    for _, texts in (*ambition.sub_themes, *ambition.bees):
        yield from texts


def from_pack(ambitions: Sequence[Ambition]) -> list[Example]:
    """One example for each text of each ambition, with the parts that hold it too."""
    return [
        Example(text, frozenset((ambitions[place].code, *_holding(ambitions[place], text))))
        for place, text in teaching_texts(ambitions)
    ]


def _holding(ambition: Ambition, text: str) -> list[str]:
    return [code for code, texts in (*ambition.sub_themes, *ambition.bees) if text in texts]


def from_people(confirmed: Sequence[tuple[str, str]], codes: Codes) -> list[Example]:
    """One example for each text people decided on; codes no longer known are passed over."""
    known = {*codes.columns, NO_AMBITION}
    given: defaultdict[str, set[str]] = defaultdict(set)
    for text, code in confirmed:
        if text.strip() and code in known:
            given[text] |= codes.with_ambition(code)
    return [
        Example(text, frozenset(found - {NO_AMBITION}), CONFIRMED_WEIGHT)
        for text, found in sorted(given.items())
    ]
