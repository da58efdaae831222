"""Events that let phones at the gate find people by name.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate_searches",
        sa.Column("fair_id", sa.Uuid(), nullable=True),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(fair_id IS NULL) <> (class_id IS NULL)", name=op.f("ck_gate_searches_of_one_event")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_gate_searches_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_gate_searches_class_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_gate_searches_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_searches")),
        sa.UniqueConstraint("class_id", name=op.f("uq_gate_searches_class_id")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_gate_searches_fair_id")),
    )


def downgrade() -> None:
    op.drop_table("gate_searches")
