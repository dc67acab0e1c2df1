"""the people's frame of themes: nested, merged, moved, undone, kept in versions"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("analysis_run") as batch:
        batch.add_column(sa.Column("grown_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_analysis_run_grown_from_id_analysis_run"),
            "analysis_run",
            ["grown_from_id"],
            ["id"],
        )
    with op.batch_alter_table("assignment") as batch:
        key = sa.Column("sentence_key", sa.String(length=64), nullable=False, server_default="")
        batch.add_column(key)
    with op.batch_alter_table("comment_finding") as batch:
        batch.add_column(sa.Column("duplicate_of_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("campaign", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("is_rich", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column("found_theme", sa.Column("centroid", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("theme") as batch:
        batch.add_column(
            sa.Column("origin", sa.String(length=20), nullable=False, server_default="found")
        )
        batch.add_column(sa.Column("definition", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("is_critical", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("keywords", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("centroid", sa.LargeBinary(), nullable=True))
        batch.alter_column("found_theme_id", existing_type=sa.Integer(), nullable=True)
        for column in ("parent_id", "merged_into_id"):
            batch.create_foreign_key(op.f(f"fk_theme_{column}_theme"), "theme", [column], ["id"])
        batch.drop_constraint(op.f("ck_theme_state"), type_="check")
        batch.create_check_constraint(
            op.f("ck_theme_state"), "state IN ('accepted', 'set_aside', 'named', 'merged')"
        )
        batch.create_check_constraint(
            op.f("ck_theme_origin"), "origin IN ('found', 'made', 'imported')"
        )
    op.create_table(
        "curation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_curation_step_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_curation_step_survey_id_survey")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["staff.id"], name=op.f("fk_curation_step_undone_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curation_step")),
    )
    op.create_index(op.f("ix_curation_step_survey_id"), "curation_step", ["survey_id"])
    op.create_table(
        "frame_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["staff.id"], name=op.f("fk_frame_version_made_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_frame_version_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_version")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_frame_version_survey_id_number")),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("sentence_number", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("sentence_key", sa.String(length=64), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("by_person", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_mention_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_mention_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint(
            "theme_id",
            "answer_id",
            "sentence_key",
            name=op.f("uq_mention_theme_id_answer_id_sentence_key"),
        ),
    )
    op.create_index(op.f("ix_mention_answer_id"), "mention", ["answer_id"])
    op.create_index(op.f("ix_mention_theme_id"), "mention", ["theme_id"])
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("sentence_key", sa.String(length=64), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answer.id"],
            name=op.f("fk_placement_answer_id_answer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["staff.id"], name=op.f("fk_placement_placed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_placement_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "answer_id",
            "sentence_key",
            "theme_id",
            name=op.f("uq_placement_answer_id_sentence_key_theme_id"),
        ),
    )
    op.create_index(op.f("ix_placement_theme_id"), "placement", ["theme_id"])
    fill_mentions()


def fill_mentions() -> None:
    """What the themes rest on today. The key is made anew when the next run or step comes."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT theme.id, assignment.answer_id, assignment.sentence_number, "
            "assignment.sentence, assignment.weight FROM theme "
            "JOIN assignment ON assignment.found_theme_id = theme.found_theme_id "
            "ORDER BY theme.id, assignment.answer_id, assignment.sentence_number"
        )
    )
    mentions = {}
    for theme_id, answer_id, number, sentence, weight in rows:
        key = hashlib.sha256(sentence.encode()).hexdigest()
        mentions[theme_id, answer_id, key] = {
            "theme_id": theme_id,
            "answer_id": answer_id,
            "sentence_number": number,
            "sentence": sentence,
            "sentence_key": key,
            "weight": weight,
            "by_person": False,
        }
    if mentions:
        columns = (
            *("theme_id", "answer_id", "sentence_number", "sentence"),
            *("sentence_key", "weight", "by_person"),
        )
        op.bulk_insert(sa.table("mention", *map(sa.column, columns)), list(mentions.values()))


def downgrade() -> None:
    # What only the frame of people holds cannot stand in the older tables.
    op.execute(
        "DELETE FROM theme WHERE (found_theme_id IS NULL OR state = 'merged') "
        "AND id NOT IN (SELECT theme_id FROM action)"
    )
    op.drop_index(op.f("ix_placement_theme_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_mention_theme_id"), table_name="mention")
    op.drop_index(op.f("ix_mention_answer_id"), table_name="mention")
    op.drop_table("mention")
    op.drop_table("frame_version")
    op.drop_index(op.f("ix_curation_step_survey_id"), table_name="curation_step")
    op.drop_table("curation_step")
    with op.batch_alter_table("theme") as batch:
        batch.drop_constraint(op.f("ck_theme_origin"), type_="check")
        batch.drop_constraint(op.f("ck_theme_state"), type_="check")
        batch.create_check_constraint(
            op.f("ck_theme_state"), "state IN ('accepted', 'set_aside', 'named')"
        )
        for column in ("merged_into_id", "parent_id"):
            batch.drop_constraint(op.f(f"fk_theme_{column}_theme"), type_="foreignkey")
        batch.alter_column("found_theme_id", existing_type=sa.Integer(), nullable=False)
        for column in ("centroid", "keywords", "is_critical", "merged_into_id", "parent_id"):
            batch.drop_column(column)
        for column in ("definition", "origin"):
            batch.drop_column(column)
    with op.batch_alter_table("found_theme") as batch:
        batch.drop_column("centroid")
    with op.batch_alter_table("comment_finding") as batch:
        for column in ("is_rich", "campaign", "duplicate_of_id"):
            batch.drop_column(column)
    with op.batch_alter_table("assignment") as batch:
        batch.drop_column("sentence_key")
    with op.batch_alter_table("analysis_run") as batch:
        batch.drop_constraint(
            op.f("fk_analysis_run_grown_from_id_analysis_run"), type_="foreignkey"
        )
        batch.drop_column("grown_from_id")
