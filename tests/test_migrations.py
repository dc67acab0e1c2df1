"""The tables: made from nothing, changed by hand-numbered steps, and taken down again."""

import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from engage import create_app
from engage.extensions import db
from tests.conftest import test_settings

MIGRATIONS = Path(__file__).parent.parent / "migrations"


@pytest.fixture
def empty(tmp_path, other_database):
    """An app on a database without tables."""
    app = create_app(test_settings(tmp_path) | {"SQLALCHEMY_DATABASE_URI": other_database})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_make_what_the_models_say_and_take_it_down_again(empty):
    upgrade(directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    downgrade(directory=str(MIGRATIONS), revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_migrations_can_be_run_again_without_harm(empty):
    upgrade(directory=str(MIGRATIONS))
    upgrade(directory=str(MIGRATIONS))


def test_the_newest_migration_is_the_one_that_is_pinned():
    numbers = sorted(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("0*.py"))
    assert (MIGRATIONS / "head.txt").read_text().strip() == numbers[-1]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)], "numbered without gaps"


def test_what_people_answered_outlives_the_migrations(empty):
    """A draft of before 0008 and sent answers are still there, and numbers are not used again."""
    upgrade(directory=str(MIGRATIONS), revision="0007")
    with db.engine.begin() as connection:
        for statement in BEFORE_0008:
            connection.execute(text(statement))
    upgrade(directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        drafts = dict(connection.execute(text("SELECT id, draft FROM response")).all())
        kept = connection.execute(text("SELECT response_id, value FROM answer")).all()
    # SQLite keeps JSON as text; the driver of PostgreSQL has read it already.
    as_value = json.loads if db.engine.dialect.name == "sqlite" else lambda value: value
    assert as_value(drafts[1]) == {"Q1": ["yes", {}]}
    assert as_value(drafts[2]) == {}
    assert [(id, as_value(value)) for id, value in kept] == [(2, "no")]
    downgrade(directory=str(MIGRATIONS), revision="0007")
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM answer")) == 2


def test_answers_that_were_public_before_0017_have_their_steps(empty):
    """What is public was decided then; drafts and what was taken down may say something else."""
    upgrade(directory=str(MIGRATIONS), revision="0016")
    with db.engine.begin() as connection:
        for statement in BEFORE_0017:
            connection.execute(text(statement))
    upgrade(directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        steps = connection.execute(
            text("SELECT action_id, state, by_id, organisation_id FROM loop_step ORDER BY id")
        ).all()
        parts = connection.scalar(text("SELECT parts FROM loop_step WHERE action_id = 2"))
        levels = connection.execute(text("SELECT evidence_level FROM action ORDER BY id")).all()
    parts = json.loads(parts) if isinstance(parts, str) else parts
    assert [tuple(step) for step in steps] == [
        (1, "decided", 1, 1),
        (1, "done_claimed", 1, 1),
        (2, "decided", 1, 1),
    ]
    assert (parts["kind"], parts["due_on"]) == ("will", "2027-02-26")
    assert [level for (level,) in levels] == [1, 0, 0, 0]
    with pytest.raises(DatabaseError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text("UPDATE loop_step SET note = 'x'"))
    downgrade(directory=str(MIGRATIONS), revision="0016")
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM action")) == 4


ANSWER = (
    "INSERT INTO action (id, theme_id, kind, you_said, you_said_easy, we_did, we_did_easy, reason,"
    " decided_by, instead, instead_easy, challenge, place, reached, evidence, owner, due_on,"
    " done_on, written_by_id, changed_at, published_at, withdrawn_at) VALUES"
    " ({id}, 1, '{kind}', 'You wait', '', 'We hire', '', '', '', '', '', '', '', 340,"
    " '{evidence}', 'Head', '2027-02-26', NULL, 1, '2026-01-02 00:00:00', {published},"
    " {withdrawn})"
)


def answer_before_0017(number, kind="will", **said):
    usual = {"evidence": "", "published": "NULL", "withdrawn": "NULL"}
    return ANSWER.format(id=number, kind=kind, **{**usual, **said})


BEFORE_0017 = [
    "INSERT INTO organisation (id, code, name, short_name, help_phone, help_hours, leave_url,"
    " out_of_hours_phone) VALUES (1, 'a', 'A', 'A', '', '', '', '')",
    "INSERT INTO staff (id, organisation_id, name, email, active, fs_uniquifier)"
    " VALUES (1, 1, 'Sam', 's@a.example', true, 'u')",
    "INSERT INTO survey (id, organisation_id, slug, is_invented) VALUES (1, 1, 's', false)",
    "INSERT INTO theme (id, survey_id, origin, definition, is_critical, keywords, name, state,"
    " reason, decided_by_id, decided_at)"
    " VALUES (1, 1, 'made', '', false, '[]', 'Waiting', 'accepted', '', 1, '2026-01-01 00:00:00')",
    answer_before_0017(1, "did", evidence="Counted", published="'2026-01-02 00:00:00'"),
    answer_before_0017(2, published="'2026-01-03 00:00:00'"),
    answer_before_0017(3, "did"),
    answer_before_0017(4, published="'2026-01-02 00:00:00'", withdrawn="'2026-01-04 00:00:00'"),
]
BEFORE_0008 = [
    "INSERT INTO organisation (id, code, name, short_name, help_phone, help_hours, leave_url,"
    " out_of_hours_phone) VALUES (1, 'a', 'A', 'A', '', '', '', '')",
    "INSERT INTO survey (id, organisation_id, slug, is_invented) VALUES (1, 1, 's', false)",
    "INSERT INTO survey_version (id, survey_id, number, template, template_version, audiences,"
    " estimated_minutes, starts_easy_read)"
    " VALUES (1, 1, 1, 't', '1', '[]', 1, false)",
    "INSERT INTO section (id, version_id, code, position) VALUES (1, 1, 's', 1)",
    "INSERT INTO question (id, version_id, section_id, code, type, position, is_required,"
    " is_switched_on, feeds_q, ambitions, outcome_bees, settings)"
    " VALUES (1, 1, 1, 'Q1', 'single', 1, false, true, 'none', '[]', '[]', '{}')",
    "INSERT INTO response (id, token_hash, receipt_hash, version_id, channel, language, easy_read,"
    " started_on, submitted_at) VALUES (1, 't1', 'r1', 1, 'web', 'en', false, '2026-01-01', NULL),"
    " (2, 't2', 'r2', 1, 'web', 'en', false, '2026-01-01', '2026-01-02 00:00:00')",
    "INSERT INTO answer (id, response_id, question_id, value) VALUES (1, 1, 1, '\"yes\"')",
    "INSERT INTO answer (id, response_id, question_id, value) VALUES (2, 2, 1, '\"no\"')",
]
