"""vectors kept, tags confirmed, comments double-coded and redacted"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_vector",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_text_vector")),
    )
    op.create_index(op.f("ix_text_vector_model"), "text_vector", ["model"])
    op.create_index(op.f("ix_text_vector_used_on"), "text_vector", ["used_on"])
    op.create_table(
        "analysis_progress",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_analysis_progress_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_analysis_progress")),
    )
    op.create_table(
        "check_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["staff.id"], name=op.f("fk_check_round_begun_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_check_round_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_round")),
    )
    op.create_index(op.f("ix_check_round_survey_id"), "check_round", ["survey_id"])
    op.create_table(
        "check_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("by_machine", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_check_item_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["check_round.id"],
            name=op.f("fk_check_item_round_id_check_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_item")),
        sa.UniqueConstraint("round_id", "answer_id", name=op.f("uq_check_item_round_id_answer_id")),
    )
    op.create_index(op.f("ix_check_item_answer_id"), "check_item", ["answer_id"])
    op.create_table(
        "confirmed_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("ambition", sa.String(length=40), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_confirmed_tag_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["staff.id"], name=op.f("fk_confirmed_tag_confirmed_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_tag")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_confirmed_tag_answer_id")),
    )
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('taken_out', 'left_in')", name=op.f("ck_redaction_decision")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_redaction_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_redaction_decided_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint(
            "answer_id", "start", "end", name=op.f("uq_redaction_answer_id_start_end")
        ),
    )
    op.create_index(op.f("ix_redaction_answer_id"), "redaction", ["answer_id"])
    op.create_table(
        "check_coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["staff.id"], name=op.f("fk_check_coding_coder_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["check_item.id"],
            name=op.f("fk_check_coding_item_id_check_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_coding")),
        sa.UniqueConstraint("item_id", "coder_id", name=op.f("uq_check_coding_item_id_coder_id")),
    )


def downgrade() -> None:
    op.drop_table("check_coding")
    op.drop_index(op.f("ix_redaction_answer_id"), table_name="redaction")
    op.drop_table("redaction")
    op.drop_table("confirmed_tag")
    op.drop_index(op.f("ix_check_item_answer_id"), table_name="check_item")
    op.drop_table("check_item")
    op.drop_index(op.f("ix_check_round_survey_id"), table_name="check_round")
    op.drop_table("check_round")
    op.drop_table("analysis_progress")
    op.drop_index(op.f("ix_text_vector_used_on"), table_name="text_vector")
    op.drop_index(op.f("ix_text_vector_model"), table_name="text_vector")
    op.drop_table("text_vector")
