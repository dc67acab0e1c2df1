"""steps of an answer that are never changed, partners of a survey, two more kinds of answer"""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FIVE = "kind IN ('did', 'doing', 'will', 'cannot', 'passed_on')"
SEVEN = "kind IN ('did', 'doing', 'will', 'cannot', 'already', 'passed_on', 'ask_more')"
SQLITE_GUARD = """CREATE TRIGGER loop_step_no_{verb} BEFORE {verb} ON loop_step
BEGIN SELECT RAISE(ABORT, 'steps are never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_steps() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'steps are never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER loop_step_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON loop_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_steps()"""
PARTS = (
    *("kind", "you_said", "you_said_easy", "we_did", "we_did_easy", "reason", "decided_by"),
    *("instead", "instead_easy", "challenge", "place", "reached", "evidence", "evidence_level"),
    *("how_to_get", "will_ask", "owner", "due_on", "done_on"),
)


def upgrade() -> None:
    with op.batch_alter_table("action") as batch:
        # What was published as done owed evidence already: something at least was made.
        batch.add_column(
            sa.Column("evidence_level", sa.Integer(), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("how_to_get", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("will_ask", sa.String(), nullable=False, server_default=""))
        batch.drop_constraint(op.f("ck_action_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_action_kind"), SEVEN)
        batch.create_check_constraint(
            op.f("ck_action_evidence_level"), "evidence_level BETWEEN 0 AND 5"
        )
    op.execute("UPDATE action SET evidence_level = 1 WHERE kind = 'did' AND evidence <> ''")
    with op.batch_alter_table("action") as batch:
        batch.alter_column("evidence_level", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("how_to_get", existing_type=sa.String(), server_default=None)
        batch.alter_column("will_ask", existing_type=sa.String(), server_default=None)
    op.create_table(
        "survey_partner",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["staff.id"], name=op.f("fk_survey_partner_added_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_survey_partner_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_survey_partner_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "organisation_id", name=op.f("pk_survey_partner")),
    )
    op.create_index(
        op.f("ix_survey_partner_organisation_id"), "survey_partner", ["organisation_id"]
    )
    op.create_table(
        "loop_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("evidence_level", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('acknowledged', 'assigned', 'decided', 'done_claimed', 'checked',"
            " 'difference_shown', 'closed')",
            name=op.f("ck_loop_step_state"),
        ),
        sa.CheckConstraint(
            "said IN ('', 'yes', 'partly', 'not_yet')", name=op.f("ck_loop_step_said")
        ),
        sa.CheckConstraint(
            "evidence_level BETWEEN 0 AND 5", name=op.f("ck_loop_step_evidence_level")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_loop_step_action_id_action")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_loop_step_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_loop_step_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_loop_step_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_step")),
    )
    op.create_index(op.f("ix_loop_step_theme_id"), "loop_step", ["theme_id"])
    op.create_index(op.f("ix_loop_step_action_id"), "loop_step", ["action_id"])
    give_published_answers_their_steps()
    guard()


def give_published_answers_their_steps() -> None:
    """What is public was decided when it was published; "we did" was said to be done then too."""
    connection = op.get_bind()
    # What was taken down is a draft again: its words may not be those that everyone read.
    found = connection.execute(
        sa.text(
            "SELECT action.*, staff.organisation_id FROM action"
            " JOIN staff ON staff.id = action.written_by_id"
            " WHERE published_at IS NOT NULL AND withdrawn_at IS NULL"
            " ORDER BY published_at, action.id"
        )
    )
    for row in found.mappings().all():
        for state in ("decided", "done_claimed") if row["kind"] == "did" else ("decided",):
            connection.execute(NEW_STEP, step_of(row, state))


NEW_STEP = sa.text(
    "INSERT INTO loop_step (theme_id, action_id, state, at, by_id, organisation_id, kind, owner,"
    " due_on, said, asked, note, evidence_level, parts) VALUES (:theme_id, :id, :state,"
    " :published_at, :written_by_id, :organisation_id, :kind, :owner, :due_on, '', NULL, '',"
    " :evidence_level, :parts)"
)


def step_of(row: Any, state: str) -> dict[str, Any]:
    parts = {name: row[name] for name in PARTS}
    days = {n: d.isoformat() if isinstance(d, date) else d for n, d in parts.items()}
    return {**row, "state": state, "parts": json.dumps(days)}


def guard() -> None:
    """The database itself refuses to change or delete a step that was taken."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_GUARD)
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_GUARD.format(verb=verb))


def downgrade() -> None:
    # The guards of a table go with it; what was done is gone for good.
    op.drop_table("loop_step")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_steps()")
    op.drop_table("survey_partner")
    # The nearest of the kinds that there were.
    op.execute("UPDATE action SET kind = 'did' WHERE kind = 'already'")
    op.execute("UPDATE action SET kind = 'will' WHERE kind = 'ask_more'")
    with op.batch_alter_table("action") as batch:
        batch.drop_constraint(op.f("ck_action_evidence_level"), type_="check")
        batch.drop_constraint(op.f("ck_action_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_action_kind"), FIVE)
        batch.drop_column("will_ask")
        batch.drop_column("how_to_get")
        batch.drop_column("evidence_level")
