"""numbers of answers are never used again: what quotes one must not come to mean another's"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SQLite alone gives a number that was freed to the next row."""
    if op.get_bind().dialect.name == "sqlite":
        numbered = {"sqlite_autoincrement": True}
        with op.batch_alter_table("answer", recreate="always", table_kwargs=numbered):
            pass


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("answer", recreate="always"):
            pass
