"""The times of a timetable by simulated annealing, its teachers and rooms settled beforehand; compiled by numba.

Where every role has one teacher and every activity one room, the time of a meeting is a number and every rule a count
with a limit: a million moves are tried in the time in which a solver reads the model. It proves nothing.
"""

from scheduling.planning.timetable.tempering.tables import Tables

__all__ = ["Tables"]
