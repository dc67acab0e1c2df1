"""who is told when someone is at risk"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GUARDED = ("alert", "alert_step", "alert_mail")
SQLITE_GUARD = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'alerts are never changed or deleted'); END"""
POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change_of_alerts() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'alerts are never changed or deleted'; END $$ LANGUAGE plpgsql"""
POSTGRESQL_GUARD = """CREATE TRIGGER {table}_no_change
BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_alerts()"""


def upgrade() -> None:
    op.add_column(
        "organisation",
        sa.Column("out_of_hours_phone", sa.String(length=40), nullable=False, server_default=""),
    )
    op.create_table(
        "safeguarding_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("service_head_email", sa.String(length=255), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["staff.id"], name=op.f("fk_safeguarding_plan_deputy_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["staff.id"], name=op.f("fk_safeguarding_plan_lead_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_safeguarding_plan_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_plan")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_safeguarding_plan_organisation_id")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("rules_version", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('words', 'help', 'test')", name=op.f("ck_alert_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_alert_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "reference",
            name=op.f("uq_alert_organisation_id_kind_reference"),
        ),
    )
    op.create_index(op.f("ix_alert_organisation_id"), "alert", ["organisation_id"], unique=False)
    op.create_table(
        "alert_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'acknowledged', 'decision', 'closed')",
            name=op.f("ck_alert_step_state"),
        ),
        sa.CheckConstraint(
            "decision IN ('999', 'referral', 'advice', 'none')",
            name=op.f("ck_alert_step_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_step_alert_id_alert")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_alert_step_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_step")),
    )
    op.create_index(op.f("ix_alert_step_alert_id"), "alert_step", ["alert_id"], unique=False)
    op.create_table(
        "alert_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_mail_alert_id_alert")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_mail")),
        sa.UniqueConstraint(
            "alert_id", "why", "recipient", name=op.f("uq_alert_mail_alert_id_why_recipient")
        ),
    )
    op.create_index(op.f("ix_alert_mail_alert_id"), "alert_mail", ["alert_id"], unique=False)
    guard()


def guard() -> None:
    """The database itself refuses to change or delete what was raised and done."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(POSTGRESQL_FUNCTION)
    for table in GUARDED:
        if is_postgresql:
            op.execute(POSTGRESQL_GUARD.format(table=table))
            continue
        for verb in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(table=table, verb=verb))


def downgrade() -> None:
    # The guards of a table go with it; what was raised is gone for good.
    op.drop_table("alert_mail")
    op.drop_table("alert_step")
    op.drop_table("alert")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_alerts()")
    op.drop_table("safeguarding_plan")
    # Not in a batch: that would make the table anew, which the staff who point to it forbid.
    op.drop_column("organisation", "out_of_hours_phone")
