"""Which letters of a comment may name somebody, each with its rule and why. Pure.

The machine only suggests: a person decides, and the answer itself is never changed.
"""

from collections.abc import Iterable

from engage.analysis.redaction.names import names
from engage.analysis.redaction.numbers import birthdays, emails, nhs_numbers, phones, postcodes
from engage.analysis.redaction.places import Places
from engage.analysis.redaction.suggestion import Suggestion
from engage.analysis.redaction.tokens import tokens
from engage.analysis.redaction.where import find_places, rare_with_place, schools

MOST_LETTERS = 100_000

__all__ = ["Suggestion", "suggest"]


def suggest(text: str, places: Places) -> list[Suggestion]:
    """What a person should look at, in the order of the text; no two overlap."""
    text = text[:MOST_LETTERS]
    certain = [*emails(text), *nhs_numbers(text), *phones(text), *postcodes(text, places.districts)]
    said = tokens(text)
    where = [*schools(text, said, places), *find_places(text, places)]
    found = _first_come([*certain, *birthdays(text), *where, *names(text, said)])
    rare = rare_with_place(text, found)
    # A condition that bears a doctor's name is no person.
    return sorted(_first_come([*rare, *found]), key=lambda each: each.start)


def _first_come(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Of those that overlap, the one whose rule comes first."""
    kept: list[Suggestion] = []
    for each in suggestions:
        if each.start < each.end and not any(each.overlaps(other) for other in kept):
            kept.append(each)
    return kept
