"""The tables: made from nothing, changed by hand-numbered steps, and taken down again."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

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
