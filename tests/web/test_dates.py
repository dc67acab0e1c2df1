"""Days and months in the words of the page, on the calendars here."""

from datetime import UTC, date, datetime

import pytest

from engage.web.i18n import follow_address, long_day, long_month

LATE = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)  # September has begun here


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("en", "1 September 2026", "September 2026"), ("pl", "1 września 2026", "wrzesień 2026")],
)
@pytest.mark.parametrize("when", [date(2026, 9, 1), LATE])
def test_a_month_that_stands_alone_has_its_own_form(app, language, day, month, when):
    with app.test_request_context(query_string={"lang": language}):
        follow_address()
        assert (long_day(when), long_month(when)) == (day, month)
