"""The page of one area: what is about that area first, then what is for the whole county."""

from dataclasses import replace

from engage.loop.board import A_PAGE, Asked, Board, counts_of, people_by_theme
from engage.loop.pairs import in_turn, pair
from engage.loop.public.scopes import Scope


def area_first(made: Board, scope: Scope, asked: Asked) -> Board:
    """The same page of a board with its answers in that order. Each says whom it is for."""
    people = people_by_theme(scope.snapshots.values())
    of_area = in_turn((each for each in scope.actions if each.areas), people)
    of_all = in_turn((each for each in scope.actions if not each.areas), people)
    start = (asked.page - 1) * A_PAGE
    shown = [*of_area, *of_all][start : start + A_PAGE]
    pairs = [pair(each, counts_of(each, scope.snapshots), asked.reading) for each in shown]
    return replace(made, pairs=[replace(each, is_for_all=not each.areas) for each in pairs])
