"""Machines' door: JSON under /api/v1."""

from portal.api import gate
from portal.api.door import pages

__all__ = ["gate", "pages"]
