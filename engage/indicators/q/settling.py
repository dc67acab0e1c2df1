"""Whether a published figure may change: only where the change tells of nobody. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engage.indicators.q.series import HEADLINE, Reply, answered, newcomers
from engage.indicators.q.shares import Figure, tells_of_newcomers
from engage.responses.disclosure import NEW_ANSWERS

# Where there is nothing to show any more, nothing that was shown stays.
NOTHING_TO_SHOW = frozenset({"not_asked", "events"})


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of a series: what everybody may see, and the exact figures behind it.

    `earlier` is all that was public of the survey before now, this one too: a reader has kept it.
    """

    data: Mapping[str, Any]
    exact: Mapping[str, Any]
    earlier: Sequence[Mapping[str, Any]] = field(default=())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in a publication: of which part, and of which area if of one."""

    part: str
    area: str | None = None

    @property
    def key(self) -> str:
        return self.part if self.area is None else f"area:{self.area}"

    def found_in(self, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None
        if self.area is not None:
            found = data.get("areas", {}).get(self.area)
        else:
            found = data.get(self.part) or data.get("domains", {}).get(self.part)
        return found


def kept(
    place: Place, people: Sequence[Reply], fresh: Figure, past: Publication, asked: str | None
) -> Figure | None:
    """The figure that stays, or None where the fresh one may be published.

    `people` are those the figure is of, and `asked` the question that plays the part now.
    """
    found = place.found_in(past.data)
    if not found or fresh.reason in NOTHING_TO_SHOW or _is_other(place.part, asked, past):
        return None
    old = Figure(**found)
    if _came(place, people, old, past) < NEW_ANSWERS:
        return old
    tells = any(tells_of_newcomers(each, fresh, place.part) for each in _ever(place, past))
    return old if tells else None


def _is_other(part: str, asked: str | None, past: Publication) -> bool:
    """Only other questions play the part: nothing of the ones can be taken from the others."""
    before = str(past.exact.get("asked", {}).get(part) or "")
    return bool(before and asked) and not {*before.split()} & {*str(asked).split()}


def _came(place: Place, people: Sequence[Reply], old: Figure, past: Publication) -> int:
    """How many more have given a view: less those who took theirs back, whatever their day."""
    now = len(answered(people, place.part))
    before = past.exact.get("bases", {}).get(place.key)
    # Older publications kept no exact base: their day has to do.
    return now - before if before is not None else newcomers(people, place.part, old.as_of)


def _ever(place: Place, past: Publication) -> Iterator[Figure]:
    """Each figure that was ever public there, once."""
    seen = set()
    for data in (past.data, *past.earlier):
        found = place.found_in(data)
        if found and (shown := (found["base"], found["positive"], found["negative"])) not in seen:
            seen.add(shown)
            yield Figure(**found)


def bases_of(data: Mapping[str, Any], people: Sequence[Reply], past: Publication) -> dict[str, int]:
    """The exact base behind each figure of a publication; of one that stayed, as it was."""
    places = [Place(part) for part in (HEADLINE, "confidence", *data["domains"])]
    by_area = [(code, [each for each in people if each.area == code]) for code in data["areas"]]
    counted = [(place, people) for place in places]
    counted += [(Place(HEADLINE, code), those) for code, those in by_area]
    bases = dict(past.exact.get("bases", {}))
    for place, those in counted:
        found = place.found_in(data)
        if found and found["as_of"] == data["made_at"]:
            bases[place.key] = len(answered(those, place.part))
    return bases
