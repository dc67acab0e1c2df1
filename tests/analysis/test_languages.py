"""Comments in other languages: a model of their own where there are enough, a person where not."""

from dataclasses import replace

import pytest

from engage.analysis import multilingual
from engage.analysis.language import LangidGuesser, is_plainly_english
from engage.analysis.pipeline import analyse
from engage.analysis.report import report
from engage.analysis.simple import HashingEmbedder, simple_tools
from engage.analysis.types import Comment, Findings, OtherLanguages, Settings
from tests.analysis.comments import some_comments

POLISH = (
    "autobus znowu się spóźnił i nikt nie zadzwonił",
    "nauczycielka jest miła i słucha naszego syna",
    "diagnoza trwała dwa lata i nic nie wiemy",
)


class Codes:
    """Says of each comment the language its id begins with."""

    name = "by the words"

    def guess(self, texts):
        return ["pl" if any(text[:9] in one for one in POLISH) else "en" for text in texts]


def found(polish: int, model: OtherLanguages | None) -> Findings:
    said = [Comment(f"p{n}", f"{POLISH[n % 3]} {n}") for n in range(polish)]
    tools = replace(simple_tools(), language=Codes(), other_languages=model)
    return analyse([*some_comments(60), *said], tools, [], Settings())


MODEL = OtherLanguages(frozenset(["pl"]), HashingEmbedder)


def aside(findings: Findings) -> int:
    return sum(c.set_aside == "other_language" for c in findings.comments)


def test_thirty_comments_of_one_language_are_grouped_by_themselves() -> None:
    findings = found(30, MODEL)
    assert aside(findings) == 0
    polish = {a.theme for a in findings.assignments if a.comment_id.startswith("p")}
    english = {a.theme for a in findings.assignments if not a.comment_id.startswith("p")}
    assert polish
    assert not (polish - {-1}) & english
    assert [theme.id for theme in findings.themes] == list(range(len(findings.themes)))
    assert findings.settings["other_languages"] == {"pl": 30}


def test_nothing_is_said_about_how_they_feel_and_the_page_says_it_is_weaker() -> None:
    findings = found(30, MODEL)
    assert {c.sentiment_label for c in findings.comments if c.comment_id.startswith("p")} == {""}
    assert "another model, which is weaker" in report(findings, "survey")


def test_fewer_than_thirty_are_for_a_person() -> None:
    findings = found(29, MODEL)
    assert aside(findings) == 29
    assert "For a person to read" in report(findings, "survey")


def test_a_language_the_model_does_not_know_is_for_a_person() -> None:
    assert aside(found(40, OtherLanguages(frozenset(["de"]), HashingEmbedder))) == 40


def test_without_the_model_one_sentence_says_so_and_the_rest_works() -> None:
    findings = found(40, None)
    assert aside(findings) == 40
    assert findings.themes
    page = report(findings, "survey")
    assert "The model for other languages is not installed" in page


def test_the_surveys_own_themes_are_those_without_the_others() -> None:
    alone = [theme.label for theme in found(0, MODEL).themes]
    assert [theme.label for theme in found(30, MODEL).themes][: len(alone)] == alone


@pytest.mark.slow
def test_the_real_model_gives_the_same_vector_beside_any_others() -> None:
    embedder = multilingual.MultilingualEmbedder()
    together = embedder.embed(POLISH)
    assert together.tobytes() == embedder.embed(POLISH[::-1])[::-1].tobytes()


@pytest.mark.parametrize(
    "text",
    [
        "The bus was late and nobody rang us about it",
        "They're kind, but we need help with the form",
        "IT TOOK TWO YEARS AND WE HEARD NOTHING",
    ],
)
def test_plain_english_needs_no_model(text: str) -> None:
    assert is_plainly_english(text)


@pytest.mark.parametrize(
    "text",
    [
        *POLISH,
        "der Bus war heute so spät und wir sind alle müde",
        "de bus was te laat en het kind is bang in the bus",
        "el profesor es muy bueno con mi hijo",
        "le car scolaire est en retard tous les jours",
        "autobuzul a venit târziu și nimeni nu ne-a spus",
        "o autocarro chegou tarde e ninguém avisou",
    ],
)
def test_other_languages_are_never_taken_for_plain_english(text: str) -> None:
    assert not is_plainly_english(text)


def test_the_guesser_tells_languages_apart() -> None:
    said = ["The bus was late and nobody rang", "ok", "😀", "el profesor es muy bueno con mi hijo"]
    assert LangidGuesser().guess(said) == ["en", "en", "en", "es"]
