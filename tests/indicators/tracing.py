"""Every number people can read on a page, and every number that was published."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from decimal import Decimal
from functools import cache
from typing import Any

from babel.messages.extract import extract_from_dir
from bs4 import BeautifulSoup
from pydantic import BaseModel

from tests.test_translations import KEYWORDS, ROOT, methods

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What is no figure, by a form of its own: days and months, versions, checksums.
NO_FIGURES = (
    re.compile(rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?\b"),
    re.compile(rf"\b(?:{MONTHS}) \d{{4}}\b"),
    re.compile(r"Definition \d+(?:\.\d+)*, Engage \d[\w.+]*"),
    re.compile(r"Checksum of the figures: [0-9a-f]{12}\b"),
    re.compile(r"Definition \d+(?:\.\d+)*, checksum [0-9a-f]{12}\b"),
)
# Numbers in our own sentences, which are the same whatever people answered.
FIXED = (
    "95 per cent uncertainty range: assumes that, after weighting, people who replied are like",
    "Unweighted. 95 per cent uncertainty range, as if",
    "95 per cent confidence interval",
    "fewer than 30 replies",
    "fewer than 30 people had replied",
    "fewer than 100 people replied",
    "fewer than 30 people have given a view",
    "An area with 100 replies or fewer has a low base",
    "An area is shown when at least 30 people there gave a view",
    "A figure of an area needs at least 30 people there who gave a view",
    "Out of every 100 who gave a view, how many agree",
    "over the next 12 months",
    "Confidence in the next 12 months",
    "to the nearest 5",
    "where at least 35 gave none",
    "out of 100",
    "out of 10",
    "1. Our surveys",
    "2. What people write",
    "3. Complaints and compliments",
    "4. What others measured",
    "Think of 100 people.",
    "We show a number when 30 people have answered.",
    "fewer than 10",
    "Fewer than 10 replies are hidden",
    "aged 0 to 25 with SEND",
    "Figures of fewer than 30 people, shares of fewer than 5 people",
    "bases to the nearest 5",
    "p under 0.05",
    "the difference is at least 3 points",
    "Holm over all areas, at least 5 points",
    "Fewer than 10 people said this.",
    "Fewer than 10 people answered.",
    "There are no limits yet: they need at least 7 points",
    "We hide numbers under 10, and round the rest to 5",
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MOMENT = re.compile(r"\d{4}-\d\d(-\d\d)?")


def untraced(html: str, published: Iterable[Any]) -> list[str]:
    """The numbers in the main part of a page that are in nothing of what was published."""
    known = set(numbers_of(published))
    return [number for number in numbers_on(html) if number not in known]


def numbers_on(html: str) -> list[str]:
    """As people read or hear them, without commas and without what is no figure."""
    words = words_on(html)
    for pattern in NO_FIGURES:
        words = pattern.sub(" ", words)
    for sentence in sorted(FIXED, key=len, reverse=True):
        words = words.replace(sentence, " ")
    return [plain(found) for found in NUMBER.findall(words)]


def words_on(html: str) -> str:
    """What is in <main>, with what pictures say aloud; without the ticks of an axis."""
    main = copy(BeautifulSoup(html, "html.parser").main)
    for unheard in main.select('[aria-hidden="true"], script, style, svg.plot text:not(.v)'):
        unheard.decompose()
    aloud = [each["aria-label"] for each in main.select("[aria-label]")]
    return " ".join(" ".join([main.get_text(" "), *aloud]).split())


def numbers_of(value: Any, with_keys: bool = False) -> Iterator[str]:
    """Every number in a value, however deep. Moments are no figures."""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, Mapping):
        value = [*value.values(), *(map(str, value) if with_keys else ())]
    if isinstance(value, Iterable) and not isinstance(value, str):
        for each in value:
            yield from numbers_of(each, with_keys)
    else:
        yield from _numbers_in(value)


def _numbers_in(value: Any) -> Iterator[str]:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield plain(str(abs(value)))
    elif isinstance(value, str) and not MOMENT.match(value):
        yield from (plain(found) for found in NUMBER.findall(value))


def plain(number: str) -> str:
    """1,414 is 1414, with the digits it was printed with: 3.70 is not 3.7."""
    return number.replace(",", "").rstrip(".")


@cache
def our_sentences() -> frozenset[str]:
    """All that is marked for translation, which translations/messages.pot lists."""
    rows = extract_from_dir(
        str(ROOT / "engage"),
        [(pattern.removeprefix("engage/"), method) for pattern, method in methods()],
        keywords={**KEYWORDS, "_l": None},  # lazy_gettext by its short name
        directory_filter=lambda folder: not folder.endswith(("static", "__pycache__")),
    )
    return frozenset(
        words
        for _, _, message, _, _ in rows
        for words in (message if isinstance(message, tuple) else (message,))
    )
