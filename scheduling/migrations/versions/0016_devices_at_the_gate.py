"""Devices at the gate, what they hand in, visitors without a ticket.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _gate_invitations()
    _gate_devices()
    _gate_closings()
    _gate_items()
    _gate_revocations()
    _visitors()
    _scans()
    _tickets()


def _gate_invitations() -> None:
    op.create_table(
        "gate_invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_gate_invitations_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_gate_invitations_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_gate_invitations_token_hash")),
    )


def _gate_devices() -> None:
    op.create_table(
        "gate_devices",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_gate_devices_county")),
        sa.ForeignKeyConstraint(["invitation_id"], ["gate_invitations.id"], name=op.f("fk_gate_devices_invitation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_devices")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_gate_devices_invitation_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_gate_devices_secret_hash")),
    )


def _gate_closings() -> None:
    op.create_table(
        "gate_closings",
        sa.Column("fair_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(fair_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_gate_closings_of_one_event")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_gate_closings_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_gate_closings_fair_id")),
        sa.ForeignKeyConstraint(["session_id"], ["class_sessions.id"], name=op.f("fk_gate_closings_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_closings")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_gate_closings_fair_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_gate_closings_session_id")),
    )


def _gate_items() -> None:
    op.create_table(
        "gate_items",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("carried_by_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("fair_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("stored", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("annuls", sa.String(length=64), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.String(length=40), nullable=False),
        sa.Column("mono", sa.BigInteger(), nullable=True),
        sa.Column("boot", sa.String(length=40), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["carried_by_id"], ["gate_devices.id"], name=op.f("fk_gate_items_carried_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_gate_items_county")),
        sa.ForeignKeyConstraint(["device_id"], ["gate_devices.id"], name=op.f("fk_gate_items_device_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_gate_items_fair_id")),
        sa.ForeignKeyConstraint(["session_id"], ["class_sessions.id"], name=op.f("fk_gate_items_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_items")),
    )
    with op.batch_alter_table("gate_items", schema=None) as batch_op:
        batch_op.create_index("ix_gate_items_annuls", ["annuls"], unique=False)
        batch_op.create_index("ix_gate_items_device", ["device_id", "seq"], unique=False)
        batch_op.create_index("ix_gate_items_fair", ["fair_id", "kind"], unique=False)
        batch_op.create_index("ix_gate_items_session", ["session_id", "kind"], unique=False)


def _gate_revocations() -> None:
    op.create_table(
        "gate_revocations",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_gate_revocations_by_id")),
        sa.ForeignKeyConstraint(["device_id"], ["gate_devices.id"], name=op.f("fk_gate_revocations_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_revocations")),
        sa.UniqueConstraint("device_id", name=op.f("uq_gate_revocations_device_id")),
    )


def _visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("fair_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.String(length=64), nullable=True),
        sa.Column("form_id", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(fair_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_visitors_at_one_event")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_visitors_county")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_visitors_fair_id")),
        sa.ForeignKeyConstraint(["item_id"], ["gate_items.id"], name=op.f("fk_visitors_item_id")),
        sa.ForeignKeyConstraint(["session_id"], ["class_sessions.id"], name=op.f("fk_visitors_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
        sa.UniqueConstraint("form_id", name=op.f("uq_visitors_form_id")),
        sa.UniqueConstraint("item_id", name=op.f("uq_visitors_item_id")),
    )
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.create_index("ix_visitors_fair", ["fair_id", "source"], unique=False)


def _scans() -> None:
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("timeless", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_scans_device_id"), "gate_devices", ["device_id"], ["id"])


def _tickets() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        for holder in ("reservation_id", "enrolment_id", "booking_id"):
            batch_op.create_index(batch_op.f(f"ix_tickets_{holder}"), [holder], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        for holder in ("reservation_id", "enrolment_id", "booking_id"):
            batch_op.drop_index(batch_op.f(f"ix_tickets_{holder}"))
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_scans_device_id"), type_="foreignkey")
        batch_op.drop_column("timeless")
        batch_op.drop_column("seq")
        batch_op.drop_column("device_id")

    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.drop_index("ix_visitors_fair")

    op.drop_table("visitors")
    op.drop_table("gate_revocations")
    with op.batch_alter_table("gate_items", schema=None) as batch_op:
        batch_op.drop_index("ix_gate_items_session")
        batch_op.drop_index("ix_gate_items_fair")
        batch_op.drop_index("ix_gate_items_device")
        batch_op.drop_index("ix_gate_items_annuls")

    op.drop_table("gate_items")
    op.drop_table("gate_closings")
    op.drop_table("gate_devices")
    op.drop_table("gate_invitations")
