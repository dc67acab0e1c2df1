"""margins of the population, figures that others measured, and the engagement ledger"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "margin_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        *added_and_retired("margin_set"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_margin_set")),
        sa.UniqueConstraint("code", name=op.f("uq_margin_set_code")),
    )
    op.create_table(
        "margin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("variable", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.CheckConstraint("share > 0 AND share <= 1", name=op.f("ck_margin_share")),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["margin_set.id"],
            name=op.f("fk_margin_set_id_margin_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_margin")),
        sa.UniqueConstraint(
            *("set_id", "audience", "variable", "category"),
            name=op.f("uq_margin_set_id_audience_variable_category"),
        ),
    )
    op.create_table(
        "measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=30), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        *added_and_retired("measurement"),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_measurement_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )
    op.create_index(op.f("ix_measurement_series"), "measurement", ["series"])
    op.create_index(
        "uq_measurement_in_force",
        "measurement",
        ["series", "label", "place", "period_from", "period_to"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("date_from", sa.String(length=10), nullable=False),
        sa.Column("date_to", sa.String(length=10), nullable=False),
        sa.Column("date_basis", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("in_area", sa.Boolean(), nullable=False),
        sa.Column("overlap", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("description_easy", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("is_from_pack", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_code")),
    )
    op.create_table(
        "activity_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("qualifier", sa.String(length=20), nullable=False),
        sa.Column("as_printed", sa.String(length=200), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_activity_count_value")),
        sa.CheckConstraint(
            "qualifier IN ('exact', 'over', 'at_least')", name=op.f("ck_activity_count_qualifier")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_count_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_count")),
        sa.UniqueConstraint("activity_id", "unit", name=op.f("uq_activity_count_activity_id_unit")),
    )


def added_and_retired(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_because", sa.String(length=300), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], ["staff.id"], name=op.f(f"fk_{table}_{column}_staff"))
            for column in ("added_by_id", "retired_by_id")
        ),
    ]


def downgrade() -> None:
    op.drop_table("activity_count")
    op.drop_table("activity")
    op.drop_index("uq_measurement_in_force", table_name="measurement")
    op.drop_index(op.f("ix_measurement_series"), table_name="measurement")
    op.drop_table("measurement")
    op.drop_table("margin")
    op.drop_table("margin_set")
