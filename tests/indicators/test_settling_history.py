"""What all publications of a figure say together: a small number that no two of them tell."""

from dataclasses import replace

from engage.indicators.q.settling import Publication
from tests.indicators.q_pages import source
from tests.indicators.test_settling import AREAS, NOW, counts, headline, publish, said


def test_a_later_figure_does_not_tell_a_small_number_of_the_one_before():
    """11 are neutral at most later, so they were 11 at most before: 4 would be left unhappy."""
    first = publish(counts(60, 11, 4))
    assert (headline(first)["base"], headline(first)["positive"]) == (75, 80)
    assert headline(publish(counts(65, 11, 9), first, days=1)) == headline(first)


def test_three_figures_do_not_tell_what_no_two_of_them_do():
    first = publish(counts(6, 10, 74))
    second = publish(counts(9, 25, 121), first, days=1)
    assert headline(second)["base"] == 155
    third = counts(9, 28, 139)
    assert headline(publish(third, second, days=2)) == headline(second)
    of_the_first_alone = Publication(first.data, first.exact)
    assert headline(publish(third, of_the_first_alone, days=2))["base"] == 175


def test_how_many_were_asked_does_not_narrow_who_came():
    """One at least gave no view before, and still gives none: so the base is 66 at most."""
    silent = said(None)
    first = publish([*counts(19, 7, 21), *silent])
    assert (headline(first)["base"], first.data["questions"]["headline"]["asked"]) == (45, 50)
    second = publish([*counts(21, 10, 32), *silent], first, days=1)
    assert headline(second) == headline(first)


def test_areas_do_not_tell_of_those_who_gave_none():
    north, south = AREAS
    people = [
        *of_area((7, 12, 37), north),
        *of_area((13, 5, 25), south),
        *of_area((3, 1, 11), None),
    ]
    found = publish(people).data
    assert found["headline"]["base"] == 115
    assert {each["base"] for each in found["areas"].values()} == {None}


def test_areas_stand_still_with_the_headline():
    """Ten came from one area, but of all of them together the figure stays."""
    north, south = AREAS
    first = publish(of_area((60, 0, 60), north) + of_area((60, 0, 60), south))
    assert first.data["areas"][north]["base"] == 120
    gone = publish(of_area((80, 0, 60), north) + of_area((50, 0, 59), south), first, days=1)
    assert headline(gone) == headline(first)
    assert gone.data["areas"] == first.data["areas"]


def test_areas_stand_still_too_beside_a_headline_of_before_there_were_weights():
    north, south = AREAS
    first = publish(of_area((60, 0, 60), north) + of_area((60, 0, 60), south))
    without = {name: value for name, value in headline(first).items() if name != "weighted"}
    older = Publication({**first.data, "headline": without}, first.exact)
    second = publish(of_area((63, 0, 60), north) + of_area((60, 0, 60), south), older, days=1)
    assert second.data["areas"] == first.data["areas"]
    assert second.data["areas"][north]["base"] == 120


def test_a_headline_of_two_questions_has_no_areas():
    north, south = AREAS
    people = of_area((60, 0, 60), north) + of_area((60, 0, 60), south)
    mixed = replace(source(), asked={"headline": "PC10 PC11"})
    found = publish(people, survey=mixed).data["areas"]
    assert {each["reason"] for each in found.values()} == {"protected"}


def of_area(people, area):
    values = zip((4, 3, 2), people, strict=True)
    return [reply for value, many in values for reply in said(value, many, NOW, area)]
