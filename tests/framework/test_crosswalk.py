"""Which Outcome Bees an ambition serves, as a pack reads it."""

import shutil

import pytest

from engage.errors import InvalidInputError
from engage.framework import load_pack
from engage.framework.loading import PACKS

PACK = load_pack("hertfordshire")


@pytest.fixture
def pack_with(tmp_path):
    """A pack in a folder of its own, with this crosswalk; without a file where there is none."""

    def pack_with(crosswalk=None):
        folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "own")
        (folder / "crosswalk.yaml").unlink()
        if crosswalk is not None:
            (folder / "crosswalk.yaml").write_text(crosswalk)
        return load_pack(folder)

    return pack_with


def test_every_row_is_between_things_the_pack_has():
    rows = PACK.served_bees
    assert {each.ambition for each in rows} == {each.code for each in PACK.ambitions}
    assert {each.bee for each in rows} <= {each.code for each in PACK.outcome_bees}


def test_every_row_says_how_sure_it_is_and_why():
    assert PACK.crosswalk_is_draft
    assert all(each.reason and each.confidence for each in PACK.served_bees)


def test_the_rows_behind_a_bee():
    behind = PACK.behind("bee-2026-independent")
    assert [each.ambition for each in behind] == ["ambition-5"]


def test_a_pack_may_have_none(pack_with):
    pack = pack_with()
    assert (pack.served_bees, pack.crosswalk_is_draft) == ((), True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"confidence": "sure"}, "crosswalk.yaml: unknown confidence “sure”."),
        ({"from": "ambition-7"}, "crosswalk.yaml: no ambition “ambition-7”."),
        ({"to": "bee-2026-nowhere"}, "crosswalk.yaml: no Outcome Bee “bee-2026-nowhere”."),
    ],
)
def test_a_broken_row_is_refused_in_a_sentence(pack_with, changed, sentence):
    whole = {"from": "ambition-1", "to": "bee-2026-healthy", "confidence": "close", "reason": "x"}
    row = ", ".join(f"{key}: {value}" for key, value in {**whole, **changed}.items())
    with pytest.raises(InvalidInputError) as error:
        pack_with(f"ambitions_to_bees: [{{{row}}}]")
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("meta", "is_draft"),
    [("{status: agreed}", False), ("{status: draft of May}", True), ("{}", True), ("x", True)],
)
def test_it_is_agreed_once_the_file_says_so(pack_with, meta, is_draft):
    pack = pack_with(f"meta: {meta}\nambitions_to_bees: []")
    assert pack.crosswalk_is_draft == is_draft
