"""A frame of themes as a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.frame.file import FORMAT, Code, Frame, read_frame, to_yaml
from engage.errors import InvalidInputError

lines = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40
)
codes = st.builds(
    Code,
    name=lines,
    definition=lines,
    ambition=st.sampled_from([None, "ambition-1"]),
    critical=st.booleans(),
    keywords=st.lists(lines, max_size=4),
    middle=st.lists(st.floats(-1, 1).map(lambda number: round(number, 4)), max_size=4),
)
frames = st.builds(
    lambda themes: Frame(engage_frame=FORMAT, survey="waves", themes=themes),
    st.lists(codes, max_size=4, unique_by=lambda code: code.name.casefold()),
)


@given(frames)
def test_what_is_written_is_read_back(frame):
    assert read_frame(to_yaml(frame)) == frame


def test_a_frame_reads_well():
    waits = Code(name="Waits", critical=True, keywords=["wait", "list"], middle=[0.5, -0.5])
    text = to_yaml(Frame(engage_frame=1, themes=[waits, Code(name="Letters", parent="Waits")]))
    assert text == (
        "engage_frame: 1\n"
        "themes:\n"
        "- name: Waits\n"
        "  critical: true\n"
        "  keywords: [wait, list]\n"
        "  middle: [0.5, -0.5]\n"
        "- name: Letters\n"
        "  parent: Waits\n"
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("themes: []", "it has no “engage_frame”"),
        ("- a list", "it has no “engage_frame”"),
        ("engage_frame: 2\nthemes: []", "this version reads 1"),
        ("engage_frame: 1", "“themes” is missing"),
        ("engage_frame: 1\nthemes: [{name: ''}]", "name"),
        ("engage_frame: 1\nthemes: [{name: A, colour: red}]", "is not a key of the format"),
        ("engage_frame: 1\nthemes: [{name: A}, {name: a}]", "two themes are called “a”"),
        ("engage_frame: 1\nthemes: [{name: A, parent: B}]", "which is not in the file"),
        ("engage_frame: 1\nthemes: [{name: A, parent: A}]", "one level only"),
        (
            "engage_frame: 1\nthemes: [{name: A}, {name: B, parent: A}, {name: C, parent: B}]",
            "one level only",
        ),
        ("engage_frame: 1\nthemes: [{name: A, middle: [.nan]}]", "middle"),
        ("engage_frame: [", "is not valid YAML"),
        ("x" * 5_000_001, "too long"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_a_sentence(text, wrong):
    with pytest.raises(InvalidInputError, match=wrong):
        read_frame(text)


def test_letters_nobody_sees_are_left_out():
    frame = read_frame('engage_frame: 1\nthemes: [{name: "Wa\\0its  too\\nlong"}]')
    assert frame.themes[0].name == "Wa its too long"
