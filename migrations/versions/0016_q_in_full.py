"""exact figures beside published ones, figures of the county, targets, how surveys feed q"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("snapshot") as batch:
        batch.alter_column("survey_id", existing_type=sa.Integer(), nullable=True)
        # Older snapshots have none: a wave is compared from its next snapshot on.
        batch.add_column(sa.Column("exact", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("snapshot") as batch:
        batch.alter_column("exact", existing_type=sa.JSON(), server_default=None)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("from_percent", sa.Integer(), nullable=False),
        sa.Column("smallest_change", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["staff.id"], name=op.f("fk_target_set_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["staff.id"], name=op.f("fk_target_withdrawn_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_series"), "target", ["series"])
    op.create_index(
        "uq_target_in_force",
        "target",
        ["series"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "q_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["staff.id"], name=op.f("fk_q_setting_said_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_q_setting_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_q_setting")),
    )
    op.create_index(op.f("ix_q_setting_survey_id"), "q_setting", ["survey_id"])


def downgrade() -> None:
    op.drop_table("q_setting")
    op.drop_table("target")
    op.execute("DELETE FROM snapshot WHERE survey_id IS NULL")
    with op.batch_alter_table("snapshot") as batch:
        batch.drop_column("exact")
        batch.alter_column("survey_id", existing_type=sa.Integer(), nullable=False)
