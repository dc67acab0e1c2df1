"""The themes page: what stands, what the machine proposes now, and what is left to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engage.analysis.frame import queries as frame
from engage.analysis.frame.likeness import Known, directions, kept_direction, pairs, words_of
from engage.analysis.frame.members import codes_of
from engage.analysis.frame.membership import heads
from engage.analysis.frame.readings import Counted, Reading
from engage.analysis.matching import is_large
from engage.analysis.models import AnalysisRun, FoundTheme, Theme
from engage.analysis.queries import (
    decided_themes,
    how_many_in_no_theme,
    latest_run,
    set_aside_counts,
)
from engage.analysis.types import Vectors
from engage.surveys.models import Survey


@dataclass(frozen=True)
class Same:
    """A finding nobody has decided about that looks like a theme which has none."""

    found: FoundTheme
    theme: Theme


@dataclass(frozen=True)
class Changed:
    """A theme whose finding is another than the one people looked at, by more than a third."""

    reading: Reading
    came: int
    went: int


@dataclass(frozen=True)
class Proposals:
    """What the latest run would change in the frame. People decide."""

    new: tuple[Reading, ...] = ()
    same: tuple[Same, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.same or self.changed)


@dataclass(frozen=True)
class Overview:
    """The themes page: most people first, then what an earlier run found and this one did not."""

    survey: Survey
    run: AnalysisRun
    readings: tuple[Reading, ...]
    proposals: Proposals
    not_found_again: tuple[Theme, ...]
    set_aside: dict[str, int]
    in_no_theme: int


def overview(survey: Survey) -> Overview | None:
    """Everything the themes page shows, in a number of queries that does not grow. None: no run."""
    run = latest_run(survey.id)
    if run is None:
        return None
    decided = decided_themes(survey.id)
    standing = readings_of(run, decided, frame.counted(survey.id, run))
    missing = _not_found_again(survey.id, run, decided)
    gone = {theme.id for theme in missing}
    shown = [reading for reading in standing if not reading.theme or reading.theme.id not in gone]
    return Overview(
        survey=survey,
        run=run,
        readings=in_order(shown),
        proposals=_proposals(run, decided, standing),
        not_found_again=missing,
        set_aside=set_aside_counts(run),
        in_no_theme=how_many_in_no_theme(run),
    )


def readings_of(
    run: AnalysisRun | None, decided: Sequence[Theme], counts: Mapping[int, Counted]
) -> list[Reading]:
    """Every theme that is not merged, and every finding that nobody has decided about."""
    found = {finding.id: finding for finding in run.themes} if run else {}
    taken = {theme.found_theme_id for theme in decided}
    themes = [
        Reading(found.get(theme.found_theme_id or 0), theme, counts.get(theme.id, Counted()))
        for theme in decided
        if theme.state != "merged"
    ]
    return themes + [Reading(finding, None) for id, finding in found.items() if id not in taken]


def in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Critical ones first, then most people first; each with those that stand under it."""
    shown = {reading.theme.id for reading in readings if reading.theme}
    ordered = sorted(readings, key=_rank)
    tops = [reading for reading in ordered if _parent(reading) not in shown]
    return tuple(
        replace(
            top, nested=tuple(one for one in ordered if top.theme and _parent(one) == top.theme.id)
        )
        for top in tops
    )


def _rank(reading: Reading) -> tuple[bool, int, int, int]:
    number = reading.found.number if reading.found else 10_000
    return (
        not reading.is_critical,
        -reading.people,
        number,
        reading.theme.id if reading.theme else 0,
    )


def _parent(reading: Reading) -> int | None:
    return reading.theme.parent_id if reading.theme else None


def _not_found_again(
    survey_id: int, run: AnalysisRun, decided: Sequence[Theme]
) -> tuple[Theme, ...]:
    """Themes that rest on no finding of this run, nor does any that was merged into them."""
    head_of = heads(codes_of(survey_id))
    ids = {finding.id for finding in run.themes}
    there = {head_of[theme.id] for theme in decided if theme.found_theme_id in ids}
    return tuple(
        theme
        for theme in decided
        if theme.state != "merged" and theme.origin != "made" and theme.id not in there
    )


def _proposals(
    run: AnalysisRun, decided: Sequence[Theme], readings: Sequence[Reading]
) -> Proposals:
    """Nothing before people have decided about an earlier run or brought a frame in."""
    undecided = [reading for reading in readings if reading.theme is None]
    same = _same(run, decided, [reading.found for reading in undecided if reading.found])
    known = {one.found.id for one in same}
    carried = run.made_by.get("carried")
    has_frame = carried is not None or any(theme.origin == "imported" for theme in decided)
    new = [one for one in undecided if one.found and one.found.id not in known]
    return Proposals(
        new=tuple(sorted(new, key=_rank)) if has_frame else (),
        same=tuple(same),
        changed=tuple(_changed(carried or {}, readings)),
    )


def _changed(
    carried: Mapping[str, Mapping[str, object]], readings: Sequence[Reading]
) -> list[Changed]:
    changed = []
    for reading in readings:
        note = carried.get(str(reading.theme.id)) if reading.theme else None
        # Somebody has decided about it since, so somebody has looked.
        if not note or note["decided"] != reading.target.decided_at.isoformat():  # type: ignore[union-attr]
            continue
        came, went, were = (int(str(note[name])) for name in ("came", "went", "were"))
        if is_large(came, went, were):
            changed.append(Changed(reading, came, went))
    return changed


def _same(
    run: AnalysisRun, decided: Sequence[Theme], undecided: Sequence[FoundTheme]
) -> list[Same]:
    ours = {finding.id for finding in run.themes}
    free = [t for t in decided if t.state != "merged" and t.found_theme_id not in ours]
    if not free or not undecided:
        return []
    middles = frame.middles({run.id, *(t.found.run_id for t in free if t.found)})
    ways = {id: way for some in middles.values() for id, way in directions(some).items()}
    under = frame.answers_under([theme.id for theme in free])
    said = frame.answers_of_findings([finding.id for finding in undecided])
    codes = {theme.id: _known(theme, ways, under) for theme in free}
    found = {
        one.id: Known(
            ways.get(one.id), words_of(one.keywords, one.label), said.get(one.id, frozenset())
        )
        for one in undecided
    }
    themes = {theme.id: theme for theme in free}
    findings = {finding.id: finding for finding in undecided}
    return [
        Same(findings[finding], themes[code])
        for finding, code in sorted(pairs(codes, found).items())
    ]


def _known(theme: Theme, ways: Mapping[int, Vectors], under: Mapping[int, frozenset[int]]) -> Known:
    kept = kept_direction(theme.centroid)
    rested = theme.found.keywords if theme.found else []
    words = words_of([*theme.keywords, *rested], theme.name)
    way = kept if kept is not None else ways.get(theme.found_theme_id or 0)
    return Known(way, words, under.get(theme.id, frozenset()))
