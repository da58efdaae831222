"""Leave, placements, follow-ups, what looks odd.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _class_archives()
    _leaves()
    _placements()
    _follow_ups()
    _phone_samples()
    _phone_checks()
    _risk_settlements()


def _leaves() -> None:
    op.create_table(
        "leaves",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_leaves_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_leaves_decided_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_leaves_enrolment_id")),
        sa.ForeignKeyConstraint(["session_id"], ["class_sessions.id"], name=op.f("fk_leaves_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaves_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "uq_leaves_standing",
            ["enrolment_id", "session_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )


def _placements() -> None:
    op.create_table(
        "placements",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=True),
        sa.Column("employer", sa.String(length=100), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("wage", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_why", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_placements_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_placements_enrolment_id")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_placements_enterprise_id")),
        sa.ForeignKeyConstraint(["need_id"], ["labour_needs.id"], name=op.f("fk_placements_need_id")),
        sa.ForeignKeyConstraint(["order_id"], ["training_orders.id"], name=op.f("fk_placements_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
    )
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placements_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placements_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placements_order_id"), ["order_id"], unique=False)
        batch_op.create_index(
            "uq_placements_standing",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("wage", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_follow_ups_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_follow_ups_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("enrolment_id", "month", name=op.f("uq_follow_ups_enrolment_id_month")),
    )


def _phone_samples() -> None:
    op.create_table(
        "phone_samples",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("roster", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_phone_samples_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_phone_samples_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_samples")),
        sa.UniqueConstraint("class_id", name=op.f("uq_phone_samples_class_id")),
    )


def _phone_checks() -> None:
    op.create_table(
        "phone_checks",
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_phone_checks_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_phone_checks_enrolment_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["phone_samples.id"], name=op.f("fk_phone_checks_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_checks")),
        sa.UniqueConstraint("sample_id", "enrolment_id", name=op.f("uq_phone_checks_sample_id_enrolment_id")),
    )


def _risk_settlements() -> None:
    op.create_table(
        "risk_settlements",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("hit", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_risk_settlements_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_risk_settlements_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_settlements")),
        sa.UniqueConstraint("class_id", "rule", "hit", name=op.f("uq_risk_settlements_class_id_rule_hit")),
    )


def _class_archives() -> None:
    op.create_table(
        "class_archives",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_class_archives_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_archives_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_archives")),
    )
    with op.batch_alter_table("class_archives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_archives_class_id"), ["class_id"], unique=False)


def downgrade() -> None:
    op.drop_table("risk_settlements")
    op.drop_table("phone_checks")
    op.drop_table("phone_samples")
    op.drop_table("follow_ups")
    op.drop_table("placements")
    op.drop_table("leaves")
    op.drop_table("class_archives")
