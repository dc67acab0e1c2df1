"""From the data of a report to the report in one reading, as it may be shown now."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from engage.loop.pairs import Reading
from engage.pages.reports import annual, live, reg56
from engage.pages.reports.as_pdf import MIMETYPE as PDF
from engage.pages.reports.as_pdf import as_pdf
from engage.pages.reports.as_word import MIMETYPE as WORD
from engage.pages.reports.as_word import as_word
from engage.pages.reports.building import Telling
from engage.pages.reports.collecting import ANNUAL, REG56
from engage.pages.reports.report import Report, in_english

Data = dict[str, Any]

BUILDERS: dict[str, Callable[[Telling], Report]] = {REG56: reg56.build, ANNUAL: annual.build}
# By the ending of the address: how a file is made, and what it is.
FILES: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (as_pdf, PDF),
    "docx": (as_word, WORD),
}


def report_now(data: Data, made_at: datetime, reading: Reading) -> Report:
    """The report in the language of the page, without what was taken down since it was made."""
    found = live.live_for(data, made_at)
    standing = live.without_what_was_taken_down(data, found)
    telling = Telling(
        in_english(standing),
        reading.easy_read,
        live.quotes_in(standing, reading),
        live.notes_in(standing, found, reading),
        live.taken_down(data, found),
    )
    return BUILDERS[data["kind"]](telling)


def document_now(data: Data, made_at: datetime, reading: Reading) -> Report:
    """The same for a file: in English, like the words of the answers in it."""
    with force_locale("en"):
        return report_now(data, made_at, reading)


def data_now(data: Data, made_at: datetime) -> Data:
    """What everyone may take. Quotes are never in it: a copy of one could not be taken back.

    Beside `data` stands what is not frozen, so that the checksum fits where nothing was taken down.
    """
    found = live.live_for(data, made_at)
    standing = live.without_what_was_taken_down(data, found)
    return {
        "taken_down": live.taken_down(data, found),
        "co_lead_notes": live.notes_as_data(standing, found),
        "data": standing,
    }
