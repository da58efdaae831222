"""Training in full: rules, the ledger, the file of a class, lists and offers.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _training_rules()
    _labour_needs()
    _class_dossiers()
    _class_filings()
    _signup_lists()
    _seat_offers()
    _enrolment_overrides()
    with op.batch_alter_table("class_orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("classes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lat", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("lon", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("fence_metres", sa.Integer(), nullable=True))

    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.String(length=20), server_default="", nullable=False))
        batch_op.add_column(sa.Column("modules", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rules_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_courses_rules_id"), "training_rules", ["rules_id"], ["id"])

    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("household", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("order_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("list_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("transferred_from_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_why", sa.String(length=20), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_enrolments_order_id"), ["order_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolments_transferred_from_id"), "enrolments", ["transferred_from_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_enrolments_list_id"), "signup_lists", ["list_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_enrolments_order_id"), "training_orders", ["order_id"], ["id"])

    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("away_metres", sa.Integer(), nullable=True))

    with op.batch_alter_table("training_orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shifts", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("employed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_note", sa.String(length=300), server_default="", nullable=False))


def _training_rules() -> None:
    op.create_table(
        "training_rules",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("hour_minutes", sa.Integer(), nullable=False),
        sa.Column("least_hours", sa.Integer(), nullable=True),
        sa.Column("least_theory_share", sa.Integer(), nullable=True),
        sa.Column("least_practice_share", sa.Integer(), nullable=True),
        sa.Column("most_hours_a_day", sa.Integer(), nullable=False),
        sa.Column("most_trainees", sa.Integer(), nullable=True),
        sa.Column("most_a_year", sa.Integer(), nullable=True),
        sa.Column("once_a_level", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=True),
        sa.Column("attendance_share", sa.Integer(), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("sick_mark", sa.String(length=4), server_default="病", nullable=False),
        sa.Column("pass_theory", sa.Integer(), nullable=False),
        sa.Column("pass_practice", sa.Integer(), nullable=False),
        sa.Column("resits", sa.Integer(), nullable=False),
        sa.Column("outside_issuer", sa.String(length=60), nullable=False),
        sa.Column("file_days", sa.Integer(), nullable=True),
        sa.Column("exam_roster_days", sa.Integer(), nullable=True),
        sa.Column("claim_workdays", sa.Integer(), nullable=True),
        sa.Column("notice_workdays", sa.Integer(), nullable=False),
        sa.Column("archive_years", sa.Integer(), nullable=False),
        sa.Column("yuan_a_person", sa.Integer(), nullable=True),
        sa.Column("yuan_an_hour", sa.Integer(), nullable=True),
        sa.Column("yuan_at_most", sa.Integer(), nullable=True),
        sa.Column("share_without_job", sa.Integer(), nullable=True),
        sa.Column("sample_share", sa.Integer(), nullable=False),
        sa.Column("phone_for", sa.Integer(), nullable=False),
        sa.Column("device_for", sa.Integer(), nullable=False),
        sa.Column("burst_seconds", sa.Integer(), nullable=False),
        sa.Column("backfill_share", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("attendance_share BETWEEN 0 AND 100", name=op.f("ck_training_rules_attendance_is_a_share")),
        sa.CheckConstraint("hour_minutes > 0 AND most_hours_a_day > 0", name=op.f("ck_training_rules_hours_positive")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_training_rules_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_rules")),
        sa.UniqueConstraint("county", "name", name=op.f("uq_training_rules_county_name")),
    )


def _labour_needs() -> None:
    op.create_table(
        "labour_needs",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("hired_before", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_how", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("hired_before >= 0", name=op.f("ck_labour_needs_hired_not_negative")),
        sa.CheckConstraint("needed > 0", name=op.f("ck_labour_needs_needed_positive")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_labour_needs_county")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_labour_needs_enterprise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_needs")),
        sa.UniqueConstraint("county", "no", name=op.f("uq_labour_needs_county_no")),
    )
    with op.batch_alter_table("labour_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_labour_needs_enterprise_id"), ["enterprise_id"], unique=False)


def _class_dossiers() -> None:
    op.create_table(
        "class_dossiers",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("head_teacher", sa.String(length=60), nullable=False),
        sa.Column("textbook", sa.String(length=200), nullable=False),
        sa.Column("modules", sa.Text(), nullable=False),
        sa.Column("exam_scheme", sa.Text(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("committed_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_dossiers_class_id")),
        sa.ForeignKeyConstraint(["committed_by_id"], ["accounts.id"], name=op.f("fk_class_dossiers_committed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_dossiers")),
        sa.UniqueConstraint("class_id", name=op.f("uq_class_dossiers_class_id")),
    )


def _class_filings() -> None:
    op.create_table(
        "class_filings",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_class_filings_class_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_class_filings_decided_by_id")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["accounts.id"], name=op.f("fk_class_filings_filed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_filings")),
    )
    with op.batch_alter_table("class_filings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_filings_class_id"), ["class_id"], unique=False)
        batch_op.create_index(
            "uq_class_filings_approved",
            ["class_id"],
            unique=True,
            sqlite_where=sa.text("approved AND superseded_at IS NULL"),
            postgresql_where=sa.text("approved AND superseded_at IS NULL"),
        )
        batch_op.create_index(
            "uq_class_filings_undecided",
            ["class_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )


def _signup_lists() -> None:
    op.create_table(
        "signup_lists",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("enrolled", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_signup_lists_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_signup_lists_class_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_signup_lists_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup_lists")),
        sa.UniqueConstraint("class_id", "digest", name=op.f("uq_signup_lists_class_id_digest")),
    )


def _seat_offers() -> None:
    op.create_table(
        "seat_offers",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_seat_offers_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offers")),
    )
    with op.batch_alter_table("seat_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_offers_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(
            "uq_seat_offers_open",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )


def _enrolment_overrides() -> None:
    op.create_table(
        "enrolment_overrides",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_enrolment_overrides_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_enrolment_overrides_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_overrides")),
        sa.UniqueConstraint("enrolment_id", "rule", name=op.f("uq_enrolment_overrides_enrolment_id_rule")),
    )


def downgrade() -> None:
    with op.batch_alter_table("training_orders", schema=None) as batch_op:
        batch_op.drop_column("closed_note")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("employed")
        batch_op.drop_column("shifts")

    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_column("away_metres")
        batch_op.drop_column("device")

    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enrolments_order_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_enrolments_list_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_enrolments_transferred_from_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_enrolments_order_id"))
        batch_op.drop_column("cancelled_why")
        batch_op.drop_column("transferred_from_id")
        batch_op.drop_column("list_id")
        batch_op.drop_column("order_id")
        batch_op.drop_column("household")

    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_courses_rules_id"), type_="foreignkey")
        batch_op.drop_column("rules_id")
        batch_op.drop_column("modules")
        batch_op.drop_column("level")

    with op.batch_alter_table("classes", schema=None) as batch_op:
        batch_op.drop_column("fence_metres")
        batch_op.drop_column("lon")
        batch_op.drop_column("lat")

    with op.batch_alter_table("class_orders", schema=None) as batch_op:
        batch_op.drop_column("seats")

    op.drop_table("enrolment_overrides")
    op.drop_table("seat_offers")
    op.drop_table("signup_lists")
    op.drop_table("class_filings")
    op.drop_table("class_dossiers")
    op.drop_table("labour_needs")
    op.drop_table("training_rules")
