"""Which sentences count under which theme, after what people changed."""

from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.frame.membership import Code, Placed, Said, heads, members


def said(answer, key="a", weight=1.0):
    return Said(answer, 1, f"Sentence {answer}{key}", key, weight)


def places(made, theme):
    return {(one.answer_id, one.key) for one in made[theme]}


FOUND = {7: [said(1), said(2)], 8: [said(3)]}
KNOWN = {one.place: one for some in FOUND.values() for one in some} | {(4, "a"): said(4)}


def made_of(codes, *placed):
    return members(codes, FOUND, placed, KNOWN)


def test_a_theme_holds_what_the_machine_found():
    made = made_of([Code(1, 7)])
    assert places(made, 1) == {(1, "a"), (2, "a")}
    assert not [one for one in made[1] if one.by_person]


def test_a_theme_that_a_person_made_holds_only_what_was_put_there():
    made = made_of([Code(1, None)], Placed(1, (4, "a"), True))
    assert places(made, 1) == {(4, "a")}
    assert made[1][0].by_person


def test_what_is_taken_out_is_gone_and_what_is_put_in_is_there():
    made = made_of([Code(1, 7)], Placed(1, (1, "a"), False), Placed(1, (3, "a"), True))
    assert places(made, 1) == {(2, "a"), (3, "a")}


def test_what_the_machine_found_and_a_person_confirmed_stays_the_machines():
    made = made_of([Code(1, 7)], Placed(1, (1, "a"), True))
    assert not [one for one in made[1] if one.by_person]


def test_a_merged_theme_counts_under_the_other_with_what_people_changed_in_it():
    codes = [Code(1, 7, merged_into=2), Code(2, 8)]
    made = made_of(codes, Placed(1, (2, "a"), False), Placed(1, (4, "a"), True))
    assert set(made) == {2}
    assert places(made, 2) == {(1, "a"), (3, "a"), (4, "a")}


def test_the_theme_it_was_merged_into_may_still_take_a_sentence_out():
    codes = [Code(1, 7, merged_into=2), Code(2, 8)]
    assert places(made_of(codes, Placed(2, (1, "a"), False)), 2) == {(2, "a"), (3, "a")}


def test_themes_merged_one_after_the_other_count_under_the_last():
    codes = [Code(1, 7, 2), Code(2, 8, 3), Code(3, None)]
    assert heads(codes) == {1: 3, 2: 3, 3: 3}
    assert places(made_of(codes), 3) == {(1, "a"), (2, "a"), (3, "a")}


def test_a_sentence_in_two_merged_findings_counts_once_at_its_surest():
    found = {7: [said(1, weight=0.4)], 8: [said(1, weight=0.9)]}
    made = members([Code(1, 7, 2), Code(2, 8)], found, [], {})
    assert [one.weight for one in made[2]] == [0.9]


def test_a_sentence_that_is_not_there_any_more_is_put_nowhere():
    assert made_of([Code(1, None)], Placed(1, (99, "a"), True))[1] == []


@given(
    st.lists(
        st.builds(
            Placed, st.integers(1, 3), st.tuples(st.integers(1, 4), st.just("a")), st.booleans()
        ),
        max_size=12,
        unique_by=lambda one: (one.theme_id, one.place),
    ),
    st.sampled_from([None, 2, 3]),
)
def test_nothing_counts_twice_and_what_a_theme_took_out_is_never_in_it(placed, into):
    codes = [Code(1, 7, into), Code(2, 8), Code(3, None)]
    for theme, some in made_of(codes, *placed).items():
        found = [one.place for one in some]
        assert len(found) == len(set(found))
        out = {one.place for one in placed if one.theme_id == theme and not one.belongs}
        back = {one.place for one in placed if one.theme_id == theme and one.belongs}
        assert not set(found) & (out - back)
