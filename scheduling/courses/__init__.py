"""Courses (课程), the classes opened of them (培训班) and their sessions (课次)."""

from scheduling.courses.classes import call_off, open_class, publish, set_closing, set_seats
from scheduling.courses.filling import Lesson, arrange, generate, hours_left, standing_at
from scheduling.courses.pooling import Share, assign, pool, shares
from scheduling.courses.programmes import add, course, modules_of, outline, programmes
from scheduling.courses.readers import (
    OpenClass,
    find,
    find_public,
    find_taught,
    listed,
    of_desk,
    of_school,
    open_now,
    taught,
)
from scheduling.courses.sessions import add_session, cancel_session, move_session, session_of

__all__ = [
    "Lesson",
    "OpenClass",
    "Share",
    "add",
    "add_session",
    "arrange",
    "assign",
    "call_off",
    "cancel_session",
    "course",
    "find",
    "find_public",
    "find_taught",
    "generate",
    "hours_left",
    "listed",
    "modules_of",
    "move_session",
    "of_desk",
    "of_school",
    "open_class",
    "open_now",
    "outline",
    "pool",
    "programmes",
    "publish",
    "session_of",
    "set_closing",
    "set_seats",
    "shares",
    "standing_at",
    "taught",
]
