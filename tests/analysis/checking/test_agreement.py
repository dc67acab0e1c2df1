"""How far two people agree, in figures that were worked out elsewhere and in others' code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score, jaccard_score

from engage.analysis.checking.agreement import (
    by_audience,
    cohens_kappa,
    compare,
    in_words,
    is_to_discuss,
    jaccard,
    wide_gap,
)
from engage.analysis.checking.results import Coder, results

# Ten comments and four codes, worked out by hand.
ANN = [[1, 0, 0, 1], [0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] + [
    [1, 0, 0, 0],
    [0, 1, 1, 0],
    [0, 0, 0, 0],
    [1, 0, 1, 0],
    [0, 1, 0, 1],
]
BEN = [[1, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]] + [
    [1, 0, 0, 0],
    [0, 1, 1, 0],
    [0, 0, 0, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
]
THEMES = range(4)


def coding(table):
    return {
        number: frozenset(theme for theme, said in enumerate(row) if said)
        for number, row in enumerate(table)
    }


tables = st.integers(1, 30).flatmap(
    lambda rows: st.tuples(
        *[
            st.lists(
                st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=rows, max_size=rows
            )
        ]
        * 2
    )
)


def test_the_figures_worked_out_by_hand():
    found = compare(coding(ANN), coding(BEN), THEMES)
    kappas = [round(theme.kappa, 6) for theme in found.themes]
    assert kappas == [1.0, 0.782609, 0.52381, 0.736842]
    assert round(found.mean_kappa, 6) == 0.760815
    assert round(found.micro_f1, 6) == 0.846154
    assert round(found.macro_f1, 6) == 0.830952
    assert round(found.jaccard, 6) == 0.8
    assert round(found.exact, 6) == 0.6
    assert found.comments == 10


@given(tables)
def test_kappa_is_that_of_scikit_learn(pair):
    first, second = pair
    for place, theme in enumerate(compare(coding(first), coding(second), THEMES).themes):
        one, other = [row[place] for row in first], [row[place] for row in second]
        if theme.kappa is None:
            assert len({*one, *other}) == 1, "undefined only where one code is not present at all"
        else:
            assert theme.kappa == pytest.approx(cohen_kappa_score(one, other, labels=[0, 1]))


@given(tables)
def test_f1_and_jaccard_are_those_of_scikit_learn(pair):
    first, second = np.array(pair[0]), np.array(pair[1])
    found = compare(coding(first), coding(second), THEMES)
    if found.micro_f1 is not None:
        micro = f1_score(first, second, average="micro")
        macro = f1_score(first, second, average="macro", zero_division=np.nan)
        assert found.micro_f1 == pytest.approx(micro)
        assert found.macro_f1 == pytest.approx(macro)
    # They leave it to us what two empty sets are: the same.
    overlap = jaccard_score(first, second, average="samples", zero_division=1.0)
    assert found.jaccard == pytest.approx(overlap)


@given(tables)
def test_every_figure_is_within_its_bounds(pair):
    found = compare(coding(pair[0]), coding(pair[1]), THEMES)
    shares = [found.micro_f1, found.macro_f1, found.jaccard, found.exact]
    assert all(0 <= share <= 1 for share in shares if share is not None)
    assert all(-1 <= theme.kappa <= 1 for theme in found.themes if theme.kappa is not None)
    assert all(
        theme.both + theme.only_first + theme.only_second + theme.neither == found.comments
        for theme in found.themes
    )


@given(tables)
def test_it_does_not_matter_who_comes_first(pair):
    one, other = coding(pair[0]), coding(pair[1])
    there, back = compare(one, other, THEMES), compare(other, one, THEMES)
    assert [theme.kappa for theme in there.themes] == [theme.kappa for theme in back.themes]
    assert there.micro_f1 == back.micro_f1
    assert there.macro_f1 == back.macro_f1
    assert there.jaccard == back.jaccard


@given(tables)
def test_two_who_say_the_same_agree_wholly(pair):
    found = compare(coding(pair[0]), coding(pair[0]), THEMES)
    figures = [found.mean_kappa, found.micro_f1, found.macro_f1, found.jaccard, found.exact]
    assert {figure for figure in figures if figure is not None} == {1.0}


def test_only_comments_that_both_coded_count():
    found = compare({1: {0}, 2: {0}}, {2: {0}, 3: {0}}, THEMES)
    assert found.comments == 1


def test_a_theme_that_nobody_used_has_no_kappa_and_leaves_the_means_alone():
    found = compare({1: {0}, 2: set()}, {1: {0}, 2: set()}, [0, 9])
    used, unused = found.themes
    assert (used.kappa, unused.kappa, unused.is_used) == (1.0, None, False)
    assert (found.mean_kappa, found.macro_f1) == (1.0, 1.0)


def test_a_theme_that_both_put_everywhere_has_no_kappa():
    (theme,) = compare({1: {0}, 2: {0}}, {1: {0}, 2: {0}}, [0]).themes
    assert theme.kappa is None


def test_a_theme_that_one_never_used_has_kappa_0_and_says_so():
    (theme,) = compare({1: {0}, 2: set()}, {1: set(), 2: set()}, [0]).themes
    assert theme.kappa == 0
    assert theme.is_one_sided


def test_nothing_coded_is_nothing_measured():
    found = compare({}, {}, THEMES)
    assert (found.comments, found.mean_kappa, found.micro_f1, found.jaccard) == (
        0,
        None,
        None,
        None,
    )


def test_two_who_choose_no_theme_are_the_same():
    assert jaccard(set(), set()) == 1


def test_worse_than_chance_is_under_0():
    assert cohens_kappa(0, 5, 5, 0) == -1


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (-0.1, "poor"),
        (0.0, "slight"),
        (0.2, "slight"),
        (0.21, "fair"),
        (0.4, "fair"),
        (0.6, "moderate"),
        (0.61, "substantial"),
        (0.8, "substantial"),
        (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)
def test_the_words_of_landis_and_koch(kappa, words):
    assert in_words(kappa) == words


@given(st.floats(-1, 1))
def test_every_kappa_has_words(kappa):
    assert in_words(kappa)


def test_what_is_shown_as_060_is_not_called_under_it():
    assert not is_to_discuss(0.598)
    assert is_to_discuss(0.594)
    assert not is_to_discuss(None)


def alike(number, said, start=0):
    return {start + place: {said} for place in range(number)}


def test_only_groups_of_ten_are_compared_and_a_wide_gap_is_found():
    same, apart = alike(10, 0), alike(10, 0, start=10)
    few = alike(9, 0, start=20)
    ann = {**same, **apart, **few}
    ben = {**same, **alike(10, 1, start=10), **few}
    audience_of = {n: "parents" if n < 10 else "children" if n < 20 else "staff" for n in range(29)}
    groups = by_audience(ann, ben, [0, 1], audience_of)
    assert [(group.audience, group.agreement.micro_f1) for group in groups] == [
        ("children", 0.0),
        ("parents", 1.0),
    ]
    best, worst = wide_gap(groups)
    assert (best.audience, worst.audience) == ("parents", "children")


def test_equal_groups_have_no_gap():
    groups = by_audience(alike(20, 0), alike(20, 0), [0], {n: str(n % 2) for n in range(20)})
    assert len(groups) == 2
    assert wide_gap(groups) is None


def test_everybody_is_compared_with_everybody_and_with_the_machine():
    table = coding(ANN)
    coders = [Coder("Ann", table), Coder("Ben", coding(BEN)), Coder("Cy", table)]
    found = results(coders, coding(BEN), list(THEMES), {})
    names = [(each.first, each.second or "machine") for each in found.comparisons]
    assert names == [
        ("Ann", "Ben"),
        ("Ann", "Cy"),
        ("Ben", "Cy"),
        ("Ann", "machine"),
        ("Ben", "machine"),
        ("Cy", "machine"),
    ]
    assert found.mean_between_people == pytest.approx((2 * 0.760815 + 1) / 3, abs=1e-5)
    assert found.mean_with_machine == pytest.approx((2 * 0.760815 + 1) / 3, abs=1e-5)
    assert found.reaches_aim


def test_the_themes_to_discuss_are_named_for_people_and_for_the_machine_apart():
    found = results(
        [Coder("Ann", coding(ANN)), Coder("Ben", coding(BEN))], coding(ANN), list(THEMES), {}
    )
    assert [each.theme for each in found.people_to_discuss] == [2]
    (machine,) = found.machine_to_discuss
    assert (machine.theme, machine.comparison.first) == (2, "Ben")


def test_one_who_reads_a_theme_in_another_way_is_not_lost_in_a_mean():
    table = coding(ANN)
    alike = [Coder(name, table) for name in ("Ann", "Cy", "Di", "Eve")]
    found = results([*alike, Coder("Ben", coding(BEN))], table, list(THEMES), {})
    (lowest,) = found.people_to_discuss
    assert (lowest.theme, round(lowest.kappa, 6)) == (2, 0.52381)
    assert lowest.comparison.second == "Ben"


def test_the_lowest_named_is_the_lowest_there_is():
    found = results([Coder("Ann", coding(ANN)), Coder("Ben", coding(BEN))], {}, list(THEMES), {})
    assert found.with_machine == ()
    assert found.machine_to_discuss == ()
