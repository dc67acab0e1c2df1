"""A report is of a school year, and a survey or a theme belongs to it or not."""

from datetime import date

import pytest

from engage.pages.reports.years import year_called, year_from, year_of, years_until

YEAR = year_called("2025-26")


def test_a_year_goes_from_september_to_august():
    assert (YEAR.begins, YEAR.ends) == (date(2025, 9, 1), date(2026, 8, 31))
    assert year_of(date(2026, 8, 31)) == year_of(date(2025, 9, 1)) == YEAR
    assert year_from(2099).code == "2099-00"
    assert YEAR.has(YEAR.ends)
    assert not YEAR.has(date(2026, 9, 1))
    assert not YEAR.is_over(YEAR.ends)
    assert YEAR.is_over(date(2026, 9, 1))


@pytest.mark.parametrize("code", ["2025", "2025-27", "25-26", "2025-26 ", "1999-00", "x"])
def test_other_words_are_no_year(code):
    with pytest.raises(LookupError):
        year_called(code)


@pytest.mark.parametrize(
    ("start", "end", "was"),
    [
        (None, None, False),
        (date(2026, 9, 1), None, False),
        (date(2026, 8, 31), None, True),
        (date(2024, 1, 1), None, True),
        (date(2024, 1, 1), date(2025, 8, 31), False),
        (date(2024, 1, 1), date(2025, 9, 1), True),
    ],
)
def test_what_was_open_on_any_day_of_it_is_of_the_year(start, end, was):
    assert YEAR.overlaps(start, end) == was


def test_the_years_since_the_first_survey_the_newest_first():
    found = [year.code for year in years_until(date(2026, 11, 22), date(2025, 3, 1))]
    assert found == ["2026-27", "2025-26", "2024-25"]
