"""The figures as SVG: small panels, readable in black and white, each with a title to be read out.

Engage is filled, the peers are hollow; the number of themes is the shape; an aim is a dashed line.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from benchmarks.analysis.quality import (
    ENGAGE,
    FIGURES,
    KEYWORD_AIMS,
    METHODS,
    NMI_AIMS,
    Score,
)
from benchmarks.analysis.rows import shown
from benchmarks.analysis.speed import MEGABYTES, SECONDS, Timed

WIDTH, LINE, LEFT, GAP, HEAD = 170, 22, 130, 26, 44
NAMES = {
    "nmi": "NMI",
    "ari": "ARI",
    "npmi": "NPMI",
    "no_theme": "in no theme",
    "seconds": "seconds",
}
ACROSS = [figure for figure in FIGURES if figure != "seconds"]
STYLE = (
    "text{font:12px sans-serif;fill:#000}.head{font-weight:bold}.small{font-size:10px}"
    ".axis{stroke:#999}.aim{stroke:#000;stroke-dasharray:4 3}.mark{stroke:#000;stroke-width:1.4}"
)


@dataclass(frozen=True)
class Scale:
    """From figures to places across a panel."""

    low: float
    high: float

    def place(self, figure: float) -> float:
        return 8 + (figure - self.low) / (self.high - self.low) * (WIDTH - 16)


def quality(scores: Sequence[Score]) -> str:
    """A panel for each set of texts and measure: one line a method, one mark a number of themes."""
    sets = list(dict.fromkeys(score.data for score in scores))
    methods = [m for m in METHODS if any(score.method == m for score in scores)]
    tall = HEAD + LINE * len(methods) + GAP
    parts = [_words(8, 18, "Engage beside its peers, on the same texts", "head"), _legend(scores)]
    for row, data in enumerate(sets):
        top = 60 + row * tall
        parts += [_words(8, top + 14, data, "head")]
        parts += [_words(8, top + HEAD + n * LINE + 4, method) for n, method in enumerate(methods)]
        for column, figure in enumerate(ACROSS):
            here = [score for score in scores if score.data == data]
            panel = _panel(here, scores, methods, figure)
            parts.append(_moved(LEFT + column * (WIDTH + GAP), top, panel))
    width = LEFT + len(ACROSS) * (WIDTH + GAP)
    return _svg(width, 60 + len(sets) * tall, parts, "Quality of themes, Engage beside its peers")


def _panel(
    here: Sequence[Score], everywhere: Sequence[Score], methods: Sequence[str], figure: str
) -> str:
    values = [asdict(score)[figure] for score in everywhere]
    scale = Scale(min(0.0, *values), max(*values, 0.1))
    bottom = HEAD + LINE * (len(methods) - 1) + 10
    parts = [_words(0, 14, NAMES.get(figure, figure), "head"), _ends(scale, bottom)]
    aim = _aim(here[0].data, figure)
    if aim is not None:
        at = scale.place(aim)
        parts.append(f'<line class="aim" x1="{at:.1f}" x2="{at:.1f}" y1="26" y2="{bottom}"/>')
    for score in here:
        down = HEAD + methods.index(score.method) * LINE
        mark = _mark(scale.place(asdict(score)[figure]), down, score.themes)
        parts.append(_filled(mark, score.method == ENGAGE))
    lines = (HEAD + n * LINE for n in range(len(methods)))
    across = [f'<line class="axis" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>' for y in lines]
    return "".join([*across, *parts])


def _aim(data: str, figure: str) -> float | None:
    if figure == "nmi":
        return {"NHS": 0.36, **NMI_AIMS}.get(data)
    if figure in ("npmi", "diversity"):
        return KEYWORD_AIMS[data][figure == "diversity"]
    return {"no_theme": 0.05}.get(figure)


def _ends(scale: Scale, bottom: float) -> str:
    ends = ((scale.low, "start"), (scale.high, "end"))
    return "".join(
        f'<text class="small" x="{scale.place(value):.1f}" y="{bottom + 12}"'
        f' text-anchor="{side}">{value:.2f}</text>'
        for value, side in ends
    )


def _mark(x: float, y: float, themes: int) -> str:
    """Circle 10, square 20, triangle 30, cross as found."""
    if themes == 10:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {{}}/>'
    if themes == 20:
        return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" {{}}/>'
    if themes == 30:
        return f'<path d="M{x:.1f} {y - 6:.1f}l5.5 10h-11z" {{}}/>'
    return f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10" {{}}/>'


def _filled(mark: str, full: bool) -> str:
    return mark.format(f'class="mark" fill="{"#000" if full else "#fff"}"')


def _legend(scores: Sequence[Score]) -> str:
    parts = []
    for n, themes in enumerate(sorted({score.themes for score in scores}, key=lambda k: k or 99)):
        x = LEFT + n * 110
        parts.append(_filled(_mark(x, 38, themes), False))
        parts.append(_words(x + 12, 42, f"{themes} themes" if themes else "as found"))
    return "".join([*parts, _words(LEFT + 480, 42, "filled: Engage; hollow: a peer; dashed: aim")])


def speed(found: Sequence[Timed]) -> str:
    """Seconds and memory by the number of comments, both on scales of tens."""
    panels = (
        ("seconds by the clock", "seconds", SECONDS),
        ("seconds of processor", "processor", {}),
        ("peak memory, MB", "megabytes", MEGABYTES),
    )
    parts = [_words(8, 18, "From cold to report.html", "head")]
    parts.append(_words(8, 36, "filled: Engage; hollow: plain BERTopic; dashes: aims"))
    for column, (title, figure, limits) in enumerate(panels):
        parts.append(_moved(30 + column * 280, 60, _curve(found, title, figure, limits)))
    return _svg(30 + 280 * len(panels), 320, parts, "Speed and memory by number of comments")


def _curve(found: Sequence[Timed], title: str, figure: str, limits: dict[int, float]) -> str:
    values = [asdict(timed)[figure] for timed in found] + list(limits.values())
    low, high = math.log10(min(values) / 2), math.log10(max(values) * 2)

    def at(comments: int, value: float) -> tuple[float, float]:
        across = (math.log10(comments) - 2.5) / 2.7 * 220
        return across, 200 - (math.log10(value) - low) / (high - low) * 180

    parts = [_words(0, 0, title, "head"), '<path class="axis" fill="none" d="M0 10v195h230"/>']
    parts += [_words(at(size, 1)[0] - 16, 222, f"{size:,}", "small") for size in SECONDS]
    for size, limit in limits.items():
        x, y = at(size, limit)
        parts.append(f'<path class="aim" d="M{x - 14:.1f} {y:.1f}h28"/>')
    for timed in found:
        value = asdict(timed)[figure]
        x, y = at(timed.comments, value)
        shape = _mark(x, y, 10 if timed.unit == "comment" else 20)
        parts.append(_filled(shape, timed.who == "engage"))
        name = "" if timed.who == "engage" else " BERTopic"
        parts.append(_words(x + 9, y + 4, f"{shown([round(value, 1)])}{name}", "small"))
    return "".join([*parts, _words(0, 240, "circle: whole comments; square: sentences", "small")])


def _words(x: float, y: float, text: str, kind: str = "") -> str:
    chosen = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{chosen}>{escape(text)}</text>'


def _moved(x: float, y: float, inside: str) -> str:
    return f'<g transform="translate({x} {y})">{inside}</g>'


def _svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img"><title>{escape(title)}</title>'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )
