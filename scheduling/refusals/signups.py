"""Who may come, lists of people and what files they come in: what the rules refuse."""

from scheduling.refusals.base import Refusal


class SameLevelBefore(Refusal):
    """She has learnt this trade at this level, or is on the list of such a class. Facts: trade."""


class OnceAYear(Refusal):
    """She is on the lists of as many classes as one person may in a year. Facts: most, year, taken."""


class NumberInHousehold(Refusal):
    """Where she is registered is told with a house number, a phone or an ID number in it."""


class WaitsAlready(Refusal):
    """She might come but for a place in another class's line, which counts: she gives that up first."""


class NoSeatThere(Refusal):
    """Who has a seat is not transferred to a class where she would wait. Facts: title."""


class ListTooLarge(Refusal):
    """The file has more bytes than we take. Facts: most (MB)."""


class ListInflates(Refusal):
    """What is packed in the file would grow beyond measure: a ZIP bomb, or pictures and whole empty sheets."""


class ListTooLong(Refusal):
    """More rows than we take at once. Facts: most."""


class ListTooWide(Refusal):
    """More columns than a list of people has. Facts: most."""


class ListHasFormulas(Refusal):
    """A cell holds a formula: what it shows is not what it is. Facts: cell."""


class ListProtected(Refusal):
    """The file opens with a password only."""


class ListOldExcel(Refusal):
    """The file is an old .xls, whatever its name says."""


class ListNotRead(Refusal):
    """The file is no table, or it is broken."""


class ListEmpty(Refusal):
    """There is nobody in it."""


class ListHeaderMissing(Refusal):
    """Columns that must be there were not found. Facts: columns (comma-separated keys)."""


class ListHeaderTwice(Refusal):
    """Two columns have the same heading. Facts: columns (a key)."""


class ListGone(Refusal):
    """What was handed in is kept for a day, and that is over; or the list was imported meanwhile."""


class ListNotRight(Refusal):
    """Some lines are wrong, and all of it was wanted or nothing; or nobody is right. Facts: wrong."""


class IdNumberMissing(Refusal):
    """No ID number was given."""


class IdAsNumber(Refusal):
    """The spreadsheet kept the ID number as a number: its last digits are lost."""


class IdOfFifteen(Refusal):
    """An ID number of the old kind, with fifteen digits."""


class DateInCell(Refusal):
    """There is a date where something else belongs."""


class EducationUnknown(Refusal):
    """Nobody knows this word for schooling."""


class CategoryUnknown(Refusal):
    """Nobody knows this word for a category of people."""


class OrderUnknown(Refusal):
    """The class trains for no order of this number."""


class TooLongForCell(Refusal):
    """More was typed than fits. Facts: most."""


class RowHidden(Refusal):
    """The row is hidden in the spreadsheet: whoever hands it in may not know of it."""


class TwiceInList(Refusal):
    """The same ID number stands in the list before. Facts: row."""
