"""What stands on a poster: one sheet of A4, read from a step away.

How high words will stand is reckoned from their letters, with some to spare; a browser test prints
long ones. An answer that is too long for a poster is never cut short: another takes its place, and
the picture on the poster leads to all of them.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from engage.loop.pairs import Pair

MOST = 4
ALWAYS = "cannot"  # where there is one, it is on the poster
SIZES = (24, 22, 20, 18, 16, 14)  # of the letters, in points
# Millimetres, as poster.css has them.
PAPER, SHEET, FOOT = 190, 275, 40
EDGES, BESIDE, BETWEEN, GAP = 7, 8, 1, 3
PICTURE, BESIDE_PICTURE = 15, 18
A_POINT = 0.353
# In lines.
LINE, SIGN = 1.25, 1.35
HEADING, TITLE, HOW_MANY = 30, 20, 16
SIGN_IN_A_LINE = "x" * 24
# Of the height of the letters. Capitals are wider than the rest.
A_LETTER, A_BOLD_LETTER, A_CAPITAL = 0.495, 0.535, 1.4


@dataclass(frozen=True, slots=True)
class Poster:
    """`columns` is 1 or 2; an odd box at the end of two is as wide as both."""

    pairs: Sequence[Pair]
    size: int
    columns: int


def poster(pairs: Sequence[Pair], title: str, easy_read: bool = False) -> Poster:
    """As many answers as fit, and these as large as they may be. `pairs` come in turn."""
    room = max(SHEET - FOOT - _height_of_head(title), 0)
    always = ([each] for each in pairs if each.kind == ALWAYS)
    chosen = next((one for one in always if _fits(one, SIZES[-1], room, easy_read)), [])
    for each in pairs:
        more = [one for one in pairs if one is each or one in chosen]
        if len(chosen) < len(more) <= MOST and _fits(more, SIZES[-1], room, easy_read):
            chosen = more
    size = next(size for size in SIZES if _fits(chosen, size, room, easy_read))
    return Poster(chosen, size, _fits(chosen, size, room, easy_read))


def _fits(pairs: Sequence[Pair], size: int, room: float, easy_read: bool) -> int:
    """In how many columns they fit, the fewest first; 0 where they do not."""
    layouts = (columns for columns in (1, 2) if _height(pairs, size, columns, easy_read) <= room)
    return next(layouts, 0)


def _height(pairs: Sequence[Pair], size: int, columns: int, easy_read: bool) -> float:
    rows = [pairs[start : start + columns] for start in range(0, len(pairs), columns)]
    return sum(_height_of_row(row, size, easy_read) + GAP for row in rows)


def _height_of_row(row: Sequence[Pair], size: int, easy_read: bool) -> float:
    width = (PAPER - GAP * (len(row) - 1)) / len(row)
    return max(_height_of_box(each, size, width, easy_read) for each in row)


def _height_of_box(pair: Pair, size: int, width: float, easy_read: bool) -> float:
    line, inside = size * A_POINT * LINE, width - BESIDE
    said, answer = list(pair.you_said), list(pair.answer)
    if easy_read:
        words = inside - BESIDE_PICTURE
        halves = [max(_height_of_words(half, words, size), PICTURE) for half in (said, answer)]
        halves += [line, SIGN * line]
    else:
        halves = [
            _height_of_words(_begun("You said:", said), inside, size),
            _height_of_words(_begun(SIGN_IN_A_LINE, answer), inside, size) + (SIGN - 1) * line,
        ]
    small = [f"Instead: {pair.instead}"] if pair.instead else []
    notes = [*small, *([pair.checked] if pair.checked else [])]
    head = _lines_of_head(pair, inside, size) * line
    return EDGES + head + sum(halves) + 2 * BETWEEN + _height_of_words(notes, inside, size)


def _begun(with_what: str, words: list[str]) -> list[str]:
    first, *rest = words or [""]
    return [f"{with_what} {first}", *rest]


def _lines_of_head(pair: Pair, width: float, size: int) -> int:
    """The title and how many people, on one line where both fit."""
    both = _lines(f"{pair.title}   {pair.people}", width, size, A_BOLD_LETTER)
    title = _lines(pair.title, width, size, A_BOLD_LETTER)
    return both if both == 1 else title + _lines(pair.people, width, size)


def _height_of_words(words: Sequence[str], width: float, size: int) -> float:
    line = size * A_POINT * LINE
    return sum(_lines(each, width, size) * line + BETWEEN for each in words)


def _height_of_head(title: str) -> float:
    lines = (HEADING, TITLE * _lines(title, PAPER, TITLE, A_BOLD_LETTER), HOW_MANY)
    return sum(lines) * A_POINT * LINE + GAP


def _lines(text: str, width: float, size: float, letter: float = A_LETTER) -> int:
    """How many lines that text takes, at least."""
    capitals = sum(each.isupper() or not each.isascii() for each in text) / max(len(text), 1)
    wide = letter * (1 + (A_CAPITAL - 1) * capitals)
    return len(textwrap.wrap(text, max(int(width / (size * A_POINT * wide)), 1))) or 1
