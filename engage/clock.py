"""What day it is where the people are: an evening in London is the same day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")


def day_of(moment: date) -> date:
    """The day on the calendars here, of a moment anywhere; a day stays itself."""
    return moment.astimezone(HERE).date() if isinstance(moment, datetime) else moment


def today() -> date:
    return day_of(datetime.now(UTC))
