"""Published figures as the text of a CSV file. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engage.responses.export import harmless

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The headings and a line for each row. What a row does not say stays empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Words that a spreadsheet would run are made plain; a number below zero is not one of them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return harmless(value)
    return value
