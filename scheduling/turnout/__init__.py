"""Turnout (到场): which enterprises came of those that booked, who lost the booth by being late, who walked in."""

from scheduling.turnout.coming import EARLY, SYNCED, Turnout, conclude, hold, of_fair, release, settle, to_miss, vouch
from scheduling.turnout.walking_in import take_in, walk_in

__all__ = [
    "EARLY",
    "SYNCED",
    "Turnout",
    "conclude",
    "hold",
    "of_fair",
    "release",
    "settle",
    "take_in",
    "to_miss",
    "vouch",
    "walk_in",
]
