"""The templates that come with Engage, and what is said of one that is broken."""

from copy import deepcopy

import pytest
import yaml

from engage.errors import InvalidInputError
from engage.surveys import catalogue
from engage.surveys.interchange import to_template, to_yaml
from tests.survey_factories import a_pack, ask, small_definition, small_template, worded

TEMPLATES = sorted(path for path in catalogue.LIBRARY.glob("[!_]*.yaml"))
CODES = [yaml.safe_load(path.read_text())["template"]["id"] for path in TEMPLATES]


def read(code, switch_on=()):
    return catalogue.read_template(code, a_pack(), frozenset(switch_on))


def test_there_are_twelve_templates_and_eleven_to_choose_from():
    assert len(CODES) == 12
    offered = {summary.code for summary in catalogue.templates()}
    assert offered == set(CODES) - {"equality-monitoring"}


@pytest.mark.parametrize("code", CODES)
def test_every_template_reads(code):
    definition = read(code)

    assert definition.template == code
    assert all(question.wordings for question in definition.questions())


@pytest.mark.parametrize("code", CODES)
def test_a_survey_written_out_reads_back_equal(code):
    definition = read(code)

    assert catalogue.read_survey(to_yaml(definition), a_pack()) == definition
    assert catalogue.survey_from(to_template(definition), a_pack()) == definition


def test_a_summary_says_what_someone_choosing_wants_to_know():
    summary = catalogue.template("young-people-how-is-it-going")

    assert summary.title.startswith("How is it going?")
    assert summary.audiences == ("young_person",)
    assert summary.starts_easy_read
    assert summary.question_count == 12
    assert "YP14" in [question.code for question in summary.optional_questions]


def test_scales_become_options_with_values_and_pictures():
    very = read("parent-carer-satisfaction").question("PC10").options[0]

    assert (very.code, very.value, very.icon) == ("very_satisfied", 5, "face-5")


def test_areas_come_from_the_pack_then_extra_answers_then_those_always_offered():
    question = read("pulse-after-contact").question("PU07")

    codes = [option.code for option in question.options]
    assert codes == [*(area.code for area in a_pack().areas), "outside", "not_sure", "pnts"]
    assert question.option("dspl1").weight_margin == "dspl1"
    assert question.option("outside").weight_margin is None
    assert question.option("pnts").is_missing


def test_an_area_question_may_ask_for_more_answers():
    question = read("education-professionals").question("EP03")

    assert [option.code for option in question.options][9] == "countywide"


def test_two_variants_of_a_module_keep_their_answers_apart():
    survey = read("consultation-strategy-ambitions")

    assert survey.question("EQ01").module == "adult"
    assert survey.question("EQ01.young_person").module == "young_person"
    assert survey.question("EQ05").show_if == {"question": "EQ04", "in": ["yes"]}
    assert survey.question("EQ05.young_person").show_if == {
        "question": "EQ04.young_person",
        "in": ["yes"],
    }
    assert survey.sections[-1].module == "equality-monitoring:young_person"
    assert survey.variant_audiences["young_person"] == ("young_person",)
    assert "parent_carer" in survey.variant_audiences["adult"]


def test_a_module_drops_what_the_other_variant_asks():
    adult, young = read("parent-carer-satisfaction"), read("young-people-how-is-it-going")

    # EQ09 was for adults of 16 and over: the variant is settled, the age is still asked.
    assert adult.question("EQ09").show_if == {"question": "EQ01", "not_in": ["u16"]}
    assert adult.question("EQ08").show_if is None
    assert {"EQ08", "EQ09"}.isdisjoint(question.code for question in young.questions())


def test_optional_questions_wait_to_be_switched_on():
    assert "YP14" not in {q.code for q in read("young-people-how-is-it-going").questions()}
    assert "YP14" in {q.code for q in read("young-people-how-is-it-going", {"YP14"}).questions()}


def test_the_rest_of_a_question_is_kept_by_its_own_keys():
    loop = read("parent-carer-satisfaction").question("PC20")

    assert loop.type == "loop"
    assert loop.settings["loop_over"] == "PC09"
    assert loop.settings["loop_exclude"] == ["none_used", "not_sure"]
    assert loop.settings["max_loops"] == 4
    assert "wording" not in loop.settings


def test_other_languages_survive_being_written_out():
    welsh = {"standard": "Cwestiwn?", "easy_read": "Cwestiwn?"}
    definition = small_definition(
        [ask("Q1", wording=worded("Why?") | {"translations": {"cy": welsh}})]
    )

    assert [w.language for w in definition.question("Q1").wordings] == ["en", "en", "cy", "cy"]
    assert catalogue.survey_from(to_template(definition), a_pack()) == definition


def later(**show_if):
    return [ask("Q1"), ask("Q2", show_if=show_if)]


BROKEN = [
    ([ask("Q1", "slider")], "x.yaml: Q1: unknown type “slider”."),
    ([ask("Q1"), ask("Q1")], "x.yaml: Q1: two questions have this code."),
    ([ask("Q1", options=["a", "a"])], "x.yaml: Q1: the answer code “a” is given twice."),
    ([ask("Q1", "scale", scale="stars")], "x.yaml: Q1: unknown scale “stars”."),
    (
        [ask("Q1", "scale", scale="agree5", scale_alternatives=["stars"])],
        "x.yaml: Q1: unknown scale “stars”.",
    ),
    (
        later(question="Q9", **{"in": ["yes"]}),
        "x.yaml: Q2: show_if names “Q9”, which is not an earlier question.",
    ),
    (
        [ask("Q1", show_if={"question": "Q2", "in": ["yes"]}), ask("Q2")],
        "x.yaml: Q1: show_if names “Q2”, which is not an earlier question.",
    ),
    (
        later(question="Q1", **{"in": ["maybe"]}),
        "x.yaml: Q2: show_if names “maybe”, which is no answer of Q1.",
    ),
    (
        later(question="Q1"),
        "x.yaml: Q2: show_if needs a question with one of “in” and “not_in”.",
    ),
    (later(module_variant="old"), "x.yaml: all: unknown module variant “old”."),
    ([ask("Q1", audience=["cats"])], "x.yaml: Q1: unknown audience “cats”."),
    ([ask("Q1", ambitions=["ambition-9"])], "x.yaml: Q1: unknown ambition “ambition-9”."),
    ([ask("Q1", outcome_bees=["bee-0"])], "x.yaml: Q1: unknown outcome bee “bee-0”."),
    ([ask("Q1", wording={"easy_read": "Why?"})], "x.yaml: Q1: “wording standard” is missing."),
    (
        [ask("Q1", options=[{"code": "a", "easy_read": "A"}])],
        "x.yaml: Q1: a: “standard” is missing.",
    ),
    ([ask("Q1", colour="red")], "x.yaml: Q1: “colour” is not a key of the format."),
    ([ask("Q1", feeds_q="other")], "x.yaml: Q1: unknown feeds_q “other”."),
    ([ask("Q1", "multi", max_choices=0)], "x.yaml: Q1: “max_choices”: input should be greater"),
    ([ask("Q1", "scale")], "x.yaml: Q1: has no answers to choose from."),
    ([ask("Q1", "loop", scale="agree5")], "x.yaml: Q1: a loop needs “loop_over”."),
    (
        [ask("Q1"), ask("Q2", "loop", scale="agree5", loop_over="Q1", loop_exclude=["maybe"])],
        "x.yaml: Q2: “maybe” is no answer of Q1.",
    ),
    (
        [ask("Q1", options_from="areas", extra_options=["moon"])],
        "x.yaml: Q1: “moon” is not an extra answer of the area list.",
    ),
    (
        [ask("Q1", options=[{"code": "a", **worded("A"), "weight_margin": "old"}])],
        "x.yaml: Q1: unknown weight margin “old”.",
    ),
]


@pytest.mark.parametrize(("questions", "sentence"), BROKEN, ids=[case[1][8:60] for case in BROKEN])
def test_a_broken_template_is_told_in_one_sentence(questions, sentence):
    with pytest.raises(InvalidInputError) as error:
        catalogue.survey_from(small_template(questions), a_pack(), "x.yaml")

    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"audience": ["cats"]}, "x.yaml: small: unknown audience “cats”."),
        ({"audience": []}, "x.yaml: “audience”: tuple should have at least 1 item"),
        ({"add_modules": ["weather:adult"]}, "x.yaml: small: unknown module “weather:adult”."),
        ({"add_modules": ["equality-monitoring:cat"]}, "x.yaml: small: unknown module"),
        ({"title": {"easy_read": "Hello"}}, "x.yaml: “title standard” is missing."),
    ],
)
def test_a_template_broken_at_the_top_is_told_in_one_sentence(keys, sentence):
    with pytest.raises(InvalidInputError) as error:
        catalogue.survey_from(small_template(**keys), a_pack(), "x.yaml")

    assert str(error.value).startswith(sentence)


def test_sections_with_one_code_are_refused():
    template = small_template([ask("Q1")])
    twin = deepcopy(template["template"]["sections"][0]) | {"questions": [ask("Q2")]}
    template["template"]["sections"].append(twin)

    with pytest.raises(InvalidInputError, match="all: two sections have this code"):
        catalogue.survey_from(template, a_pack())


@pytest.mark.parametrize("text", ["", "title: x", "template: [", "- 1"])
def test_what_is_no_survey_file_is_refused(text):
    with pytest.raises(InvalidInputError, match=r"^x\.yaml"):
        catalogue.read_survey(text, a_pack(), "x.yaml")


def test_only_optional_questions_can_be_switched_on():
    with pytest.raises(InvalidInputError, match="YP01: there is no optional question"):
        read("young-people-how-is-it-going", {"YP01"})


@pytest.mark.parametrize("code", ["weather", "equality-monitoring:cat"])
def test_an_unknown_template_is_refused(code):
    with pytest.raises(InvalidInputError):
        read(code)
