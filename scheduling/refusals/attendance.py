"""Attendance: what the rules refuse to who signs in, asks for leave, or types the paper book."""

from scheduling.refusals.base import Refusal


class LessonOver(Refusal):
    """The session is over: leave can be neither asked for nor taken back. Facts: number."""


class LessonAhead(Refusal):
    """The session has not begun: there is no paper to type. Facts: number."""


class MarkTooEarly(Refusal):
    """The session has not gone on for so long that anybody could be late. Facts: number."""


class NotYourLesson(Refusal):
    """The session is of another class, or of another part of hers. Facts: none."""


class RollcallClosed(Refusal):
    """One signs in until the session is over, and out until a while later. Facts: number, opens (when)."""


class ScreenCodeOld(Refusal):
    """The code on the teacher's screen has changed since. Facts: none."""


class ScreenCodeUnknown(Refusal):
    """It is no code of a teacher's screen. Facts: none."""
