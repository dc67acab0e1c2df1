"""The published functions about answers: who said what, how often, and what may be shown."""

from decimal import Decimal
from itertools import chain
from typing import Any

from engage.analysis.checking.agreement import compare
from engage.errors import InvalidInputError
from engage.indicators.q import calculations
from engage.indicators.statistics import rates as of_rates
from engage.indicators.statistics.published.given import Given, number, text, whole
from engage.responses.disclosure import half_up, nearest_5, staff_counts

Answer = dict[str, Any]
MISSING = ("not_applicable", "dont_know", "prefer_not_to_say", "blank")
SCALE = ("5", "4", "3", "2", "1")
HIDDEN = "[c]"
LONGEST_NUMBER = 40


def coding(given: Given) -> Answer:
    """Two people's codes of the same comments: a row of 0 and 1 for each comment, or one 0 or 1."""
    first, second = _codes(given, "coder_a"), _codes(given, "coder_b")
    if [len(row) for row in first] != [len(row) for row in second]:
        raise InvalidInputError("Both people must have coded the same comments with as many codes.")
    codes = range(len(first[0]))
    found = compare(_by_comment(first), _by_comment(second), codes)
    return {
        "kappa_by_code": [theme.kappa for theme in found.themes],
        "mean_kappa": found.mean_kappa,
        "micro_f1": found.micro_f1,
        "macro_f1": found.macro_f1,
        "samples_jaccard_mean": found.jaccard,
        "exact_match": found.exact,
        "percent_cell_agreement": _same_cells(first, second),
    }


def _codes(given: Given, key: str) -> list[list[int]]:
    value = given.value(key)
    is_flat = isinstance(value, list) and bool(value) and not isinstance(value[0], list)
    rows = [[each] for each in given.wholes(key)] if is_flat else given.table(key)
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise InvalidInputError(f'"{key}" must have a row for each comment, all as long.')
    if any(each > 1 for row in rows for each in row):
        raise InvalidInputError(f'"{key}" must hold 0 and 1 only.')
    return rows


def _by_comment(rows: list[list[int]]) -> dict[int, set[int]]:
    return {at: {code for code, is_on in enumerate(row) if is_on} for at, row in enumerate(rows)}


def _same_cells(first: list[list[int]], second: list[list[int]]) -> float:
    """The share of all noughts and ones that are the same."""
    one, other = list(chain.from_iterable(first)), list(chain.from_iterable(second))
    same = sum(mine == theirs for mine, theirs in zip(one, other, strict=True))
    return same / len(one)


def multicode(given: Given) -> Answer:
    """Percentages of people, so that they may sum to more than 100."""
    counts, people = given.wholes("counts"), given.whole("respondents_who_commented")
    if not people:
        raise InvalidInputError("Nobody commented, so there is no percentage.")
    if any(count > people for count in counts):
        raise InvalidInputError("More people have a code than commented.")
    shares = [100 * count / people for count in counts]
    return {"pct_of_commenters": shares, "sum_pct": 100 * sum(counts) / people}


def rates(given: Given) -> Answer:
    events, denominator = given.whole("events"), given.number("denominator")
    byar, exact = of_rates.byar(events, denominator), of_rates.exact(events, denominator)
    return {
        "rate_pct": byar.rate,
        "byar_pct": [byar.low, byar.high],
        "exact_pct": [exact.low, exact.high],
    }


def distribution(given: Given) -> Answer:
    counts = given.by_name("counts", whole)
    if not counts.keys() <= {*SCALE, *MISSING}:
        raise InvalidInputError(f'The names in "counts" may be {", ".join(SCALE + MISSING)}.')
    people = {int(code): counts.get(code, 0) for code in SCALE}
    base, total = sum(people.values()), sum(counts.values())
    if not base:
        raise InvalidInputError("Nobody gave a view, so there is no percentage.")
    top = sum(people[code] for code in calculations.SATISFIED)
    bottom = sum(people[code] for code in calculations.DISSATISFIED)
    return {
        "valid_base": base,
        "total": total,
        "top2": top,
        "top2_pct": 100 * top / base,
        "bottom2_pct": 100 * bottom / base,
        "neutral_pct": 100 * people[3] / base,
        "net_pp": 100 * (top - bottom) / base,
        "mean_0_100": sum((code - 1) * 25 * count for code, count in people.items()) / base,
        "dk_rate_pct": 100 * counts.get("dont_know", 0) / total,
        "wrong_if_dk_included_pct": 100 * top / total,
    }


def q_index(given: Given) -> Answer:
    found = [calculations.index([_value(each) for each in row]) for row in given.rows("responses")]
    valid = [each for each in found if each is not None]
    mean = sum(valid) / len(valid) if valid else None
    return {"index": found, "valid": len(valid), "mean": mean}


def _value(value: object) -> int | None:
    if value is None:
        return None
    found = whole(value, "Each answer")
    if not 1 <= found <= 5:
        raise InvalidInputError("Each answer must be from 1 to 5, or null.")
    return found


def rounding(given: Given) -> Answer:
    """Any of `half_up`, `nearest5` and `diff_note`, each with the numbers in question."""
    found: Answer = {}
    if "half_up" in given:
        exact = {name: _decimal(name) for name in given.texts("half_up")}
        found["half_up"] = {name: half_up(each) for name, each in exact.items()}
        found["python_round"] = {name: round(each) for name, each in exact.items()}
    if "nearest5" in given:
        wholes = {name: int(_decimal(name)) for name in given.texts("nearest5")}
        found["nearest5"] = {name: nearest_5(each) for name, each in wholes.items()}
    if "diff_note" in given:
        found["diff_note"] = _difference(Given(given.value("diff_note")))
    if not found:
        raise InvalidInputError('Give "half_up", "nearest5" or "diff_note".')
    return found


def _difference(given: Given) -> Answer:
    first, second = (_decimal(str(given.number(key))) for key in ("p1", "p2"))
    rounded = [half_up(first), half_up(second)]
    return {
        "rounded": rounded,
        "diff_from_unrounded": half_up(second - first),
        "diff_from_rounded": rounded[1] - rounded[0],
    }


def _decimal(name: str) -> Decimal:
    try:
        value = float(name) if len(name) <= LONGEST_NUMBER else None
    except ValueError:
        value = None
    if value is None or not name.isascii() or "_" in name:
        raise InvalidInputError(f'"{name[:LONGEST_NUMBER]}" must be a number.')
    number(value, f'"{name}"')
    return Decimal(name.strip())


def suppress_table(given: Given) -> Answer:
    """Counts of 1 to 4 hidden, and the next smallest where they would be one alone."""
    rows = [_row(row) for row in given.rows("table")]
    counts = dict(rows)
    if len(counts) < len(rows):
        raise InvalidInputError("Each name of the table may be there once.")
    safe = staff_counts(counts)
    hidden = [name for name, count in safe.items() if count is None]
    return {
        "suppressed": sorted(hidden, key=counts.__getitem__),
        "published": {name: HIDDEN if count is None else count for name, count in safe.items()},
    }


def _row(row: list[Any]) -> tuple[str, int]:
    if len(row) != 2:
        raise InvalidInputError('Each row of "table" must be a name and a count.')
    return text(row[0], "A name"), whole(row[1], "A count")
