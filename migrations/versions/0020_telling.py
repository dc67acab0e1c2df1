"""people who want to be told what became of a survey: a locked address, apart from all answers"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follower",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("address_locked", sa.String(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("yes_hash", sa.String(length=64), nullable=False),
        sa.Column("leave_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("easy_read", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_follower_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint(
            "survey_id", "address_hash", name=op.f("uq_follower_survey_id_address_hash")
        ),
        sa.UniqueConstraint("yes_hash", name=op.f("uq_follower_yes_hash")),
        sa.UniqueConstraint("leave_hash", name=op.f("uq_follower_leave_hash")),
        # SQLite would count the rows, and so tell in which order people asked.
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_follower_asked_on"), "follower", ["asked_on"])
    op.create_table(
        "told",
        sa.Column("follower_id", sa.String(length=32), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follower_id"],
            ["follower.id"],
            name=op.f("fk_told_follower_id_follower"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("follower_id", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    # Nobody is told any more: who asked has to ask again.
    op.drop_table("told")
    op.drop_table("follower")
