"""What the documents print, as the pack holds it."""

import shutil
from decimal import Decimal

from engage.framework import load_pack
from engage.framework.loading import PACKS

PACK = load_pack("hertfordshire")


def test_printed_figures_keep_their_digits_and_words():
    rate = next(each for each in PACK.baselines if each.code == "base-complaint-rate")
    assert (rate.value, rate.comparator.value) == (Decimal("3.7"), Decimal("6.7"))
    assert rate.as_printed == "3.7% in Quarter 1 25/26"
    assert len(PACK.baselines) == 41
    assert all(each.source in {source.code for source in PACK.sources} for each in PACK.baselines)


def test_the_forum_asked_each_year_and_once_gave_no_score():
    found = {each.code: (each.value, each.answers) for each in PACK.outside_figures}
    assert found["outside-hpci-2023"] == (3, 931)
    assert found["outside-hpci-2024"] == (None, 1414)
    assert found["outside-hpci-2025"] == (Decimal("3.3"), 852)


def test_every_count_has_a_unit_of_the_list():
    units = {count.unit for activity in PACK.activities for count in activity.counts}
    assert units <= set(PACK.units)
    assert len(PACK.activities) == 13


def test_open_questions_are_found_by_what_they_are_about():
    assert [each.code for each in PACK.questions_about("ind-2018-r")] == ["oq-r"]
    assert [each.code for each in PACK.questions_about("claim-1000-voices")] == ["oq-1000"]
    assert PACK.questions_about("ind-2018-a") == []


def test_another_county_may_leave_all_of_it_out(tmp_path):
    folder = tmp_path / "kent"
    shutil.copytree(PACKS / "hertfordshire", folder)
    for name in ("baselines", "engagement_2025", "sources", "strategies"):
        (folder / f"{name}.yaml").unlink()
    pack = load_pack(folder)
    left_out = (pack.baselines, pack.outside_figures, pack.units, pack.activities, pack.claims)
    assert left_out == ((), (), (), (), ())
    assert (pack.sums_by_unit, pack.sources, pack.strategies) == ((), (), ())
    assert [question.code for question in pack.open_questions][0] == "oq-r"
