"""The engagement ledger: who was listened to, how, and how many of each kind. Pure.

Answers, people met, attendances and hours are different things, and one person may be in several.
So there are sums within one unit, and none across units.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from engage.framework.pack import Pack
from engage.framework.printed import Claim, EngagementActivity
from engage.responses.disclosure import HIDDEN_FROM_PUBLIC

# Where one of these is about few people, it could be about somebody.
UNITS_OF_PEOPLE = ("survey_answers", "people_met", "attendees", "young_people")
EXACT = "exact"
# What the sentence "over 1,000 voices" seems to have been made of.
VOICES_CLAIM = "claim-1000-voices"
VOICES_UNITS = ("survey_answers", "people_met")
# What an activity of the pack and an entry call by the same name.
PRINTED_NAMES = {
    *("code", "label", "date_from", "date_to", "date_basis", "channel", "in_area"),
    *("overlap", "description", "source"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one unit. `value` is None where it is too small to be told in public."""

    unit: str
    value: int | None
    qualifier: str = EXACT
    as_printed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity of the ledger."""

    code: str
    label: str
    date_from: str
    date_to: str
    in_area: bool
    counts: tuple[Count, ...]
    date_basis: str = ""
    channel: str = ""
    organisation: str = ""
    audiences: tuple[str, ...] = ()
    overlap: str = ""
    description: str = ""
    description_easy: str = ""
    source: str = ""
    is_from_pack: bool = False


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """The sum of one unit: in this county, and with what took place for a whole region.

    `at_least`: some part was printed as "over" or "at least", or is too small to be told.
    """

    unit: str
    in_area: int
    in_area_at_least: bool
    everywhere: int
    at_least: bool
    activities: int


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    unit: str
    value: int
    qualifier: str


@dataclass(frozen=True, slots=True)
class VoicesCheck:
    """A claim beside the counts it mixes. `mixed` is the sum that must not be made."""

    claim: Claim
    parts: tuple[Part, ...]
    sums: tuple[Part, ...]  # one for each unit, without a label
    mixed: int


def totals(entries: Iterable[Entry], units: Sequence[str]) -> list[UnitTotal]:
    """One for each unit that was counted, in the order of `units`."""
    everything = [(entry, count) for entry in entries for count in entry.counts]
    known = [*units, *sorted({count.unit for _, count in everything} - {*units})]
    sums = (_total(unit, [each for each in everything if each[1].unit == unit]) for unit in known)
    return [total for total in sums if total.activities]


def _total(unit: str, found: list[tuple[Entry, Count]]) -> UnitTotal:
    near = [count for entry, count in found if entry.in_area]
    far = [count for _, count in found]
    return UnitTotal(
        unit=unit,
        in_area=_sum(near),
        in_area_at_least=_is_at_least(near),
        everywhere=_sum(far),
        at_least=_is_at_least(far),
        activities=len(found),
    )


def _sum(counts: Iterable[Count]) -> int:
    return sum(count.value or 0 for count in counts)


def _is_at_least(counts: Iterable[Count]) -> bool:
    return any(count.value is None or count.qualifier != EXACT for count in counts)


def for_everybody(entries: Iterable[Entry]) -> list[Entry]:
    """The ledger as the public may see it.

    A count of fewer than ten people loses its number, and what was printed with it. Sums made
    after this leave it out too, so taking the others from a sum finds nothing.
    """
    return [replace(entry, counts=tuple(map(_public, entry.counts))) for entry in entries]


def _public(count: Count) -> Count:
    is_small = count.unit in UNITS_OF_PEOPLE and count.value in HIDDEN_FROM_PUBLIC
    return Count(count.unit, None) if is_small else count


def voices_check(pack: Pack) -> VoicesCheck | None:
    """Why "over 1,000 voices" cannot simply be added up, from the activities the pack prints."""
    claim = next((claim for claim in pack.claims if claim.code == VOICES_CLAIM), None)
    if claim is None:
        return None
    entries = [from_pack(activity) for activity in pack.activities]
    sums = [total for total in totals(entries, VOICES_UNITS) if total.unit in VOICES_UNITS]
    return VoicesCheck(
        claim=claim,
        parts=tuple(_parts(entries, VOICES_UNITS)),
        sums=tuple(
            Part("", each.unit, each.in_area, "at_least" if each.in_area_at_least else EXACT)
            for each in sums
        ),
        mixed=sum(each.in_area for each in sums),
    )


def _parts(entries: Iterable[Entry], units: Collection[str]) -> list[Part]:
    found = [
        Part(entry.label, count.unit, count.value, count.qualifier)
        for entry in entries
        for count in entry.counts
        if count.unit in units and count.value is not None and entry.in_area
    ]
    return sorted(found, key=lambda part: (VOICES_UNITS.index(part.unit), -part.value))


def from_pack(activity: EngagementActivity) -> Entry:
    """An activity the county's documents print, as the ledger holds it."""
    return Entry(
        **activity.model_dump(include=PRINTED_NAMES),
        organisation=activity.organisation or "",
        audiences=activity.audiences,
        counts=tuple(
            Count(count.unit, count.value, count.qualifier, count.as_printed)
            for count in activity.counts
        ),
        description_easy=activity.easy_read,
        is_from_pack=True,
    )
