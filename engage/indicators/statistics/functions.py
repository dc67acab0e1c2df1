"""The published functions, so that anybody can check a figure: JSON in, JSON out.

Names and shapes are those of the worked examples in docs/statistics.md.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from engage.errors import InvalidInputError
from engage.indicators.statistics.published import answers, charts, shares, weights
from engage.indicators.statistics.published.given import Given, list_of

MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Function:
    """What it does in one line, and how."""

    about: str
    work_out: Callable[[Given], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TableFunction:
    """One that needs the whole list at once: each line depends on the others."""

    about: str
    work_out: Callable[[Sequence[Given]], list[dict[str, Any]]]


FUNCTIONS: Mapping[str, Function | TableFunction] = {
    "wilson": Function("The 95% range of a share: x, n", shares.wilson),
    "two_proportion": Function(
        "Two waves: x1, n1, x2, n2, or p1, neff1, p2, neff2", shares.two_proportion
    ),
    "rake": Function("Weights to margins: counts, targets; satisfied, cap", weights.raked),
    "linearised_se": Function("Standard error of a weighted share: w, y", shares.linearised_se),
    "composite": Function(
        "Two shares as one: p_parent, neff_parent, p_young, neff_young; alpha", shares.composite
    ),
    "area_vs_rest": TableFunction(
        "Each area beside the rest: a list of area, x, n", shares.area_vs_rest
    ),
    "fpc": Function("The range where a whole list was invited: N, n, x", shares.fpc),
    "planning": Function("How many people it takes: n_for_margin and more", shares.planning),
    "mcnemar": Function("The same people asked twice: table", shares.mcnemar),
    "cochran_armitage": Function("Trend over waves: x, n; t", shares.cochran_armitage),
    "p_chart": Function("Monthly shares with limits: x, n; baseline_points", charts.p_chart),
    "xmr": Function("Monthly values with limits: values; baseline_points", charts.xmr),
    "cusum": Function("Early warning: z, or x and n; k, h", charts.cusum),
    "coding": Function("Agreement of two people: coder_a, coder_b", answers.coding),
    "kappa": Function("The same as coding", answers.coding),
    "multicode": Function(
        "Percentages of people: counts, respondents_who_commented", answers.multicode
    ),
    "rates": Function("Events per 100 with Byar's range: events, denominator", answers.rates),
    "byar": Function("The same as rates", answers.rates),
    "distribution": Function("Satisfied, dissatisfied and net: counts", answers.distribution),
    "q_index": Function("0 to 100 over six domains: responses", answers.q_index),
    "rounding": Function("As figures are rounded: half_up, nearest5, diff_note", answers.rounding),
    "half_up": Function("The same as rounding", answers.rounding),
    "suppress_table": Function("What staff may see of a table: table", answers.suppress_table),
}


def listed() -> list[str]:
    """One line for each function."""
    widest = max(map(len, FUNCTIONS))
    return [f"{name:<{widest}}  {each.about}" for name, each in FUNCTIONS.items()]


def call(name: str, value: object) -> Any:
    """What a function says of one JSON object, or of each in a list."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise InvalidInputError(f'There is no function "{name[:40]}": --list shows them all.')
    if isinstance(function, TableFunction):
        return function.work_out([Given(row) for row in list_of(value, "The JSON")])
    if isinstance(value, list):
        return [function.work_out(Given(each)) for each in value]
    return function.work_out(Given(value))


def parsed(content: bytes) -> Any:
    """JSON as Python values, or a sentence."""
    if len(content) > MOST_BYTES:
        raise InvalidInputError("The file is over 10 MB.")
    try:
        return json.loads(content, parse_constant=_refuse)
    except RecursionError as error:
        raise InvalidInputError("The JSON has too many brackets inside each other.") from error
    except ValueError as error:  # also what is no UTF-8, and numbers with thousands of digits
        raise InvalidInputError("The file is not JSON that can be read.") from error


def _refuse(constant: str) -> NoReturn:
    raise InvalidInputError(f"{constant} is not a number that can be used.")
