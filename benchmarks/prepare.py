"""Makes the database that the benchmarks of the server use: one organisation, one open survey."""

from datetime import UTC, datetime

from benchmarks.serving import SLUG, SURVEY
from engage import create_app
from engage.config import settings
from engage.extensions import write_transaction
from engage.people.operations import create_organisation
from engage.setting_up import migrate_database
from engage.surveys.catalogue import read_template
from engage.surveys.operations import create_survey, publish


def prepare() -> None:
    app = create_app(settings())
    with app.app_context():
        migrate_database()
        with write_transaction():
            owner = create_organisation("benchmark", "Benchmark", "Benchmark")
            version = create_survey(owner, read_template(SURVEY, app.extensions["pack"]), SLUG)
            publish(version, datetime.now(UTC))


if __name__ == "__main__":
    prepare()
