"""Schools (承训机构): registering them, letting their people in, who teaches there and in which rooms."""

from scheduling.schools.registering import add, appoint, by_id, find, of_county
from scheduling.schools.teaching import (
    away,
    back,
    room,
    rooms,
    settle_room,
    settle_teacher,
    teacher,
    teachers,
)

__all__ = [
    "add",
    "appoint",
    "away",
    "back",
    "by_id",
    "find",
    "of_county",
    "room",
    "rooms",
    "settle_room",
    "settle_teacher",
    "teacher",
    "teachers",
]
