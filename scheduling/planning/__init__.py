"""Pure computation over frozen dataclasses: no database, no clock, no I/O."""
