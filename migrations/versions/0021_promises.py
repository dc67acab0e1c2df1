"""evidence for and against the promises of the strategy, which is only added to"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("promise_evidence", "promise_withdrawal")
SQLITE_GUARD = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'evidence is never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_evidence()
RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'evidence is never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_evidence()"""


def upgrade() -> None:
    op.create_table(
        "promise_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("side IN ('for', 'against')", name=op.f("ck_promise_evidence_side")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["staff.id"], name=op.f("fk_promise_evidence_added_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_promise_evidence_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_evidence")),
    )
    op.create_index(op.f("ix_promise_evidence_promise"), "promise_evidence", ["promise"])
    op.create_index(
        op.f("ix_promise_evidence_organisation_id"), "promise_evidence", ["organisation_id"]
    )
    op.create_table(
        "promise_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_promise_withdrawal_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["promise_evidence.id"],
            name=op.f("fk_promise_withdrawal_evidence_id_promise_evidence"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_withdrawal")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_promise_withdrawal_evidence_id")),
    )
    guard()


def guard() -> None:
    """The database itself refuses to change or delete what was said."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        for table in TABLES:
            op.execute(POSTGRESQL_GUARD.format(table=table))
        return
    for table in TABLES:
        for verb in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(table=table, verb=verb))


def downgrade() -> None:
    # The guards of a table go with it; what organisations said is gone for good.
    op.drop_table("promise_withdrawal")
    op.drop_table("promise_evidence")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_evidence()")
