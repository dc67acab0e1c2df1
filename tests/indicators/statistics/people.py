"""People of two areas and two kinds of support, as the tests of weights are about them."""

from hypothesis import strategies as st

from tests.indicators.statistics.examples import ORACLES

TWO = ORACLES["O3_raking_2x2"]
NINE = ORACLES["O3c_raking_9x2"]
TARGETS = TWO["targets"]
GOOD = {"area": {"A": 0.5, "B": 0.5}}
SOMEBODY = [({"area": "A"}, 5), ({"area": "B"}, 5)]


def cells_of(example):
    return [
        (dict(zip(example["targets"], name.split("|"), strict=True)), count)
        for name, count in example["counts"].items()
    ]


def people(cells):
    return [count for _, count in cells]


# People of two areas and two kinds of support, some of them unknown, and somebody in each.
counts_of_people = st.lists(st.integers(0, 60), min_size=9, max_size=9)
names = [(area, support) for area in ("A", "B", None) for support in ("EHCP", "SENS", None)]
shares_of_two = st.floats(0.1, 0.9)


def cells_from(counts, least=1):
    sure = [max(count, least) if None not in name else count
            for name, count in zip(names, counts, strict=True)]  # fmt: skip
    return [
        ({"area": area, "support": support}, count)
        for (area, support), count in zip(names, sure, strict=True)
    ]


def targets_from(area, support):
    return {
        "area": {"A": area, "B": 1 - area},
        "support": {"EHCP": support, "SENS": 1 - support},
    }


def nearly_separate(gap):
    """Two groups that share two people, on whom every difference between the margins falls."""
    cells = [
        ({"area": "A", "support": "EHCP"}, 10_000),
        ({"area": "A", "support": "SENS"}, 1),
        ({"area": "B", "support": "EHCP"}, 1),
        ({"area": "B", "support": "SENS"}, 10_000),
    ]
    return cells, targets_from(0.5 + gap, 0.5 - gap)
