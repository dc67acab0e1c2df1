"""What all that was ever public says together, and what a whole says of who is in no part."""

from itertools import combinations, product

import pytest

from engage.responses.disclosure import PublicShares, bases_like, span_of
from engage.responses.disclosure_changes import (
    THOUGHT_THROUGH,
    Shown,
    change_tells_of_few,
    newly_told,
    readings,
    told,
)
from engage.responses.disclosure_parts import rest_tells_of_few
from engage.responses.disclosure_solving import that_make

ANSWERS = ("positive", "neutral", "negative")
# The second tells how many of those who came since the first were neither.
TELLING = [(75, 53, 40), (85, 55, 38)]


def shares(base, positive, negative):
    return PublicShares(base, {"positive": positive, "negative": negative})


def history(*figures):
    return [Shown(shares(*each)) for each in figures]


def test_a_later_figure_tells_a_small_number_of_the_one_before():
    """At most 11 are neutral later, so they were at most 11 before, and 80 % of 75 leaves 4."""
    before, after = history((75, 80, "under 10"), (85, 76, 11))
    assert told([before, after], ANSWERS) >= {((0,), "negative")}
    assert told([before], ANSWERS) == frozenset()
    assert change_tells_of_few(before.shares, after.shares, ANSWERS)


def test_a_third_figure_tells_of_those_who_came_between_the_first_and_the_second():
    first, second, third = history((90, 7, 82), (155, 6, 78), (175, 5, 79))
    assert newly_told([first], second, ANSWERS) == frozenset()
    assert ((0, 1), "positive") in newly_told([first, second], third, ANSWERS)


def test_what_was_told_before_is_not_told_anew():
    """A figure that was published by older rules does not keep all later ones from coming."""
    first, second, third = history((90, 7, 82), (155, 6, 78), (175, 5, 79))
    much_later = Shown(shares(600, 41, 33))
    before = told([first, second, third], ANSWERS)
    assert before
    assert newly_told([first, second, third], much_later, ANSWERS) == frozenset()


@pytest.mark.parametrize(("asked", "is_told"), [((48, 52), True), ((43, 47), False)])
def test_who_gave_no_view_before_gives_none_now_and_narrows_the_base(asked, is_told):
    """At most 47 of at least 48 gave a view: one is silent, and so the base is 66 at most."""
    before = Shown(shares(45, 40, 45), asked=asked)
    after = Shown(shares(65, 33, 51), asked=(63, 67))
    assert (((0, 1), "neutral") in told([before, after], ANSWERS)) is is_told


def test_silence_as_it_is_published_narrows_the_base_too():
    figure = Shown(PublicShares(45, {}), asked=(48, 52), silent=(6, 9))
    assert [(each.base, each.silent) for each in readings(figure, ANSWERS)] == [
        (43, (6, 9)),
        (44, (6, 8)),
        (45, (6, 7)),
        (46, (6, 6)),
    ]


def test_numbers_that_do_not_go_together_are_left_aside():
    """Some were never asked: they gave no view, but were not silent."""
    figure = Shown(PublicShares(45, {}), asked=(48, 52), silent=(60, 64))
    assert [each.base for each in readings(figure, ANSWERS)] == [43, 44, 45, 46, 47]
    impossible = Shown(PublicShares(45, {}), asked=(10, 12))
    assert [each.base for each in readings(impossible, ANSWERS)] == [43, 44, 45, 46, 47]


def test_where_answers_were_taken_back_two_figures_are_still_read_side_by_side():
    """30 people after 50 fit no history, but those who came before are still told of."""
    between = told(history(*TELLING), ANSWERS)
    assert any(len(where) == 2 for where, _ in between)
    fewer = Shown(shares(30, 50, 50))
    assert between <= told([*history(*TELLING), fewer], ANSWERS)


def test_a_figure_that_is_hidden_tells_nothing():
    hidden = Shown(PublicShares(None, {}))
    [shown] = history((75, 80, "under 10"))
    assert newly_told([shown], hidden, ANSWERS) == frozenset()
    assert newly_told([hidden], shown, ANSWERS) == frozenset()
    assert not change_tells_of_few(hidden.shares, shown.shares, ANSWERS)


@pytest.mark.parametrize(
    ("between", "is_read"), [(THOUGHT_THROUGH - 1, True), (THOUGHT_THROUGH, False)]
)
def test_of_a_long_history_the_last_figures_are_read(between, is_read):
    """What a caller wants of older ones is read two by two: see `seen.tells_of_few`."""
    before, after = history(*TELLING)
    says_little = Shown(PublicShares(75, {}))
    found = newly_told([before, *[says_little] * between], after, ANSWERS)
    assert bool(found) is is_read


def test_hidden_figures_between_do_not_count():
    before, after = history(*TELLING)
    hidden = Shown(PublicShares(None, {}))
    assert newly_told([before, *[hidden] * THOUGHT_THROUGH], after, ANSWERS)


def test_the_whole_less_its_parts_tells_of_those_in_none():
    """115 people less 55 and 45: three of the others were positive."""
    whole = shares(115, 20, 64)
    parts = [shares(55, 13, 66), shares(45, 30, 58)]
    assert rest_tells_of_few(whole, parts, ANSWERS)


def by_trying(whole, taken):
    """The fewest and the most of the rest who can have given each answer, by all there can be."""
    rests = set()
    for all_of_them, *those in product(*[list(vectors(each)) for each in (whole, *taken)]):
        rest = tuple(n - sum(of) for n, *of in zip(all_of_them, *those, strict=True))
        if min(rest) >= 0:
            rests.add(rest)
    return [(min(numbers), max(numbers)) for numbers in zip(*rests, strict=True)]


def vectors(figure):
    for base in bases_like(figure.base):
        spans = {name: span_of(figure.shares.get(name), base) for name in ANSWERS}
        yield from (tuple(each[name] for name in ANSWERS) for each in that_make(spans, base))


WHOLES = [
    *[(40, 30, 40), (40, 20, 33), (40, 40, 20), (50, 35, 40), (60, 50, 33), (75, 30, 55)],
    *[(95, "under 10", 80), (45, 50, None), (100, 20, 60)],
]
PARTS = [
    *[(30, 20, 33), (30, 30, 40), (35, 33, 33), (30, 50, 33), (45, 30, 55), (55, 50, 35)],
    *[(40, "under 15", 78), (35, 40, 20)],
]
SIDE_BY_SIDE = [(55, 13, 66), (45, 30, 58), (30, 33, 40), (35, 33, 33), (40, 30, 40)]


@pytest.mark.parametrize("whole", WHOLES)
@pytest.mark.parametrize("part", PARTS)
def test_the_rest_is_nearly_told_where_at_most_two_numbers_are_possible(whole, part):
    spans = by_trying(shares(*whole), [shares(*part)])
    expected = any(0 < low <= 4 and high - low <= 1 for low, high in spans)
    assert rest_tells_of_few(shares(*whole), [shares(*part)], ANSWERS) is expected


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        *product([(115, 20, 64), (100, 30, 45), (80, 33, 40)], combinations(SIDE_BY_SIDE, 2)),
        ((75, 14, 34), [(35, "under 15", 73), (30, 32, 33)]),
        ((95, 16, 82), [(40, 29, 22), (40, 23, None)]),
        ((110, 50, 43), [(40, 46, 22), (50, 49, 45)]),
        ((120, 19, 48), [(55, 15, None), (55, 19, 15)]),
    ],
)
def test_two_parts_are_taken_away_together_and_each_alone(whole, parts):
    known = [shares(*part) for part in parts]
    ways = [by_trying(shares(*whole), taken) for taken in (known, *([each] for each in known))]
    expected = any(0 < low <= 4 and high - low <= 1 for way in ways for low, high in way)
    assert rest_tells_of_few(shares(*whole), known, ANSWERS) is expected


def test_hidden_parts_and_a_hidden_whole_tell_nothing():
    hidden, shown = PublicShares(None, {}), shares(55, 13, 66)
    assert not rest_tells_of_few(hidden, [shown], ANSWERS)
    assert not rest_tells_of_few(shown, [hidden], ANSWERS)
    assert not rest_tells_of_few(shown, [], ANSWERS)
