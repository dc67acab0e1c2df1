"""Figures of others and the ledger as files: the values of the page, with what they mean."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from engage.indicators.csv_file import csv_of
from engage.indicators.ledger.sums import Entry, UnitTotal, VoicesCheck
from engage.indicators.others.listing import Listed
from engage.indicators.others.measured import Figure

APART = "Units are never added to each other: one person may stand in several rows."
NEVER_Q = "These stand beside indicator q and are never turned into it."
FEW = "fewer than 10 people"  # said of a count in the ledger
# Said of a figure, which may be hidden for the sake of the area beside it.
PROTECTED = "to protect a small group"
FIGURE_COLUMNS = (
    *("series", "label", "period_from", "period_to", "value", "unit", "numerator", "denominator"),
    *("respondents", "place", "area", "source", "source_date", "note", "made_up", "hidden_because"),
)
LEDGER_COLUMNS = (
    *("code", "activity", "date_from", "date_to", "date_basis", "channel", "organisation"),
    *("audiences", "in_the_county", "unit", "value", "qualifier", "as_printed"),
    *("overlap", "source", "hidden_because"),
)


def indicator_json(one: Listed) -> dict[str, Any]:
    about = one.indicator
    return {
        "code": about.code,
        "letter": about.letter,
        "name": about.name,
        "strategy": about.strategy,
        "measured_by": about.measured_by,
        "unit": about.unit,
        "definition": about.description,
        "evidence_for_outcomes": [{"number": n, "name": name} for n, name in one.outcomes],
        "open_questions": [question.question for question in one.questions],
        "figures": [_figure(figure) for figure in one.figures],
        "printed_in_documents": [each.model_dump(mode="json") for each in one.context],
    }


def indicator_csv(one: Listed) -> str:
    return csv_of(FIGURE_COLUMNS, map(_figure, one.figures))


def beside_json(figures: Iterable[Figure]) -> dict[str, Any]:
    return {"note": NEVER_Q, "figures": [_figure(figure) for figure in figures]}


def beside_csv(figures: Iterable[Figure]) -> str:
    return csv_of(FIGURE_COLUMNS, map(_figure, figures))


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "series": figure.series,
        "label": figure.label,
        "period_from": figure.period_from.isoformat(),
        "period_to": figure.period_to.isoformat(),
        "value": None if figure.value is None else format(figure.value, "f"),
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "respondents": figure.respondents,
        "place": figure.place,
        "area": figure.area,
        "source": figure.source,
        "source_date": figure.source_date.isoformat() if figure.source_date else None,
        "note": figure.note,
        "made_up": figure.is_synthetic,
        "hidden_because": PROTECTED if figure.is_hidden else None,
    }


def ledger_json(
    entries: Iterable[Entry], sums: Iterable[UnitTotal], check: VoicesCheck | None
) -> dict[str, Any]:
    """Entries and sums as everybody may see them."""
    return {
        "note": APART,
        "sums_within_one_unit": [asdict(total) for total in sums],
        "activities": [_entry(entry) for entry in entries],
        "claim": None if check is None else _claim(check),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    counts = [asdict(each) | {"hidden_because": _why(each.value)} for each in entry.counts]
    return asdict(entry) | {"counts": counts}


def _claim(check: VoicesCheck) -> dict[str, Any]:
    return {
        "as_printed": check.claim.as_printed,
        "source": check.claim.source,
        "parts": [asdict(part) for part in check.parts],
        "sums_by_unit": {part.unit: part.value for part in check.sums},
        "if_units_were_mixed": check.mixed,
        "check": check.claim.check,
    }


def ledger_csv(entries: Iterable[Entry]) -> str:
    """One line for each count; a line without a number where an activity has none."""
    return csv_of(LEDGER_COLUMNS, (row for entry in entries for row in _rows(entry)))


def _rows(entry: Entry) -> Iterator[dict[str, Any]]:
    about = {
        "code": entry.code,
        "activity": entry.label,
        "date_from": entry.date_from,
        "date_to": entry.date_to,
        "date_basis": entry.date_basis,
        "channel": entry.channel,
        "organisation": entry.organisation,
        "audiences": " ".join(entry.audiences),
        "in_the_county": entry.in_area,
        "overlap": entry.overlap,
        "source": entry.source,
    }
    if not entry.counts:
        yield about
    for each in entry.counts:
        yield about | {
            "unit": each.unit,
            "value": each.value,
            "qualifier": each.qualifier,
            "as_printed": each.as_printed,
            "hidden_because": _why(each.value),
        }


def _why(value: int | None) -> str | None:
    return FEW if value is None else None
