"""What a survey writer is told about the wording, and what is left alone."""

import json
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.wording import CORPUS, LEVELS, figures, read, survey_of
from engage.cli import main
from engage.surveys import catalogue
from engage.surveys.easyread import Severity, check, lists
from engage.surveys.easyread.text import length, sentences, syllables
from engage.surveys.interchange import to_yaml
from tests.survey_factories import a_pack, ask, small_definition, worded

KNOW = "I do not know"


def rules_on(text, options=(), easy_read=True):
    """The rules that speak up about the words of one question and its answers."""
    return {
        finding.rule
        for finding in check(survey_of(text, options))
        if finding.place.question and finding.place.easy_read is easy_read
        if not finding.is_structural
    }


def findings_of(rule, definition):
    return [finding for finding in check(definition) if finding.rule == rule]


PLAIN = [
    "How do you feel about school?",
    "Who helps you at school?",
    "Do you like fish and chips?",
    "Do you and your mum talk about it?",
    "Are you worried about your taxi to school?",
    "Do you live in Hertfordshire?",
    "Did Mr. Khan help you?",
    "Is the TV too loud?",
    "Have you seen your GP this week?",
    "Do you use a wheelchair?",
    "Is it OK if you don't know?",
    "Do you have an EHCP? It is a plan for your help.",
    "An advocate is a person who speaks up for you. Do you have an advocate?",
    "Do you feel happy or sad?",
    "Did you have fun on Saturday?",
    "You can ring us. Call 0800 1111.",
    "How do you feel at home?",
    "Do you go to primary school?",
    "What is your address?",
    "Do you sleep in the dark?",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_left_alone(text):
    assert rules_on(text) == set()


HARD = [
    ("Do you come to us for help when it is hot or when it is cold out?", "very-long-sentence"),
    ("Do you tell us when you need more help with your work?", "long-sentence"),
    ("Is the provision good?", "jargon"),
    ("Do you commission it?", "jargon"),
    ("Do you require more help?", "formal-word"),
    ("Is it hypoallergenic?", "long-word"),
    ("Did they go the extra mile?", "saying"),
    ("Have they gone the extra mile?", "saying"),
    ("Did you put yourself in their shoes?", "saying"),
    ("Are you wheelchair-bound?", "unkind-word"),
    ("Does your SENCO help you?", "initials"),
    ("PLEASE TELL US what you like.", "capitals"),
    ("Do 75% of people help you?", "number"),
    ("Do you like swimming, reading, etc.?", "sign"),
    ("Does he/she help you?", "sign"),
    ("Do you like your room (at home)?", "brackets"),
    ("Do you like school and do you like home?", "two-questions"),
    ("Is the letter clear and useful?", "two-things"),
    ("Do you like it? Why do you like it?", "two-question-marks"),
    ("Don’t you like your school?", "leading"),
    ("It is good, isn't it?", "leading"),
    ("Why do you hate school?", "presumes"),
    ("What does a good life look like?", "big-idea"),
    ("To what extent do you like it?", "agree-scale"),
    ("Is it never not open?", "two-noes"),
    ("Are you unhappy with the lack of clubs?", "two-noes"),
    ("Is school not fun?", "no-in-question"),
    ("Was the plan explained to you?", "passive"),
    ("Did you see us in the last 12 months?", "vague-time"),
    ("What would you do if you won?", "supposing"),
    ("Was it good, although late?", "long-join"),
    ("Was the help in question 4 good?", "points-elsewhere"),
    ("Do you like cats, dogs, birds, fish?", "many-parts"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), HARD)
def test_hard_words_are_pointed_out(text, rule):
    assert rule in rules_on(text)


HARD_ANSWERS = [
    (["1", "2", "3", "4", "5"], "number-scale"),
    (["Red", "Blue", "Green", "Pink", "Grey", "White"], "too-many-answers"),
    (["Yes, but only when it does not rain", "No"], "long-answer"),
    (["Yes", "yes"], "same-answer-twice"),
    (["1 to 5", "5 to 10"], "answers-overlap"),
    (["Great", "Very good", "Good", "Bad"], "lopsided-answers"),
    (["Often", "Rarely", "Never"], "vague-often"),
]


@pytest.mark.parametrize(("options", "rule"), HARD_ANSWERS)
def test_answers_that_are_hard_to_choose_from_are_pointed_out(options, rule):
    assert rule in rules_on("How is it?", [*options, KNOW])
    assert rule not in rules_on("How is it?", ["Good", "OK", "Bad", KNOW])


def test_an_answer_for_when_people_do_not_know_is_asked_for():
    without = findings_of("no-way-out", survey_of("Do you like it?", ["Yes", "No"]))

    assert [finding.severity for finding in without] == [Severity.STOP]
    assert not findings_of("no-way-out", survey_of("Do you like it?", ["Yes", "No", KNOW]))


def test_a_plainer_word_is_offered_where_there_is_one():
    finding = findings_of("jargon", survey_of("Is the provision good?", ()))[0]

    assert (finding.quote, finding.plainer) == ("provision", "help")
    assert finding.place.question == "Q1"


def test_a_word_inside_a_hard_phrase_is_pointed_out_once():
    assert rules_on("Is your annual review good?") == {"jargon"}


def test_a_hard_word_explained_once_is_known_in_the_questions_after_it():
    asked = [
        ask("Q1", "text", wording=worded("Do you have an EHCP? It is a plan for your help.")),
        ask("Q2", "text", wording=worded("Is your EHCP good?")),
    ]

    assert not findings_of("initials", small_definition(asked))
    assert findings_of("initials", small_definition(asked[1:]))


def test_people_at_work_may_be_asked_in_the_words_of_their_work():
    asked = [ask("Q1", "text", wording=worded("Is the provision for SEND good?"))]

    assert not findings_of("jargon", small_definition(asked, ["education_professional"]))
    assert findings_of("jargon", small_definition(asked, ["parent_carer"]))


def test_fewer_rules_read_the_standard_wording():
    assert rules_on("Is the provision adequate?", easy_read=False) == set()
    assert "leading" in rules_on("Don't you agree that it is good?", easy_read=False)


def test_a_question_without_easy_read_words_is_pointed_out():
    asked = [ask("Q1", "text", wording={"standard": "How is it?"})]

    assert [f.place.question for f in findings_of("no-easy-read", small_definition(asked))] == [
        "Q1"
    ]


def test_questions_that_are_switched_off_are_read_too():
    asked = [
        ask("Q1", "text"),
        ask("Q2", "text", optional_module=True, wording=worded("Is the provision good?")),
    ]

    assert findings_of("jargon", small_definition(asked))


def test_other_languages_are_read_for_what_is_missing_or_does_not_fit():
    polish = {"pl": {"standard": "Czy lubisz {thing}?"}}
    asked = [
        ask("Q1", "text", wording=worded("Do you like it?") | {"translations": polish}),
        ask("Q2", "text", wording=worded("How is it?")),
    ]
    definition = small_definition(asked)

    assert [f.plainer for f in findings_of("gap-differs", definition)] == ["{thing}"]
    assert "Q2" in [f.place.question for f in findings_of("no-translation", definition)]
    assert all(finding.place.language == "en" for finding in check(definition))


def test_two_answers_that_read_the_same_in_another_language_are_pointed_out():
    same = {"translations": {"pl": {"standard": "Tak"}}}
    options = [{"code": code, **worded(code), **same} for code in ("often", "always")]
    wording = worded("Is it fun?") | {"translations": {"pl": {"standard": "Czy to fajne?"}}}
    asked = [ask("Q1", options=options, wording=wording)]

    found = findings_of("same-answer-twice", small_definition(asked))

    assert [finding.place.language for finding in found] == ["pl"]


def test_names_of_rules_are_their_own_and_every_rule_says_why():
    found = [f for text, _ in HARD for f in check(survey_of(text, ["Yes", "No"]))]

    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", finding.rule) for finding in found)
    assert all(finding.why.endswith((".", "?", "?”")) for finding in found)


def test_the_lists_are_long_and_never_offer_the_word_they_replace():
    assert len(lists.jargon()) >= 150
    assert len(lists.idioms()) >= 60
    for terms in (lists.jargon(), lists.formal(), lists.unkind()):
        assert not [t.text for t in terms if t.text == t.plainer or not t.plainer]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=40), max_size=7))
def test_any_words_at_all_can_be_read_and_read_the_same_again(text, options):
    definition = survey_of(text, options)

    assert check(definition) == check(definition)


def test_sentences_words_and_syllables_are_counted_as_people_read_them():
    assert sentences("Mr. Khan came. Did you?") == ["Mr. Khan came.", "Did you?"]
    assert length("I don't like joined-up 10 things.") == 6
    assert [syllables(w) for w in ("cat", "table", "school", "provision")] == [1, 2, 1, 3]


# ---- on questions somebody else wrote and labelled. Rules were improved on the other half only.


def test_on_held_out_questions_what_it_says_is_mostly_right_and_misses_little():
    questions = {name: read(CORPUS / f"{name}.yaml") for name in ("good", "bad")}
    stop, any_remark = (figures(questions, "held_out", level) for level in LEVELS)

    assert any_remark.precision >= 0.92
    assert any_remark.recall >= 0.85
    assert stop.precision >= 0.95
    assert stop.recall >= 0.5


# ---- the command


@pytest.fixture
def survey_file(tmp_path):
    def write(text, name="survey.yaml"):
        wording = {"standard": "How is it?", "easy_read": text}
        file = tmp_path / name
        file.write_text(to_yaml(small_definition([ask("Q1", wording=wording)])))
        return str(file)

    return write


def run(*arguments):
    return CliRunner().invoke(main, ["check-wording", *arguments])


def test_the_command_says_what_to_change_and_fails(survey_file):
    result = run(survey_file("Is the provision good?"))

    assert result.exit_code == 1
    assert "Q1, easy read: Is the provision good?" in result.output
    assert "stop  jargon: “provision”" in result.output
    assert "Perhaps: help." in result.output
    assert "1 thing to change" in result.output


def test_plain_words_pass_and_nobody_is_told_that_they_are_approved(survey_file):
    result = run(survey_file("How is school?"))

    assert result.exit_code == 0
    assert "does not replace people with learning disabilities" in result.output
    assert "approved" not in result.output.lower()


def test_several_files_come_out_as_json_for_another_program(survey_file):
    files = survey_file("Is the provision good?"), survey_file("How is school?", "plain.yaml")

    content = json.loads(run("--json", *files).output)

    assert [each["file"] for each in content["files"]] == list(files)
    first = content["files"][0]["findings"][0]
    assert (first["rule"], first["severity"], first["place"]["question"]) == (
        "jargon",
        "stop",
        "Q1",
    )
    assert "does not replace people" in content["note"]


def test_only_what_must_change_where_that_is_asked_for(survey_file):
    file = survey_file("Do you require provision?")

    assert "formal-word" in run(file).output
    assert "formal-word" not in run("--stops", file).output
    assert "to look at" not in run("--stops", file).output


def test_a_file_that_is_no_survey_is_one_sentence(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("colour: blue")

    assert run(str(broken)).exit_code == 2
    assert run(str(tmp_path / "missing.yaml")).exit_code == 2


OURS = [summary.code for summary in catalogue.templates()]


@pytest.mark.parametrize("code", OURS)
def test_every_template_of_ours_can_be_read(code):
    definition = catalogue.read_template(code, a_pack())
    codes = {q.code for section in definition.sections for q in section.questions}

    assert {finding.place.question for finding in check(definition)} <= codes | {""}
