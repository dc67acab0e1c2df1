"""answers of a draft in one place, the way back, and who has read the words"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

response = sa.table(
    "response",
    sa.column("id", sa.Integer),
    sa.column("submitted_at", sa.DateTime(timezone=True)),
    sa.column("draft", sa.JSON),
)
answer = sa.table(
    "answer",
    sa.column("response_id", sa.Integer),
    sa.column("question_id", sa.Integer),
    sa.column("value", sa.JSON),
    sa.column("other_words", sa.JSON),
)
question = sa.table(
    "question",
    sa.column("id", sa.Integer),
    sa.column("version_id", sa.Integer),
    sa.column("code", sa.String),
)


def upgrade() -> None:
    # A number is never used again: an alert outlives the response it names.
    numbered = {"sqlite_autoincrement": True}
    with op.batch_alter_table("response", table_kwargs=numbered) as table:
        table.add_column(
            sa.Column("token_sealed", sa.String(32), nullable=False, server_default="")
        )
        table.add_column(sa.Column("look", sa.String(40), nullable=False, server_default=""))
        table.add_column(sa.Column("last_used_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("draft", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(
            sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("words_read_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("words_read_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_response_words_read_by_id_staff"), "staff", ["words_read_by_id"], ["id"]
        )
    with op.batch_alter_table("response", table_kwargs=numbered) as table:
        for name in ("token_sealed", "look", "draft", "urgency", "is_held"):
            table.alter_column(name, server_default=None)
    op.create_table(
        "not_understood",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_not_understood_question_id_question"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_not_understood_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question_id", name=op.f("pk_not_understood")),
    )
    gather_drafts()


def gather_drafts() -> None:
    """What unsent responses had answered moves into their draft."""
    connection = op.get_bind()
    found = connection.execute(
        sa.select(answer.c.response_id, question.c.code, answer.c.value, answer.c.other_words)
        .join(question, question.c.id == answer.c.question_id)
        .join(response, response.c.id == answer.c.response_id)
        .where(response.c.submitted_at.is_(None))
    )
    drafts: dict[int, dict[str, list[object]]] = {}
    for response_id, code, value, other_words in found:
        drafts.setdefault(response_id, {})[code] = [value, other_words or {}]
    for response_id, draft in drafts.items():
        connection.execute(
            sa.update(response).where(response.c.id == response_id).values(draft=draft)
        )
        connection.execute(sa.delete(answer).where(answer.c.response_id == response_id))


def downgrade() -> None:
    spread_drafts()
    op.drop_table("not_understood")
    with op.batch_alter_table("response") as table:
        table.drop_constraint(op.f("fk_response_words_read_by_id_staff"), type_="foreignkey")
        for name in (
            *("token_sealed", "look", "last_used_on", "draft", "urgency", "is_held"),
            *("words_read_at", "words_read_by_id"),
        ):
            table.drop_column(name)


def spread_drafts() -> None:
    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT id, version_id, draft FROM response WHERE submitted_at IS NULL")
    ).all()
    for response_id, version_id, kept in found:
        draft = json.loads(kept) if isinstance(kept, str) else kept
        for code, (value, other_words) in draft.items():
            asked = connection.scalar(
                sa.select(question.c.id).where(
                    question.c.version_id == version_id, question.c.code == code
                )
            )
            connection.execute(
                sa.insert(answer).values(
                    response_id=response_id,
                    question_id=asked,
                    value=value,
                    other_words=other_words or None,
                )
            )
