"""What is agreed to, known again by a checksum, and where that stands. Pure.

Nothing has to void an agreement: what was changed has another checksum, and nobody agreed to that.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

LAUNCH, THEMES, PUBLICATION = "launch", "themes", "publication"
AGREED, NOT_AGREED = "agreed", "not_agreed"
WAITING, CHANGED = "waiting", "changed"
PATIENCE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody agrees to. `shown` is kept beside the word, so that it can be read later."""

    what: str
    about_id: int
    checksum: str
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int]:
        return self.what, self.about_id


class Word(Protocol):
    """One word of one organisation, as far as standing is concerned."""

    @property
    def organisation_id(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def about_id(self) -> int: ...
    @property
    def checksum(self) -> str: ...
    @property
    def said(self) -> str: ...


W = TypeVar("W", bound=Word)


def checksum(content: object) -> str:
    """The same for equal content, on every machine."""
    text = json.dumps(plain(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(content: object) -> Any:
    """Content as JSON has it. What does not count when two are compared is left out."""
    if is_dataclass(content):
        compared = (each.name for each in fields(content) if each.compare)
        return {name: _in_order(name, plain(getattr(content, name))) for name in compared}
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, (set, frozenset)):
        return sorted(map(plain, content))
    if isinstance(content, (list, tuple)):
        return [plain(each) for each in content]
    return content.isoformat() if isinstance(content, date) else content


def _in_order(name: str, value: Any) -> Any:
    """The words of one thing come from the database in no order that means anything."""
    if name not in ("wordings", "titles"):
        return value
    return sorted(value, key=lambda words: (words["language"], words["easy_read"]))


def thing(what: str, about_id: int, content: object, shown: dict[str, Any] | None = None) -> Thing:
    """`shown` is the content itself, unless something shorter says which it is."""
    kept = plain(content) if shown is None else shown
    return Thing(what, about_id, checksum([what, about_id, plain(content)]), kept)


def words_on(
    key: tuple[str, int], words: Iterable[W], organisation_id: int | None = None
) -> list[W]:
    """What was said of that thing, whichever words of it they were: by one organisation, or all."""
    return [
        word
        for word in words
        if (word.what, word.about_id) == key and organisation_id in (None, word.organisation_id)
    ]


def standing(words: Iterable[Word], organisation_id: int, wanted: Thing) -> str:
    """Where the thing stands with one organisation; its words are given in the order they came."""
    said = words_on(wanted.key, words, organisation_id)
    of_this = [word.said for word in said if word.checksum == wanted.checksum]
    if of_this:
        return of_this[-1]
    return CHANGED if any(word.said == AGREED for word in said) else WAITING


def days_waited(since: date, today: date) -> int:
    return max((today - since).days, 0)


def is_long(days: int) -> bool:
    """More than two weeks: the page says so, and nothing else follows from it."""
    return days > PATIENCE.days
