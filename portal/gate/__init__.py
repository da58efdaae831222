"""The gate door."""

from portal.gate import app, home, scans, walk_ins
from portal.gate.door import pages

__all__ = ["app", "home", "pages", "scans", "walk_ins"]
