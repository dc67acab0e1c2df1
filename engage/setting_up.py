"""Bringing a database to the newest tables."""

from flask import current_app
from flask_migrate import upgrade


def migrate_database() -> None:
    """Run the migrations that this database has not had yet."""
    upgrade(directory=f"{current_app.root_path}/../migrations")
