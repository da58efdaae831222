"""Curriculum-based course timetabling (ITC-2007, track 3): its files read into the general timetable and written back.

`python -m scheduling.planning.ctt FILE --seconds 60 --seed 1 [--out FILE.sol]`
"""

from scheduling.planning.ctt.files import Unreadable, read, write

__all__ = ["Unreadable", "read", "write"]
