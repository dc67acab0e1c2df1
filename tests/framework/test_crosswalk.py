"""Which Outcome Bees an ambition serves, as a pack reads it."""

import pytest

from engage.errors import InvalidInputError
from engage.framework import load_pack
from engage.framework.crosswalk import load_crosswalk

PACK = load_pack("hertfordshire")
CROSSWALK = load_crosswalk("hertfordshire")


def test_every_row_is_between_things_the_pack_has():
    rows = CROSSWALK.served_bees
    assert {each.ambition for each in rows} == {each.code for each in PACK.ambitions}
    assert {each.bee for each in rows} <= {each.code for each in PACK.outcome_bees}


def test_every_row_says_how_sure_it_is_and_why():
    assert CROSSWALK.is_draft
    assert all(each.reason and each.confidence for each in CROSSWALK.served_bees)


def test_the_rows_behind_a_bee():
    behind = CROSSWALK.behind("bee-2026-independent")
    assert [each.ambition for each in behind] == ["ambition-5"]


def test_a_pack_may_have_none(tmp_path):
    assert load_crosswalk(tmp_path).served_bees == ()


def test_a_confidence_that_is_none_is_refused_in_a_sentence(tmp_path):
    row = "{from: a, to: b, confidence: sure, reason: none}"
    (tmp_path / "crosswalk.yaml").write_text(f"ambitions_to_bees: [{row}]")
    with pytest.raises(InvalidInputError, match="crosswalk.yaml"):
        load_crosswalk(tmp_path)


def test_it_is_agreed_once_the_file_says_so(tmp_path):
    (tmp_path / "crosswalk.yaml").write_text("meta: {status: agreed}\nambitions_to_bees: []")
    assert not load_crosswalk(tmp_path).is_draft
