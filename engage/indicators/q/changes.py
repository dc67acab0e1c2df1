"""What differs between one publication and the one before it, as far as a reader must know. Pure.

It is worked out once, when figures are taken, and kept with them: `came_after` of a publication.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engage.indicators.q.series import HEADLINE
from engage.indicators.q.settling import Publication
from engage.indicators.q.waves import differences, in_order, wave_of

CAME_AFTER = "came_after"
MORE_ANSWERS = "answers"


def came_after(
    before: Publication | None, after: Publication, *, counts_more: bool
) -> dict[str, Any]:
    """Which publication it follows, none for the first of a series, and what has changed.

    `before` is an earlier one of the same survey, or else the wave before it. `counts_more` where
    ten more answers are counted: some figures come for another reason alone.
    """
    if before is None:
        return {"survey": None, "made_at": None, "changed": []}
    return {
        "survey": before.data["survey"]["slug"],
        "made_at": before.data["made_at"],
        "changed": [*([MORE_ANSWERS] if counts_more else []), *changed(before, after)],
    }


def changed(before: Publication, after: Publication) -> Iterator[str]:
    """What makes a break in the series first; then what a reader should know beside it.

    Codes: those of `waves.differences`, "definition", "parts", "list" and "margins".
    """
    waves = [wave_of(each.data, each.exact) for each in (before, after)]
    yield from (name for name in differences(*waves) if _was_kept(name, before))
    old, new = before.data, after.data
    if old["definition_version"] != new["definition_version"]:
        yield "definition"
    if _parts(old) != _parts(new):
        yield "parts"
    if _list(old) != _list(new) and old["survey"]["slug"] == new["survey"]["slug"]:
        yield "list"
    if "weights" in old and _margins(old) != _margins(new):
        yield "margins"


def _was_kept(name: str, before: Publication) -> bool:
    """Early publications do not say whose they are, nor whether weights lead."""
    if name == "organisation":
        return "organisation" in before.data["survey"]
    return name != "weighting" or "is_weighted" in before.exact


def _parts(data: Mapping[str, Any]) -> dict[str, str]:
    """The words of each question beside the headline."""
    asked: Mapping[str, Mapping[str, str]] = data["survey"]["wordings"]
    return {part: words["standard"] for part, words in asked.items() if part != HEADLINE}


def _list(data: Mapping[str, Any]) -> int | None:
    """How many were invited, where that is known."""
    invited: int | None = data["survey"].get("invited")
    return invited


def _margins(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """By what people are weighed, and who says what the population is like."""
    weights = data.get("weights", {})
    source = weights.get("population") or {}
    return sorted(weights.get("margins", {})), *(source.get(name) for name in SAID_OF_MARGINS)


SAID_OF_MARGINS = ("title", "source", "as_of")


def wave_before(after: Publication, others: Iterable[Publication]) -> Publication | None:
    """The last of the other surveys that was asked before this one."""
    by_slug = {each.data["survey"]["slug"]: each for each in (*others, after)}
    waves = in_order(wave_of(each.data, each.exact) for each in by_slug.values())
    slugs = [wave.survey for wave in waves]
    place = slugs.index(after.data["survey"]["slug"])
    return by_slug[slugs[place - 1]] if place else None
