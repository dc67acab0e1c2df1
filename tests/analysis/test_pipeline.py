import random
from dataclasses import replace

import pytest

from engage.analysis import files
from engage.analysis.pipeline import analyse
from engage.analysis.simple import simple_tools
from engage.analysis.types import Ambition, AnalysisError, Assignment, Comment, Findings, Settings
from tests.analysis.comments import some_comments

AMBITIONS = [
    Ambition("listen", "Listening", "We listen to families", ("listens",), ("They listen to us.",)),
    Ambition("travel", "Getting there", "Travel to school", ("bus",), ("The bus was late.",)),
]


def found(comments: list[Comment], ambitions: list[Ambition] | None = None) -> Findings:
    return analyse(comments, simple_tools(), ambitions or [], Settings())


def written(findings: Findings) -> tuple[list[object], list[object], list[object]]:
    return (
        [files.theme_row(theme) for theme in findings.themes],
        list(files.assignment_rows(findings.assignments)),
        list(files.comment_rows(findings.comments)),
    )


@pytest.mark.parametrize("sign", ["=", "\N{MINUS SIGN}", " \N{FULLWIDTH EQUALS SIGN}", "\n+"])
def test_no_sentence_in_the_file_begins_a_formula(sign: str) -> None:
    said = Assignment("1", 1, f"{sign}1+1", 1, 0.5)
    ((_, _, sentence, *_rest),) = files.assignment_rows([said])
    assert sentence == f"'{sign}1+1"


def test_every_usable_sentence_is_in_a_theme_or_in_none() -> None:
    findings = found(some_comments(60))
    known = {theme.id for theme in findings.themes} | {-1}
    assert findings.method == "topic_model"
    assert {a.comment_id for a in findings.assignments} == {str(n) for n in range(1, 61)}
    assert {a.theme for a in findings.assignments} <= known
    assert all(0 < a.weight <= 1 for a in findings.assignments)


def test_the_order_of_the_rows_changes_nothing() -> None:
    comments = [*some_comments(80), Comment("twin", "So kind."), Comment("other", "so kind")]
    shuffled = random.Random(3).sample(comments, len(comments))
    assert written(found(comments, AMBITIONS)) == written(found(shuffled, AMBITIONS))


def test_a_theme_counts_its_comments() -> None:
    findings = found(some_comments(60))
    theme = findings.themes[0]
    inside = {a.comment_id for a in findings.assignments if a.theme == theme.id}
    assert theme.people == len(inside)
    assert theme.share == round(len(inside) / 60, 4)
    feelings = theme.sentiment
    assert feelings.positive + feelings.mixed + feelings.neutral + feelings.negative == theme.people


def test_quotes_are_what_people_said_in_that_theme() -> None:
    findings = found(some_comments(60))
    said = {(a.comment_id, a.sentence_number): a for a in findings.assignments}
    quotes = [(t.id, q) for t in findings.themes for q in (*t.quotes, t.different) if q]
    assert quotes
    assert all(
        said[q.comment_id, q.sentence_number].sentence == q.text
        and said[q.comment_id, q.sentence_number].theme == theme
        for theme, q in quotes
    )


def test_labels_are_all_different() -> None:
    labels = [theme.label for theme in found(some_comments(120)).themes]
    assert len(set(labels)) == len(labels)


def test_few_comments_are_read_in_groups() -> None:
    findings = found(some_comments(12))
    assert findings.method == "grouped_reading"
    assert findings.themes


def test_few_comments_are_grouped_by_ambition_where_there_is_a_strategy() -> None:
    findings = found(some_comments(12), AMBITIONS)
    assert {theme.label for theme in findings.themes} <= {"Listening", "Getting there"}


def test_one_comment_is_one_group() -> None:
    findings = found([Comment("1", "The bus was late.")])
    assert [theme.people for theme in findings.themes] == [1]


def test_a_thousand_people_who_say_the_same_all_count() -> None:
    findings = found([Comment(str(n), "More short breaks please.") for n in range(1000)])
    assert [theme.people for theme in findings.themes] == [1000]
    assert sum(bool(c.duplicate_of) for c in findings.comments) == 999


def test_nothing_to_read_gives_no_theme_and_a_reason_for_each() -> None:
    findings = found([Comment("1", "😀"), Comment("2", "n/a"), Comment("3", "بہت اچھا کام")])
    assert findings.themes == ()
    assert [c.set_aside for c in findings.comments] == [
        "only_marks",
        "no_answer",
        "other_language",
    ]


def test_no_comments_at_all_give_empty_findings() -> None:
    assert found([]).themes == ()


def test_two_comments_with_one_id_are_refused() -> None:
    with pytest.raises(AnalysisError, match="more than once"):
        found([Comment("1", "a bus"), Comment("1", "a train")])


def test_a_comment_that_is_glad_and_sorry_is_mixed() -> None:
    text = "The staff were kind and helpful. The letters were late and confusing."
    assert found([Comment("1", text)]).comments[0].sentiment_label == "mixed"


def test_the_questions_own_ambition_comes_first() -> None:
    comment = Comment("1", "It could be clearer how to apply.")
    tagged = replace(comment, ambition_prior="travel")
    assert found([tagged], AMBITIONS).comments[0].ambitions[0].code == "travel"


def test_an_ambition_is_suggested_with_the_words_that_speak_for_it() -> None:
    tag = found([Comment("1", "The bus was late.")], AMBITIONS).comments[0].ambitions[0]
    assert (tag.code, tag.words) == ("travel", ("bus",))


def test_each_step_is_announced_and_timed() -> None:
    steps: list[str] = []
    findings = analyse(
        some_comments(40), simple_tools(), [], Settings(), lambda step, *_: steps.append(step)
    )
    assert list(dict.fromkeys(steps)) == list(findings.timings)
