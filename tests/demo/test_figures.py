"""The figures of the demonstration."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engage.demo.figures import make_figures, quarter
from engage.framework import load_pack
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.others.margins import margins_in_force
from engage.indicators.others.queries import imported_margins, measurements

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
PACK = load_pack("hertfordshire")


@pytest.fixture
def made(session):
    make_figures(PACK, NOW)
    session.commit()


def test_margins_are_marked_made_up_and_split_support_as_the_strategy_prints_it(made):
    found = margins_in_force("parent_carer")
    assert found.is_synthetic
    assert round(100 * found.shares["support"]["ehcp"], 2) == 23.47
    assert found.shares["area"]["dspl9"] == pytest.approx(0.16)
    assert set(found.shares) == {"support", "area", "phase"}
    assert margins_in_force("young_person").shares["support"] == found.shares["support"]


def test_complaints_and_compliments_are_as_printed_without_a_denominator(made):
    assert [(each.value, each.period_to) for each in measurements("complaints")] == [
        (Decimal("6.7"), date(2023, 3, 31)),
        (Decimal("3.7"), date(2025, 6, 30)),
    ]
    assert [each.value for each in measurements("compliments")] == [Decimal("1.7"), Decimal("4.8")]
    assert all(each.denominator is None for each in measurements("complaints"))


def test_the_surveys_of_the_forum_stand_with_how_many_answered(made):
    found = [(each.value, each.respondents) for each in measurements("independent:hpci")]
    assert found == [(3, 931), (None, 1414), (Decimal("3.3"), 852)]


def test_making_it_again_adds_nothing(made, session):
    make_figures(PACK, NOW)
    session.commit()
    assert len(imported_margins()) == 1
    assert len(measurements("independent:hpci")) == 3
    assert len(ledger_queries.entries()) == 13


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("Quarter 1 2025/26", date(2025, 4, 1), date(2025, 6, 30)),
        ("Quarter 3 2025/26", date(2025, 10, 1), date(2025, 12, 31)),
        ("Quarter 4 2022/23", date(2023, 1, 1), date(2023, 3, 31)),
    ],
)
def test_a_quarter_is_one_of_a_financial_year(words, begins, ends):
    assert quarter(words) == (begins, ends)
