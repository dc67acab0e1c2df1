"""The fields of a UK Algorithmic Transparency Record (ATRS 3.0), as far as Engage can fill them.

The rest is for the organisation to fill, and says so: a named gap is honest, a guess is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STANDARD = "Algorithmic Transparency Recording Standard 3.0"
TO_FILL = "to be filled by the organisation"


@dataclass(frozen=True)
class Field:
    """One field. `ask`: what the organisation has to write, beside or instead of `text`."""

    number: str
    name: str
    text: tuple[str, ...] = ()
    ask: str = ""

    @property
    def is_to_fill(self) -> bool:
        return bool(self.ask)


@dataclass(frozen=True)
class Section:
    tier: int
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Record:
    made_on: str
    sections: tuple[Section, ...]

    @property
    def to_fill(self) -> list[Field]:
        return [field for section in self.sections for field in section.fields if field.is_to_fill]

    def tier(self, number: int) -> list[Section]:
        return [section for section in self.sections if section.tier == number]


def field(number: str, name: str, *text: str, ask: str = "") -> Field:
    return Field(number, str(name), tuple(str(line) for line in text if line), str(ask))


def as_data(record: Record) -> dict[str, Any]:
    """The same as JSON. A field to be filled is null, with what is asked; it is never left out."""
    return {
        "standard": STANDARD,
        "made_on": record.made_on,
        "tier_1": [_section(section) for section in record.tier(1)],
        "tier_2": [_section(section) for section in record.tier(2)],
        TO_FILL.replace(" ", "_"): [field.number or field.name for field in record.to_fill],
    }


def _section(section: Section) -> dict[str, Any]:
    return {"name": section.name, "fields": list(_fields(section))}


def _fields(section: Section) -> Iterator[dict[str, Any]]:
    for each in section.fields:
        data: dict[str, Any] = {"number": each.number, "name": each.name}
        data["value"] = list(each.text) or None
        if each.is_to_fill:
            data["status"], data["asked"] = TO_FILL, each.ask
        yield data
