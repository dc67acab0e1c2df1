"""The public counts behind "You said, we did", made once and then only read. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.responses.disclosure import public_count, public_counts

UNKNOWN = "unknown"  # the audience of someone who did not say


@dataclass(frozen=True, slots=True)
class Voices:
    """Who answered, and who said what: people by number, never by name."""

    audience_of: Mapping[int, str]
    said_by: Mapping[int, Collection[int]]  # the people who spoke of each theme
    audiences: Sequence[str]


def summarise(voices: Voices) -> dict[str, Any]:
    """What a snapshot keeps: counts that are safe to publish, and nothing else."""
    everyone = voices.audience_of.keys()
    return {
        **_counts(everyone, voices),
        "themes": {
            str(theme): _counts(people, voices) for theme, people in sorted(voices.said_by.items())
        },
    }


def completed(before: Mapping[str, Any], again: Mapping[str, Any]) -> dict[str, Any] | None:
    """The counts of before with the themes they lack, or None where they lack none.

    `again` counts the same answers. What is public already is left as it was, so nothing can
    be learnt by comparing the two.
    """
    if again["themes"].keys() <= before["themes"].keys():
        return None
    return {**before, "themes": {**again["themes"], **before["themes"]}}


def _counts(people: Collection[int], voices: Voices) -> dict[str, Any]:
    total = public_count(len(people))
    return {"people": total, "audiences": _by_audience(people, voices) if total else {}}


def _by_audience(people: Collection[int], voices: Voices) -> dict[str, int | None]:
    """Counts that add up to the total, so one alone is never hidden."""
    found = Counter(voices.audience_of[person] for person in people)
    # Nobody counted as unknown is no group of people; an audience nobody came from is.
    names = dict.fromkeys([*voices.audiences, *found])
    return public_counts({name: found[name] for name in names})
