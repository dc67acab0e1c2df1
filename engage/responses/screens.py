"""Long lists of choices in easy read, a few to a screen. Pure.

Going from screen to screen keeps what was chosen on the others. The answers that say "I don't
know" or "I don't want to say" stand on every screen.
"""

from collections.abc import Sequence
from itertools import groupby

from engage.surveys.definition import OptionDefinition, QuestionDefinition

MOST_ON_A_SCREEN = 5
LISTS = ("single", "multi")
Screen = tuple[OptionDefinition, ...]


def screens(
    question: QuestionDefinition, options: Sequence[OptionDefinition], easy_read: bool
) -> list[Screen]:
    """The options screen by screen; one screen unless easy read asks for more."""
    real = [option for option in options if not option.is_missing]
    missing = tuple(option for option in options if option.is_missing)
    if not (easy_read and may_be_parted(question) and len(real) > MOST_ON_A_SCREEN):
        return [tuple(options)]
    if question.settings.get("grouped"):
        parts = [list(group) for _, group in groupby(real, key=lambda option: option.group)]
    else:
        parts = [real[at : at + MOST_ON_A_SCREEN] for at in range(0, len(real), MOST_ON_A_SCREEN)]
    return [(*part, *missing) for part in parts]


def may_be_parted(question: QuestionDefinition) -> bool:
    """A list of things can be read in parts. The points of a scale mean something together."""
    is_a_list = question.type in LISTS and all(o.value is None for o in question.options)
    return is_a_list or question.settings.get("easy_read_display") == "pages"


def merged(saved: list[str], chosen: list[str], shown: Screen, many: bool) -> list[str]:
    """All that is chosen after one screen is sent.

    `saved` was chosen before, on any screen; `chosen` now, among the options `shown`. An answer
    that stands alone, and was chosen alone, takes the place of the rest.
    """
    on_this = {option.code for option in shown}
    elsewhere = [code for code in saved if code not in on_this]
    alone = {option.code for option in shown if option.is_missing or option.is_exclusive}
    if chosen and (not many or set(chosen) <= alone):
        return chosen
    return elsewhere + chosen
