"""What someone checking a survey reads of it."""

from engage.surveys import catalogue
from engage.surveys.preview import preview
from tests.survey_factories import a_pack, ask, small_definition


def shown(survey, **how):
    sections = preview(survey, **({"easy_read": False} | how))
    return [question for section in sections for question in section.questions]


def test_questions_are_numbered_and_words_to_read_are_not():
    survey = small_definition([ask("A", "info"), ask("B"), ask("C", "text")])

    assert [question.number for question in shown(survey)] == [None, 1, 2]


def test_a_condition_is_told_in_the_words_of_the_question():
    survey = small_definition([ask("A"), ask("B", show_if={"question": "A", "in": ["yes"]})])

    (condition,) = shown(survey)[1].conditions
    assert (condition.question, condition.answers) == ("Question A?", ("Yes",))
    assert not condition.is_any_but


def test_questions_switched_off_are_left_out():
    survey = small_definition([ask("A"), ask("B", optional_module=True)])

    assert [question.text for question in shown(survey)] == ["Question A?"]


def test_a_condition_on_a_question_switched_off_keeps_its_code():
    survey = small_definition(
        [
            ask("A", optional_module=True),
            ask("B", show_if={"question": "A", "not_in": ["yes"]}),
        ]
    )

    (condition,) = shown(survey)[0].conditions
    assert (condition.question, condition.is_any_but) == ("A", True)


def test_easy_read_has_its_own_words():
    survey = catalogue.read_template("pulse-after-contact", a_pack())

    assert shown(survey, easy_read=True)[0].text == "How was it?"
    assert shown(survey)[0].text.startswith("Overall, how good or poor")


def test_a_loop_says_what_it_goes_round_and_how_often():
    survey = catalogue.read_template("parent-carer-satisfaction", a_pack())

    (loop,) = [question for question in shown(survey) if question.type == "loop"]
    assert loop.most == 4
    assert loop.repeats == survey.question("PC09").wordings[0].text


def test_a_question_for_some_says_for_whom():
    survey = small_definition(
        [ask("A", audience=["public"]), ask("B", audience=["public", "parent_carer"])],
        audiences=["parent_carer", "public"],
    )

    assert [question.audiences for question in shown(survey)] == [("public",), ()]


def test_two_variants_of_a_module_are_told_apart():
    survey = catalogue.read_template("consultation-strategy-ambitions", a_pack())

    variants = [section.variant for section in preview(survey, easy_read=False)]
    assert variants[-2:] == ["adult", "young_person"]
