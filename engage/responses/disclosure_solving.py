"""What a patient reader can work out about numbers that add up to a total. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

Span = tuple[int, int]  # the lowest and the highest number it can be


def narrowed(spans: Mapping[str, Span], total: int) -> dict[str, Span] | None:
    """What each number can still be, since together they make the total; None if they cannot.

    The spans are exact: for each number in a span there are others which make the total.
    """
    lowest = sum(low for low, _ in spans.values())
    highest = sum(high for _, high in spans.values())
    if not lowest <= total <= highest or any(low > high for low, high in spans.values()):
        return None
    return {
        name: (max(low, total - (highest - high)), min(high, total - (lowest - low)))
        for name, (low, high) in spans.items()
    }


def together(possible: Iterable[Mapping[str, Span]]) -> dict[str, Span]:
    """The lowest and highest each number can be, over all the ways things can be."""
    widest: dict[str, Span] = {}
    for spans in possible:
        for name, (low, high) in spans.items():
            known_low, known_high = widest.get(name, (low, high))
            widest[name] = (min(low, known_low), max(high, known_high))
    return widest


def that_make(spans: Mapping[str, Span], total: int) -> Iterator[dict[str, int]]:
    """All the numbers in these spans that make the total together."""
    *others, last = spans
    low, high = spans[last]
    for numbers in product(*[range(spans[name][0], spans[name][1] + 1) for name in others]):
        rest = total - sum(numbers)
        if low <= rest <= high:
            yield {**dict(zip(others, numbers, strict=True)), last: rest}
