"""Livestreams (直播带岗): who wants to be on air, the run of show, the lock, what is on air, who asks for a job."""

from scheduling.livestreams.airtime import AirTime, air_time, air_times
from scheduling.livestreams.leads import channels, find_lead, job_of, leads_of, leave, require_open, reveal, takes_leads
from scheduling.livestreams.locking import changed_since, lock_of, lock_show, locks, unlock_show
from scheduling.livestreams.onair import (
    EARLY,
    LATE,
    Cue,
    Job,
    OnAir,
    Show,
    by_number,
    find,
    find_slot,
    on_air,
    put_on_air,
    read,
    sign_off,
)
from scheduling.livestreams.requests import Wanted, asked, want, withdraw
from scheduling.livestreams.show import Slot, arrange, of_show
from scheduling.livestreams.stats import has_picture, note_stats, picture_of, stats_of

__all__ = [
    "EARLY",
    "LATE",
    "AirTime",
    "Cue",
    "Job",
    "OnAir",
    "Show",
    "Slot",
    "Wanted",
    "air_time",
    "air_times",
    "arrange",
    "asked",
    "by_number",
    "changed_since",
    "channels",
    "find",
    "find_lead",
    "find_slot",
    "has_picture",
    "job_of",
    "leads_of",
    "leave",
    "lock_of",
    "lock_show",
    "locks",
    "note_stats",
    "of_show",
    "on_air",
    "picture_of",
    "put_on_air",
    "read",
    "require_open",
    "reveal",
    "sign_off",
    "stats_of",
    "takes_leads",
    "unlock_show",
    "want",
    "withdraw",
]
