"""What two publications of a figure, side by side, say about those who came between. Pure."""

from collections.abc import Collection, Iterator, Mapping

from engage.responses.disclosure import FEW, PublicShares, bases_like, span_of
from engage.responses.disclosure_solving import Span, narrowed, together


def change_tells_of_few(
    before: PublicShares, after: PublicShares, answers: Collection[str]
) -> bool:
    """Whether a reader of both learns that exactly 1, 2, 3 or 4 newcomers gave an answer.

    A base of 40 that becomes 50 can give away each count in it, and so the change in each. The
    figure then stays as it was until more people have come. `answers` are all there are, also
    those that are not shown.
    """
    if before.base is None or after.base is None:
        return False
    spans = together(_newcomers(before, after, answers))
    return any(low == high and 0 < low <= FEW for low, high in spans.values())


def _newcomers(
    before: PublicShares, after: PublicShares, answers: Collection[str]
) -> Iterator[dict[str, Span]]:
    """How many newcomers gave each answer, for each pair of bases that there can have been."""
    earlier = list(_readings(before, answers))
    for later_base, later in _readings(after, answers):
        for base, spans in earlier:
            came = {name: _between(spans[name], later[name]) for name in answers}
            known = narrowed(came, later_base - base)
            if known is not None:
                yield known


def _readings(
    shares: PublicShares, answers: Collection[str]
) -> Iterator[tuple[int, Mapping[str, Span]]]:
    for base in bases_like(shares.base or 0):
        spans = {name: span_of(shares.shares.get(name), base) for name in answers}
        known = narrowed(spans, base)
        if known is not None:
            yield base, known


def _between(before: Span, after: Span) -> Span:
    """Nobody's answer goes away, so nobody fewer can have come than none."""
    return max(0, after[0] - before[1]), after[1] - before[0]
