"""which areas an answer is about"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action") as batch:
        batch.add_column(sa.Column("areas", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("action") as batch:
        batch.alter_column("areas", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("action") as batch:
        batch.drop_column("areas")
