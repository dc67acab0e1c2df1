"""Figures, margins and activities, straight in the database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from engage.extensions import db
from engage.indicators.others.models import Activity, ActivityCount, Margin, MarginSet, Measurement

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
_numbers = count(1)


def make_figure(series="ind-2018-l", value="8.1", **details):
    usual = {
        "label": "Days missed",
        "period_from": date(2024, 9, 1),
        "period_to": date(2024, 12, 20),
        "unit": "percent",
        "place": "Hertfordshire",
        "source": "A table of the council",
        "source_date": date(2025, 2, 1),
        "added_at": NOW,
    }
    value = None if value is None else Decimal(value)
    row = Measurement(series=series, value=value, **{**usual, **details})
    db.session.add(row)
    db.session.commit()
    return row


def make_margins(audience="parent_carer", shares=None, **details):
    """`shares`: variable, then category, then share."""
    shares = shares or {"support": {"ehcp": 0.25, "sen_support": 0.75}}
    number = next(_numbers)
    usual = {
        "code": f"census-{number}",
        "title": f"Census {number}",
        "source": "The council",
        "as_of": date(2025, 1, 16),
        "added_at": NOW,
    }
    made = MarginSet(**{**usual, **details})
    made.margins = [
        Margin(audience=audience, variable=variable, category=category, share=share)
        for variable, parts in shares.items()
        for category, share in parts.items()
    ]
    db.session.add(made)
    db.session.commit()
    return made


def make_activity(label="Listening event", counts=None, **details):
    """`counts`: the number of each unit."""
    usual = {"code": f"activity-{next(_numbers)}", "date_from": "2026-02", "date_to": "2026-02"}
    row = Activity(label=label, **{**usual, **details})
    row.counts = [ActivityCount(unit=unit, value=value) for unit, value in (counts or {}).items()]
    db.session.add(row)
    db.session.commit()
    return row
