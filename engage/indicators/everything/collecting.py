"""All public tables as one file, so that anybody can check us. See docs/snapshot-export.md.

It holds what the pages and their own files show and no more: never how many answered exactly,
never the unrounded figures that waves are compared with.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from engage.framework import Pack
from engage.indicators.everything import queries as everything_queries
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.ledger import sums as ledger
from engage.indicators.others import files as list_files
from engage.indicators.others import queries as figure_queries
from engage.indicators.others.measured import Figure, for_everybody
from engage.indicators.others.models import MarginSet
from engage.indicators.targets.queries import InForce, targets_in_force
from engage.responses.disclosure import whole_percent
from engage.responses.models import Snapshot

FORMAT, FORMAT_VERSION = "engage-public-tables", 1
RULES = (
    "Counts under 10 are null and the rest are to the nearest 5. Percentages are whole and of 30 "
    "people or more. A checksum is the SHA-256 of “data” as JSON with sorted keys, no spaces, "
    "UTF-8."
)


def as_bytes(pack: Pack) -> bytes:
    """The same bytes for as long as nothing public changes."""
    return (json.dumps(everything(pack), ensure_ascii=False, indent=1) + "\n").encode()


def everything(pack: Pack) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "county": pack.county,
        "rules": RULES,
        "snapshots": _snapshots(everything_queries.all_snapshots()),
        "measured": list_files.beside_json(_measured()),
        "ledger": _ledger(pack),
        "margins": [_margins(each) for each in everything_queries.margin_sets_in_force()],
        "targets": [_target(each) for each in targets_in_force().values()],
        "areas": [
            {"code": area.code, "number": area.number, "name": area.short_name}
            for area in pack.areas
        ],
        "indicators": [each.model_dump(mode="json") for each in pack.indicators],
    }


def _snapshots(oldest_first: Iterable[Snapshot]) -> list[dict[str, Any]]:
    rows = list(oldest_first)
    newest = {(row.survey_id, row.kind): row.id for row in rows}
    return [_snapshot(row, newest[row.survey_id, row.kind] == row.id) for row in rows]


def _is_invented(data: Mapping[str, Any]) -> bool:
    """Whether figures of the whole county rest on made-up answers."""
    return bool(data.get("is_invented"))


def _snapshot(row: Snapshot, is_newest: bool) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "survey": row.survey and row.survey.slug,
        "made_up_answers": row.survey.is_invented if row.survey else _is_invented(row.data),
        "made_at": row.made_at.isoformat(),
        "is_newest": is_newest,
        "checksum": row.checksum,
        "data": row.data,
    }


def _measured() -> Iterator[Figure]:
    for _series, figures in sorted(figure_queries.all_measurements().items()):
        yield from for_everybody(figures)


def _ledger(pack: Pack) -> dict[str, Any]:
    entries = ledger.for_everybody(ledger_queries.entries())
    sums = ledger.totals(entries, pack.units)
    return list_files.ledger_json(entries, sums, ledger.voices_check(pack))


def _margins(found: MarginSet) -> dict[str, Any]:
    shares: dict[str, dict[str, dict[str, int]]] = {}
    for margin in found.margins:
        of_audience = shares.setdefault(margin.audience, {})
        of_audience.setdefault(margin.variable, {})[margin.category] = whole_percent(margin.share)
    return {
        "code": found.code,
        "title": found.title,
        "source": found.source,
        "as_of": found.as_of.isoformat(),
        "made_up": found.is_synthetic,
        # Whole per cent: an exact share would give back the counts it was made from.
        "shares_percent": shares,
    }


def _target(found: InForce) -> dict[str, Any]:
    return asdict(found) | {"by": found.by.isoformat(), "set_on": found.set_on.isoformat()}
