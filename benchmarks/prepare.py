"""Makes the database that the benchmarks of the server use: one organisation, one open survey."""

from datetime import UTC, datetime

from benchmarks.serving import SLUG, SURVEY
from engage import create_app
from engage.config import settings
from engage.extensions import write_transaction
from engage.people.models import Organisation
from engage.people.operations import create_organisation, create_staff, ensure_roles, set_help
from engage.safeguarding.operations import PlanParts, set_plan
from engage.setting_up import migrate_database
from engage.surveys.catalogue import read_survey
from engage.surveys.operations import create_survey, publish

ROLE = "safeguarding_lead"


def somebody_reads(owner: Organisation) -> None:
    """A survey in which people can write opens only once a lead and a deputy are there."""
    hours = "9am to 5pm, Monday to Friday"
    set_help(owner, help_phone="01632 960118", help_hours=hours, out_of_hours_phone="01632 960119")
    ensure_roles()
    lead, deputy = (
        create_staff(owner, name, f"{name}@benchmark.example", "three quiet lanterns", [ROLE])
        for name in ("lead", "deputy")
    )
    plan = set_plan(owner, PlanParts(lead.id, deputy.id, "head@benchmark.example", hours))
    plan.tested_at = datetime.now(UTC)


def prepare() -> None:
    app = create_app(settings())
    with app.app_context():
        migrate_database()
        with write_transaction():
            owner = create_organisation("benchmark", "Benchmark", "Benchmark")
            somebody_reads(owner)
            version = create_survey(
                owner, read_survey(SURVEY.read_text(), app.extensions["pack"]), SLUG
            )
            publish(version, datetime.now(UTC))


if __name__ == "__main__":
    prepare()
