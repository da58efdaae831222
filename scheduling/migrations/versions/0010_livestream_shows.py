"""livestream shows: the lock, what is on air, leads, figures

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_locks",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unlocked_by_id", sa.Uuid(), nullable=True),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unlocked_why", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_live_locks_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_live_locks_fair_id")),
        sa.ForeignKeyConstraint(["unlocked_by_id"], ["accounts.id"], name=op.f("fk_live_locks_unlocked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_locks")),
    )
    with op.batch_alter_table("live_locks", schema=None) as batch_op:
        batch_op.create_index(
            "uq_live_locks_standing",
            ["fair_id"],
            unique=True,
            sqlite_where=sa.text("unlocked_at IS NULL"),
            postgresql_where=sa.text("unlocked_at IS NULL"),
        )
    op.create_table(
        "live_jobs",
        sa.Column("lock_id", sa.Uuid(), nullable=False),
        sa.Column("job_no", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise", sa.String(length=100), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_live_jobs_enterprise_id")),
        sa.ForeignKeyConstraint(["lock_id"], ["live_locks.id"], name=op.f("fk_live_jobs_lock_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancies.id"], name=op.f("fk_live_jobs_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_jobs")),
        sa.UniqueConstraint("lock_id", "job_no", name=op.f("uq_live_jobs_lock_id_job_no")),
    )
    with op.batch_alter_table("live_jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_live_jobs_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_live_jobs_vacancy_id"), ["vacancy_id"], unique=False)
    op.create_table(
        "live_airings",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=True),
        sa.Column("job_no", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_live_airings_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_live_airings_fair_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["live_slots.id"], name=op.f("fk_live_airings_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_airings")),
    )
    with op.batch_alter_table("live_airings", schema=None) as batch_op:
        batch_op.create_index("ix_live_airings_fair_id_at", ["fair_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_live_airings_slot_id"), ["slot_id"], unique=False)
    op.create_table(
        "live_leads",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("jobseeker_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("job_no", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_live_leads_by_id")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprises.id"], name=op.f("fk_live_leads_enterprise_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_live_leads_fair_id")),
        sa.ForeignKeyConstraint(["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_live_leads_jobseeker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_leads")),
        sa.UniqueConstraint(
            "fair_id", "jobseeker_id", "job_no", name=op.f("uq_live_leads_fair_id_jobseeker_id_job_no")
        ),
    )
    with op.batch_alter_table("live_leads", schema=None) as batch_op:
        batch_op.create_index("ix_live_leads_fair_id_enterprise_id", ["fair_id", "enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_live_leads_jobseeker_id"), ["jobseeker_id"], unique=False)
    op.create_table(
        "live_stats",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("peak", sa.Integer(), nullable=True),
        sa.Column("stay", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("followers", sa.Integer(), nullable=True),
        sa.Column("consultations", sa.Integer(), nullable=True),
        sa.Column("signups", sa.Integer(), nullable=True),
        sa.Column("resumes", sa.Integer(), nullable=True),
        sa.Column("intents", sa.Integer(), nullable=True),
        sa.Column("replay_url", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("peak <= views", name=op.f("ck_live_stats_no_more_at_once_than_in_all")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_live_stats_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_live_stats_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_stats")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_live_stats_fair_id")),
    )
    op.create_table(
        "live_pictures",
        sa.Column("stats_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["stats_id"], ["live_stats.id"], name=op.f("fk_live_pictures_stats_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_pictures")),
        sa.UniqueConstraint("stats_id", name=op.f("uq_live_pictures_stats_id")),
    )


def downgrade() -> None:
    op.drop_table("live_pictures")
    op.drop_table("live_stats")
    op.drop_table("live_leads")
    op.drop_table("live_airings")
    op.drop_table("live_jobs")
    op.drop_table("live_locks")
