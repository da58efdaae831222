"""The gate door."""

from portal.gate import home, scans, walk_ins
from portal.gate.door import pages

__all__ = ["home", "pages", "scans", "walk_ins"]
