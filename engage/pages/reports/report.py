"""A report as values: what its pages, its PDF and its Word file are all made from. Pure.

A renderer has one way for each kind of block, in a table by the block's `shape`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

Lines = tuple[str, ...]


class English(str):
    """Words that stay English in every language: what officers wrote, what was frozen."""

    __slots__ = ()


class Mixed(str):
    """A sentence in the language of the page with words that stay English in it."""

    parts: Lines

    @classmethod
    def of(cls, *parts: str) -> "Mixed":
        made = cls("".join(parts))
        made.parts = parts
        return made


def sentence(template: str, **said: str) -> Mixed:
    """The translated template with these words in it: sentence(_("Instead: %(what)s"), what=…)."""
    pieces = re.split(r"%\((\w+)\)s", template)
    return Mixed.of(*(said[each] if at % 2 else each for at, each in enumerate(pieces)))


def in_english(value: Any) -> Any:
    """The same data, its words marked as English."""
    if isinstance(value, str):
        return English(value)
    if isinstance(value, Mapping):
        return {key: in_english(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(in_english(each) for each in value)
    return value


@dataclass(frozen=True, slots=True)
class Quote:
    """Some words of somebody who allowed it, and who they are as far as everyone may know."""

    words: str
    by: str
    language: str
    is_own: bool = True

    @property
    def marked(self) -> str:
        """Only what somebody wrote stands between quotation marks."""
        return f"“{self.words}”" if self.is_own else self.words


Quotes = Mapping[int, Sequence[Quote]]  # by theme
Notes = Mapping[int, Sequence[str]]  # by answer, what those who lead together say of it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. In easy read one sentence a line, with a picture where it has one."""

    shape: ClassVar[str] = "paragraph"
    lines: Lines
    picture: str = ""  # a name in static/pictures, in easy read only
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What must not be overlooked: made-up answers, a year that is not over."""

    shape: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    shape: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row is its header. `numbers`: the columns of numbers, from 0."""

    shape: ClassVar[str] = "table"
    caption: str
    header: Lines
    rows: tuple[Lines, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    shape: ClassVar[str] = "list"
    items: Lines


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows in words."""

    shape: ClassVar[str] = "picture"
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer beside what people said. `sign` is its kind in words."""

    shape: ClassVar[str] = "pair"
    title: str
    kind: str
    sign: str
    you_said: Lines
    answer: Lines
    people: str = ""
    instead: str = ""
    challenge: str = ""
    families: Lines = ()
    co_lead_notes: Lines = ()
    owner: str = ""
    changed: str = ""
    notes: str = ""
    quotes: tuple[Quote, ...] = ()
    picture_said: str = ""
    picture_answer: str = ""


Block = Paragraph | Note | Facts | Table | ListOf | Picture | Pair


@dataclass(frozen=True, slots=True)
class Section:
    """Under a heading of the second level; a pair in it has one of the third."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All of it in one reading. `language` is the tag that files carry: en-GB."""

    title: str
    subtitle: str
    language: str
    is_easy_read: bool
    invented: str  # "" or that it is made up, for every page of every form
    made_on: str
    sections: tuple[Section, ...]
    place: str = ""
    words: tuple[tuple[str, str], ...] = ()  # the small words that renderers put between blocks

    def word(self, name: str) -> str:
        return dict(self.words)[name]
