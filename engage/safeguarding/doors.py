"""Which door somebody's words ask for: a complaint, an appeal in time, or advice. Pure.

A survey can give none of these, so the person is shown where to go. The rules are in doors.yaml.
"""

from functools import cache
from pathlib import Path

from engage.framework.yaml_files import read_yaml
from engage.safeguarding.notation import Notation, PhraseBook, vocabulary
from engage.safeguarding.plain_words import Spelling, plain_text
from engage.safeguarding.rules import UNLESS, lines_by_owner, shared_spelling, word_lists

DOORS = ("complaint", "deadline", "advice")


def doors_for(text: str) -> tuple[str, ...]:
    """The doors these words ask for, in the order of DOORS."""
    book, spelling = _door_book()
    found = list(book.find(plain_text(text, spelling)))
    wanted = {
        each.phrase.owner
        for each in found
        if not any(
            other.phrase.owner == UNLESS + each.phrase.owner and other.touches(each)
            for other in found
        )
    }
    return tuple(door for door in DOORS if door in wanted)


@cache
def _door_book() -> tuple[PhraseBook, Spelling]:
    """doors.yaml, read once."""
    raw = read_yaml(Path(__file__).with_name("doors.yaml"))
    notation = Notation(word_lists(raw["lists"]))
    phrases = [
        notation.phrase(owner, written)
        for owner, lines in lines_by_owner(raw["doors"])
        for written in lines
    ]
    return PhraseBook(phrases), shared_spelling(vocabulary(phrases))
