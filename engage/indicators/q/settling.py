"""Whether a published figure may change: only where the change tells of nobody. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from engage.indicators.q.seen import Seen, as_seen, said_now, tells_of_few
from engage.indicators.q.series import (
    CONFIDENCE,
    DOMAINS,
    HEADLINE,
    PARTS,
    Reply,
    answered,
    newcomers,
)
from engage.indicators.q.shares import Figure
from engage.responses.disclosure import NEW_ANSWERS

# Where there is nothing to show any more, nothing that was shown stays.
NOT_ASKED, EVENTS = "not_asked", "events"
NOTHING_TO_SHOW = frozenset({NOT_ASKED, EVENTS})
AN_AREA = "area:"


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
        return self.part if self.area is None else f"{AN_AREA}{self.area}"

    @property
    def of_all(self) -> str | None:
        """The part, where the figure is of everybody."""
        return self.part if self.area is None else None

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

    `people` are those the figure is of, and `asked` the question that plays the part now. One that
    comes back waits for ten more than at its own last figure, and until then nothing is shown.
    Of people met at events none is, and what stays is when they were counted, and so how many.
    """
    found = place.found_in(past.data)
    if not found or fresh.reason == NOT_ASKED:
        return None
    old, before = Figure(**found), last_of_question("bases", place.key, asked, past)
    is_another = is_other(place.part, asked, past)
    are_few = _came(place, people, old, past, before) < NEW_ANSWERS
    if fresh.reason == EVENTS:
        return replace(fresh, as_of=old.as_of) if is_another or are_few else None
    if is_another and before is None:
        return None
    comes_back = before is not None and (is_another or old.reason in NOTHING_TO_SHOW)
    stays = Figure(old.as_of, reason="protected") if comes_back else old
    if are_few:
        return stays
    now_shown = as_seen(fresh, place.of_all, said_now(people, place.part))
    return stays if tells_of_few(_ever(place, past, asked), now_shown, place.part) else None


def is_other(part: str, asked: str | None, past: Publication) -> bool:
    """Only other questions played the part last: nothing of the ones can be taken from the others.

    What was published of the same ones before them can be: see `last_of_question`.
    """
    return _are_others(past.exact.get("asked", {}).get(part), asked)


def _are_others(before: str | None, asked: str | None) -> bool:
    return bool(before and asked) and not {*str(before).split()} & {*str(asked).split()}


def last_of_question(what: str, key: str, asked: str | None, past: Publication) -> int | None:
    """The largest last number kept of any of these questions; None if they were never asked.

    `what` is "bases" or "silent". A question may have played another part before.
    """
    kept_of = past.exact.get("by_question", {}).get(what, {})
    places = [key] if key.startswith(AN_AREA) else [*PARTS]
    found = [kept_of.get(place, {}) for place in places]
    codes = (asked or "").split()
    return max((each[code] for each in found for code in codes if code in each), default=None)


def _came(
    place: Place, people: Sequence[Reply], old: Figure, past: Publication, before: int | None
) -> int:
    """How many more have given a view: less those who took theirs back, whatever their day."""
    now = len(answered(people, place.part))
    if before is None:
        before = past.exact.get("bases", {}).get(place.key)
    # Older publications kept no exact base: their day has to do.
    return now - before if before is not None else newcomers(people, place.part, old.as_of)


def _ever(place: Place, past: Publication, asked: str | None) -> list[Seen]:
    """Each figure of the same question that was ever public there, or of another part, once."""
    found: dict[tuple[object, ...], Seen] = {}
    for data, at in product((past.data, *past.earlier), (place, *_elsewhere(place))):
        old = at.found_in(data)
        if not old:
            continue
        then = _asked_at(at.part, old["as_of"], past)
        if _is_of_same(at, place, asked, then):
            is_same = at == place if then is None else then == asked
            figure = Figure(**old)
            key = (figure.as_of, figure.base, figure.positive, figure.negative)
            found.setdefault(key, Seen(figure.as_of, is_same, as_seen(figure, at.of_all, data)))
    return sorted(found.values(), key=lambda seen: seen.as_of)


def _elsewhere(place: Place) -> list[Place]:
    """The other parts its question may have played, with answers of the same kinds."""
    if place.area is not None or place.part == CONFIDENCE:
        return []
    return [Place(part) for part in (HEADLINE, *DOMAINS) if part != place.part]


def _is_of_same(at: Place, place: Place, asked: str | None, then: str | None) -> bool:
    if not then or not asked:
        return at == place  # it was not kept yet: taken for the same, to be safe
    return not _are_others(then, asked)


def _asked_at(part: str, as_of: str, past: Publication) -> str | None:
    """Which questions a figure of that moment is of; None where that was not kept yet."""
    since = past.exact.get("by_question", {}).get("since", {}).get(part, {})
    moments = [moment for moment in since if moment <= as_of]
    return since[max(moments)] if moments else None


def bases_of(data: Mapping[str, Any], people: Sequence[Reply], past: Publication) -> dict[str, int]:
    """The exact base behind each figure of a publication; of one that stayed, as it was."""
    by_area = {code: [each for each in people if each.area == code] for code in data["areas"]}
    bases = dict(past.exact.get("bases", {}))
    for place in _counted_anew(data):
        those = people if place.area is None else by_area[place.area]
        bases[place.key] = len(answered(those, place.part))
    return bases


def _counted_anew(data: Mapping[str, Any]) -> Iterator[Place]:
    places = [Place(part) for part in (HEADLINE, "confidence", *data["domains"])]
    places += [Place(HEADLINE, code) for code in data["areas"]]
    for place in places:
        found = place.found_in(data)
        if found and found["as_of"] == data["made_at"]:
            yield place


def by_question(
    data: Mapping[str, Any],
    bases: Mapping[str, int],
    silent: Mapping[str, int],
    asked: Mapping[str, str],
    past: Publication,
) -> dict[str, dict[str, Any]]:
    """What is kept of every question that ever played a part, so that none comes back too soon.

    `since` when which questions did, by part; and the last `bases` of each, by place, and how many
    were `silent`, of those whose reasons are shown. Publications from before it was kept say
    something of their own question alone.
    """
    old = past.exact.get("by_question") or _of_the_last(past)
    since = {part: dict(each) for part, each in old["since"].items()}
    for part, codes in asked.items():
        before = since.setdefault(part, {})
        if not before or before[max(before)] != codes:
            before[data["made_at"]] = codes
    anew = [(place.key, asked.get(place.part), bases[place.key]) for place in _counted_anew(data)]
    said = [(part, asked.get(part), many) for part, many in silent.items()]
    return {
        "since": since,
        "bases": _with(old["bases"], anew),
        "silent": _with(old["silent"], said),
    }


def _of_the_last(past: Publication) -> dict[str, dict[str, Any]]:
    asked = past.exact.get("asked", {})
    bases = past.exact.get("bases", {}).items()
    found = [
        (key, asked.get(HEADLINE if key.startswith(AN_AREA) else key), base) for key, base in bases
    ]
    return {
        "since": {part: {past.data["made_at"]: codes} for part, codes in asked.items()},
        "bases": _with({}, found),
        "silent": {},
    }


def _with(
    old: Mapping[str, Mapping[str, int]], found: Iterable[tuple[str, str | None, int]]
) -> dict[str, dict[str, int]]:
    """With the number found at each key, for each code of its questions."""
    numbers = {key: dict(each) for key, each in old.items()}
    for key, codes, number in found:
        for code in (codes or "").split():
            numbers.setdefault(key, {})[code] = number
    return numbers
