"""A few new answers join the themes that are there: nothing old is read again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from engage.analysis import queries, renewal, simple, tasks
from engage.analysis.models import (
    Assignment,
    CommentFinding,
    ConfirmedTag,
    FoundTheme,
    Theme,
)
from engage.analysis.tagging import NO_AMBITION
from engage.jobs import queue
from engage.jobs.models import Job
from tests.analysis.comments import some_comments
from tests.analysis.found import comments
from tests.factories import StaffFactory
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import ask, make_small_survey

QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text", ambitions=["ambition-2"]),
)
# As many as a reading needs for others to join it, and fewer than the tenth that makes it anew.
MANY, FEW = renewal.FEWEST_TO_GROW, 30


@pytest.fixture
def embedded(monkeypatch):
    """Every text that the model itself had to read."""
    seen = []
    read = simple.HashingEmbedder._embed_all

    def noted(self, texts):
        seen.extend(texts)
        return read(self, texts)

    monkeypatch.setattr(simple.HashingEmbedder, "_embed_all", noted)
    return seen


@pytest.fixture
def version(session):
    made = make_small_survey(QUESTIONS, (PARENT, CHILD))
    comments(made, [comment.text for comment in some_comments(MANY)])
    read(made)
    return made


def read(version, job="analysis.refresh"):
    queue.enqueue(job, survey_id=version.survey_id)
    queue.db.session.commit()
    queue.work_off()
    assert not [job.error for job in queue.db.session.query(Job) if job.error]


def more(version, count=FEW, after=0):
    """`after` how many that came since the first reading."""
    first = MANY + after
    said = [comment.text for comment in some_comments(first + count)[first:]]
    added = comments(version, said)
    queue.db.session.commit()
    return said, added


def latest(version):
    return queries.latest_run(version.survey_id)


def test_a_few_new_answers_join_the_themes_under_their_names(version, session, embedded):
    before, stood = latest(version), placed(session, latest(version))
    labels = [theme.label for theme in before.themes]
    found = before.themes[0]
    theme = named(version, found)
    embedded.clear()
    said, added = more(version)
    read(version)

    run = latest(version)
    assert run.id != before.id
    assert run.grown_from_id == before.id
    assert [theme.label for theme in run.themes] == labels
    assert (run.comments_read, run.people) == (MANY + FEW, MANY + FEW)
    assert set(embedded) <= set(said)
    old_sentences_stay_and_new_ones_are_placed(stood, placed(session, run), added)
    the_counts_are_those_of_all_the_answers(session, run)
    session.refresh(theme)
    assert (theme.name, theme.state) == ("Getting there", "accepted")
    assert (theme.found.run_id, theme.found.number) == (run.id, found.number)


def named(version, found):
    theme = Theme(
        survey=version.survey,
        found=found,
        name="Getting there",
        state="accepted",
        decided_by=StaffFactory(),
        decided_at=datetime.now(UTC),
    )
    queue.db.session.add(theme)
    return theme


def placed(session, run):
    rows = session.execute(
        select(Assignment.answer_id, Assignment.sentence, FoundTheme.number, Assignment.weight)
        .outerjoin(FoundTheme, FoundTheme.id == Assignment.found_theme_id)
        .where(Assignment.run_id == run.id)
    )
    return {tuple(row) for row in rows}


def old_sentences_stay_and_new_ones_are_placed(before, after, added):
    assert before
    assert before <= after
    assert {row[0] for row in after - before} == {answer.id for answer in added}
    assert all(0 < row[3] <= 1 for row in after - before)


def the_counts_are_those_of_all_the_answers(session, run):
    for theme in run.themes:
        people = session.scalar(
            select(func.count(Assignment.answer_id.distinct())).where(
                Assignment.found_theme_id == theme.id
            )
        )
        assert theme.people == people == sum(theme.sentiment.values()), theme.label
        assert theme.share == round(people / (MANY + FEW), 4), theme.label


def test_growing_again_starts_from_the_same_full_reading_until_they_are_a_tenth(version, session):
    root = latest(version)
    more(version, 10)
    read(version)
    between = latest(version)
    comments(version, ["The bus was late once more and nobody came"])
    read(version)
    run = latest(version)
    assert run.grown_from_id == root.id
    assert run.comments_read == MANY + 11
    copies = select(func.count()).select_from(Assignment).where(Assignment.run_id == between.id)
    assert session.scalar(copies) == 0
    assert session.scalar(
        select(func.count()).select_from(CommentFinding).where(CommentFinding.run_id == run.id)
    ) == (MANY + 11)

    more(version, MANY // 10 - 12, after=11)
    read(version)
    assert latest(version).grown_from_id == root.id
    comments(version, ["The bus was late and this is the last of the tenth"])
    read(version)
    assert latest(version).grown_from_id is None
    assert latest(version).comments_read == MANY + MANY // 10


def test_when_somebody_takes_their_words_back_all_is_read_again(version, session):
    _, added = more(version, 5)
    read(version)
    assert latest(version).grown_from_id
    session.delete(added[0].response)
    session.commit()
    read(version)
    assert latest(version).grown_from_id is None
    assert latest(version).comments_read == MANY + 4


def test_a_second_wish_within_minutes_is_fulfilled_already(version, session):
    before = latest(version)
    read(version)
    assert latest(version).id == before.id
    before.finished_at -= timedelta(hours=1)
    session.commit()
    read(version)
    run = latest(version)
    assert run.id != before.id
    # A sentence is known by its words from run to run.
    assert keys(session, run) == keys(session, before)
    assert "" not in keys(session, run)


def keys(session, run):
    return set(session.scalars(select(Assignment.sentence_key).where(Assignment.run_id == run.id)))


def test_a_campaign_that_is_known_keeps_its_number(session):
    letter = "Please keep the short breaks centre open because it is all that we have here."
    version = make_small_survey(QUESTIONS, (PARENT, CHILD))
    said = [comment.text for comment in some_comments(MANY - 30)]
    comments(version, [*said[:20], *[letter] * 30, *said[20:]])
    read(version)
    [number] = {
        found.campaign for found in findings(session, version) if "centre" in said_by(found)
    }
    comments(version, [letter.replace("here", "now")])
    read(version)
    run = latest(version)
    assert run.grown_from_id
    assert sum(found.campaign == number for found in findings(session, version)) == 31
    sent = {one["campaign"]: one["comments"] for one in run.made_by["settings"]["campaigns"]}
    assert sent[number] == 31


def findings(session, version):
    run = latest(version)
    found = session.query(CommentFinding).filter_by(run_id=run.id)
    return found.order_by(CommentFinding.answer_id).all()


def said_by(found):
    return found.answer.value


def test_somebody_may_ask_for_all_to_be_read_again_and_confirmed_tags_teach_it(
    version, session, monkeypatch
):
    taught = []
    known = tasks.analyse

    def noted(*given):
        taught.append(given[5])
        return known(*given)

    monkeypatch.setattr(tasks, "analyse", noted)
    answer = findings(session, version)[0].answer
    other = findings(session, version)[1].answer
    for one, code in ((answer, "ambition-1"), (other, None)):
        session.add(
            ConfirmedTag(
                answer_id=one.id,
                ambition=code,
                confirmed_by=StaffFactory(),
                confirmed_at=datetime.now(UTC),
            )
        )
    session.commit()
    more(version, 5)
    read(version, "analysis.reread")
    assert latest(version).grown_from_id is None
    assert taught == [[(answer.value, "ambition-1"), (other.value, NO_AMBITION)]]
