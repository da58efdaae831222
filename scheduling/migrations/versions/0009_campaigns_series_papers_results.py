"""campaigns, series, papers and results of fairs

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _campaigns()
    _series()
    _papers()
    _results()


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_campaigns_ends_after_start")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_campaigns_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("county", "key", name=op.f("uq_campaigns_county_key")),
    )
    op.create_table(
        "campaign_fairs",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_campaign_fairs_by_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_fairs_campaign_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_campaign_fairs_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_fairs")),
        sa.UniqueConstraint("campaign_id", "fair_id", name=op.f("uq_campaign_fairs_campaign_id_fair_id")),
    )
    op.create_index(op.f("ix_campaign_fairs_fair_id"), "campaign_fairs", ["fair_id"])


def _series() -> None:
    op.create_table(
        "fair_series",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("market_id", sa.Uuid(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_fair_series_ends_after_start")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_series_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_fair_series_county")),
        sa.ForeignKeyConstraint(["market_id"], ["markets.id"], name=op.f("fk_fair_series_market_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_series")),
        sa.UniqueConstraint("county", "fingerprint", name=op.f("uq_fair_series_county_fingerprint")),
        sa.UniqueConstraint("county", "number", name=op.f("uq_fair_series_county_number")),
    )
    if op.get_bind().dialect.name == "sqlite":  # to rebuild the table for a key would lose its checks
        key = "CONSTRAINT fk_fairs_series_id REFERENCES fair_series (id)"
        op.execute(f"ALTER TABLE fairs ADD COLUMN series_id CHAR(32) {key}")
    else:
        op.add_column("fairs", sa.Column("series_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f("fk_fairs_series_id"), "fairs", "fair_series", ["series_id"], ["id"])
    op.add_column("fairs", sa.Column("series_day", sa.Date(), nullable=True))
    op.create_index("uq_fairs_series_day", "fairs", ["series_id", "series_day"], unique=True)


def _papers() -> None:
    op.add_column("fairs", sa.Column("emergency_plan", sa.String(length=200), server_default="", nullable=False))
    op.create_table(
        "fair_terms",
        sa.Column("permit_from", sa.Integer(), nullable=False),
        sa.Column("city_from", sa.Integer(), nullable=False),
        sa.Column("permit_days", sa.Integer(), nullable=False),
        sa.Column("police_workdays", sa.Integer(), nullable=False),
        sa.Column("file_days", sa.Integer(), nullable=True),
        sa.Column("plan_by", sa.String(length=5), nullable=False),
        sa.Column("stats_days", sa.Integer(), nullable=True),
        sa.Column("stats_month_day", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("permit_from > 0 AND city_from >= permit_from", name=op.f("ck_fair_terms_sizes_in_order")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_terms_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_fair_terms_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_terms")),
        sa.UniqueConstraint("county", name=op.f("uq_fair_terms_county")),
    )
    op.create_table(
        "fair_overrides",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_overrides_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_fair_overrides_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_overrides")),
    )
    op.create_index(op.f("ix_fair_overrides_fair_id"), "fair_overrides", ["fair_id"])
    op.create_index(
        "uq_fair_overrides_standing",
        "fair_overrides",
        ["fair_id", "item"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "fair_filings",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_filings_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_fair_filings_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_filings")),
        sa.UniqueConstraint("fair_id", "what", name=op.f("uq_fair_filings_fair_id_what")),
    )


def _results() -> None:
    op.create_table(
        "fair_finishes",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.Uuid(), nullable=True),
        sa.Column("reopened_why", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_finishes_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_fair_finishes_fair_id")),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["accounts.id"], name=op.f("fk_fair_finishes_reopened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_finishes")),
    )
    op.create_index(op.f("ix_fair_finishes_fair_id"), "fair_finishes", ["fair_id"])
    op.create_index(
        "uq_fair_finishes_standing",
        "fair_finishes",
        ["fair_id"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )
    op.create_table(
        "fair_notes",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("weather", sa.String(length=60), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_notes_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_fair_notes_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_notes")),
        sa.UniqueConstraint("fair_id", name=op.f("uq_fair_notes_fair_id")),
    )
    op.create_table(
        "booth_reports",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("intent_people", sa.Integer(), nullable=False),
        sa.Column("intent_times", sa.Integer(), nullable=False),
        sa.Column("hired_on_site", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "hired_on_site >= 0 AND intent_people >= hired_on_site", name=op.f("ck_booth_reports_hired_had_intent")
        ),
        sa.CheckConstraint("intent_times >= intent_people", name=op.f("ck_booth_reports_times_at_least_people")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_booth_reports_booking_id")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_booth_reports_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_reports")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_booth_reports_booking_id")),
    )


def downgrade() -> None:
    for table in ("booth_reports", "fair_notes", "fair_finishes", "fair_filings", "fair_overrides", "fair_terms"):
        op.drop_table(table)
    op.drop_index("uq_fairs_series_day", table_name="fairs")
    checks = (
        sa.CheckConstraint("ends_at > starts_at", name="ck_fairs_ends_after_start"),
        sa.CheckConstraint("number BETWEEN 1 AND 16777215", name="ck_fairs_number_fits_a_ticket"),
    )
    with op.batch_alter_table("fairs", schema=None, table_args=checks) as batch_op:
        for column in ("emergency_plan", "series_day", "series_id"):
            batch_op.drop_column(column)
    op.drop_table("fair_series")
    op.drop_table("campaign_fairs")
    op.drop_table("campaigns")
