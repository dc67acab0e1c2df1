"""recorded sounds and sign-language videos of questions"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("captions_digest", sa.String(length=64), nullable=False),
        sa.Column("transcript", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["staff.id"], name=op.f("fk_question_media_changed_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["survey_version.id"],
            name=op.f("fk_question_media_version_id_survey_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_media")),
        sa.UniqueConstraint(
            "version_id",
            "code",
            "kind",
            "language",
            name=op.f("uq_question_media_version_id_code_kind_language"),
        ),
    )
    for column in ("file_digest", "captions_digest"):
        op.create_index(op.f(f"ix_question_media_{column}"), "question_media", [column])


def downgrade() -> None:
    for column in ("captions_digest", "file_digest"):
        op.drop_index(op.f(f"ix_question_media_{column}"), table_name="question_media")
    op.drop_table("question_media")
