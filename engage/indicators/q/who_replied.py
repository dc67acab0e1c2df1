"""Who replied, as tables of rounded counts. Pure."""

from collections import Counter
from collections.abc import Sequence

from engage.indicators.q.series import VARIABLES, Reply
from engage.responses.disclosure_tables import public_table

NOT_SAID = "not_said"


def who_replied(people: Sequence[Reply]) -> dict[str, dict[str, int | None]]:
    """Rounded counts by what people are, and by area and setting together; None is hidden.

    Keys of the last are "area|setting"; "all" is a total.
    """
    tables: dict[str, dict[str, int | None]] = {}
    for name in VARIABLES:
        if any(reply.is_like.get(name) for reply in people):
            tables[name] = _table(people, (name,))
    if {"area", "setting"} <= tables.keys():
        tables["area_by_setting"] = _table(people, ("area", "setting"))
    return tables


def _table(people: Sequence[Reply], names: Sequence[str]) -> dict[str, int | None]:
    cells = Counter(
        tuple(reply.is_like.get(name) or NOT_SAID for name in names) for reply in people
    )
    return {"|".join(cell): shown for cell, shown in public_table(cells).items()}
