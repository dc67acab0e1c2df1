"""A file of themes may hold anything at all: it is read, or one sentence says why not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.frame.file import read_frame
from engage.errors import InvalidInputError
from engage.framework.yaml_files import MOST_LEVELS, parse_yaml

FLOOD = 60_000
WHOLE_FRAME = "engage_frame: 1\nthemes: [{{name: Buses, definition: {}}}]"
TAGS = ("int", "float", "bool", "null", "timestamp", "binary", "set", "omap", "pairs", "merge")


def complaint_about(read, text):
    with pytest.raises(InvalidInputError) as refused:
        read(text, "codes.yaml")
    words = str(refused.value)
    assert words.startswith("codes.yaml")
    assert words.endswith(".")
    assert "\n" not in words
    return words


@pytest.mark.parametrize("opens", ["[", "- ", "{a: ", "? "])
@pytest.mark.parametrize("read", [parse_yaml, read_frame])
def test_thousands_of_levels_are_refused_before_they_end_the_process(read, opens):
    assert complaint_about(read, opens * FLOOD) == "codes.yaml is nested too deeply to be read."


def test_thousands_of_levels_that_are_closed_again_are_refused_too():
    text = "[" * FLOOD + "]" * FLOOD
    assert complaint_about(parse_yaml, text) == "codes.yaml is nested too deeply to be read."


def test_as_many_levels_as_are_allowed_are_read_and_one_more_is_not():
    def nested(levels):
        return "[" * levels + "]" * levels

    assert parse_yaml(nested(MOST_LEVELS), "codes.yaml") is not None
    complaint_about(parse_yaml, nested(MOST_LEVELS + 1))


def test_a_long_list_is_not_a_deep_one():
    assert len(parse_yaml("- [a, {b: c}]\n" * 1000, "codes.yaml")) == 1000


@pytest.mark.parametrize(
    "value",
    [
        "2020-13-45",
        "2020-01-01T99:99:99Z",
        '!!timestamp "2001-12-14t21:59:43-99:00"',
        "!!timestamp soon",
        "!!int x",
        '!!int ""',
        '!!int "-"',
        "!!float x",
        '!!float ""',
        "!!bool perhaps",
        "9" * 5000,
        '!!binary "é"',
        "!!python/object:os.system {}",
        "!!python/object/apply:os.system [ls]",
        '"\\ud800"',
        "\ud800",
        "&a 1, ambition: &a 2",
        "!nobody x",
    ],
)
def test_a_value_that_cannot_be_is_said_in_a_sentence(value):
    assert "is not valid YAML" in complaint_about(read_frame, WHOLE_FRAME.format(value))


def test_a_part_that_repeats_another_is_not_read():
    repeated = WHOLE_FRAME.format("*nowhere")
    assert "uses “*” to repeat a part" in complaint_about(read_frame, repeated)


@given(st.sampled_from(TAGS), st.text("-+0123456789abx:.eE_ \"'TZ", max_size=12))
def test_whatever_a_value_claims_to_be_it_is_read_or_refused(tag, value):
    with suppress(InvalidInputError):
        assert "theme" in parse_yaml(f"theme: !!{tag} {value}", "codes.yaml")
