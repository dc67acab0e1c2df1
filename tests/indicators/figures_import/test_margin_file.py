"""Margins in a CSV file: taken whole, or refused with a sentence for each mistake."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.framework import load_pack
from engage.indicators.others.csv_lines import FileRefusedError
from engage.indicators.others.importing import categories
from engage.indicators.others.margin_file import read_margins

KNOWN = categories(load_pack("hertfordshire"))
HEADS = "audience,variable,category,count,share"
GOOD = f"{HEADS}\nparent_carer,support,ehcp,9804,\nparent_carer,support,sen_support,31966,\n"


def file(*lines, heads=HEADS):
    return "\n".join([heads, *lines, ""]).encode()


def refused(content):
    with pytest.raises(FileRefusedError) as refusal:
        read_margins(content, KNOWN)
    return refusal.value.lines


def shares(content):
    return {each.category: each.share for each in read_margins(content, KNOWN)}


def test_counts_become_the_shares_of_the_school_census():
    found = shares(GOOD.encode())
    assert round(100 * found["ehcp"], 2) == 23.47
    assert round(100 * found["sen_support"], 2) == 76.53
    assert sum(found.values()) == pytest.approx(1, abs=1e-12)


def test_shares_are_taken_as_they_are_and_add_up_to_one_exactly():
    rounded = file(
        "young_person,phase,5-10,,0.3333",
        "young_person,phase,11-15,,0.3333",
        "young_person,phase,16-25,,0.3333",
    )
    assert sum(shares(rounded).values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("audience", " Audience ").encode(),
        GOOD.encode() + b",,,,\n\n",
    ],
    ids=["BOM", "semicolons", "Windows", "headings", "empty lines"],
)
def test_what_spreadsheets_do_to_a_file_does_no_harm(content):
    assert shares(content) == shares(GOOD.encode())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("parent_carer,support,ehcp,many,", "“many” in “count” is not a number"),
        ("parent_carer,support,ehcp,12.5,", "“count” is not a whole number"),
        ("parent_carer,support,ehcp,-3,", "“count” is less than nothing"),
        ("parent_carer,support,ehcp,0,", "Nothing can be weighted to zero"),
        ("parent_carer,support,ehcp,,0", "Nothing can be weighted to zero"),
        ("parent_carer,support,ehcp,,-0.2", "A share cannot be less than nothing"),
        ("parent_carer,support,ehcp,,23.5", "A share cannot be more than one"),
        ("parent_carer,support,ehcp,5,0.2", "Give a count or a share"),
        ("parent_carer,support,ehcp,,", "Give a count or a share"),
        ("parents,support,ehcp,5,", "“parents” is no audience here"),
        ("parent_carer,age,ehcp,5,", "“age” is no variable here"),
        ("parent_carer,support,plan,5,", "“plan” is no category of support"),
        ("parent_carer,area,dspl10,5,", "“dspl10” is no category of area"),
        (",support,ehcp,5,", "“audience” is empty"),
        ("=cmd(),support,ehcp,5,", "begins like a formula"),
        ("parent_carer,support,ehcp,5,,,", "There are more cells than headings"),
        ("parent_carer,support,ehcp,9999999999,", "“count” is too large"),
        ("parent_carer,support,ehcp,١٢,", "is not a number"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line, words):
    (said,) = refused(file("parent_carer,support,sen_support,4,", line))
    assert said.startswith("Line 3: ")
    assert words in said


def test_every_bad_line_is_named_at_once():
    found = refused(file("x,support,ehcp,5,", "parent_carer,support,ehcp,much,"))
    assert [line[:7] for line in found] == ["Line 2:", "Line 3:"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["a,,0.2", "b,,0.7"], "the shares add up to 0.9, not to 1"),
        (["a,,0.5", "b,4,"], "some lines give a count and some a share"),
        (["a,5,"], "there is only one category"),
        (["a,5,", "a,6,"], "Line 3: “ehcp” stands in line 2 already"),
    ],
)
def test_the_parts_of_a_variable_must_fit_together(lines, words):
    names = {"a": "ehcp", "b": "sen_support"}
    content = file(*(f"parent_carer,support,{names[line[0]]}{line[1:]}" for line in lines))
    assert any(words in said for said in refused(content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (HEADS.encode(), "The file has headings and nothing under them."),
        (GOOD.encode("utf-16"), "The file is not written in UTF-8."),
        (GOOD.replace("ehcp", "\xe9").encode("cp1252"), "Line 2: The file is not written in UTF-8"),
        (GOOD.encode() + b"\x00", "The file holds a NUL sign"),
        (GOOD.encode() + b"," * 10_000_000, "The file is larger than 1 MB"),
        (b"audience,category,count\nx,y,1\n", "There is no column “variable”"),
        (GOOD.replace("share", "shares").encode(), "The column “shares” is not one we know"),
        (GOOD.replace("share", "count").encode(), "The column “count” stands there 2 times"),
        (b'audience,variable,category\n"x,y,z\n', "this is not written as CSV"),
        (file(*["parent_carer,support,ehcp,5,"] * 5_001), "more than 5,000 lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(content, words):
    assert any(words in line for line in refused(content))


def test_a_line_keeps_its_number_after_a_cell_of_several_lines():
    content = file('"parent_carer\n",support,ehcp,5,', "parent_carer,support,sen_support,x,")
    assert refused(content)[0].startswith("Line 4: ")


CELL = st.one_of(
    st.sampled_from(["parent_carer", "support", "ehcp", "sen_support", "5", "0.5", "0", "-1", "x"]),
    st.text(max_size=12),
)


def taken_or_refused(content):
    try:
        return read_margins(content, KNOWN), []
    except FileRefusedError as refusal:
        return [], refusal.lines


@given(st.one_of(st.binary(max_size=200), st.lists(st.lists(CELL, max_size=6), max_size=6)))
def test_whatever_a_file_holds_it_is_taken_or_refused_in_sentences(content):
    if isinstance(content, list):
        content = file(*(",".join(cells) for cells in content))
    with_byte_soup = content.encode() if isinstance(content, str) else content
    found, refusals = taken_or_refused(with_byte_soup)
    assert bool(found) != bool(refusals)
    assert all(re.search(r"[.)]$", line) for line in refusals)
    sums = {}
    for each in found:
        key = each.audience, each.variable
        sums[key] = sums.get(key, 0) + each.share
        assert 0 < each.share <= 1
    assert all(total == pytest.approx(1, abs=1e-9) for total in sums.values())


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=9))
def test_any_counts_give_shares_in_their_proportion(counts):
    codes = KNOWN["area"]
    lines = [f"parent_carer,area,{code},{n}," for code, n in zip(codes, counts, strict=False)]
    found = shares(file(*lines))
    assert found[codes[0]] == pytest.approx(counts[0] / sum(counts))
