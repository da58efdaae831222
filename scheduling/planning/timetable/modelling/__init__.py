"""A timetable as a model of CP-SAT: `choices` are the variables, `rules` the hard rules, `costs` the objective.

`counting` is the times alone, with rooms and teachers only counted.
"""

from scheduling.planning.timetable.modelling.choices import Choices, Held, Options, every_option, narrowed
from scheduling.planning.timetable.modelling.costs import objective
from scheduling.planning.timetable.modelling.counting import counted
from scheduling.planning.timetable.modelling.rules import constrain

__all__ = ["Choices", "Held", "Options", "constrain", "counted", "every_option", "narrowed", "objective"]
