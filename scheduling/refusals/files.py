"""Files of fairs: what the rules refuse."""

from scheduling.refusals.base import Refusal


class NotAPaper(Refusal):
    """The file is neither a PDF nor a PNG, JPEG or WebP picture, whatever its name says."""


class PaperTooLarge(Refusal):
    """The paper has too many bytes. Facts: most (megabytes)."""


class PhotosFull(Refusal):
    """The fair has as many photos as are kept of one. Facts: most."""


class PhotoAhead(Refusal):
    """The fair has not begun: nobody can have a photo of it."""
