"""The headline by area: small ones hidden, and which differ from the rest of the county. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from engage.indicators.q.series import HEADLINE, Reply, Source, answered
from engage.indicators.q.settling import Place, Publication, kept
from engage.indicators.q.shares import Figure, Manner, as_shares, count, figure, kinds
from engage.indicators.statistics.change import (
    LEAST_GAP_OF_AREA,
    AreaTest,
    area_against_rest,
    stands_out,
)
from engage.responses.disclosure import SMALLEST_BASE, withheld
from engage.responses.disclosure_parts import rest_tells_of_few


def by_area(  # noqa: PLR0913 (who, where, and what was and will be public beside it)
    people: Sequence[Reply],
    areas: Sequence[str],
    source: Source,
    past: Publication,
    whole: Figure,
    now: datetime,
) -> dict[str, dict[str, Any]]:
    """The headline by area, unweighted. An area that is not shown is kept, with the reason.

    Beside it which areas differ from the rest of the county, by chance ruled out. `whole` is the
    headline of everybody as it will be published.
    """
    if whole.as_of != now.isoformat():
        return _as_they_were(areas, past, whole)
    plain = Manner(source.grade)
    in_area = {code: [reply for reply in people if reply.area == code] for code in areas}
    bases = {code: len(answered(those, HEADLINE)) for code, those in in_area.items()}
    fresh = {code: figure(those, HEADLINE, plain, now) for code, those in in_area.items()}
    asked = source.asked.get(HEADLINE)
    stay = {
        code: old
        for code in areas
        if (old := kept(Place(HEADLINE, code), in_area[code], fresh[code], past, asked))
    }
    figures = {code: stay.get(code) or fresh[code] for code in areas}
    is_of_several = len((asked or "").split()) > 1
    hidden: Collection[str] = areas if is_of_several else _hidden(bases, figures, whole)
    reason = "protected" if is_of_several else _reason(bases, hidden, source)
    for code in hidden:
        figures[code] = Figure(_since(stay, hidden, code, now), reason=reason)
    tests = _area_tests(in_area, [code for code in areas if figures[code].reason is None])
    # Where the figure stays the verdict does: one that turns would speak of those who came.
    old_tests = past.data.get("area_tests", {})
    tests |= {code: old_tests[code] for code in stay if code in tests and code in old_tests}
    return {
        "areas": {code: asdict(each) for code, each in figures.items()},
        "area_tests": tests,
    }


def _reason(bases: Mapping[str, int], hidden: Collection[str], source: Source) -> str:
    """One reason for all of them: two would say which is the small one."""
    if source.grade == "C":
        return "events"
    return "protected" if any(bases[code] >= SMALLEST_BASE for code in hidden) else "few"


def _as_they_were(areas: Sequence[str], past: Publication, whole: Figure) -> dict[str, Any]:
    """Areas stand still with the whole: two that were counted at different times are an equation.

    Where the whole is not shown any more, none of them is.
    """
    before = past.data.get(HEADLINE)
    stays = before is not None and whole == Figure(**before)
    hidden = asdict(Figure(whole.as_of, reason=whole.reason or "protected"))
    old = past.data.get("areas", {}) if stays else {}
    return {
        "areas": {code: old.get(code) or hidden for code in areas},
        "area_tests": past.data.get("area_tests", {}) if stays else {},
    }


def _hidden(
    bases: Mapping[str, int], figures: Mapping[str, Figure], whole: Figure
) -> Collection[str]:
    """The areas that are not shown: too small, or what is left of the whole would be too few.

    Those who gave no area are in the whole and in no area. The next smallest area is hidden until
    they tell of nobody. An area that was counted after the whole cannot be taken from it.
    """
    hidden = withheld(bases, also={code for code, each in figures.items() if each.base is None})
    while shown := [code for code in figures if code not in hidden]:
        taken = [as_shares(figures[code]) for code in shown if figures[code].as_of <= whole.as_of]
        if not rest_tells_of_few(as_shares(whole), taken, kinds(HEADLINE)):
            break
        hidden = withheld(bases, also={*hidden, min(shown, key=bases.__getitem__)})
    return hidden


def _area_tests(in_area: Mapping[str, Sequence[Reply]], shown: Collection[str]) -> dict[str, str]:
    """ "higher", "lower" or "none" for each area shown: beside the rest, after Holm over all."""
    plain = Manner("B")
    counts = {code: count(those, HEADLINE, plain) for code, those in in_area.items()}
    asked = {code: each for code, each in counts.items() if each.base}
    if len(asked) < 2:
        return {}
    tests = area_against_rest(
        {code: each.people["positive"] for code, each in asked.items()},
        {code: each.base for code, each in asked.items()},
    )
    return {code: _verdict(tests[code]) for code in shown}


def _verdict(test: AreaTest) -> str:
    gap = test.share - test.rest
    if not stands_out(gap, test.p_holm, LEAST_GAP_OF_AREA):
        return "none"
    return "higher" if gap > 0 else "lower"


def _since(stay: Mapping[str, Figure], hidden: Collection[str], code: str, now: datetime) -> str:
    """When a hidden area was last counted. One that stays hidden waits from when it first was."""
    was_hidden = code in stay and stay[code].base is None and code in hidden
    return stay[code].as_of if was_hidden else now.isoformat()
