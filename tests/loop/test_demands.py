import pytest

from engage.loop.demands import Parts, missing
from tests.loop.made import WHOLE, emptied, whole


@pytest.mark.parametrize("kind", WHOLE)
def test_an_answer_with_all_its_parts_misses_nothing(kind):
    assert missing(whole(kind)) == ()


@pytest.mark.parametrize(
    ("kind", "part"), [(kind, part) for kind, parts in WHOLE.items() for part in parts]
)
def test_an_answer_without_one_of_its_parts_misses_that_part(kind, part):
    assert missing(whole(kind, **emptied(kind, part))) == (part,)


@pytest.mark.parametrize("part", ["you_said", "we_did", "owner"])
@pytest.mark.parametrize("kind", WHOLE)
def test_every_answer_has_words_and_an_owner(kind, part):
    assert missing(whole(kind, **{part: "  "})) == (part,)


def test_not_now_owes_a_date():
    assert missing(whole("cannot", reason="not_now")) == ("due_on",)


def test_reaching_nobody_is_a_number_too():
    assert missing(whole("did", reached=0)) == ()


def test_what_belongs_to_another_kind_is_not_asked_for():
    assert "place" not in missing(Parts(kind="will"))
