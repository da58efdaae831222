"""adverts as approved, changes of them, interests, what can be searched

Revision: 0011, after 0010
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

SOUGHT = {  # as models.Sought had it when this was written
    "enterprises": ("name",),
    "fairs": ("title", "place", "address"),
    "vacancies": ("title", "trade", "work_place", "certificate"),
}

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vacancy_interests",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("jobseeker_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_vacancy_interests_jobseeker_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancies.id"], name=op.f("fk_vacancy_interests_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_interests")),
        sa.UniqueConstraint("vacancy_id", "jobseeker_id", name=op.f("uq_vacancy_interests_vacancy_id_jobseeker_id")),
    )
    with op.batch_alter_table("vacancy_interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vacancy_interests_jobseeker_id"), ["jobseeker_id"], unique=False)

    op.create_table(
        "vacancy_revisions",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_vacancy_revisions_by_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancies.id"], name=op.f("fk_vacancy_revisions_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_revisions")),
    )
    with op.batch_alter_table("vacancy_revisions", schema=None) as batch_op:
        batch_op.create_index(
            "uq_vacancy_revisions_standing",
            ["vacancy_id"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    for table in SOUGHT:
        op.add_column(table, sa.Column("sought", sa.Text(), server_default="", nullable=False))
        _fill(table)
    op.add_column("vacancy_reviews", sa.Column("card", sa.JSON(none_as_null=True), nullable=True))


def _fill(table: str) -> None:
    """Write what can be searched for in the rows there are."""
    fields = SOUGHT[table]
    rows = sa.table(table, sa.column("id", sa.Uuid()), *map(sa.column, fields), sa.column("sought"))
    connection = op.get_bind()
    told = [
        {"key": row[0], "words": "\n".join(_plain(text or "") for text in row[1:])}
        for row in connection.execute(sa.select(rows.c.id, *(rows.c[field] for field in fields)))
    ]
    if told:
        write = rows.update().where(rows.c.id == sa.bindparam("key")).values(sought=sa.bindparam("words"))
        connection.execute(write, told)


def _plain(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in kept if not c.isspace() and unicodedata.category(c)[0] != "C")


def downgrade() -> None:
    with op.batch_alter_table("vacancy_reviews", schema=None) as batch_op:
        batch_op.drop_column("card")

    with op.batch_alter_table("vacancies", schema=None) as batch_op:
        batch_op.drop_column("sought")

    with op.batch_alter_table("fairs", schema=None) as batch_op:
        batch_op.drop_column("sought")

    with op.batch_alter_table("enterprises", schema=None) as batch_op:
        batch_op.drop_column("sought")

    with op.batch_alter_table("vacancy_revisions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_vacancy_revisions_standing",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.drop_table("vacancy_revisions")
    with op.batch_alter_table("vacancy_interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vacancy_interests_jobseeker_id"))

    op.drop_table("vacancy_interests")
