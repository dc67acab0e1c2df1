"""What the machine says may name somebody."""

import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.analysis import redaction as corpus
from engage.analysis.redaction.lists import DATA, first_names, instead, lines, rules
from engage.analysis.redaction.numbers import is_right
from engage.analysis.redaction.places import places
from engage.analysis.redaction.rules import suggest

COUNTY = corpus.county()


def found(text):
    return [text[each.start : each.end] for each in suggest(text, COUNTY)]


def by_rule(text):
    return [(text[each.start : each.end], each.rule) for each in suggest(text, COUNTY)]


@pytest.fixture(scope="module")
def held():
    return corpus.score(corpus.sentences(corpus.HELD), lambda text: suggest(text, COUNTY))


def test_names_are_found_with_and_without_capitals(held):
    assert held.share("name capitalised") >= 0.95
    assert held.share("name lower") >= 0.85


def test_clean_sentences_raise_no_false_alarms(held):
    assert held.alarms <= 0.02 * held.clean
    assert held.alarm_words <= 0.02 * held.clean_words


def test_everything_else_that_tells_who_it_is_is_found(held):
    assert held.others() >= 0.95


def test_a_name_on_no_list_is_found_by_what_stands_before_it():
    with corpus.no_first_names():
        without = corpus.score(corpus.sentences(), lambda text: suggest(text, COUNTY))
    assert without.share("name capitalised") >= 0.4


def test_the_corpus_is_as_large_as_it_is_meant_to_be():
    some = corpus.sentences()
    assert len(some) >= 320
    assert sum(each.case == "clean" for each in some) >= 120
    assert all(each.text[s.start : s.end].strip() for each in some for s in each.spans)


def test_the_list_of_first_names_is_long_and_has_no_name_twice():
    written = lines("first_names.txt")
    assert len(written) >= 1500
    assert len({name.rstrip("*").casefold() for name in written}) == len(first_names())
    assert {"will*", "may**", "mark*", "grace*", "rose*", "hope*", "summer**"} <= {
        name.casefold() for name in written
    }


def test_every_rule_says_why_in_a_sentence_and_has_a_kind_word():
    assert all(rule.why.endswith(".") for rule in rules().values())
    assert instead()["name_on_list"] == "[a name]"
    assert instead()["school_saint"] == "[a school]"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We like Mrs Featherstone-Hythe.", "name_after_title"),
        ("My son Zebulon is kind.", "name_after_clue"),
        ("I met Priya there.", "name_on_list"),
        ("Grace has a new chair.", "name_with_clue"),
        ("It got better when Quillon left.", "name_before_verb"),
        ("Elmstead Primary is full.", "school_named"),
        ("st bernards said no", "school_saint"),
        ("He walks to Much Hadham.", "place_known"),
        ("Ring 01632 960 004.", "phone_number"),
        ("Write to mum@example.org", "email_address"),
        ("We are in SG5 2BB.", "postcode_full"),
        ("No bus in SG5 at all.", "postcode_half"),
        ("NHS number 999 123 4560", "nhs_number_said"),
        ("dob 3/4/12", "birth_said"),
    ],
)
def test_each_rule_is_met_by_its_own_example(text, rule):
    assert [each.rule for each in suggest(text, COUNTY)] == [rule]


def test_the_reason_names_what_gave_it_away():
    (mark,) = suggest("Ask Dr Khan.", COUNTY)
    assert mark.why == "It follows “Dr”, so it is a person's name."


def test_a_rare_condition_is_marked_only_beside_a_place_or_a_school():
    assert by_rule("She has Rett syndrome.") == []
    assert by_rule("She has Rett syndrome and lives in Tring.") == [
        ("Rett syndrome", "diagnosis_with_place"),
        ("Tring", "place_known"),
    ]
    assert by_rule("He has autism and lives in Tring.") == [("Tring", "place_known")]


@pytest.mark.parametrize(
    "text",
    [
        "We rang 0300 123 4043 and 111.",
        "The complaint is number 4821937.",
        "We applied on 3 March 2024.",
        "The M25 and the A414 are closed.",
        "MY CHILD NEEDS MORE HELP NOW",
        "i miss my friends",
        "I'm her mum. I'd like help.",
        "Summer term and Autumn term.",
        "Oak trees are in the school garden.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert found(text) == []


def test_two_schools_in_one_sentence_are_two():
    assert found("Oakleigh School and Priory Grove School said no") == [
        "Oakleigh School",
        "Priory Grove School",
    ]


def test_the_county_gives_the_places():
    elsewhere = places(["Saint Ives", "Bury*"], ["IP32"])
    text = "st ives and bury, in bury, in IP32, not Hitchin"
    assert [text[m.start : m.end] for m in suggest(text, elsewhere)][-2:] == ["bury", "IP32"]
    assert suggest("We live in Hitchin", places([], [])) == []


def test_a_place_ends_at_a_hyphen_unless_the_longer_name_is_a_place():
    some = places(["Stanstead", "Stanstead Abbotts"], [])
    text = "A Stanstead-based group and one in Stanstead-Abbotts, not Stansteads"
    assert [text[m.start : m.end] for m in suggest(text, some)] == [
        "Stanstead",
        "Stanstead-Abbotts",
    ]


def test_the_check_digit_of_an_nhs_number():
    assert is_right("9434765919")
    assert not is_right("9434765918")
    assert by_rule("It is 943 476 5919.") == [("943 476 5919", "nhs_number_checked")]
    assert by_rule("Order 943 476 5918.") == []


def test_words_that_yaml_takes_for_true_and_false_are_words():
    settings = yaml.safe_load((DATA / "rules.yaml").read_text(encoding="utf-8"))
    some = [word for value in settings.values() if isinstance(value, list) for word in value]
    assert all(isinstance(word, str) and word == word.casefold() for word in some)
    assert by_rule("dr no") == []


def test_the_lists_are_plain_text_one_a_line():
    files = sorted(DATA.rglob("*.txt"))
    assert len(files) >= 5
    assert all(line == line.strip() for file in files for line in file.read_text().splitlines())


@given(st.text(max_size=200))
def test_any_text_gives_marks_in_order_that_do_not_overlap(text):
    marks = suggest(text, COUNTY)
    assert all(0 <= m.start < m.end <= len(text) for m in marks)
    assert all(a.end <= b.start for a, b in zip(marks, marks[1:], strict=False))


CLUES = (
    "my son Jayden Mrs Patel in Ware, 07700 900123 . I am at st marys school and dob "
    "3/4/2012 will May Grace is NHS 999 SG5 1AB Rett"
)


@given(st.lists(st.sampled_from(CLUES.split()), max_size=25))
def test_any_mix_of_clues_gives_marks_in_order(words):
    text = " ".join(words)
    marks = suggest(text, COUNTY)
    assert all(a.end <= b.start for a, b in zip(marks, marks[1:], strict=False))


@pytest.mark.parametrize("name", ["José", "Zoë", "Chloë Müller", "Renée"])
def test_a_name_is_marked_whole_though_its_accents_were_typed_apart(name):
    typed = unicodedata.normalize("NFD", name)
    assert found(f"My son {typed} waits") == [typed]
    assert found(f"My son {name} waits") == [name]
