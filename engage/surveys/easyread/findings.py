"""What the checker says: one remark on one piece of wording. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How sure a machine can be."""

    STOP = "stop"  # the standard for easy read is plain: change it
    LOOK = "look"  # a person must judge


@dataclass(frozen=True, slots=True)
class Place:
    """Which words are meant. Without a question it is the whole survey, or a section's title."""

    question: str = ""
    option: str = ""
    section: str = ""
    language: str = "en"
    easy_read: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `quote` is the words meant, `plainer` what could be said instead."""

    severity: Severity
    rule: str
    place: Place
    quote: str
    why: str
    plainer: str = ""
    # About how the question is built (its answers, its pictures), not about its words.
    is_structural: bool = False

    @property
    def stops(self) -> bool:
        return self.severity is Severity.STOP
