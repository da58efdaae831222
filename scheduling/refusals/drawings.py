"""Plans of booths drawn by hand: what the rules refuse."""

from scheduling.refusals.base import Refusal


class DrawingUnreadable(Refusal):
    """Something in the drawing is neither a booth's number nor an empty square. Facts: row, part."""


class DrawingTwice(Refusal):
    """A booth's number stands twice in the drawing. Facts: number."""


class DrawingTooLarge(Refusal):
    """The drawing has more booths, rows or columns than fit. Facts: booths, rows, columns (the most of each)."""
