"""what the themes suggest is kept, and words of searches are forgotten"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_learnt_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_learnt")),
    )
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("sentence_key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_suggestion_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_suggestion_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint(
            "theme_id",
            "answer_id",
            "sentence_key",
            name=op.f("uq_suggestion_theme_id_answer_id_sentence_key"),
        ),
    )
    op.create_index(op.f("ix_suggestion_answer_id"), "suggestion", ["answer_id"])
    # Searches that failed kept what was typed. From now on the queue forgets it by itself.
    op.execute(
        "UPDATE job SET arguments = '{}', error = NULL WHERE name = 'exploring.read_search' "
        "AND (finished_at IS NOT NULL OR failed_at IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_suggestion_answer_id"), table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_table("learnt")
