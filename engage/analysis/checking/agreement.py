"""How far two codings of the same comments agree. Pure.

A coding says of each comment which themes it is about; none where it fits no theme.

Kappa is what is left of the agreement of two people once the agreement that chance alone would give
is taken off: (observed - expected) / (1 - expected). J. Cohen (1960), A coefficient of agreement
for nominal scales, Educational and Psychological Measurement 20, 37-46. The words for it are those
of J. R. Landis and G. G. Koch (1977), The measurement of observer agreement for categorical data,
Biometrics 33, 159-174; they called the bounds arbitrary themselves. The overlap of two sets is that
of P. Jaccard (1912), The distribution of the flora in the alpine zone, New Phytologist 11, 37-50.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

Coding = Mapping[int, Set[int]]  # the themes by comment

TO_DISCUSS_UNDER = 0.60
AIM = 0.70  # of the mean kappa between people
FEWEST_IN_A_GROUP = 10
WIDE_GAP = 0.10
# Up to which kappa, to two decimals, which words hold.
LANDIS_KOCH = (
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.00, "almost perfect"),
)


@dataclass(frozen=True)
class ThemeAgreement:
    """One theme: how many comments both put under it, one of the two, and neither."""

    theme: int
    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def is_used(self) -> bool:
        return self.both + self.only_first + self.only_second > 0

    @property
    def is_one_sided(self) -> bool:
        """One of the two used it and the other never did: kappa is 0 whatever else they do."""
        first, second = self.both + self.only_first, self.both + self.only_second
        return self.is_used and not (first and second)

    @cached_property
    def kappa(self) -> float | None:
        """Cohen 1960. None where both codes are not present, so that it is not defined."""
        return cohens_kappa(self.both, self.only_first, self.only_second, self.neither)

    @cached_property
    def f1(self) -> float | None:
        return f1(self.both, self.only_first, self.only_second)


@dataclass(frozen=True)
class Agreement:
    """Two codings of the comments that both of them coded."""

    comments: int
    themes: tuple[ThemeAgreement, ...]
    jaccard: float | None
    exact: float | None

    @cached_property
    def mean_kappa(self) -> float | None:
        """Over the themes for which it is defined."""
        return mean(theme.kappa for theme in self.themes)

    @cached_property
    def micro_f1(self) -> float | None:
        """All themes counted together, so that large themes weigh more."""
        return f1(
            sum(theme.both for theme in self.themes),
            sum(theme.only_first for theme in self.themes),
            sum(theme.only_second for theme in self.themes),
        )

    @cached_property
    def macro_f1(self) -> float | None:
        """The mean over the themes that either of them used, so that each weighs the same."""
        return mean(theme.f1 for theme in self.themes)


def compare(
    first: Coding, second: Coding, themes: Iterable[int], among: Collection[int] | None = None
) -> Agreement:
    """Compare two codings over the comments in both, or those of them that are in `among`."""
    comments = sorted(first.keys() & second.keys())
    if among is not None:
        comments = [comment for comment in comments if comment in among]
    pairs = [(first[comment], second[comment]) for comment in comments]
    by_first, by_second = _under(first, comments), _under(second, comments)
    nobody: set[int] = set()
    return Agreement(
        comments=len(pairs),
        themes=tuple(
            _of_theme(
                theme, by_first.get(theme, nobody), by_second.get(theme, nobody), len(comments)
            )
            for theme in themes
        ),
        jaccard=mean(jaccard(one, other) for one, other in pairs),
        exact=mean(float(one == other) for one, other in pairs),
    )


def _under(coding: Coding, comments: Iterable[int]) -> dict[int, set[int]]:
    """The comments by theme: so that a theme costs what is under it and not a look at all."""
    found: dict[int, set[int]] = {}
    for comment in comments:
        for theme in coding[comment]:
            found.setdefault(theme, set()).add(comment)
    return found


def _of_theme(theme: int, first: set[int], second: set[int], comments: int) -> ThemeAgreement:
    both = len(first & second)
    return ThemeAgreement(
        theme=theme,
        both=both,
        only_first=len(first) - both,
        only_second=len(second) - both,
        neither=comments - len(first) - len(second) + both,
    )


def cohens_kappa(both: int, only_first: int, only_second: int, neither: int) -> float | None:
    """Cohen 1960, for yes and no. None where chance alone would agree on all.

    That is where both said yes to all or no to all, and where there are no comments. Kept in whole
    numbers to the last step, so that equal codings give exactly 1.
    """
    total = both + only_first + only_second + neither
    first, second = both + only_first, both + only_second
    by_chance = first * second + (total - first) * (total - second)
    if total * total == by_chance:
        return None
    return (total * (both + neither) - by_chance) / (total * total - by_chance)


def f1(both: int, only_first: int, only_second: int) -> float | None:
    """The same whichever of the two is taken for the truth. None where nobody used the theme."""
    whole = 2 * both + only_first + only_second
    return 2 * both / whole if whole else None


def jaccard(first: Set[int], second: Set[int]) -> float:
    """Jaccard 1912: what is in both, of what is in either. Two empty sets are the same."""
    either = first | second
    return len(first & second) / len(either) if either else 1.0


def mean(values: Iterable[float | None]) -> float | None:
    """Of those that are defined; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def in_words(kappa: float) -> str:
    """Landis and Koch 1977, by the two decimals that are shown."""
    shown = round(kappa, 2)
    if shown < 0:
        return "poor"
    return next(words for most, words in LANDIS_KOCH if shown <= most)


def is_to_discuss(kappa: float | None) -> bool:
    """By the two decimals that are shown, so that "0.60" is never called under 0.60."""
    return kappa is not None and round(kappa, 2) < TO_DISCUSS_UNDER


@dataclass(frozen=True)
class Group:
    """How two codings agree over the comments of one audience."""

    audience: str
    agreement: Agreement


def by_audience(
    first: Coding, second: Coding, themes: Sequence[int], audience_of: Mapping[int, str]
) -> tuple[Group, ...]:
    """The audiences with enough comments that both coded, in the order of their names."""
    groups = (
        Group(audience, compare(first, second, themes, _comments_of(audience, audience_of)))
        for audience in sorted(set(audience_of.values()))
    )
    return tuple(group for group in groups if group.agreement.comments >= FEWEST_IN_A_GROUP)


def _comments_of(audience: str, audience_of: Mapping[int, str]) -> set[int]:
    return {comment for comment, whose in audience_of.items() if whose == audience}


def wide_gap(groups: Sequence[Group]) -> tuple[Group, Group] | None:
    """The best and the worst read audience, where micro F1 differs by more than 0.10."""
    measured = [group for group in groups if group.agreement.micro_f1 is not None]
    if len(measured) < 2:
        return None
    best, worst = max(measured, key=_micro), min(measured, key=_micro)
    return (best, worst) if round(_micro(best) - _micro(worst), 2) > WIDE_GAP else None


def _micro(group: Group) -> float:
    return group.agreement.micro_f1 or 0.0
