"""Where marks are drawn, whatever was published."""

from hypothesis import given
from hypothesis import strategies as st

from engage.indicators.pulse.chart import chart_of
from engage.indicators.pulse.picture import HEIGHT, LEAST_SPAN, picture, signals_by_point

shares = st.one_of(st.integers(0, 100), st.none(), st.sampled_from(["under 15", "over 85"]))
several = st.lists(st.tuples(shares, st.sampled_from([30, 35, 40, 200])), min_size=1, max_size=40)


def line(rows):
    points = [{"positive": share, "base": base} for share, base in rows]
    return {"points": points, "chart": chart_of(points)}


def drawn(rows, most=24, labels=6):
    return picture(line(rows), most, labels, [f"month {at}" for at in range(len(rows))])


def test_a_higher_share_is_drawn_higher_and_a_later_month_further_on():
    first, second = drawn([(40, 30), (60, 30)]).dots
    assert first.x < second.x
    assert first.y > second.y


def test_no_line_crosses_a_month_without_a_number():
    assert len(drawn([(40, 30), (50, 30), (None, 30), (60, 30)]).steps) == 1


def test_one_pair_of_limits_is_two_lines_and_limits_of_their_own_are_steps():
    assert len(drawn([(40, 30), (44, 30)] * 5).limits) == 2
    assert len(drawn([(40, 30), (44, 200)] * 5).limits) == 20


def test_the_first_and_the_last_month_are_named_and_few_between():
    labels = drawn([(40, 30)] * 15).labels
    assert [label.text for label in labels] == [f"month {at}" for at in (0, 3, 6, 9, 14)]
    assert (labels[0].anchor, labels[-1].anchor) == ("start", "end")


def test_numbers_are_those_of_the_signals_also_where_the_picture_starts_late():
    found = drawn([(42, 40), (40, 40)] * 6 + [(90, 40)] * 7, most=7)
    assert found.first == 12
    assert {dot.number for dot in found.dots} == {1}


@given(several)
def test_each_point_of_a_signal_knows_its_number(rows):
    drawn_line = line(rows)
    found = signals_by_point(drawn_line)
    for number, signal in enumerate(drawn_line["chart"]["signals"], 1):
        assert [found[point] for point in signal["points"]] == [(number, signal)] * len(
            signal["points"]
        )
    assert all(1 <= point <= len(rows) for point in found)


@given(several, st.integers(1, 24))
def test_every_mark_is_inside(rows, most):
    found = drawn(rows, most)
    assert found.first == max(0, len(rows) - most)
    for dot in found.dots:
        assert 0 < dot.x < 100
        assert 0 < dot.number_y < dot.y < HEIGHT
    for x1, x2, y1, y2 in [*found.steps, *found.limits]:
        assert 0 <= x1 <= x2 <= 100
        assert 0 < min(y1, y2) <= max(y1, y2) < HEIGHT
    values = [value for value, _ in found.scale]
    assert values == sorted(values)
    assert values[-1] - values[0] >= LEAST_SPAN - 20
    assert found.labels[-1].text == f"month {len(rows) - 1}"
