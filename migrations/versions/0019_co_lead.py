"""co-leads of a survey, what they were asked and what they said, notes beside public answers"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WHAT = "what IN ('launch', 'themes', 'publication')"
ADDED_TO = ("sign_off", "sign_off_ask", "co_lead_note")
SAID = "what was said is never changed or deleted"
SQLITE_GUARD = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{said}'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_what_was_said()
RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_what_was_said()"""


def upgrade() -> None:
    with op.batch_alter_table("survey_partner") as batch:
        batch.add_column(
            sa.Column("is_co_lead", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("survey_partner") as batch:
        batch.alter_column("is_co_lead", existing_type=sa.Boolean(), server_default=None)
    make_sign_off()
    make_sign_off_ask()
    make_co_lead_note()
    guard()


def make_sign_off() -> None:
    op.create_table(
        "sign_off",
        *what_it_is_about(),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(WHAT, name=op.f("ck_sign_off_what")),
        sa.CheckConstraint("said IN ('agreed', 'not_agreed')", name=op.f("ck_sign_off_said")),
        points_to("sign_off", "survey_id", "survey"),
        points_to("sign_off", "organisation_id", "organisation"),
        points_to("sign_off", "by_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(op.f("ix_sign_off_survey_id"), "sign_off", ["survey_id"])


def make_sign_off_ask() -> None:
    op.create_table(
        "sign_off_ask",
        *what_it_is_about(),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(WHAT, name=op.f("ck_sign_off_ask_what")),
        points_to("sign_off_ask", "survey_id", "survey"),
        points_to("sign_off_ask", "by_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_ask")),
    )
    op.create_index(op.f("ix_sign_off_ask_survey_id"), "sign_off_ask", ["survey_id"])


def what_it_is_about() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("thing", sa.JSON(), nullable=False),
    ]


def make_co_lead_note() -> None:
    op.create_table(
        "co_lead_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("note_easy", sa.String(), nullable=False),
        points_to("co_lead_note", "action_id", "action"),
        points_to("co_lead_note", "organisation_id", "organisation"),
        points_to("co_lead_note", "by_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_lead_note")),
    )
    op.create_index(op.f("ix_co_lead_note_action_id"), "co_lead_note", ["action_id"])


def points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def guard() -> None:
    """The database itself refuses to change or delete what was said."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION.format(said=SAID))
        for table in ADDED_TO:
            op.execute(POSTGRESQL_GUARD.format(table=table))
        return
    for table in ADDED_TO:
        for verb in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(table=table, verb=verb, said=SAID))


def downgrade() -> None:
    # The guards of a table go with it; what was said is gone for good.
    for table in reversed(ADDED_TO):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_what_was_said()")
    with op.batch_alter_table("survey_partner") as batch:
        batch.drop_column("is_co_lead")
