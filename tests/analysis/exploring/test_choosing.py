"""Choosing among comments by who said them, how and what about."""

from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.exploring.heard import Heard, Wanted, choices_in, matching
from engage.analysis.exploring.sizes import sizes

AUDIENCES = st.sampled_from(["parent_carer", "young_person", "health", ""])
THEMES = st.lists(st.sampled_from(["Waiting", "Kindness", "Buses"]), unique=True)
HEARD = st.lists(
    st.builds(
        Heard,
        answer_id=st.integers(1, 999),
        response_id=st.integers(1, 60),
        audience=AUDIENCES,
        area=st.sampled_from(["1", "2", ""]),
        sentiment=st.sampled_from(["positive", "negative"]),
        themes=THEMES.map(tuple),
    ),
    max_size=80,
)


def test_each_filter_keeps_what_fits_and_all_together_keep_what_fits_all():
    parent = Heard(1, 1, audience="parent_carer", area="2", themes=("Waiting", "Buses"), wave=1)
    child = Heard(2, 2, audience="young_person", area="2", ambitions=("ambition-1",), wave=2)
    both = [parent, child]

    assert matching(both, Wanted()) == both
    assert matching(both, Wanted(audience="parent_carer")) == [parent]
    assert matching(both, Wanted(theme="Buses")) == [parent]
    assert matching(both, Wanted(ambition="ambition-1")) == [child]
    assert matching(both, Wanted(wave="2")) == [child]
    assert matching(both, Wanted(area="2", theme="Waiting")) == [parent]
    assert matching(both, Wanted(area="1")) == []


@given(HEARD, AUDIENCES)
def test_a_filter_never_adds_and_what_can_be_chosen_is_there(heard, audience):
    kept = matching(heard, Wanted(audience=audience))

    assert all(each in heard for each in kept)
    for value in choices_in(heard)["audience"]:
        assert matching(heard, Wanted(audience=value))


@given(HEARD)
def test_sizes_count_people_once_and_never_more_than_there_are(heard):
    for size in sizes(heard, shows_small=True):
        assert size.people <= len({each.response_id for each in heard})
        for group in size.groups:
            assert 0 <= group.people <= group.base
            assert group.percent is None or (group.base >= 30 and 0 <= group.percent <= 100)


@given(HEARD)
def test_who_may_not_read_answers_is_shown_no_count_of_one_to_four(heard):
    for size in sizes(heard, shows_small=False):
        assert not {group.people for group in size.groups} & {1, 2, 3, 4}


def test_one_hidden_count_hides_its_neighbours_too():
    parents = [Heard(n, n, audience="parent_carer", themes=("Buses",)) for n in range(40)]
    child = Heard(99, 99, audience="young_person", themes=("Buses",))
    (size,) = sizes([*parents, child], shows_small=False)
    assert [group.people for group in size.groups] == [None, None]


@given(HEARD)
def test_who_may_not_read_answers_sees_nothing_of_a_group_of_one_to_four(heard):
    for size in sizes(heard, shows_small=False):
        shown = [group for group in size.groups if group.people is not None]
        assert not {group.base for group in shown} & {1, 2, 3, 4}


def test_none_of_a_few_is_hidden_because_it_says_what_each_of_them_did_not_say():
    parents = [Heard(n, n, audience="parent_carer", themes=("Buses",)) for n in range(40)]
    children = [Heard(n, n, audience="young_person") for n in range(90, 93)]
    (size,) = sizes([*parents, *children], shows_small=False)
    assert [(group.people, group.percent) for group in size.groups] == [(None, None)] * 2
    (whole,) = sizes([*parents, *children], shows_small=True)
    assert [(group.people, group.base) for group in whole.groups] == [(40, 40), (0, 3)]


def test_who_did_not_say_who_they_are_is_a_group_of_its_own():
    groups = [Heard(1, 1, audience=code).group for code in ("parent_carer", "health", "")]
    assert groups == ["parents", "staff", "unknown"]
