"""Signing in: what the rules refuse."""

from scheduling.refusals.base import Refusal


class TooOften(Refusal):
    """Tried too often. Facts: minutes until the next try."""


class WrongPassword(Refusal):
    """User name or password is wrong, or the account is closed: the answer does not say which."""


class WrongCode(Refusal):
    """The one-time code is wrong, used or too old."""


class NotAPhone(Refusal):
    """Not a mainland mobile number (11 digits from 1)."""


class WeakPassword(Refusal):
    """The password is too short. Facts: least."""


class UsernameTaken(Refusal):
    """Another account has this user name."""
