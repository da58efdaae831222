"""Training orders (用工订单): an enterprise promises to hire whom we train. Where an order stands is read off rows."""

from scheduling.orders.placing import close, place, reopen, withdraw
from scheduling.orders.reading import (
    STATES,
    Placed,
    find,
    of_class,
    of_county,
    of_enterprise,
    open_ones,
    shifts_of,
    to_pool,
    with_classes,
)

__all__ = [
    "STATES",
    "Placed",
    "close",
    "find",
    "of_class",
    "of_county",
    "of_enterprise",
    "open_ones",
    "place",
    "reopen",
    "shifts_of",
    "to_pool",
    "with_classes",
    "withdraw",
]
