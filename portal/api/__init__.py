"""Machines' door: JSON under /api/v1."""

from portal.api import gate, gate_files
from portal.api.door import pages

__all__ = ["gate", "gate_files", "pages"]
