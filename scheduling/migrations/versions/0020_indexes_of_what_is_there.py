"""Of columns that mostly say nothing, only what they say is indexed: less to write at the gate, and true counts.

Where nearly every row of an index says nothing, a database that counts its rows takes the index for useless.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_gate_items_annuls": ("gate_items", ["annuls"]),
    "ix_gate_items_fair": ("gate_items", ["fair_id", "kind"]),
    "ix_gate_items_session": ("gate_items", ["session_id", "kind"]),
    "ix_scans_fair": ("scans", ["fair_id", "ticket_id"]),
    "ix_scans_session": ("scans", ["session_id", "ticket_id"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
