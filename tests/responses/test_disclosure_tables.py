from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.errors import InvalidInputError
from engage.responses.disclosure_tables import ALL, public_table, staff_table, with_totals

ETHNICITY = {"white": 96, "asian": 14, "black": 9, "mixed": 6, "other": 3, "not said": 7}


def line(counts):
    return {(name,): count for name, count in counts.items()}


def grid(rows):
    return {
        (f"r{place}", f"c{column}"): count
        for place, row in enumerate(rows)
        for column, count in enumerate(row)
    }


def shown_rows(table, rows, columns):
    return [
        [table[row, column] for column in [*(f"c{c}" for c in range(columns)), ALL]]
        for row in [*(f"r{r}" for r in range(rows)), ALL]
    ]


def test_totals_are_part_of_the_table():
    table = with_totals({("north", "school"): 3, ("north", "home"): 4, ("south", "school"): 5})
    assert table == {
        ("north", "school"): 3,
        ("north", "home"): 4,
        ("north", ALL): 7,
        ("south", "school"): 5,
        ("south", "home"): 0,
        ("south", ALL): 5,
        (ALL, "school"): 8,
        (ALL, "home"): 4,
        (ALL, ALL): 12,
    }
    assert list(table)[:3] == [("north", "school"), ("north", "home"), ("north", ALL)]


def test_three_dimensions_have_totals_of_totals():
    table = with_totals({("a", "b", "c"): 2, ("d", "b", "c"): 3})
    assert table[ALL, "b", "c"] == table[ALL, ALL, ALL] == table[ALL, "b", ALL] == 5
    assert len(table) == 3 * 2 * 2


@pytest.mark.parametrize("make", [with_totals, public_table, staff_table])
def test_an_empty_table_stays_empty(make):
    assert make({}) == {}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("a",): 1, ("a", "b"): 1}, "the same one to three categories"),
        ({(): 1}, "the same one to three categories"),
        ({("a", "b", "c", "d"): 1}, "the same one to three categories"),
        ({("a", "all"): 1}, '"all" is kept for totals'),
    ],
)
def test_a_table_that_cannot_be_is_refused_in_a_sentence(cells, words):
    for make in (public_table, staff_table):
        with pytest.raises(InvalidInputError, match=words):
            make(cells)


def test_a_public_table_has_at_most_two_dimensions():
    cells = {("a", "b", "c"): 40, ("d", "b", "c"): 50}
    with pytest.raises(InvalidInputError, match="A public table has at most two dimensions."):
        public_table(cells)
    assert public_table(grid([[40, 50], [60, 70]]))["r0", ALL] == 90


def test_staff_see_the_one_way_table_of_the_oracle():
    table = staff_table(line(ETHNICITY))
    assert table == {
        **line({"white": 96, "asian": 14, "black": 9, "not said": 7, ALL: 135}),
        **line({"mixed": None, "other": None}),
    }


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 50, "b": 5, "c": 0}, ""),
        ({"a": 50, "b": 4, "c": 0}, "ab"),  # not the 0: that would hide nothing
        ({"a": 50, "b": 4, "c": 5}, "bc"),
        ({"a": 50, "b": 3, "c": 2}, "bc"),
        ({"a": 50, "b": 1, "c": 1}, "abc"),  # 52 less 50 is two people in two cells
        ({"a": 50, "b": 2, "c": 1}, "bc"),
        ({"a": 50, "b": 1, "c": 0}, "ab"),
        ({"a": 9, "b": 9, "c": 1}, "ac"),
    ],
)
def test_staff_see_exact_numbers_but_1_to_4_and_what_would_tell_them(counts, hidden):
    table = staff_table(line(counts))
    assert {name for (name,), count in table.items() if count is None} == {*hidden}
    assert all(count in (None, counts.get(name)) for (name,), count in table.items() if name != ALL)


def test_a_total_is_hidden_with_its_only_part():
    assert staff_table({("a",): 3}) == {("a",): None, (ALL,): None}
    assert staff_table({("a",): 3, ("b",): 0}) == {("a",): None, ("b",): 0, (ALL,): None}


def test_a_hidden_cell_of_a_grid_hides_a_box():
    table = staff_table(grid([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
    assert shown_rows(table, 3, 3) == [
        [None, None, 30, 53],
        [None, None, 60, 150],
        [70, 80, 90, 240],
        [113, 150, 180, 443],
    ]


def test_cells_that_are_hidden_already_protect_each_other():
    table = staff_table(grid([[3, 2, 30], [4, 3, 60], [70, 80, 90]]))
    assert sum(count is None for count in table.values()) == 4


def test_everyone_sees_the_grid_rounded_with_small_numbers_hidden():
    table = public_table(grid([[9, 20, 33], [40, 51, 60], [70, 82, 90]]))
    assert shown_rows(table, 3, 3) == [
        [None, None, 35, 60],
        [None, None, 60, 150],
        [70, 80, 90, 240],
        [120, 155, 185, 455],
    ]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 40, "b": 10}, {"a": 40, "b": 10, ALL: 50}),
        ({"a": 40, "b": 9}, {"a": None, "b": None, ALL: 50}),
        ({"a": 40, "b": 9, "c": 1}, {"a": 40, "b": None, "c": None, ALL: 50}),
        ({"a": 40, "b": 8, "c": 1}, {"a": None, "b": None, "c": None, ALL: 50}),
        ({"a": 40, "b": 0, "c": 12}, {"a": 40, "b": None, "c": None, ALL: 50}),
        ({"a": 4}, {"a": None, ALL: None}),
        ({"a": 12}, {"a": None, ALL: None}),  # all of 12 people: that is about each of them
        ({"a": 30}, {"a": 30, ALL: 30}),
        ({"a": 28, "b": 0, "c": 0}, {"a": None, "b": None, "c": None, ALL: 30}),
        ({"a": 33, "b": 5, "c": 6}, {"a": 35, "b": None, "c": None, ALL: 45}),
    ],
)
def test_everyone_sees_a_line_without_its_small_numbers(counts, shown):
    assert public_table(line(counts)) == line(shown)


def test_nearly_all_of_a_group_under_30_is_hidden():
    table = public_table(grid([[28, 1, 0], [30, 40, 50], [30, 40, 50], [30, 40, 50]]))
    assert table["r0", "c0"] is None
    assert public_table(grid([[30, 12, 0], [30, 40, 50], [30, 40, 50]]))["r0", "c0"] == 30


counts = st.one_of(st.integers(0, 12), st.integers(0, 90))
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=4)
)


def lines(table):
    for cell in table:
        for place, category in enumerate(cell):
            if category == ALL:
                yield [
                    other for other in table if (*other[:place], ALL, *other[place + 1 :]) == cell
                ]


@given(grids)
def test_no_line_of_a_public_table_has_one_hidden_number_or_few_hidden_people(rows):
    cells = grid(rows)
    table, exact = public_table(cells), with_totals(cells)
    for each in lines(table):
        hidden = [cell for cell in each if table[cell] is None]
        few = sum(exact[cell] for cell in hidden) < 10
        assert len(hidden) in (0, len(each)) or (len(hidden) > 1 and not few)
    for cell, shown in table.items():
        assert shown is None or (exact[cell] >= 10 and abs(shown - exact[cell]) <= 2)
        assert shown is None or shown % 5 == 0


@given(grids)
def test_a_staff_table_is_exact_where_it_is_shown_and_never_shows_1_to_4(rows):
    cells = grid(rows)
    table, exact = staff_table(cells), with_totals(cells)
    assert table.keys() == exact.keys()
    for cell, shown in table.items():
        assert shown not in range(1, 5)
        assert shown is None or shown == exact[cell]
        assert exact[cell] != 0 or shown == 0


def possible(table, exact, deltas=range(-2, 3)):
    """The other tables a reader could believe in, near the true one, each with what is shown."""
    hidden = [cell for cell, count in table.items() if count is None]
    for change in product(deltas, repeat=len(hidden)):
        other = {**exact, **{c: exact[c] + by for c, by in zip(hidden, change, strict=True)}}
        if all(other[cell] > 0 for cell in hidden) and adds_up(other):
            yield other


def adds_up(table):
    return all(
        sum(table[cell] for cell in each[:-1]) == table[each[-1]]
        for each in (sorted(each, key=lambda cell: cell.count(ALL)) for each in lines(table))
    )


small_grids = st.lists(
    st.lists(st.sampled_from([0, 1, 2, 4, 5, 20]), min_size=2, max_size=2), min_size=1, max_size=2
)


@given(small_grids)
def test_every_hidden_number_of_a_staff_table_can_be_two_numbers_at_least(rows):
    cells = grid(rows)
    table, exact = staff_table(cells), with_totals(cells)
    believed = list(possible(table, exact, range(-1, 2)))
    for cell, shown in table.items():
        if shown is None:
            assert len({other[cell] for other in believed}) > 1


def test_a_table_of_three_dimensions_hides_a_box_of_eight():
    cells = dict.fromkeys(product("ab", "cd", "ef"), 20) | {("a", "c", "e"): 3}
    table = staff_table({**cells, **dict.fromkeys(product("g", "cd", "ef"), 30)})
    hidden = {cell for cell, count in table.items() if count is None}
    assert hidden == {*product("ab", "cd", "ef")}


def test_a_box_where_one_person_is_in_the_way_on_both_sides_is_not_enough():
    """One more in a-c-e is one fewer in b-d-f, where the one person then would be none."""
    cells = dict.fromkeys(product("ab", "cd", "ef"), 20) | {("a", "c", "e"): 1, ("b", "d", "f"): 1}
    table = staff_table({**cells, **dict.fromkeys(product("g", "cd", "ef"), 30)})
    hidden = {cell for cell, count in table.items() if count is None}
    assert hidden == {*product("abg", "cd", "ef")}


@given(st.lists(st.sampled_from([0, 1, 3, 5, 20]), min_size=8, max_size=8))
def test_of_three_dimensions_no_line_has_a_single_hidden_number(numbers):
    cells = dict(zip(product("ab", "cd", "ef"), numbers, strict=True))
    table = staff_table(cells)
    for each in lines(table):
        assert sum(table[cell] is None for cell in each) != 1
