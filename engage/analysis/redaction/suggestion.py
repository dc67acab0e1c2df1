"""What a rule says about some letters of a text. Pure."""

from dataclasses import dataclass

from engage.analysis.redaction.lists import rules


@dataclass(frozen=True, slots=True)
class Suggestion:
    """These letters may name somebody: by which rule, and why."""

    start: int
    end: int
    rule: str
    why: str

    def overlaps(self, other: "Suggestion") -> bool:
        return self.start < other.end and other.start < self.end


def suggestion(start: int, end: int, rule: str, clue: str = "") -> Suggestion:
    return Suggestion(start, end, rule, rules()[rule].why.format(clue=" ".join(clue.split())))
