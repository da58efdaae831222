"""files of fairs, tours of vans

Revision: 0012, after 0011
"""

import sqlalchemy as sa
import uuid_utils.compat
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STANDING = {"sqlite_where": sa.text("removed_at IS NULL"), "postgresql_where": sa.text("removed_at IS NULL")}
NOT_LEFT = {"sqlite_where": sa.text("left_at IS NULL"), "postgresql_where": sa.text("left_at IS NULL")}
ON_PAPER = "升级前写明的纸质材料："


def upgrade() -> None:
    op.create_table(
        "fair_files",
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("what IN ('emergency_plan', 'photo')", name=op.f("ck_fair_files_what_known")),
        sa.CheckConstraint("size > 0", name=op.f("ck_fair_files_size_positive")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_fair_files_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_fair_files_fair_id")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["accounts.id"], name=op.f("fk_fair_files_removed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_files")),
    )
    with op.batch_alter_table("fair_files", schema=None) as batch_op:
        batch_op.create_index("ix_fair_files_fair_id_what", ["fair_id", "what"], unique=False)
        batch_op.create_index("uq_fair_files_standing", ["fair_id", "what", "digest"], unique=True, **STANDING)
    op.create_table(
        "van_tours",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("van_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_van_tours_by_id")),
        sa.ForeignKeyConstraint(["county"], ["counties.code"], name=op.f("fk_van_tours_county")),
        sa.ForeignKeyConstraint(["van_id"], ["vans.id"], name=op.f("fk_van_tours_van_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_van_tours")),
        sa.UniqueConstraint("county", "day", "name", name=op.f("uq_van_tours_county_day_name")),
    )
    with op.batch_alter_table("van_tours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_van_tours_van_id"), ["van_id"], unique=False)
    op.create_table(
        "tour_stops",
        sa.Column("tour_id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_tour_stops_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_tour_stops_fair_id")),
        sa.ForeignKeyConstraint(["tour_id"], ["van_tours.id"], name=op.f("fk_tour_stops_tour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_stops")),
    )
    with op.batch_alter_table("tour_stops", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tour_stops_tour_id"), ["tour_id"], unique=False)
        batch_op.create_index("uq_tour_stops_standing", ["fair_id"], unique=True, **NOT_LEFT)
    _let_pass()


def _let_pass() -> None:
    """Published fairs whose plan was named in words and not handed in go on, let pass for just that reason."""
    fairs = sa.table("fairs", sa.column("id", sa.Uuid()), sa.column("emergency_plan"))
    published = sa.table(
        "fair_publications", sa.column("fair_id", sa.Uuid()), sa.column("at", sa.DateTime(timezone=True))
    )
    overrides = sa.table(
        "fair_overrides",
        sa.column("id", sa.Uuid()),
        sa.column("fair_id", sa.Uuid()),
        sa.column("item"),
        sa.column("reason"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("lifted_at", sa.DateTime(timezone=True)),
    )
    passed = sa.select(overrides.c.fair_id).where(overrides.c.item == "emergency_plan", overrides.c.lifted_at.is_(None))
    named = (
        sa.select(fairs.c.id, fairs.c.emergency_plan, published.c.at)
        .join(published, published.c.fair_id == fairs.c.id)
        .where(fairs.c.emergency_plan != "", fairs.c.id.not_in(passed))
    )
    connection = op.get_bind()
    rows = [
        {
            "id": uuid_utils.compat.uuid7(),
            "fair_id": row[0],
            "item": "emergency_plan",
            "reason": ON_PAPER + row[1],
            "at": row[2],
        }
        for row in connection.execute(named)
    ]
    if rows:
        connection.execute(overrides.insert(), rows)


def downgrade() -> None:
    op.drop_table("tour_stops")
    op.drop_table("van_tours")
    op.drop_table("fair_files")
