"""Desk rooms: a livestream from the lock to the figures: what is on air, what the host reads, who asks for a job."""

from portal.desk.livestreams import control, leads, locking, prompter, stats

__all__ = ["control", "leads", "locking", "prompter", "stats"]
