"""The published functions about shares of people."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from math import inf, sqrt
from typing import Any

from engage.errors import InvalidInputError
from engage.indicators.statistics import change, proportions
from engage.indicators.statistics.checks import check_part
from engage.indicators.statistics.proportions import Interval
from engage.indicators.statistics.published.given import Given, text
from engage.indicators.statistics.weighting import effective_size

Answer = dict[str, Any]


def wilson(given: Given) -> Answer:
    if "x" in given:
        p, n = _share(given, "x", "n"), given.number("n")
    else:
        p, n = given.number("p"), given.number("n")
    found = proportions.wilson(p, n)
    return {"p": p, "lower": found.low, "upper": found.high}


def _share(given: Given, part: str, whole: str) -> float:
    x, n = given.number(part), given.number(whole)
    check_part(x, n)
    return x / n


def two_proportion(given: Given) -> Answer:
    if "x1" in given:
        (p1, n1), (p2, n2) = [
            (_share(given, f"x{wave}", f"n{wave}"), given.number(f"n{wave}")) for wave in (1, 2)
        ]
    else:
        (p1, n1), (p2, n2) = [
            (given.number(f"p{wave}"), given.number(f"neff{wave}")) for wave in (1, 2)
        ]
    found = change.two_proportions(p1, n1, p2, n2)
    return {
        "p1": p1,
        "p2": p2,
        "diff_pp": 100 * found.difference,
        "pooled": change.pooled(p1, n1, p2, n2),
        "z": found.z,
        "p_value": found.p_value,
        "newcombe_lo_pp": 100 * found.low,
        "newcombe_hi_pp": 100 * found.high,
    }


def linearised_se(given: Given) -> Answer:
    weights, values = given.numbers("w"), given.numbers("y")
    ones = [1] * len(weights)
    return {
        "weighted_p": proportions.weighted_mean(weights, values, ones),
        "kish_neff": effective_size(weights, ones),
        "linearised_se": proportions.linearised_se(weights, values),
    }


def composite(given: Given) -> Answer:
    p1, n1 = given.number("p_parent"), given.number("neff_parent")
    p2, n2 = given.number("p_young"), given.number("neff_young")
    alpha = given.number("alpha") if "alpha" in given else 0.5
    found = proportions.composite(p1, n1, p2, n2, alpha)
    variance = alpha**2 * p1 * (1 - p1) / n1 + (1 - alpha) ** 2 * p2 * (1 - p2) / n2
    return {
        "composite": found.share,
        "mover_lo": found.low,
        "mover_hi": found.high,
        "wald_se": sqrt(variance),
        "naive_pooled": change.pooled(p1, n1, p2, n2),
    }


def area_vs_rest(rows: Sequence[Given]) -> list[Answer]:
    names = [_area(given.value("area")) for given in rows]
    if len(set(names)) < len(names):
        raise InvalidInputError("Each area may be there once.")
    positives = {name: given.number("x") for name, given in zip(names, rows, strict=True)}
    bases = {name: given.number("n") for name, given in zip(names, rows, strict=True)}
    found = change.area_against_rest(positives, bases)
    return [
        {"area": given.value("area")} | (_area_row(found[name]) if name in found else {"n": 0})
        for name, given in zip(names, rows, strict=True)
    ]


def _area(name: object) -> str:
    return str(name) if isinstance(name, int) else text(name, '"area"')


def _area_row(test: change.AreaTest) -> Answer:
    return {
        "pct": 100 * test.share,
        "wilson": _percents(test.range),
        "z_vs_rest": test.z,
        "p": test.p_value,
        "funnel95": _percents(test.funnel_95),
        "funnel998": _percents(test.funnel_998),
        "p_holm": test.p_holm,
        "p_bh": test.p_bh,
    }


def _percents(interval: Interval) -> list[float]:
    return [100 * interval.low, 100 * interval.high]


def fpc(given: Given) -> Answer:
    population, n = given.number("N"), given.number("n")
    p = _share(given, "x", "n")
    larger = proportions.finite_population(n, n, population)
    corrected, plain = proportions.wilson(p, larger), proportions.wilson(p, n)
    return {
        "fpc": sqrt(n / larger) if larger else None,
        "neff_fpc": None if larger == inf else larger,
        "wilson_fpc": [corrected.low, corrected.high],
        "wilson_nofpc": [plain.low, plain.high],
    }


def planning(given: Given) -> Answer:
    """The questions are the keys, as "0.05", "33->38", "m=9,rho=0.05" and "rho=0.05"."""
    found = {
        key: {each: answer(each) for each in given.texts(key)}
        for key in given.names()
        if (answer := _planner(key))
    }
    if not found:
        raise InvalidInputError(
            "Ask for n_for_margin, n_per_wave_to_detect, clustering or neff_378_in_42."
        )
    return found


def _planner(key: str) -> Callable[[str], float] | None:
    if key.startswith("neff_"):
        n, groups = _numbers(r"neff_(N)_in_(N)", key)
        return partial(_in_groups, n, groups)
    return {
        "n_for_margin": _for_margin,
        "n_per_wave_to_detect": _per_wave,
        "clustering": _deff,
    }.get(key)


def _for_margin(question: str) -> int:
    (margin,) = _numbers("(N)", question)
    return proportions.sample_for_margin(margin)


def _deff(question: str) -> float:
    per_group, rho = _numbers("m=(N),rho=(N)", question)
    return proportions.design_effect(per_group, rho)


def _per_wave(question: str) -> int:
    first, second = _numbers(r"(N)->(N)", question)
    return proportions.needed_per_wave(first / 100, second / 100)


def _in_groups(n: float, groups: float, question: str) -> float:
    if not 0 < groups <= n:
        raise InvalidInputError("There must be at least one person in each group.")
    (rho,) = _numbers(r"rho=(N)", question)
    return n / proportions.design_effect(n / groups, rho)


def _numbers(pattern: str, question: str) -> list[float]:
    shape = pattern.replace("N", r"\d{1,12}(?:\.\d{1,12})?")
    found = re.fullmatch(shape, question, re.ASCII)
    if not found:
        example = pattern.replace("(N)", "0.05")
        raise InvalidInputError(f'"{question[:40]}" must look like "{example}".')
    return [float(number) for number in found.groups()]


def mcnemar(given: Given) -> Answer:
    table = given.table("table")
    found = change.mcnemar(table)
    people = sum(map(sum, table))
    if not people:
        raise InvalidInputError("Nobody is in the table.")
    return {
        "exact_p": found.p_exact,
        "chi2_cc": found.chi2,
        "chi2_p": found.p_chi2,
        "p1": sum(table[0]) / people,
        "p2": (table[0][0] + table[1][0]) / people,
    }


def cochran_armitage(given: Given) -> Answer:
    scores = given.numbers("t") if "t" in given else None
    found = change.cochran_armitage(given.numbers("x"), given.numbers("n"), scores)
    return {"z": found.z, "p": found.p_value}
