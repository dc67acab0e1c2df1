"""Which comments are coded twice. Pure.

Drawn by a seed that is kept with the round, so that anybody can draw the same sample again. The
draw orders comments by a hash of seed and number: no library's generator can change it later.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

FEWEST = 50
PER_CENT = 10


def sample_size(comments: int) -> int:
    """The larger of 10 per cent and 50, or all where there are fewer."""
    tenth = (comments * PER_CENT + 99) // 100
    return min(comments, max(FEWEST, tenth))


def draw(audience_of: Mapping[int, str], seed: int) -> list[int]:
    """The comments to code, in the order to code them in: the audiences mixed.

    Each audience has its share of the sample, and at least one comment where there is room.
    """
    strata: dict[str, list[int]] = defaultdict(list)
    for comment in sorted(audience_of, key=lambda comment: _lot(seed, comment)):
        strata[audience_of[comment]].append(comment)
    places = shares(
        {name: len(some) for name, some in strata.items()}, sample_size(len(audience_of))
    )
    drawn = [comment for name, some in strata.items() for comment in some[: places[name]]]
    return sorted(drawn, key=lambda comment: _lot(seed, comment))


def shares(sizes: Mapping[str, int], places: int) -> dict[str, int]:
    """Places by size, the remainders to the largest; nobody gets more than they have."""
    total = sum(sizes.values())
    if not total:
        return {}
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    given = {name: places * sizes[name] // total for name in names}
    left = sorted(names, key=lambda name: (-(places * sizes[name] % total), name))
    for name in left[: places - sum(given.values())]:
        given[name] += 1
    return _with_everybody(given, names)


def _with_everybody(given: dict[str, int], largest_first: list[str]) -> dict[str, int]:
    """An audience too small for a place gets one of the largest share."""
    for name in largest_first:
        richest = max(largest_first, key=lambda each: given[each])
        if given[name] == 0 and given[richest] > 1:
            given[richest] -= 1
            given[name] = 1
    return given


def _lot(seed: int, comment: int) -> str:
    return hashlib.sha256(f"{seed}:{comment}".encode()).hexdigest()
