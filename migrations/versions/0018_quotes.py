"""people's own words on public pages, with the steps that led there, never changed"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SQLITE_GUARD = """CREATE TRIGGER quote_step_no_{verb} BEFORE {verb} ON quote_step
BEGIN SELECT RAISE(ABORT, 'steps are never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_quote_steps()
RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'steps are never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER quote_step_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON quote_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_quote_steps()"""


def upgrade() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("sentence_key", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_vetoed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'sent_back', 'taken_down')",
            name=op.f("ck_quote_state"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_quote_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_quote_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint(
            "answer_id", "sentence_key", name=op.f("uq_quote_answer_id_sentence_key")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quote_theme_id"), "quote", ["theme_id"])
    op.create_table(
        "quote_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'approved', 'sent_back', 'vetoed', 'veto_lifted', 'taken_down')",
            name=op.f("ck_quote_step_state"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_quote_step_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_quote_step_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_quote_step_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_step")),
    )
    op.create_index(op.f("ix_quote_step_quote_id"), "quote_step", ["quote_id"])
    op.create_index(op.f("ix_quote_step_theme_id"), "quote_step", ["theme_id"])
    guard()


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
    op.drop_table("quote_step")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_quote_steps()")
    op.drop_table("quote")
