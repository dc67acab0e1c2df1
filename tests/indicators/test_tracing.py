"""How the numbers of a page are found, and what is left out because it is no figure."""

import pytest

from tests.indicators.tracing import FIXED, numbers_of, numbers_on, our_sentences


def test_numbers_are_found_wherever_people_read_or_hear_them():
    page = """<main><h1>33%</h1><table><tr><td>1,414</td></tr></table><details>6.70</details>
    <svg role="img" aria-label="Parents 41%"><text class="v">52</text></svg></main><p>99</p>"""
    assert numbers_on(page) == ["33", "1414", "6.70", "52", "41"]


def test_dates_versions_checksums_and_our_own_sentences_are_no_figures():
    page = """<main>Opened 2 March 2026, since April 2025. Definition 2.0, Engage 0.7.1.
    Checksum of the figures: 0123456789ab. Definition 2.0, checksum 0123456789ab.
    Think of 100 people. The rest is 7.</main>"""
    assert numbers_on(page) == ["7"]


def test_a_moment_and_a_name_of_a_key_are_not_taken_for_figures():
    data = {"dspl9": {"as_of": "2026-04-01T12:00:00+00:00", "base": 530, "positive": "under 15"}}
    assert sorted(numbers_of(data)) == ["15", "530"]
    assert "9" in set(numbers_of(data, with_keys=True))


@pytest.mark.parametrize("sentence", FIXED)
def test_what_is_left_out_as_our_own_words_is_so(sentence):
    assert any(sentence in words for words in our_sentences())
