"""The county's pack: what it holds, and what is said of one that is broken."""

import shutil

import pytest
import yaml
from pydantic import ValidationError

from engage.errors import InvalidInputError
from engage.framework import load_pack
from engage.framework.loading import PACKS

PACK = load_pack("hertfordshire")


def test_the_pack_knows_its_place():
    assert (PACK.code, PACK.place) == ("hertfordshire", "Hertfordshire SEND partnership")


def test_the_pack_holds_the_whole_framework():
    assert [ambition.number for ambition in PACK.ambitions] == [1, 2, 3, 4, 5, 6]
    assert [area.number for area in PACK.areas] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert {answer.code for answer in PACK.other_area_answers} == {
        *("countywide", "outside", "not_sure", "pnts")
    }
    assert PACK.indicator("ind-2018-q").letter == "q"
    assert len(PACK.outcomes) == 5
    assert len(PACK.glossary) == 121
    assert PACK.organisations[0].code == "org-partnership"


def test_names_are_kept_letter_for_letter():
    assert PACK.ambition("ambition-1").name == "Listen, Engage, Collaborate, Evolve"
    assert PACK.ambition("ambition-2").name == "Early Identification & Support"


def test_an_audience_has_a_label_and_a_way_to_sign_a_quote():
    audience = PACK.audience("education_professional")

    assert audience.label == "Education professional"
    assert audience.label_easy == "I work in a school or college"
    assert audience.quote_label_easy == "Someone who works in a school"


def test_a_series_lists_the_questions_it_is_made_of():
    assert all(isinstance(series.feeds_q, tuple) for series in PACK.series)


def test_an_unknown_code_is_a_lookup_error():
    with pytest.raises(LookupError, match="dspl99"):
        PACK.area("dspl99")


def test_a_pack_never_changes():
    with pytest.raises(ValidationError):
        PACK.code = "kent"


def test_a_pack_is_read_once():
    assert load_pack("hertfordshire") is PACK


def test_an_unknown_pack_is_told_in_a_sentence():
    with pytest.raises(InvalidInputError, match="There is no pack “kent”"):
        load_pack("kent")


def _without(key):
    def change(row):
        del row[key]

    return change


BROKEN = [
    (
        "ambitions",
        "ambitions",
        _without("colour"),
        "ambitions.yaml: ambition-1: “colour” is missing.",
    ),
    ("areas", "areas", _without("label"), "areas.yaml: dspl1: “label” is missing."),
    (
        "audiences",
        "audiences",
        lambda row: row["labels"].pop("easy_read"),
        "audiences.yaml: parent_carer: “label_easy”",
    ),
    (
        "areas",
        "areas",
        lambda row: row.update(code="dspl2"),
        "areas.yaml: the code “dspl2” is given twice.",
    ),
    (
        "ambitions",
        "ambitions",
        lambda row: row["anchors"][0].update(sub="nowhere"),
        "ambitions.yaml: ambition-1: no sub-theme “nowhere”.",
    ),
    (
        "ambitions",
        "ambitions",
        lambda row: row["anchors"][0].update(bee="bee-2026-nowhere"),
        "ambitions.yaml: ambition-1: no Outcome Bee “bee-2026-nowhere”.",
    ),
    ("glossary", "terms", lambda row: row.update(plain=7), "glossary.yaml: term-send: “plain”"),
    (
        "promises",
        "act",
        _without("description"),
        "promises.yaml: act-accurate: “description” is missing.",
    ),
    (
        "promises",
        "professional_promise",
        lambda row: row.update(code="pp-open"),
        "promises.yaml: the code “pp-open” is given twice.",
    ),
]


@pytest.mark.parametrize(("file", "key", "change", "sentence"), BROKEN)
def test_a_broken_pack_is_told_in_one_sentence(tmp_path, file, key, change, sentence):
    folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "broken")
    path = folder / f"{file}.yaml"
    content = yaml.safe_load(path.read_text())
    change(content[key][0])
    path.write_text(yaml.safe_dump(content))

    with pytest.raises(InvalidInputError) as error:
        load_pack(folder)

    assert str(error.value).startswith(sentence)


def test_a_pack_without_a_list_is_told_in_one_sentence(tmp_path):
    folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "broken")
    (folder / "outcomes.yaml").write_text("meta: {}")

    with pytest.raises(InvalidInputError, match="outcomes.yaml: “outcomes” is missing"):
        load_pack(folder)


def test_a_pack_in_a_folder_of_its_own_has_its_own_promises(tmp_path):
    folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "own")
    own = {"code": "own", "name": "By Friday", "description": "Do we answer by Friday?"}
    (folder / "promises.yaml").write_text(yaml.safe_dump({"act": [own]}))

    assert [promise.name for promise in load_pack(folder).promises] == ["By Friday"]


def test_a_pack_without_promises_has_none(tmp_path):
    folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "own")
    (folder / "promises.yaml").unlink()

    assert load_pack(folder).promises == ()
