"""Livestreams (直播带岗): who wants to be on air, and the run of show."""

from scheduling.livestreams.requests import Wanted, asked, want, withdraw
from scheduling.livestreams.show import Slot, arrange, of_show

__all__ = ["Slot", "Wanted", "arrange", "asked", "of_show", "want", "withdraw"]
