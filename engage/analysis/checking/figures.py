"""The figures of a round as the rows of a file. No word of any comment is in them. Pure."""

from collections.abc import Iterator, Mapping

from engage.analysis.checking.agreement import Agreement, ThemeAgreement, in_words
from engage.analysis.checking.results import Comparison, Results

HEADINGS = (
    "first",
    "second",
    "audience",
    "theme",
    "comments",
    "both",
    "only_first",
    "only_second",
    "neither",
    "kappa",
    "kappa_in_words",
    "f1",
    "mean_kappa",
    "micro_f1",
    "macro_f1",
    "mean_jaccard",
    "all_the_same",
)
ALL = "all"


def rows(
    results: Results, theme_names: Mapping[int, str], audience_names: Mapping[str, str]
) -> Iterator[list[str]]:
    """For each comparison a row over all themes and one for each theme; then by audience."""
    yield list(HEADINGS)
    for comparison in results.comparisons:
        yield from _block(comparison, ALL, comparison.agreement, theme_names)
        for group in comparison.groups:
            name = audience_names.get(group.audience, group.audience)
            yield from _block(comparison, name, group.agreement, theme_names)


def _block(
    comparison: Comparison, audience: str, agreement: Agreement, theme_names: Mapping[int, str]
) -> Iterator[list[str]]:
    start = [comparison.first, comparison.second or "machine", audience]
    comments = str(agreement.comments)
    yield [*start, ALL, comments, *[""] * 7, *_overall(agreement)]
    for theme in agreement.themes:
        yield [*start, theme_names[theme.theme], comments, *_of_theme(theme), *[""] * 5]


def _overall(agreement: Agreement) -> list[str]:
    found = (
        agreement.mean_kappa,
        agreement.micro_f1,
        agreement.macro_f1,
        agreement.jaccard,
        agreement.exact,
    )
    return [_number(value) for value in found]


def _of_theme(theme: ThemeAgreement) -> list[str]:
    counts = [theme.both, theme.only_first, theme.only_second, theme.neither]
    return [*map(str, counts), _number(theme.kappa), _kappa_words(theme), _number(theme.f1)]


def _kappa_words(theme: ThemeAgreement) -> str:
    if not theme.is_used:
        return "not used"
    return "used for every comment" if theme.kappa is None else in_words(theme.kappa)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
