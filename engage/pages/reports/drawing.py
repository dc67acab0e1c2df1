"""Drawings of a report as SVG, for paper and pages alike. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

WIDTH, ROW, LEFT, RIGHT, TOP = 640, 44, 190, 30, 12
FONT = 'font-family="Atkinson Hyperlegible Next, sans-serif" font-size="17"'


def satisfied(cards: Sequence[Mapping[str, Any]]) -> str:
    """A mark and its range for each card, from 0 to 100 per cent."""
    height = TOP + ROW * len(cards) + 34
    rows = "".join(_row(card, TOP + ROW * at + ROW // 2) for at, card in enumerate(cards))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f"{_axis(TOP + ROW * len(cards))}{rows}</svg>"
    )


def _x(percent: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * percent / 100


def _axis(bottom: int) -> str:
    return "".join(
        f'<path d="M{_x(each):.0f} {TOP}V{bottom}" stroke="#999" stroke-width="1"/>'
        f'<text x="{_x(each):.0f}" y="{bottom + 22}" text-anchor="middle" {FONT}>{each}%</text>'
        for each in (0, 25, 50, 75, 100)
    )


def _row(card: Mapping[str, Any], y: int) -> str:
    name = f'<text x="0" y="{y + 6}" {FONT}>{escape(card["who"])}</text>'
    mark = f'<circle cx="{_x(card["positive"]):.1f}" cy="{y}" r="9"/>'
    if card["low"] is None:
        return name + mark
    low, high = _x(card["low"]), _x(card["high"])
    return f'{name}<path d="M{low:.1f} {y}H{high:.1f}" stroke="#000" stroke-width="4"/>{mark}'
