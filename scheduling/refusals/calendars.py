"""Calendars: what the rules refuse."""

from scheduling.refusals.base import Refusal


class CalendarLinkRevoked(Refusal):
    """The form was sent before, and the link it made has been taken back since."""


class CalendarLinksFull(Refusal):
    """As many links to one calendar stand as may. Facts: most."""


class CalendarEmpty(Refusal):
    """There is nothing in the file."""


class CalendarTooLarge(Refusal):
    """The calendar file has more bytes than we take. Facts: most (MB)."""


class CalendarTooLong(Refusal):
    """There are more events in the file than we take at once. Facts: most."""


class CalendarTooFull(Refusal):
    """Repeated as they say, the events make more periods than we take at once. Facts: most."""


class CalendarIsPacked(Refusal):
    """The file is a ZIP or a spreadsheet, as some calendars hand theirs out."""


class CalendarIsPage(Refusal):
    """The file is a web page: a sign-in page was saved, not the calendar."""


class NotACalendar(Refusal):
    """The file is no calendar, whatever its name says."""


class CalendarHasNoEvents(Refusal):
    """There is a calendar, and no event in it: tasks only, or nothing."""


class CalendarGone(Refusal):
    """What was handed in is kept for a day, and that is over; or it was taken in meanwhile."""


class NothingToTakeIn(Refusal):
    """Nothing of the calendar was left ticked."""


class Occupied(Refusal):
    """Somebody's own calendar says that he, she or it is taken then. Facts: name, what, day, hours, field."""
