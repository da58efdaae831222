"""Examinations, certificates, claims.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _exams()
    _exam_seats()
    _certificates()
    _subsidy_claims()
    _subsidy_lines()
    _notice_objections()


def _exams() -> None:
    op.create_table(
        "exams",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("examiner", sa.String(length=60), nullable=False),
        sa.Column("roster_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_exams_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_exams_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
        sa.UniqueConstraint("class_id", "attempt", name=op.f("uq_exams_class_id_attempt")),
    )


def _exam_seats() -> None:
    op.create_table(
        "exam_seats",
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theory", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "practice IS NULL OR practice BETWEEN 0 AND 100", name=op.f("ck_exam_seats_practice_in_range")
        ),
        sa.CheckConstraint("theory IS NULL OR theory BETWEEN 0 AND 100", name=op.f("ck_exam_seats_theory_in_range")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_exam_seats_by_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_exam_seats_enrolment_id")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_exam_seats_exam_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_seats")),
        sa.UniqueConstraint("exam_id", "enrolment_id", name=op.f("uq_exam_seats_exam_id_enrolment_id")),
        sa.UniqueConstraint("exam_id", "number", name=op.f("uq_exam_seats_exam_id_number")),
    )
    with op.batch_alter_table("exam_seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_seats_enrolment_id"), ["enrolment_id"], unique=False)


def _certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=60), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("printed", sa.JSON(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_why", sa.String(length=200), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_certificates_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_certificates_county")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_certificates_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("county", "issuer", "number", name=op.f("uq_certificates_county_issuer_number")),
        sa.UniqueConstraint("token", name=op.f("uq_certificates_token")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(
            "uq_certificates_standing",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )


def _subsidy_claims() -> None:
    op.create_table(
        "subsidy_claims",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_until", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["accounts.id"], name=op.f("fk_subsidy_claims_approved_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_subsidy_claims_by_id")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name=op.f("fk_subsidy_claims_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_claims")),
        sa.UniqueConstraint("class_id", name=op.f("uq_subsidy_claims_class_id")),
    )


def _subsidy_lines() -> None:
    op.create_table(
        "subsidy_lines",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("yuan", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_why", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("yuan >= 0", name=op.f("ck_subsidy_lines_yuan_not_negative")),
        sa.ForeignKeyConstraint(["claim_id"], ["subsidy_claims.id"], name=op.f("fk_subsidy_lines_claim_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_subsidy_lines_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_lines")),
        sa.UniqueConstraint("claim_id", "enrolment_id", name=op.f("uq_subsidy_lines_claim_id_enrolment_id")),
    )


def _notice_objections() -> None:
    op.create_table(
        "notice_objections",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_how", sa.String(length=300), nullable=False),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["subsidy_claims.id"], name=op.f("fk_notice_objections_claim_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["accounts.id"], name=op.f("fk_notice_objections_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_objections")),
    )
    with op.batch_alter_table("notice_objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_objections_claim_id"), ["claim_id"], unique=False)


def downgrade() -> None:
    op.drop_table("notice_objections")
    op.drop_table("subsidy_lines")
    op.drop_table("subsidy_claims")
    op.drop_table("certificates")
    op.drop_table("exam_seats")
    op.drop_table("exams")
