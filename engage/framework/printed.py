"""What a county's own documents print: figures, who was listened to, claims, open questions. Pure.

`as_printed` is the bit of print a number comes from. Labels, notes and checks are our own words.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from engage.framework.value import Value


def _as_words(read: Any) -> Any:
    """YAML reads the year 2025 as a number."""
    return str(read) if isinstance(read, int | float) else read


Words = Annotated[str, BeforeValidator(_as_words)]
# By way of text, so that 6.7 stays 6.7.
Number = Annotated[Decimal, BeforeValidator(_as_words)]
Qualifier = Literal["exact", "over", "at_least"]


class SourceDocument(Value):
    code: str
    title: str
    publisher: str = ""
    date: Words | None = None


class Comparator(Value):
    """The number printed beside another: an earlier time, or England."""

    value: Number | None = None
    unit: str = ""
    period: Words = ""
    place: str = ""
    as_printed: str = ""


class Baseline(Value):
    """A figure a document prints. Never a baseline of indicator q: no document prints one."""

    code: str
    label: str
    kind: str
    value: Number
    value_to: Number | None = None
    qualifier: Qualifier = "exact"
    unit: str
    period: Words
    place: str
    comparator: Comparator | None = None
    indicator: str | None = None
    as_printed: str
    note: str = ""
    source: str


class OutsideFigure(Value):
    """A figure from outside the documents, read on a public page and not yet checked again."""

    code: str
    label: str
    value: Number | None
    unit: str
    period: Words
    answers: int | None = None
    owner: str
    origin: str
    checked: bool = False


class UnitCount(Value):
    unit: str
    value: int
    qualifier: Qualifier = "exact"
    as_printed: str = ""


class EngagementActivity(Value):
    """One way in which people were listened to. Each count has a unit of its own."""

    code: str
    label: str
    date_from: Words
    date_to: Words
    date_basis: str = ""
    channel: str = ""
    organisation: str | None = None
    audiences: tuple[str, ...] = ()
    in_area: bool
    counts: tuple[UnitCount, ...] = ()
    overlap: str = ""
    description: str = ""
    easy_read: str = ""
    source: str


class UnitSum(Value):
    """What the counts of one unit should add up to: a check on us."""

    code: str
    value: int
    value_in_area: int | None = None
    at_least: bool


class Claim(Value):
    """What a document says in one line, and what its parts give."""

    code: str
    label: str
    value: int
    unit: str = ""
    qualifier: Qualifier
    as_printed: str
    check: str
    source: str


class OpenQuestion(Value):
    code: str
    question: str
    affects: tuple[str, ...] = ()


class Strategy(Value):
    code: str
    label: str


class Channel(Value):
    """A way of listening, as a form and a page name it."""

    code: str
    label: str
    label_easy: str
