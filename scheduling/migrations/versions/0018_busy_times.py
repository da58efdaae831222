"""Times taken in from other calendars, and the places that have one.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "venues",
        sa.Column("township_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_venues_county")),
        sa.ForeignKeyConstraint(["township_id"], ["townships.id"], name=op.f("fk_venues_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
    )
    op.create_table(
        "busy_times",
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("occurrence", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_busy_times_ends_after_start")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_busy_times_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_busy_times_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_times")),
        sa.UniqueConstraint("subject", "uid", "occurrence", name=op.f("uq_busy_times_subject_uid_occurrence")),
    )
    with op.batch_alter_table("busy_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_times_subject_ends_at"), ["subject", "ends_at"], unique=False)


def downgrade() -> None:
    op.drop_table("busy_times")
    op.drop_table("venues")
