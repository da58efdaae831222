"""The file of a class for the shelf (归档): a ZIP with its papers, its tables, and a manifest with a hash for each."""

from portal.shelf.laying import Laid, lay

__all__ = ["Laid", "lay"]
