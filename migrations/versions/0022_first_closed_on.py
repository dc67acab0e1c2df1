"""the last day of a survey that had passed before it was moved"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey_version") as batch:
        batch.add_column(sa.Column("first_closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("survey_version") as batch:
        batch.drop_column("first_closed_on")
