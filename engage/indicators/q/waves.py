"""One series over its waves: what may be compared, and whether anything changed. Pure.

A wave is one survey. By how many points two differ is worked out from the published figures, as
ranges are, so that it tells no more. Whether chance is ruled out is asked of the unrounded ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engage.indicators.q.series import HEADLINE
from engage.indicators.q.shares import leading, worth
from engage.indicators.statistics.change import (
    SIGNIFICANT,
    cochran_armitage,
    smallest_points,
    two_proportions,
    verdict,
)
from engage.indicators.statistics.proportions import composite as composite_of
from engage.responses.disclosure import whole_percent

WAVES_FOR_A_DIRECTION = 3
MAY_BE_TESTED = 100  # people who gave a view: of fewer a figure is shown, and no change is said


@dataclass(frozen=True, slots=True)
class Wave:
    """One published wave. `figure` is as published; `share` and `n_effective` are exact.

    `n_effective` is None for a wave published before exact figures were kept.
    """

    survey: str
    title: str
    opened_on: str | None
    wording: str
    scale: str | None
    is_weighted: bool
    figure: Mapping[str, Any]
    share: float | None
    n_effective: float | None
    grade: str = "B"  # how people were found
    organisation: str = ""  # whose survey it is
    size: int = 0  # published: the base, or what a weighted sample is worth, to the nearest 5

    @property
    def is_shown(self) -> bool:
        """Shown as a number: a change from "under 15" would undo the blur."""
        return isinstance(self.figure["positive"], int) and self.n_effective is not None

    @property
    def is_testable(self) -> bool:
        return self.is_shown and (self.figure["base"] or 0) >= MAY_BE_TESTED


def wave_of(data: Mapping[str, Any], exact: Mapping[str, Any]) -> Wave:
    """A publication as a wave of its series. `exact` is what was kept behind it."""
    survey = data["survey"]
    return Wave(
        survey=survey["slug"],
        title=survey["title"],
        opened_on=survey["opened_on"],
        wording=survey["wordings"].get(HEADLINE, {}).get("standard", ""),
        scale=survey["scale"],
        is_weighted=bool(exact.get("is_weighted")),
        figure=leading(data[HEADLINE], data),
        share=exact.get("share"),
        n_effective=exact.get("n_effective"),
        grade=data["grade"],
        organisation=survey.get("organisation", ""),
        size=worth(data[HEADLINE], data),
    )


def in_order(waves: Iterable[Wave]) -> list[Wave]:
    """The oldest first."""
    return sorted(waves, key=lambda wave: (wave.opened_on or "", wave.survey))


def trend(waves: Sequence[Wave]) -> dict[str, Any]:
    """`waves` of one series, oldest first, as plain values to publish.

    `change` compares the last two that may be compared; `why_not` says why there is none:
    "one_wave", "break", "hidden" or "few".
    """
    pairs = zip(waves, waves[1:], strict=False)
    breaks = [None, *(next(differences(*pair), None) for pair in pairs)][: len(waves)]
    last = _since_the_last_break(waves, breaks)
    return {
        "waves": [_row(wave, found) for wave, found in zip(waves, breaks, strict=True)],
        "change": _change(last[-2], last[-1]) if _comparable(last) else None,
        "why_not": None if _comparable(last) else _why_not(waves, last),
        "direction": _direction([wave for wave in last if wave.is_testable]),
        "smallest_rise": _smallest(waves[-1]) if waves else None,
    }


def differences(before: Wave, after: Wave) -> Iterator[str]:
    """Why the two cannot be set side by side, what weighs most first; nothing where they can."""
    told = {
        "wording": before.wording != after.wording,
        "scale": before.scale != after.scale,
        "grade": before.grade != after.grade,
        "organisation": before.organisation != after.organisation,
        "weighting": before.is_weighted != after.is_weighted,
    }
    return (name for name, differs in told.items() if differs)


def _since_the_last_break(waves: Sequence[Wave], breaks: Sequence[str | None]) -> Sequence[Wave]:
    starts = [place for place, found in enumerate(breaks) if found]
    return waves[starts[-1] :] if starts else waves


def _comparable(waves: Sequence[Wave]) -> bool:
    return len(waves) > 1 and waves[-1].is_testable and waves[-2].is_testable


def _why_not(waves: Sequence[Wave], last: Sequence[Wave]) -> str:
    if len(waves) < 2:
        return "one_wave"
    if len(last) < 2:
        return "break"
    return "few" if last[-1].is_shown and last[-2].is_shown else "hidden"


def _row(wave: Wave, found: str | None) -> dict[str, Any]:
    return {
        "survey": wave.survey,
        "title": wave.title,
        "opened_on": wave.opened_on,
        "is_weighted": wave.is_weighted,
        "break": found,
        "figure": dict(wave.figure),
    }


def _change(before: Wave, after: Wave) -> dict[str, Any]:
    exact = two_proportions(*_exact(before), *_exact(after))
    shown = two_proportions(*_published(before), *_published(after))
    return {
        "from": before.survey,
        "to": after.survey,
        # Chance is ruled out on what the figures were; how far they are apart is what is shown.
        "verdict": verdict(replace(exact, difference=shown.difference)),
        # 40 - 33 is 7 points, also where they were 39.6 and 33.4: 6 would narrow both.
        "points": whole_percent(shown.difference),
        "low": whole_percent(shown.low),
        "high": whole_percent(shown.high),
        "is_beyond_chance": exact.p_value < SIGNIFICANT,
    }


def _direction(waves: Sequence[Wave]) -> dict[str, Any] | None:
    """Whether three or more waves go one way (Cochran-Armitage, on effective numbers)."""
    if len(waves) < WAVES_FOR_A_DIRECTION:
        return None
    exact = [_exact(wave) for wave in waves]
    found = cochran_armitage([share * people for share, people in exact], [n for _, n in exact])
    way = "up" if found.z > 0 else "down"
    return {"verdict": way if found.p_value < SIGNIFICANT else "none", "waves": len(waves)}


def _smallest(wave: Wave) -> int | None:
    """The smallest rise, in whole points, that a next wave like this one would show."""
    return smallest_points(*_published(wave)) if wave.is_testable else None


def composite(first: Wave, second: Wave) -> dict[str, int] | None:
    """Half of each series, with its range in whole per cent; None unless both are shown."""
    if not (first.is_shown and second.is_shown):
        return None
    found = composite_of(*_published(first), *_published(second))
    return {
        "percent": whole_percent(found.share),
        "low": whole_percent(found.low),
        "high": whole_percent(found.high),
    }


def _published(wave: Wave) -> tuple[float, float]:
    """The share as it is shown, and of how many people it is, to the nearest 5."""
    return wave.figure["positive"] / 100, wave.size


def _exact(wave: Wave) -> tuple[float, float]:
    if wave.share is None or wave.n_effective is None:
        raise ValueError(f"{wave.survey} has no exact figure")
    return wave.share, wave.n_effective
