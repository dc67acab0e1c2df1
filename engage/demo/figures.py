"""The figures of the demonstration: printed ones from the pack, and made-up margins."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from engage.extensions import db
from engage.framework import Pack
from engage.framework.printed import Baseline, OutsideFigure
from engage.indicators.ledger.operations import load
from engage.indicators.others.importing import About, add_margins
from engage.indicators.others.models import Activity, MarginSet, Measurement

MARGINS = Path(__file__).parent / "data" / "margins.csv"
ABOUT = About(
    title="Made-up census for the demonstration",
    source=(
        "Made up, but for the split by kind of support: pupils in Hertfordshire schools, "
        "January 2025, as the strategy of 2026 prints it"
    ),
    as_of=date(2025, 1, 16),
    is_synthetic=True,
)
SERIES = {"base-complaint-rate": "complaints", "base-compliment-rate": "compliments"}
QUARTER = re.compile(r"Quarter ([1-4]) (\d{4})/\d{2}")
FIRST_MONTH = {1: 4, 2: 7, 3: 10, 4: 1}  # of the quarters of a financial year


def make_figures(pack: Pack, now: datetime) -> None:
    """Margins, complaints, compliments, the forum's surveys and the ledger, where not there yet."""
    if not _any(MarginSet):
        add_margins(MARGINS.read_bytes(), ABOUT, pack, now)
    if not _any(Measurement):
        db.session.add_all(printed_figures(pack, now))
    if not _any(Activity):
        load(pack.activities)
    db.session.flush()


def _any(model: type[MarginSet | Measurement | Activity]) -> bool:
    return bool(db.session.scalar(select(func.count(model.id))))


def printed_figures(pack: Pack, now: datetime) -> Iterator[Measurement]:
    """What the pack prints of them, each with its source."""
    titles = {source.code: source.title for source in pack.sources}
    for baseline in pack.baselines:
        if baseline.code in SERIES:
            yield from _rates(baseline, titles.get(baseline.source, baseline.source), now)
    for figure in pack.outside_figures:
        if figure.code.startswith("outside-hpci"):
            yield _of_the_forum(figure, pack.county, now)


def _rates(baseline: Baseline, source: str, now: datetime) -> Iterator[Measurement]:
    """The earlier rate printed beside it, and the rate. Per cent of what is not printed."""
    for each in (baseline.comparator, baseline):
        if each is None or each.value is None:
            continue
        begins, ends = quarter(each.period)
        yield Measurement(
            series=SERIES[baseline.code],
            label=SERIES[baseline.code].capitalize(),
            period_from=begins,
            period_to=ends,
            value=each.value,
            unit=baseline.unit,
            place=baseline.place,
            source=source,
            note=f"Printed as “{each.as_printed}”. What it is a percentage of is not printed.",
            added_at=now,
        )


def _of_the_forum(figure: OutsideFigure, county: str, now: datetime) -> Measurement:
    year = int(figure.period)
    return Measurement(
        series="independent:hpci",
        label="HPCI annual survey",
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        value=figure.value,
        unit=figure.unit,
        respondents=figure.answers,
        place=county,
        source=figure.origin,
        note="" if figure.checked else "Read on a public page, and not checked again yet.",
        added_at=now,
    )


def quarter(words: str) -> tuple[date, date]:
    """The days of "Quarter 4 2022/23", which is January to March 2023."""
    found = QUARTER.fullmatch(words)
    if found is None:
        raise ValueError(f"{words!r} is no quarter")
    month = FIRST_MONTH[int(found[1])]
    begins = date(int(found[2]) + (month == 1), month, 1)
    return begins, (begins + timedelta(days=95)).replace(day=1) - timedelta(days=1)
