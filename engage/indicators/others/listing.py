"""Every indicator of every strategy beside what is known of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.framework.pack import Indicator, Outcome, OutcomeVersion, Pack
from engage.framework.printed import Baseline, OpenQuestion, Strategy
from engage.indicators.others.measured import Figure, for_everybody, newest


@dataclass(frozen=True, slots=True)
class Listed:
    """One indicator. `figures` are all of them, oldest first; `newest` one of each part."""

    indicator: Indicator
    outcomes: tuple[tuple[int, str], ...]  # number and exact name
    figures: Sequence[Figure]
    newest: Sequence[Figure]
    context: tuple[Baseline, ...]
    questions: tuple[OpenQuestion, ...]

    @property
    def title(self) -> str:
        """The letter and the exact name; our own words where the source prints none."""
        name = self.indicator.name or self.indicator.short_name or self.indicator.description
        return f"{self.indicator.letter}. {name}" if self.indicator.letter else name

    @property
    def is_counted_here(self) -> bool:
        """The page of indicator q tells it, or the part of it that can be told."""
        return self.indicator.measured_by == "platform"

    @property
    def is_defined(self) -> bool:
        return self.indicator.measured_by != "undefined"


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one strategy, in the order it prints them."""

    strategy: Strategy
    indicators: tuple[Listed, ...]


def groups(pack: Pack, figures: Mapping[str, Sequence[Figure]]) -> list[Group]:
    """By strategy, in the order of the pack."""
    order = list(dict.fromkeys(indicator.strategy for indicator in pack.indicators))
    labels = {strategy.code: strategy for strategy in pack.strategies}
    return [
        Group(
            strategy=labels.get(code) or Strategy(code=code, label=code),
            indicators=tuple(
                listed(pack, indicator, figures.get(indicator.code, ()))
                for indicator in pack.indicators
                if indicator.strategy == code
            ),
        )
        for code in order
    ]


def beside(pack: Pack, figures: Mapping[str, Sequence[Figure]]) -> list[Figure]:
    """What stands beside the indicators: complaints, compliments, what others found."""
    known = {indicator.code for indicator in pack.indicators}
    return [
        figure
        for series in sorted(figures.keys() - known)
        for figure in for_everybody(figures[series])
    ]


def listed(pack: Pack, indicator: Indicator, figures: Sequence[Figure]) -> Listed:
    """One indicator with its figures as everybody may see them."""
    shown = for_everybody(figures)
    return Listed(
        indicator=indicator,
        outcomes=tuple(_outcomes(pack, indicator)),
        figures=shown,
        newest=newest([each for each in shown if each.place == pack.county]) or newest(shown),
        context=tuple(each for each in pack.baselines if each.indicator == indicator.code),
        questions=tuple(pack.questions_about(indicator.code)),
    )


def _outcomes(pack: Pack, indicator: Indicator) -> list[tuple[int, str]]:
    versions = [(outcome, version) for outcome in pack.outcomes for version in outcome.versions]
    return [_named(*each) for each in versions if each[1].code in indicator.outcomes]


def _named(outcome: Outcome, version: OutcomeVersion) -> tuple[int, str]:
    return outcome.number, version.name
