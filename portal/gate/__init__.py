"""The gate door."""

from portal.gate import home, scans
from portal.gate.door import pages

__all__ = ["home", "pages", "scans"]
