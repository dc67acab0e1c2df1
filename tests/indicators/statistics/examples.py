"""The worked examples, made with other software, and how near to them is near enough."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ORACLES: dict[str, Any] = json.loads((Path(__file__).parent / "oracles.json").read_text())
# What goes into `rake`, with bounds for the weights.
CAPPED = {key: ORACLES["O3_raking_2x2"][key] for key in ("counts", "satisfied", "targets")} | {
    "cap": [0.3, 3]
}
# x of n people, of each of some waves or areas
waves = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=9,
)


def decimals(number: float) -> int:
    """How many are printed: 12.5 has one."""
    return len(repr(number).partition(".")[2]) if "e" not in repr(number) else 12


def agrees(found: Any, printed: Any, at_least: int = 4) -> bool:
    """To the digits printed: off by at most half of the last one, lists and objects alike.

    Trailing noughts are not printed, so that four digits are taken for granted.
    """
    if isinstance(printed, dict):
        return all(agrees(found[name], value, at_least) for name, value in printed.items())
    if isinstance(printed, list):
        return len(found) == len(printed) and all(
            agrees(one, value, at_least) for one, value in zip(found, printed, strict=True)
        )
    if printed is None or isinstance(printed, str | bool):
        return bool(found == printed)
    half = 0.500001 * 10.0 ** -max(at_least, decimals(printed))
    return abs(found - printed) <= half


def without(example: dict[str, Any], *inputs: str) -> dict[str, Any]:
    return {name: value for name, value in example.items() if name not in inputs}
