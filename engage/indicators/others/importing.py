"""Taking in margins and figures from files, all or nothing, and taking a wrong one out again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from engage.clock import day_of
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.framework import Pack
from engage.framework.pack import Indicator
from engage.indicators.ledger.operations import free_code
from engage.indicators.others.csv_lines import Mistakes
from engage.indicators.others.figure_file import Known, NewFigure, Series, read_figures
from engage.indicators.others.margin_file import Share, read_margins
from engage.indicators.others.models import Margin, MarginSet, Measurement
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.catalogue import library_for
from engage.web.two_at_once import hold, or_else

# Where somebody learns, as the surveys ask it.
SETTINGS = (
    *("ey", "mainstream", "base", "special", "college"),
    *("ap", "ehe", "eotas", "out", "work", "other"),
)
NEITHER_COUNTED_NOR_TYPED = {"complaints": "Complaints", "compliments": "Compliments"}
MARGINS_AT_ONCE = (
    "Somebody else brought in margins of this name at the same moment. "
    "Look at the list, and send yours again if they are others."
)
FIGURES_AT_ONCE = (
    "Somebody else brought in a figure of this file at the same moment. "
    "Send the file again to see which one."
)


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says of a set of margins: what it is, where from, of which day."""

    title: str
    source: str
    as_of: date
    is_synthetic: bool = False


def add_margins(
    content: bytes, about: About, pack: Pack, now: datetime, staff: Staff | None = None
) -> MarginSet:
    """A new set from a file. Raises InvalidInputError, having written nothing."""
    if about.as_of > day_of(now):
        raise InvalidInputError("The day the margins are of is still to come.")
    shares = read_margins(content, categories(pack))
    return keep_margins(shares, about, now, staff)


def keep_margins(
    shares: list[Share], about: About, now: datetime, staff: Staff | None = None
) -> MarginSet:
    _refuse_twins(shares, about)
    taken = set(db.session.scalars(select(MarginSet.code)))
    made = MarginSet(
        code=free_code(f"{about.title[:45]} {about.as_of.year}", taken),
        title=about.title,
        source=about.source,
        as_of=about.as_of,
        is_synthetic=about.is_synthetic,
        added_at=now,
        added_by=staff,
        margins=[
            Margin(
                audience=each.audience,
                variable=each.variable,
                category=each.category,
                share=each.share,
            )
            for each in shares
        ],
    )
    with or_else(InvalidInputError(MARGINS_AT_ONCE)):
        db.session.add(made)
    if staff:
        record(staff, "imported margins", made.title, code=made.code, lines=len(shares))
    return made


def _refuse_twins(shares: list[Share], about: About) -> None:
    """Sent twice, the second would come into force when the first is taken out as wrong."""
    same = select(MarginSet).where(
        MarginSet.title == about.title,
        MarginSet.as_of == about.as_of,
        MarginSet.retired_at.is_(None),
    )
    new = {(each.audience, each.variable, each.category, each.share) for each in shares}
    for old in db.session.scalars(same):
        if new == {(m.audience, m.variable, m.category, m.share) for m in old.margins}:
            raise InvalidInputError("These margins are here already.")


def add_figures(content: bytes, pack: Pack, now: datetime, staff: Staff | None = None) -> int:
    """The figures of a file, and how many. Raises InvalidInputError, having written nothing."""
    found = read_figures(content, known(pack, day_of(now)))
    _refuse_those_there(found)
    with or_else(InvalidInputError(FIGURES_AT_ONCE)):
        db.session.add_all(_row(figure, now, staff) for figure in found)
    if staff:
        series = sorted({figure.series for figure in found})
        record(staff, "imported figures", f"{len(found)} figures", series=series)
    return len(found)


def retire(row: MarginSet | Measurement, why: str, now: datetime, staff: Staff) -> None:
    """Take a wrong one out of use. It stays, with who took it out and why."""
    hold(row)
    if row.retired_at is not None:
        raise NotReadyError("It was taken out already.")
    row.retired_at, row.retired_by, row.retired_because = now, staff, why
    db.session.flush()
    if isinstance(row, MarginSet):
        record(staff, "took margins out", row.title, code=row.code, why=why)
    else:
        period = f"{row.period_from} to {row.period_to}"
        record(staff, "took a figure out", row.label, series=row.series, period=period, why=why)


def categories(pack: Pack) -> dict[str, tuple[str, ...]]:
    """What a line of margins may name: the categories that answers are sorted into."""
    shared = library_for(pack).margins
    found = {"area": tuple(area.code for area in pack.areas)}
    for variable, role in (("support", "weight_support"), ("phase", "weight_phase")):
        codes = shared.get(role, ())
        found[variable] = () if isinstance(codes, str) else tuple(codes)
    return {**found, "setting": SETTINGS}


def known(pack: Pack, today: date) -> Known:
    """What a line of figures may name."""
    series = [_series(indicator, pack) for indicator in pack.indicators]
    for code, label in NEITHER_COUNTED_NOR_TYPED.items():
        series.append(Series(code, label))
    return Known(
        series={each.code: each for each in series},
        areas={area.code: area.short_name for area in pack.areas},
        county=pack.county,
        today=today,
    )


def _series(indicator: Indicator, pack: Pack) -> Series:
    label = indicator.short_name or indicator.name or indicator.code
    return Series(indicator.code, label, _refusal(indicator, pack))


def _refusal(indicator: Indicator, pack: Pack) -> str:
    if indicator.measured_by == "undefined":
        asked = " ".join(question.question for question in pack.questions_about(indicator.code))
        words = f"“{indicator.code}” is not defined, so no figure can stand for it. {asked}"
        return words.strip()
    if indicator.measured_by == "platform":
        return f"“{indicator.code}” is counted here from surveys. It takes no figure."
    return ""


def _refuse_those_there(found: list[NewFigure]) -> None:
    there = db.session.execute(
        select(
            Measurement.series,
            Measurement.label,
            Measurement.place,
            Measurement.period_from,
            Measurement.period_to,
        ).where(Measurement.retired_at.is_(None))
    )
    keys = {tuple(row) for row in there}
    mistakes = Mistakes()
    for figure in found:
        if figure.key in keys:
            mistakes.add(
                "This figure is here already. Take the old one out first if it is wrong.",
                figure.line,
            )
    mistakes.refuse()


def _row(figure: NewFigure, now: datetime, staff: Staff | None) -> Measurement:
    names = [name for name in NewFigure.__dataclass_fields__ if name != "line"]
    given = {name: getattr(figure, name) for name in names}
    return Measurement(**given, added_at=now, added_by=staff)
